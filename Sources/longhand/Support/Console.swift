import Diagnostics
import Foundation
import Retrieval
import Synchronization
import Watching

/// Standard output was closed by its reader, as `head` does.
struct BrokenPipe: Error {}

/// Data goes to standard output, everything said about it to standard error.
enum Console {
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line of data. What notes and models say is made safe where a terminal would obey it;
    /// in a pipe it is data, and stays as it is.
    static func print(_ line: String = "") throws {
        try write((isOutputTerminal ? terminalSafe(line, keepingNewlines: true) : line) + "\n")
    }

    /// Writes text as it is, without a line end.
    static func write(_ text: String) throws {
        try write(bytes: Array(text.utf8))
    }

    static func write(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw BrokenPipe()
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Says something on standard error.
    static func error(_ line: String) {
        FileHandle.standardError.write(Data((terminalSafe(line, keepingNewlines: true) + "\n").utf8))
    }

    static func complain(_ error: any SpokenError) {
        Console.error("longhand: " + error.description)
        if let excerpt = (error as? LibraryError)?.excerpt { Console.error(excerpt) }
    }

    /// All of standard input.
    ///
    /// - Throws: `FileError` where it can't be read, or has no end in sight.
    static func standardInput() throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .cannotRead(path: "standard input", reason: String(cString: strerror(errno)))
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            if bytes.count > FileStore.limit { throw .tooLarge(path: "standard input") }
        }
    }
}

/// A line on standard error that is written over while work goes on; in a log, a line now and then.
final class ProgressLine: Sendable {
    private struct Shown {
        var text = ""
        /// In a log the first line comes only once the work proves long.
        var time = Console.isErrorTerminal ? Date.distantPast : Date()
    }

    private let shown = Mutex(Shown())

    func show(_ text: String) {
        shown.withLock { shown in
            let interval = Console.isErrorTerminal ? 0.1 : 5
            guard Date().timeIntervalSince(shown.time) >= interval, text != shown.text else { return }
            shown = Shown(text: text, time: Date())
            let line = Console.isErrorTerminal ? "\r\u{1B}[K" + terminalSafe(text) : terminalSafe(text) + "\n"
            FileHandle.standardError.write(Data(line.utf8))
        }
    }

    func clear() {
        shown.withLock { shown in
            guard Console.isErrorTerminal, !shown.text.isEmpty else { return }
            FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
            shown.text = ""
        }
    }
}

/// Turns the first Ctrl-C into a flag that long work looks at; the second ends the program at once.
enum Interruption {
    private static let flag = CancelFlag()
    private static let toWake = Atomic<Int32>(-1)

    static func watch() {
        // The flag exists before a handler can want it: a handler must not initialise anything.
        _ = flag.isRaised
        _ = toWake.load(ordering: .relaxed)
        // A program inherits what its parent blocked, and then Ctrl-C would never arrive.
        var wanted = sigset_t()
        sigemptyset(&wanted)
        sigaddset(&wanted, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
        signal(SIGINT) { _ in
            Interruption.flag.raise()
            FolderWatch.wake(Interruption.toWake.load(ordering: .relaxed))
            signal(SIGINT, SIG_DFL)
        }
    }

    /// Has a byte written to a descriptor when Ctrl-C comes, for who sleeps until there is something to read.
    static func wakes(_ descriptor: Int32) { toWake.store(descriptor, ordering: .relaxed) }

    static var isRequested: Bool { flag.isRaised }
}
