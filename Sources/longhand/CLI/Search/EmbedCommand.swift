import ArgumentParser
import ArticleFiles
import Foundation
import JSON

struct EmbedCommand: ParsableCommand {
    enum Role: String, ExpressibleByArgument, CaseIterable { case query, passage }

    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Embed texts, one a line, as float32 .npy or JSON lines.")
    @Argument(help: "A file of texts; - or nothing reads standard input.") var file = "-"
    @OptionGroup var model: ModelOption
    @Option(name: .customLong("as"), help: "What the texts are to the model.") var role = Role.passage
    @Option(name: .shortAndLong, help: "Write a .npy of shape [n, d] here; - is standard output.") var output: String?

    func run() throws {
        if let output { try OutputDestination.check(output, against: [OutputDestination.Input(file)]) }
        let bytes: [UInt8]
        if file == "-" {
            bytes = try Console.standardInput()
        } else {
            guard let read = try AtomicFile.read(file) else { throw CommandError.noSuchFile(file) }
            bytes = read
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileError.notUTF8(path: file, offset: 0)
        }
        // A line feed after a carriage return is one character with it.
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
        if lines.last == "" { lines.removeLast() }
        Interruption.watch()
        let embedder = try model.embedder()
        let vectors = try embedder.encode(
            lines, as: role == .query ? .query : .passage, isCancelled: { Interruption.isRequested })
        if let output {
            let array = NumPyArray.encode(vectors, columns: embedder.dimension)
            if output == "-" {
                try Console.write(document: array)
            } else {
                try AtomicFile.write(array, toOutput: output, waits: true)
            }
            return
        }
        for (line, vector) in zip(lines, vectors) {
            try Console.print(
                OrderedJSON.object([("text", .string(line)), ("embedding", .array(vector.map { .number(Double($0)) }))])
                    .compact)
        }
    }
}
