import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Notices what changes in the folders it was told of, and hands it out in batches.
///
/// Which folders those are, who walks the tree says: `watch` is called for each folder *before* it is listed, so that
/// what appears afterwards makes an event and what was there before is in the list. On Linux it is the
/// kernel that tells; elsewhere, on file systems that other machines write to, and when the kernel has no watches
/// left, one is told at intervals to look at everything.
///
/// All calls but `wake` come from one thread at a time.
public final class FolderWatch: Sendable {
    /// Why changes are only looked for now and then.
    public enum Weakness: Sendable, Equatable {
        /// The system's limit of watched folders is reached.
        case noWatchesLeft
        /// The folder is on a file system of this kind.
        case sharedFileSystem(String)
        /// This system has no watching that we know of.
        case unsupported

        /// One clear sentence.
        public var sentence: String {
            switch self {
            case .noWatchesLeft:
                "The system has no folder watches left (raise fs.inotify.max_user_watches or max_user_instances), so changes are looked for every few seconds."
            case .sharedFileSystem(let kind):
                "The notes are on a \(kind) file system, where changes make no events, so they are looked for every few seconds."
            case .unsupported:
                "This system doesn't tell of changed files, so they are looked for every few seconds."
            }
        }
    }

    fileprivate struct State: ~Copyable {
        #if os(Linux)
            var inotify: Inotify?
        #endif
        var weakness: Weakness?
        var gatherer = ChangeGatherer()
        /// Relative paths of the watched folders, both ways.
        var folders: [Int32: String] = [:]
        var watches: [String: Int32] = [:]
        /// While a whole walk runs: the folders it came by.
        var swept: Set<String>?
        /// When to look at everything next.
        var nextLook: ContinuousClock.Instant
        var interval: Duration
    }

    private let root: String
    private let state: Mutex<State>
    private let wakeRead: Int32
    private let wakeWrite: Int32

    /// Even where the kernel tells, everything is looked at so often: links to files outside of the
    /// project and files written through memory make no events.
    static let rareLook = Duration.seconds(600)
    /// How often everything is looked at where nothing tells.
    static let frequentLook = Duration.seconds(2)

    /// - Parameters:
    ///   - root: an absolute path.
    ///   - onlyLooks: not to use the kernel's events.
    public init(root: String, onlyLooks: Bool = false) {
        self.root = root
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
        state = Mutex(FolderWatch.begin(root, onlyLooks))
    }

    deinit {
        close(wakeRead)
        close(wakeWrite)
    }

    private static func begin(_ root: String, _ onlyLooks: Bool) -> sending State {
        let now = ContinuousClock.now
        #if os(Linux)
            var state = State(inotify: nil, nextLook: now + rareLook, interval: rareLook)
            if onlyLooks {
                state.weaken(.unsupported)
            } else if let kind = MountTable(contents(of: "/proc/self/mounts")).kind(of: resolved(root)),
                MountTable.isShared(kind)
            {
                state.weaken(.sharedFileSystem(kind))
            } else if let inotify = try? Inotify() {  // Without it the watch looks now and then, and says so.
                state.inotify = consume inotify
            } else {
                state.weaken(.noWatchesLeft)
            }
        #else
            var state = State(nextLook: now + rareLook, interval: rareLook)
            state.weaken(.unsupported)
        #endif
        return state
    }

    /// Why changes are only looked for now and then; nil where the kernel tells of them.
    public var weakness: Weakness? { state.withLock { $0.weakness } }

    /// Whether a folder, an absolute path, is on a file system that other machines write to without this one hearing of it.
    public static func isShared(_ folder: String) -> Bool {
        #if os(Linux)
            MountTable(contents(of: "/proc/self/mounts")).kind(of: resolved(folder)).map(MountTable.isShared) ?? false
        #else
            true
        #endif
    }

    /// How many folders are watched.
    public var count: Int { state.withLock { $0.watches.count } }

    /// Watches a folder, but none below it. Once more changes nothing.
    ///
    /// - Parameter folder: relative to the root; empty for the root itself.
    public func watch(_ folder: String) {
        #if os(Linux)
            state.withLock { state in
                state.swept?.insert(folder)
                guard state.inotify != nil else { return }
                do throws(Inotify.Refusal) {
                    let watch = try state.inotify!.add(folder.isEmpty ? root : root + "/" + folder)
                    state.take(watch, for: folder)
                } catch .noneLeft {
                    state.weaken(.noWatchesLeft)
                } catch {
                    // It is gone again, or may not be read: who lists it says so.
                }
            }
        #endif
    }

    /// Begins a walk through everything: what it doesn't come by, until `endWalk`, is watched no more.
    public func beginWalk() { state.withLock { $0.swept = [] } }

    /// Ends a walk through everything.
    ///
    /// - Parameters:
    ///   - isWhole: false for one that was broken off.
    ///   - took: how long looking at everything takes, which decides how often it can be done.
    public func endWalk(isWhole: Bool, took: Duration = .zero) {
        state.withLock { state in
            if isWhole, let swept = state.swept {
                for folder in state.watches.keys where !swept.contains(folder) { state.forget(folder) }
            }
            state.swept = nil
            if state.weakness != nil { state.interval = max(Self.frequentLook, took * 30) }
            state.nextLook = ContinuousClock.now + state.interval
        }
    }

