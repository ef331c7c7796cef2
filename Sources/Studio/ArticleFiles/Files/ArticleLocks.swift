import Diagnostics
import Foundation
import Synchronization
import Workbench

/// Which Longhand may write which article: a lock a file, among the program's state, held as long as the article is open.
///
/// An advisory lock (flock), which ends with its process however that ends; what the file says of the process is for others to read.
/// It is named after the article's place whatever links lead there. Where no lock can be had, everyone may write, as without it.
///
/// What another process holds is opened with `lockOwner` set: it is read only, and its journal and undo history are
/// left alone. An edit that is refused tries the lock again.
///
/// Known limits: hard links are different articles; on a home that several machines share, whether locks reach across is the file system's matter.
package final class ArticleLocks: Sendable {
    package enum Outcome: Equatable {
        /// It is this process's, now or already.
        case taken
        case held(LockOwner)
        /// This process has the same file open by another path.
        case openAs(String)
        /// No lock can be had; the reason.
        case unavailable(String)
    }

    private struct Lock {
        var path: String
        var descriptor: Int32
        var file: String
    }

    private let folder: String
    /// By the articles' real places.
    private let locks = Mutex<[String: Lock]>([:])

    package init(folder: String) { self.folder = folder }

    deinit { releaseAll() }

    /// Takes the article at `path`, or says who has it.
    package func take(_ path: String) -> Outcome {
        let realPath = Self.realPath(of: path)
        return locks.withLock { locks in
            if let lock = locks[realPath] { return lock.path == path ? .taken : .openAs(lock.path) }
            let file = "\(folder)/\(StateName.of(realPath))"
            StateName.makeFolder(folder)
            var attempts = 0
            while true {
                let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
                guard descriptor >= 0 else { return .unavailable("\(folder): \(String(cString: strerror(errno)))") }
                guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                    let reason = errno
                    defer { close(descriptor) }
                    if reason == EINTR { continue }
                    guard reason == EWOULDBLOCK else {
                        return .unavailable("\(folder): \(String(cString: strerror(reason)))")
                    }
                    // Who only asks whether it is held has it for a moment.
                    attempts += 1
                    if attempts < 4 {
                        usleep(2_000)
                        continue
                    }
                    return .held(Self.owner(descriptor))
                }
                // Who had it may have removed the file between our opening and locking it.
                guard LockFile.isCurrent(descriptor, file) else {
                    close(descriptor)
                    continue
                }
                let words = Array(Self.words.utf8)
                // Only for others to read: that it can't be written is no harm.
                if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, words, words.count, 0) }
                locks[realPath] = Lock(path: path, descriptor: descriptor, file: file)
                return .taken
            }
        }
    }

    /// Whether anyone has the article, this process too.
    package func isTaken(_ path: String) -> Bool {
        let realPath = Self.realPath(of: path)
        return locks.withLock { $0[realPath] != nil } || isHeldElsewhere(path)
    }

    /// Whether another process has the article now. Doesn't take it.
    package func isHeldElsewhere(_ path: String) -> Bool {
        let realPath = Self.realPath(of: path)
        return locks.withLock { locks in
            guard locks[realPath] == nil else { return false }
            let descriptor = open("\(folder)/\(StateName.of(realPath))", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
        }
    }

    /// Lets others have the article. Nothing where it isn't held.
    package func release(_ path: String) {
        locks.withLock { locks in
            for (realPath, lock) in locks where lock.path == path {
                Self.end(lock)
                locks[realPath] = nil
            }
        }
    }

    package func releaseAll() {
        locks.withLock { locks in
            for lock in locks.values { Self.end(lock) }
            locks = [:]
        }
    }

    private static func end(_ lock: Lock) {
        unlink(lock.file)
        close(lock.descriptor)
    }

    /// The file itself, whatever links lead to it; one that isn't there yet is named by its folder.
    package static func realPath(of path: String) -> String {
        guard let real = realpath(path, nil) else { return ArticlePath.canonical(path) }
        defer { free(real) }
        return String(cString: real)
    }

    // MARK: What a lock says

    /// Lines of a name and a value.
    private static var words: String {
        let terminal = ttyname(STDIN_FILENO).map { String(cString: $0) } ?? ""
        let name = terminal.hasPrefix("/dev/") ? String(terminal.dropFirst(5)) : terminal
        return "pid \(getpid())\ntty \(name)\nhost \(hostName)\ntime \(time(nil))\n"
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func owner(_ descriptor: Int32) -> LockOwner {
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return owner(String(decoding: bytes[..<max(0, count)], as: UTF8.self), host: hostName)
    }

    /// Reads what a lock says; what is missing or damaged is left out.
    package static func owner(_ text: String, host: String) -> LockOwner {
        var owner = LockOwner(processID: 0, since: "")
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            let value = terminalSafe(String(words[1].prefix(100)))
            switch words[0] {
            case "pid": owner.processID = Int(value) ?? 0
            case "tty": owner.terminal = value
            case "host": owner.host = value == host ? nil : value
            case "time": owner.since = time_t(value).map(since) ?? ""
            default: continue
            }
        }
        return owner
    }

    /// The time of day, with the date where it isn't today's.
    private static func since(_ moment: time_t) -> String {
        let then = LocalTime(moment)
        return then.date == LocalTime.now.date ? then.clock : "\(then.date) \(then.clock)"
    }
}
