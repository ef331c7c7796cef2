import ArgumentParser
import Configuration
import Diagnostics
import Embedding
import Foundation

struct ModelOption: ParsableArguments {
    @Option(help: "The installed model to use.") var model: String?
    @Option(help: "What to compute with; int8 is faster and a little less exact.") var precision: Settings.Precision?

    /// - Throws: `ModelError` where the model is missing or broken: there is nothing to do without it.
    func embedder() throws -> Embedder {
        let environment = ProcessInfo.processInfo.environment
        let paths = try Paths.ofUser(environment: environment)
        let project = try Project.locate(".")
        let settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: environment, 
            overrides: SettingsOverrides(model: model, precision: precision))
        return try settings.openModel(paths)
    }
}

extension Settings.Precision: ExpressibleByArgument {}

struct SimilarityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similarity", abstract: "The cosine similarity of the first text with each other one.")
    @Argument(help: "The first text, then those it is compared with.") var texts: [String]
    @OptionGroup var model: ModelOption
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard texts.count >= 2 else { throw ValidationError("similarity needs at least two texts.") }
    }

    func run() throws {
        let vectors = try model.embedder().encode(texts, as: .passage)
        let similarities = vectors.dropFirst().map { other in
            zip(vectors[0], other).reduce(into: 0.0) { $0 += Double($1.0) * Double($1.1) }
        }
        if json {
            let rows = zip(texts.dropFirst(), similarities).map { text, value in
                JSON.object([("text", .string(text)), ("similarity", .number(value))])
            }
            try Console.print(JSON.document([("text", .string(texts[0])), ("similarities", .array(rows))]).text)
            return
        }
        for (text, value) in zip(texts.dropFirst(), similarities) {
            try Console.print("\(String(format: "%.6f", value))  \(text)")
        }
    }
}

struct EmbedCommand: ParsableCommand {
    enum Role: String, ExpressibleByArgument, CaseIterable { case query, passage }

    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Embed texts, one a line, as float32 .npy or JSON lines.")
    @Argument(help: "A file of texts; - or nothing reads standard input.") var file = "-"
    @OptionGroup var model: ModelOption
    @Option(name: .customLong("as"), help: "What the texts are to the model.") var role = Role.passage
    @Option(name: .shortAndLong, help: "Write a .npy of shape [n, d] here; - is standard output.") var output: String?

    func run() throws {
        if let output { try OutputPlace.check(output, against: [OutputPlace.Input(file)]) }
        let bytes: [UInt8]
        if file == "-" {
            bytes = try Console.standardInput()
        } else {
            guard let read = try AtomicFile.read(file) else { throw CommandError.noSuchFile(file) }
            bytes = read
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FileError.notUTF8(path: file, offset: 0) }
        // A line feed after a carriage return is one character with it.
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
        if lines.last == "" { lines.removeLast() }
        Interruption.watch()
        let embedder = try model.embedder()
        let vectors = try embedder.encode(lines, as: role == .query ? .query : .passage, isCancelled: { Interruption.isRequested })
        if let output {
            let array = NumPyArray.encode(vectors, columns: embedder.dimension)
            if output == "-" { try Console.write(document: array) } else { try AtomicFile.write(array, toOutput: output, waits: true) }
            return
        }
        for (line, vector) in zip(lines, vectors) {
            try Console.print(
                JSON.object([("text", .string(line)), ("embedding", .array(vector.map { .number(Double($0)) }))]).text)
        }
    }
}

/// NumPy's file format, version 1.0, for a C-ordered matrix of little-endian float32.
enum NumPyArray {
    static func encode(_ rows: [[Float]], columns: Int) -> [UInt8] {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows.count), \(columns)), }"
        // Magic, version and length are 10 bytes; data starts at a multiple of 64, after a line feed.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)]
        bytes += header.utf8
        bytes.reserveCapacity(bytes.count + rows.count * columns * 4)
        for row in rows {
            for value in row { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
        }
        return bytes
    }
}
