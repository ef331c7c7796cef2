import ArgumentParser
import Assistant
import Configuration
import Diagnostics
import Embedding
import Foundation
import Notes
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
            Console.error("longhand: " + (try Library.setAside(project: layout, opened: damaged)))
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

/// What commands themselves find wrong.
enum CommandError: SpokenError {
    case emptyLibrary(root: String)
    case noSuchSection(String, article: String, known: [String])
    case noSuchSource(String)
    case noProvider
    /// A project names a provider, and the writer did not agree: what it wants, and whether they were asked.
    case projectProvider(String, isAsked: Bool)
    case usage(String)
    case exists(String)
    case noSuchFile(String)
    /// A word that is neither a command nor a file, and what may have been meant.
    case unknownWord(String, meant: String?)
    case unknownOption(String, meant: String)
    case unknownSubcommand(String, of: String, meant: String?, known: [String])

    var message: String {
        switch self {
        case .emptyLibrary(let root): "The library of \(terminalSafe(root)) is empty."
        case .noSuchSection(let title, let article, _): "\(terminalSafe(article)) has no section “\(terminalSafe(title))”."
        case .noSuchSource(let source): "No passage of the library is at \(terminalSafe(source))."
        case .noProvider: "No provider is configured, so nothing can be drafted."
        case .projectProvider(let wish, _): "\(wish) Nothing was sent."
        case .usage(let text): text
        case .exists(let path): "\(terminalSafe(path)) exists already and was left alone."
        case .noSuchFile(let path): "There is no file \(terminalSafe(path))."
        case .unknownWord(let word, _): "There is no command and no file “\(terminalSafe(word))”."
        case .unknownOption(let name, _): "There is no option \(terminalSafe(name))."
        case .unknownSubcommand(let word, let command, _, _): "\(command) has no command “\(terminalSafe(word))”."
        }
    }

    var hint: String? {
        switch self {
        case .emptyLibrary: "Run longhand index."
        case .noSuchSection(_, _, let known): "Its sections: \(known.map { terminalSafe($0) }.joined(separator: "; "))."
        case .noSuchSource: "Write it as NOTE or NOTE:LINE, relative to the project, and run longhand index if the note is new."
        case .noProvider:
            "Set base_url and model under [provider] in your config.toml, and key_env to the variable that holds the key."
        case .projectProvider(_, isAsked: true): "Use --profile NAME for a provider of your own config.toml."
        case .projectProvider(_, isAsked: false):
            "Add --trust-project if you agree to that, or --profile NAME for a provider of your own config.toml."
        case .unknownWord(let word, let meant):
            (meant.map { "Did you mean longhand \($0)? " } ?? "") + "To begin an article of that name: longhand ./\(terminalSafe(word))."
        case .unknownOption(_, let meant): "Did you mean the command longhand \(meant)?"
        case .unknownSubcommand(_, let command, let meant, let known):
            meant.map { "Did you mean \(command) \($0)?" } ?? "It has \(known.joined(separator: ", "))."
        case .usage, .exists, .noSuchFile: nil
        }
    }

    var status: ExitStatus {
        switch self {
        case .emptyLibrary: .unavailable
        case .usage, .unknownWord, .unknownOption, .unknownSubcommand: .usage
        case .noSuchSection, .noSuchSource, .noProvider, .projectProvider, .exists, .noSuchFile: .badInput
        }
    }
}

extension Settings {
    /// What the library is to read, and where it is kept.
    func layout(of project: Project, paths: Paths) -> ProjectLayout {
        ProjectLayout(
            root: project.root, dataDirectory: paths.libraries + "/" + ProjectLayout.libraryID(root: project.root),
            include: include.isEmpty ? ProjectLayout.defaultInclude : include,
            // What Longhand itself writes is no source.
            exclude: ProjectLayout.defaultExclude + ["*.export.md"] + exclude,
            scopes: scopes.compactMap { entry in Scope(rawValue: entry.scope).map { FolderScope(entry.folder, $0) } },
            linksMayBeShared: linksMayBeShared)
    }

    /// The provider; nil where none is configured.
    var providerSettings: ProviderSettings? { provider.settings }
}

extension ProviderProfile {
    /// What requests with this profile need; nil where it lacks an address or a model.
    var settings: ProviderSettings? {
        let source: KeySource =
            switch key {
            case .none: .none
            case .environment(let name): .environment(name)
            case .command(let command): .command(command)
            }
        let settings = ProviderSettings(
            baseURL: baseURL, model: model, keySource: source, temperature: temperature, maxTokens: maxTokens,
            allowsPlainHTTP: allowsPlainHTTP)
        return settings.isConfigured ? settings : nil
    }
}
