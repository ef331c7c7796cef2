#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The right to write a library, which one process has at a time, and which ends with the process however it ends.
///
/// An advisory lock (flock) on a file beside the database, with the owner's process id in it. SQLite has locks of its
/// own, but those are for a transaction: an indexing run is many, and vector files besides.
///
/// It is held for one run and not longer: every updater takes its turn. `meta.settled` in the database says for which
/// generation and model a run came to its end, so that the next start only compares dates.
struct WriterLock: ~Copyable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Waits until nobody else writes.
    ///
    /// - Parameters:
    ///   - waiting: called once, with the owner's process id if it is known, when somebody else writes.
    /// - Throws: `LibraryError.cancelled`, `.cannotOpen`, `.diskFull`.
    static func take(
        folder: String, waiting: (Int?) -> Void, isCancelled: () -> Bool
    ) throws(LibraryError) -> WriterLock {
        let path = folder + "/writer"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw LibraryError(errno: errno, path: path) }
        let lock = WriterLock(descriptor)
        var hasSaid = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK:
                if isCancelled() { throw .cancelled }
                if !hasSaid { waiting(owner(descriptor)) }
                hasSaid = true
                usleep(30_000)
            default:
                // A file system without locks: SQLite's own must do.
                return lock
            }
        }
        let text = Array("\(getpid())\n".utf8)
        // Only for others to read: that it can't be written is no harm.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
        return lock
    }

    private static func owner(_ descriptor: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 24)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
    }

    /// Runs `body` while no other process opens the library in this folder: several that find an empty one would
    /// each begin to make it.
    static func whileOpening<Value>(
        _ folder: String, _ body: () throws(LibraryError) -> Value
    ) throws(LibraryError) -> Value {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return try body() }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try body()
    }
}

extension LibraryError {
    /// What the system said of `path`.
    init(errno: Int32, path: String) {
        switch errno {
        case ENOSPC, EDQUOT: self = .diskFull(path: path)
        case EROFS: self = .cannotOpen(path: path, reason: "it is on a disk that can only be read")
        case EACCES, EPERM: self = .cannotOpen(path: path, reason: "it may not be written")
        default: self = .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
