import ArgumentParser
import ArticleFiles
import Diagnostics
import Embedding
import Foundation
import ModelInstall

/// Fetches a model. The command takes the model's lock and a partial folder beside the model's place, which outlives
/// the run; `ModelFetch` fills it, and one rename gives it its name. `ModelImportCommand` does the same with
/// `ModelCopy` in place of the fetch.
struct ModelPullCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Fetch a model from Hugging Face or a mirror of it.",
        discussion: """
            HF_ENDPOINT names a mirror, HF_TOKEN holds a token for repositories that want one, https_proxy and its \
            kin name a proxy. An interrupted pull is continued by the next.
            """)
    @Argument(help: "A name from the list, or OWNER/NAME of any repository.") var name: String
    @Option(help: "A branch, a tag or a commit.") var revision: String?
    @Option(name: .customLong("name"), help: "What to call it; the repository's name by default.") var localName:
        String?
    @Flag(help: "Fetch it again though it is installed.") var force = false

    func run() throws {
        let entry = ModelCatalogue.entry(name)
        guard entry != nil || Hub.isRepository(name) else {
            throw name.contains("/") ? ModelInstallError.badName(name) : ModelInstallError.unknown(name)
        }
        let repository = entry?.repository ?? name
        let local = localName ?? entry?.name ?? String(name.split(separator: "/").last ?? "")
        let store = try ModelStore()
        _ = try store.path(of: local)
        let hub = try Hub(environment: ProcessInfo.processInfo.environment)
        Interruption.watch()
        let lock = try store.lock(local)
        defer { withExtendedLifetime(lock) {} }
        if try isInstalled(local, from: repository, in: store) { return }
        let line = ProgressLine()
        defer { line.clear() }
        let revision = revision ?? "main"
        let partial = try preparePartial(store, local, repository, revision)
        let fetch = ModelFetch(
            hub: hub, repository: repository, revision: revision, name: local,
            sha256: revision == "main" ? entry?.sha256 : nil, progress: line.installProgress)
        do {
            try fetch.run(into: partial)
        } catch ModelError.cancelled {
            throw ModelInstallError.interrupted(name: local)
        } catch {
            line.clear()
            // A part is worth keeping for what may pass; a model of the wrong kind is not.
            guard let error = error as? ModelError else { throw error }
            // What is wrong with the model is the error to tell, not that the part is still there.
            try? store.discard(partial)
            switch error.moved(from: partial, to: repository) {
            case .missing(let path): throw ModelInstallError.incomplete(path: path)
            case let error: throw error
            }
        }
        try store.install(partial, as: local)
        line.clear()
        Console.error("Installed \(local) in \(try store.path(of: local)).")
    }

    /// Whether there is nothing to do, which is then said. A model that is there and broken is fetched
    /// again.
    private func isInstalled(_ local: String, from repository: String, in store: ModelStore) throws -> Bool {
        let path = try store.path(of: local)
        guard FileManager.default.fileExists(atPath: path) else { return false }
        if let owner = ModelOrigin.read(in: path)?.repository, owner != repository {
            throw ModelInstallError.taken(name: local, by: owner)
        }
        guard !force else { return false }
        do {
            _ = try ModelCheck.open(path, as: local)
            Console.error("\(local) is installed already, in \(path). --force fetches it again.")
            return true
        } catch let error as any UserFacingError {
            Console.error("\(local) is installed but can't be used: \(error.message) Fetching it again.")
            return false
        }
    }

    /// The folder to fetch into; what another repository or revision left there is thrown away.
    private func preparePartial(
        _ store: ModelStore, _ local: String, _ repository: String, _ revision: String
    ) throws -> String {
        let partial = store.partialPath(of: local)
        let wanted = ModelOrigin(repository: repository, revision: revision)
        let found = ModelOrigin.read(in: partial)
        if force || found?.repository != repository || found?.revision != revision { try store.discard(partial) }
        try ModelStore.makeFolder(partial)
        do {
            try wanted.write(in: partial)
        } catch let error as FileError {
            if case .cannotWrite(let path, let reason) = error {
                throw ModelInstallError.cannotWrite(path: path, reason: reason)
            }
            throw error
        }
        return partial
    }
}
