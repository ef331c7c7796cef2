import ArgumentParser
import Configuration
import Diagnostics
import Embedding
import Foundation
import Kernels
import Transfer

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "List, fetch, import, verify and remove local embedding models.",
        subcommands: [List.self, Pull.self, Import.self, Verify.self, Remove.self, Path.self])
}

/// The folder of installed models.
private struct ModelStore {
    let root = Paths(environment: ProcessInfo.processInfo.environment).models

    func path(of name: String) throws -> String {
        guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
            throw CommandError.usage("“\(terminalSafe(name))” is not a model's name.")
        }
        return root + "/" + name
    }

    var installed: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.filter { !$0.hasPrefix(".") && FileManager.default.fileExists(atPath: root + "/\($0)/config.json") }.sorted()
    }

    /// A folder beside the models, for one that is not whole yet.
    func makeTemporary(for name: String) throws -> String {
        let path = root + "/.\(name).partial"
        do {
            try FileManager.default.createDirectory(atPath: path + "/1_Pooling", withIntermediateDirectories: true)
        } catch {
            throw FileError.cannotWrite(path: path, reason: "the folder cannot be made")
        }
        return path
    }

    /// Gives a whole model its name; one that was there before is replaced at once.
    func install(_ temporary: String, as name: String) throws {
        _ = try ModelDirectory(path: temporary)
        let target = try path(of: name)
        do {
            if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
            try FileManager.default.moveItem(atPath: temporary, toPath: target)
        } catch {
            throw FileError.cannotWrite(path: target, reason: "the folder cannot be replaced")
        }
    }
}

extension ModelCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The models that are installed and those that can be fetched.")
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let installed = ModelStore().installed
            let known = ModelCatalogue.entries
            if json {
                let rows = known.map { entry in
                    JSON.object([
                        ("name", .string(entry.name)), ("installed", .bool(installed.contains(entry.name))),
                        ("languages", .string(entry.languages)), ("licence", .string(entry.licence)),
                        ("megabytes", .integer(entry.megabytes)),
                    ])
                }
                let others = installed.filter { name in !known.contains { $0.name == name } }.map { name in
                    JSON.object([("name", .string(name)), ("installed", .bool(true))])
                }
                try Console.print(JSON.document([("models", .array(rows + others))]).text)
                return
            }
            for entry in known {
                let mark = installed.contains(entry.name) ? "installed" : "         "
                let name = entry.name.padding(toLength: 20, withPad: " ", startingAt: 0)
                try Console.print("\(mark)  \(name)  \(entry.languages), \(entry.licence), \(entry.megabytes) MB")
            }
            for name in installed where !known.contains(where: { $0.name == name }) { try Console.print("installed  \(name)") }
        }
    }

    struct Pull: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch a model from a Hugging Face endpoint; HF_ENDPOINT names a mirror.")
        @Argument(help: "A name from the list.") var name: String

        func run() throws {
            guard let entry = ModelCatalogue.entries.first(where: { $0.name == name }) else {
                let names = ModelCatalogue.entries.map(\.name).joined(separator: ", ")
                throw CommandError.usage("There is no model “\(terminalSafe(name))” in the list: \(names).")
            }
            Interruption.watch()
            let store = ModelStore()
            let temporary = try store.makeTemporary(for: entry.name)
            let endpoint = ProcessInfo.processInfo.environment["HF_ENDPOINT"] ?? "https://huggingface.co"
            let client = HTTPClient()
            let line = ProgressLine()
            defer { line.clear() }
            for file in ModelCatalogue.files {
                let url = "\(endpoint)/\(entry.repository)/resolve/main/\(file.path)"
                let hash = file.path == "model.safetensors" ? entry.sha256 : nil
                if let error = fetch(url, to: temporary + "/" + file.path, sha256: hash, with: client, showing: line) {
                    guard !file.isRequired, case .httpStatus(_, 404, _) = error else { throw error }
                }
            }
            try store.install(temporary, as: entry.name)
            line.clear()
            Console.error("Installed \(entry.name) in \(try store.path(of: entry.name)).")
        }

        /// Fetches one file; returns why it could not be.
        private func fetch(
            _ url: String, to path: String, sha256: String?, with client: HTTPClient, showing line: ProgressLine
        ) -> TransferError? {
            let name = (path as NSString).lastPathComponent
            do throws(TransferError) {
                try client.download(
                    url, to: path, sha256: sha256,
                    progress: { progress in
                        let total = progress.total.map { " of \($0 / 1_000_000)" } ?? ""
                        line.show("\(name): \(progress.received / 1_000_000)\(total) MB")
                    },
                    isCancelled: { Interruption.isRequested })
                return nil
            } catch {
                return error
            }
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Copy a model from a local folder in the Hugging Face layout.")
        @Argument(help: "The folder.") var folder: String
        @Option(help: "What to call it; the folder's name by default.") var name: String?

        func run() throws {
            let model = try ModelDirectory(path: folder)
            let store = ModelStore()
            let name = name ?? model.name
            _ = try store.path(of: name)
            let temporary = try store.makeTemporary(for: name)
            for file in ModelCatalogue.files where FileManager.default.fileExists(atPath: folder + "/" + file.path) {
                let target = temporary + "/" + file.path
                do {
                    if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
                    try FileManager.default.copyItem(atPath: folder + "/" + file.path, toPath: target)
                } catch {
                    throw FileError.cannotWrite(path: target, reason: "it cannot be copied")
                }
            }
            try store.install(temporary, as: name)
            Console.error("Installed \(name) in \(try store.path(of: name)).")
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check an installed model's files, and its hash where it is known.")
        @Argument(help: "The model.") var name: String

        func run() throws {
            let path = try ModelStore().path(of: name)
            let embedder = try Embedder(try ModelDirectory(path: path))
            guard let weights = try AtomicFile.read(path + "/model.safetensors") else { throw CommandError.noSuchFile(path) }
            var content = ContentHash()
            content.add(weights)
            let hash = content.hexadecimal()
            if let expected = ModelCatalogue.entries.first(where: { $0.name == name })?.sha256, expected != hash {
                throw ModelError.malformed(
                    path: path + "/model.safetensors", field: "sha256", reason: "it is \(hash), the original's is \(expected)")
            }
            try Console.print("\(name): \(embedder.dimension) dimensions, \(embedder.maxTokens) tokens, sha256 \(hash)")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove an installed model.")
        @Argument(help: "The model.") var name: String

        func run() throws {
            let path = try ModelStore().path(of: name)
            guard FileManager.default.fileExists(atPath: path) else { throw ModelError.missing(path: path) }
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch {
                throw FileError.cannotWrite(path: path, reason: "the folder cannot be removed")
            }
            Console.error("Removed \(name).")
        }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the folder of an installed model.")
        @Argument(help: "The model.") var name: String

        func run() throws {
            let path = try ModelStore().path(of: name)
            guard FileManager.default.fileExists(atPath: path) else { throw ModelError.missing(path: path) }
            try Console.print(path)
        }
    }
}