    /// Ends a `next` that waits, now or the next time.
    public func wake() { Self.wake(wakeDescriptor) }

    /// Does the same as `wake`, for a signal handler: a byte written to it.
    public var wakeDescriptor: Int32 { wakeWrite }

    /// Safe in a signal handler.
    public static func wake(_ descriptor: Int32) {
        var byte: UInt8 = 1
        // A full pipe already says what this byte would say.
        _ = write(descriptor, &byte, 1)
    }

    /// The next changes that have come to rest.
    ///
    /// - Parameters:
    ///   - wait: whether to wait for them; without, only what is there already.
    ///   - longest: how long to wait.
    /// - Returns: nil when there are none yet or `wake` was called.
    public func next(wait: Bool, atMost longest: Duration = .seconds(3_600)) -> FolderChanges? {
        let end = ContinuousClock.now + longest
        while true {
            if wait, wasWoken() { return nil }
            let now = ContinuousClock.now
            let (changes, until, descriptor) = state.withLock {
                state -> (FolderChanges?, ContinuousClock.Instant, Int32) in
                state.readEvents(root, now)
                if state.nextLook <= now {
                    state.nextLook = now + state.interval
                    state.gatherer = ChangeGatherer()
                    return (FolderChanges(isEverything: true), now, -1)
                }
                let until = min(state.nextLook, state.gatherer.due ?? state.nextLook)
                return (state.gatherer.take(at: now), until, state.descriptor)
            }
            if changes != nil || !wait || end <= now { return changes }
            sleep(descriptor, until: min(until, end) - now)
        }
    }

    /// Puts changes back that couldn't be dealt with: `next` gives them again.
    public func putBack(_ changes: FolderChanges) {
        state.withLock { state in
            let now = ContinuousClock.now
            if changes.isEverything { state.gatherer.addEverything(at: now) }
            for path in changes.paths { state.gatherer.add(path, at: now) }
        }
    }

    private func sleep(_ descriptor: Int32, until: Duration) {
        var descriptors = [
            pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = Int32(max(1, min((until / .milliseconds(1)).rounded(.up), 60_000)))
        _ = poll(&descriptors, 2, milliseconds)
    }

    private func wasWoken() -> Bool {
        var sink = [UInt8](repeating: 0, count: 64)
        var isWoken = false
        while read(wakeRead, &sink, sink.count) > 0 { isWoken = true }
        return isWoken
    }

    private static func contents(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += part[..<count]
        }
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

extension FolderWatch.State {
    fileprivate mutating func weaken(_ weakness: FolderWatch.Weakness) {
        self.weakness = weakness
        #if os(Linux)
            inotify = nil
        #endif
        folders = [:]
        watches = [:]
        interval = FolderWatch.frequentLook
        nextLook = ContinuousClock.now + interval
    }

    #if os(Linux)
        fileprivate var descriptor: Int32 {
            switch inotify {
            case .some(let inotify): inotify.descriptor
            case .none: -1
            }
        }

        /// The kernel numbers folders, not names: one that was moved has its old number under a new name.
        fileprivate mutating func take(_ watch: Int32, for folder: String) {
            if let name = folders[watch], name != folder, watches[name] == watch { watches[name] = nil }
            if let other = watches[folder], other != watch, folders[other] == folder {
                folders[other] = nil
                inotify?.remove(other)
            }
            folders[watch] = folder
            watches[folder] = watch
        }

        /// Watches a folder no more.
        fileprivate mutating func forget(_ folder: String) {
            guard let watch = watches.removeValue(forKey: folder) else { return }
            folders[watch] = nil
            inotify?.remove(watch)
        }

        /// Watches a folder and all below it no more.
        private mutating func forget(below folder: String) {
            for name in watches.keys where name == folder || name.hasPrefix(folder + "/") { forget(name) }
        }

        fileprivate mutating func readEvents(_ root: String, _ now: ContinuousClock.Instant) {
            guard let events = inotify?.read() else { return }
            for event in events {
                switch event {
                case .overflow:
                    gatherer.addEverything(at: now)
                case .ended(let watch):
                    guard let folder = folders.removeValue(forKey: watch) else { continue }
                    if watches[folder] == watch { watches[folder] = nil }
                case .left(let watch):
                    // The folder above tells of all others.
                    if folders[watch] == "" { gatherer.addEverything(at: now) }
                case .changed(let watch, let name, let isFolder, let isMovedAway, let mayBeUnfinished):
                    guard !name.hasPrefix("."), let folder = folders[watch] else { continue }
                    let path = folder.isEmpty ? name : folder + "/" + name
                    // Of those that are deleted, the kernel says itself that it watches them no more.
                    if isFolder, isMovedAway { forget(below: path) }
                    if mayBeUnfinished, !isFolder, Self.isBeingWritten(root + "/" + path) { continue }
                    gatherer.add(path, at: now)
                }
            }
        }

        /// A file with one name that has only just been made is told of again when it is closed; a link is not.
        private static func isBeingWritten(_ path: String) -> Bool {
            var info = stat()
            guard lstat(path, &info) == 0 else { return false }
            return info.st_mode & S_IFMT == S_IFREG && info.st_nlink == 1
        }
    #else
        fileprivate var descriptor: Int32 { -1 }
        fileprivate mutating func forget(_ folder: String) {}
        fileprivate mutating func readEvents(_ root: String, _ now: ContinuousClock.Instant) {}
    #endif
}
