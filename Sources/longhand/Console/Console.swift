import ArticleFiles
import Diagnostics
import Foundation
import Retrieval

/// Data goes to standard output, everything said about it to standard error.
///
/// It is the one way out for both: text is made safe here (`terminalSafe`), in a pipe too, since a pipe often ends at a
/// terminal. What is exact goes out as JSON, which escapes, or as a document, which is the writer's own file.
enum Console {
    static let output = StandardOutput()

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

    private static func write(bytes: [UInt8]) throws { try output.write(bytes) }

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

    /// Writes `text`, which is safe, to standard error as it is.
    static func say(_ text: String) {
        // Where standard error fails there is nowhere left to say that, and what is said there is never the result.
        try? Streams.write(Array(text.utf8), to: STDERR_FILENO)
    }

    static func complain(_ error: any UserFacingError) {
        Console.error("longhand: " + error.description)
        if let excerpt = (error as? LibraryError)?.excerpt { Console.error(text: excerpt) }
    }

    /// All of standard input.
    ///
    /// - Throws: `StreamError` where it can't be read; `FileError` where it has no end in sight.
    static func standardInput() throws -> [UInt8] {
        guard let bytes = try Streams.readAll(from: STDIN_FILENO, atMost: FileStore.limit) else {
            throw FileError.tooLarge(path: "standard input")
        }
        return bytes
    }
}
