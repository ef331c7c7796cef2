import ArgumentParser
import JSON
import ModelInstall

struct ModelVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check an installed model: its hash where that is known, and whether it encodes.")
    @Argument(help: "The model.") var name: String
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let path = try ModelStore().installedPath(of: name)
        Interruption.watch()
        let embedder = try ModelCheck.open(path, as: name)
        let hash = try ModelCheck.sha256(path + "/" + ModelParts.weights, isCancelled: { Interruption.isRequested })
        let origin = ModelOrigin.read(in: path)
        // The list speaks of the repository's main branch, the note of what was installed.
        let listed = ModelCatalogue.entry(name).flatMap { origin?.revision ?? "main" == "main" ? $0.sha256 : nil }
        if let expected = listed ?? origin?.sha256, expected != hash {
            throw ModelInstallError.wrongHash(name: name, expected: expected, actual: hash)
        }
        let known = listed != nil ? "the list" : origin?.sha256 != nil ? "the installation" : nil
        if json {
            return try Console.print(
                OrderedJSON.document([
                    ("name", .string(name)), ("path", .string(path)), ("dimensions", .integer(embedder.dimension)),
                    ("window", .integer(embedder.maxTokens)), ("sha256", .string(hash)),
                    ("sha256_checked_against", .optional(known)), ("repository", .optional(origin?.repository)),
                    ("revision", .optional(origin?.revision)), ("commit", .optional(origin?.commit)),
                ]).compact)
        }
        try Console.print("\(name): \(embedder.dimension) dimensions, \(embedder.maxTokens) tokens, sha256 \(hash)")
        Console.error(
            known.map { "The hash is that of \($0), and the model encodes." }
                ?? "No hash is known to compare it with; the model encodes.")
    }
}
