import ArticleFiles
import TextCore

/// An article as a command reads it: whole, valid, from a file or standard input.
struct ArticleArgument {
    let path: String
    let text: Text

    init(_ path: String) throws {
        self.path = path
        if path == "-" {
            text = Text(String(decoding: try Console.standardInput(), as: UTF8.self))
            return
        }
        guard let bytes = try AtomicFile.read(path) else { throw CommandError.noSuchFile(path) }
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw FileError.notUTF8(path: path, offset: 0)
        }
        text = Text(string)
    }
}
