import ArgumentParser
import Foundation
import JSON

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
                OrderedJSON.object([("text", .string(text)), ("similarity", .number(value))])
            }
            try Console.print(
                OrderedJSON.document([("text", .string(texts[0])), ("similarities", .array(rows))]).compact)
            return
        }
        for (text, value) in zip(texts.dropFirst(), similarities) {
            try Console.print("\(String(format: "%.6f", value))  \(text)")
        }
    }
}
