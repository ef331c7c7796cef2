#if os(Linux)
    import Glibc

    /// The kernel's queue of events for the folders that are watched. Owned by one thread.
    ///
    /// Limits: what is written through a memory map, or by another machine, makes no event; a file that stays
    /// open counts as changed when it is closed.
    struct Inotify: ~Copyable {
        enum Event: Equatable {
            /// Something in this folder, which still is being watched.
            case changed(watch: Int32, name: String, isFolder: Bool, isMovedAway: Bool, mayBeUnfinished: Bool)
            /// The folder itself was moved or deleted.
            case left(watch: Int32)
            /// The kernel watches this folder no more.
            case ended(watch: Int32)
            /// Events were lost.
            case overflow
        }

        enum Refusal: Error, Equatable {
            /// No more folders can be watched by this user.
            case noneLeft
            /// No more queues can be had by this user, or by this process.
            case noQueue
            /// The folder is gone or unreadable.
            case unreadable
        }

        let descriptor: Int32

        init() throws(Refusal) {
            descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
            if descriptor < 0 { throw .noQueue }
        }

        deinit { close(descriptor) }

        private static let interest =
            UInt32(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)
            | UInt32(IN_DELETE_SELF | IN_MOVE_SELF) | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)

        /// Watches a folder; the same number again for one that is watched already.
        func add(_ folder: String) throws(Refusal) -> Int32 {
            let watch = inotify_add_watch(descriptor, folder, Self.interest)
            if watch >= 0 { return watch }
            throw errno == ENOSPC || errno == ENOMEM ? .noneLeft : .unreadable
        }

        func remove(_ watch: Int32) { inotify_rm_watch(descriptor, watch) }

        /// The events that are there; never waits.
        func read() -> [Event] {
            var events: [Event] = []
            withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
                while true {
                    let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { return }
                    Self.parse(UnsafeRawBufferPointer(rebasing: buffer[..<count]), into: &events)
                }
            }
            return events
        }

        /// `struct inotify_event`: watch, mask, cookie and length, four bytes each, then the name, padded with zeros.
        static func parse(_ bytes: UnsafeRawBufferPointer, into events: inout [Event]) {
            var at = 0
            while at + 16 <= bytes.count {
                let watch = bytes.loadUnaligned(fromByteOffset: at, as: Int32.self)
                let mask = bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)
                let length = Int(bytes.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))
                let name = bytes[(at + 16)..<min(bytes.count, at + 16 + length)].prefix { $0 != 0 }
                at += 16 + length
                func has(_ bit: Int32) -> Bool { mask & UInt32(bitPattern: bit) != 0 }
                if has(IN_Q_OVERFLOW) {
                    events.append(.overflow)
                } else if has(IN_IGNORED) {
                    events.append(.ended(watch: watch))
                } else if has(IN_DELETE_SELF) || has(IN_MOVE_SELF) || has(IN_UNMOUNT) {
                    events.append(.left(watch: watch))
                } else if !name.isEmpty {
                    events.append(
                        .changed(
                            watch: watch, name: String(decoding: name, as: UTF8.self), isFolder: has(IN_ISDIR),
                            isMovedAway: has(IN_MOVED_FROM), mayBeUnfinished: has(IN_CREATE)))
                }
            }
        }
    }
#endif
