import Diagnostics
import Foundation
import Retrieval
import Synchronization
import Watching

/// Standard output was closed by its reader, as `head` does.
struct BrokenPipe: Error {}

/// Data goes to standard output, everything said about it to standard error.
///
/// It is the one way out for both: text is made safe here (`terminalSafe`), in a pipe too, since a pipe often ends at a
/// terminal. What is exact goes out as JSON, which escapes, or as a document, which is the writer's own file.
enum Console {
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes one line, whatever line ends the text holds.
    static func print(_ line: String = "") throws {
        try write(bytes: Array((terminalSafe(line) + "\n").utf8))
    }

    /// Writes text of several lines, and a line end.
    static func print(text: String) throws {
        try write(piece: text + "\n")
    }

    /// Writes a piece of text, without a line end.
    static func write(piece: String) throws {
        try write(bytes: Array(terminalSafe(piece, keepingNewlines: true).utf8))
    }

    /// Writes the writer's own text, or a file's bytes, as it is.
    static func write(document: some Sequence<UInt8>) throws {
        try write(bytes: Array(document))
    }

    private static func write(bytes: [UInt8]) throws {
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

    /// Says one line on standard error, whatever line ends the text holds.
    static func error(_ line: String) {
        say(terminalSafe(line) + "\n")
    }

    /// Says several lines on standard error.
    static func error(text: String) {
        say(terminalSafe(text, keepingNewlines: true) + "\n")
    }

    /// Asks on standard error; the answer is typed behind the question.
    static func ask(_ question: String) -> String? {
        say(terminalSafe(question) + " ")
        return readLine()
    }

    private static func say(_ text: String) {
        // Where standard error is gone there is nowhere left to say that.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static func complain(_ error: any SpokenError) {
        Console.error("longhand: " + error.description)
        if let excerpt = (error as? LibraryError)?.excerpt { Console.error(text: excerpt) }
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
