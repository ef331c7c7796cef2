import Configuration
import Embedding
import Foundation
import RemoteEmbedding
import Retrieval

/// What every command that works on a project opens: its settings, its model and its library.
struct OpenedProject {
    let project: Project
    let settings: Settings
    let paths: Paths

    /// - Parameter path: a folder or a file of the project, which must be there.
    init(_ path: String, model: String? = nil, profile: String? = nil) throws {
        let environment = ProcessInfo.processInfo.environment
        paths = try Paths.ofUser(environment: environment)
        project = try Project.locate(existing: path)
        settings = try Settings.load(
            projectRoot: project.root, paths: paths, environment: environment,
            overrides: SettingsOverrides(model: model, profile: profile))
    }

    /// The local model; nil where none is installed, which is said once on standard error.
    ///
    /// - Throws: `ModelError` where it is installed and broken.
    func embedder() throws -> Embedder? {
        do {
            return try settings.openModel(paths)
        } catch ModelError.missing {
            Console.error(
                "longhand: the model \(settings.model) is not installed, so only words are searched, not meaning. "
                    + "Get it with: longhand model pull \(settings.model)")
            return nil
        }
    }

    /// The remote model that the settings choose; nil where a local one makes the vectors.
    func remoteEmbedding(isRebuild: Bool = false) throws -> RemoteEmbeddingChoice? {
        try RemoteEmbeddingChoice(settings: settings, project: project, paths: paths, isRebuild: isRebuild)
    }

    /// What makes the vectors: the remote model where it is chosen and agreed to, else the local one; nil,
    /// which is said, where there is none.
    ///
    /// - Throws: `ModelError`; `RemoteEmbeddingError.notAllowed` where `send_notes` isn't true.
    func encoder() throws -> (any PassageEncoder)? {
        guard let remote = try remoteEmbedding() else { return try embedder() }
        if let encoder = try remote.agreedEncoder() { return encoder }
        Console.error("longhand: " + remote.missingAgreement)
        return nil
    }

    func library() throws -> Library { try library(encoder: encoder()) }

    func library(encoder: (any PassageEncoder)?) throws -> Library {
        try Library(project: settings.layout(of: project, paths: paths), encoder: encoder)
    }

    /// Does something with the library, and once more with a new one if it proves to be damaged, which is said.
    func renewing<Value>(encoder: (any PassageEncoder)?, _ body: (Library) throws -> Value) throws -> Value {
        var damaged: Library?
        do {
            let library = try library(encoder: encoder)
            damaged = library
            return try body(library)
        } catch LibraryError.corrupt {
            let layout = settings.layout(of: project, paths: paths)
            Console.error("longhand: " + (try Library.quarantine(project: layout, opened: damaged)))
            return try body(try library(encoder: encoder))
        }
    }

    /// A library to search in, which must have been indexed.
    func indexedLibrary() throws -> Library {
        let library = try library()
        guard try library.status().notes > 0 else { throw CommandError.emptyLibrary(root: project.root) }
        return library
    }

    /// How the library names a file: relative to the project.
    func libraryPath(of path: String) -> String? {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        guard let real = realpath(absolute, nil) else { return nil }
        defer { free(real) }
        let resolved = String(cString: real)
        return resolved.hasPrefix(project.root + "/") ? String(resolved.dropFirst(project.root.count + 1)) : nil
    }
}
