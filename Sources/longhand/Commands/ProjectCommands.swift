import ArgumentParser
import Assistant
import Configuration
import Diagnostics
import Embedding
import Foundation
import Notes
import Retrieval
import Spelling
import Workbench

struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a project folder or articles in the studio (the default).")
    @Argument(help: "A folder, or articles, each with a +LINE behind it. A folder opens what was open last.") var words: [String] = []
    @Option(help: "The theme to use.") var theme: String?
    @Option(help: "The installed model to use.") var model: String?

    func run() throws { try Self.open(words, overrides: SettingsOverrides(model: model, theme: theme)) }

    /// Opens the studio and ends the process with it.
    static func open(_ words: [String], overrides: SettingsOverrides = SettingsOverrides()) throws -> Never {
        let status = try Studio.run(try OpenWords(words), overrides: overrides)
        // Not exit(): a worker may be in the middle of a matrix product, and the libraries' own
        // destructors would take its buffers away. What must be written is on the disk by now, and
        // SQLite rolls back what is not.
        Foundation._exit(status.rawValue)
    }
}

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Begin a project: a commented longhand.toml, a notes folder, an article.")
    @Argument(help: "The folder; made where it is missing.") var folder = "."

    func run() throws {
        let settings = folder + "/longhand.toml"
        // A link to nothing is taken too: what is written would come to stand where it leads.
        guard !AtomicFile.isThere(settings) else { throw CommandError.exists(settings) }
        do {
            try FileManager.default.createDirectory(atPath: folder + "/notes", withIntermediateDirectories: true)
        } catch {
            throw FileError.cannotWrite(path: folder + "/notes", reason: "the folder cannot be made")
        }
        try AtomicFile.write(Array(ProjectTemplate.settings.utf8), to: settings)
        let article = folder + "/article.md"
        if !AtomicFile.isThere(article) {
            try AtomicFile.write(Array(ProjectTemplate.article.utf8), to: article)
        }
        let paths = try Paths.ofUser(environment: ProcessInfo.processInfo.environment)
        try IndexingConsent(project: try Project.locate(folder), paths: paths).give()
        Console.error("Begun in \(folder): put your notes into \(folder)/notes, then run longhand \(folder).")
    }
}

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "config", abstract: "The settings in force and where each comes from.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let opened = try OpenedProject(project.path)
        let settings = opened.settings
        let rows = Self.rows(settings)
        if json {
            let values = rows.map { row in
                JSON.object([("name", .string(row.name)), ("value", .string(row.value)), ("from", .string(row.origin))])
            }
            try Console.print(JSON.document([("settings", .array(values))]).text)
            return
        }
        for row in rows { try Console.print("\(row.name) = \(row.value.isEmpty ? "(not set)" : row.value)  [\(row.origin)]") }
        if let remote = try opened.remoteEmbedding() {
            Console.error("The embedding is remote, at \(remote.encoder.host): \(remote.state).")
        }
    }

    private struct Row {
        var name: String
        var value: String
        /// The file, variable or flag that says so.
        var origin: String
    }

    /// Every setting, and every profile of the writer's and the project's, by the file that has it.
    private static func rows(_ settings: Settings) -> [Row] {
        var rows = values(settings).map { Row(name: $0, value: $1, origin: settings.origins[$0] ?? "default") }
        var place = (rows.firstIndex { $0.name == "provider.allow_plain_http" } ?? rows.count - 1) + 1
        for profile in settings.profiles + settings.projectProfiles {
            let section = "providers.\(profile.name)"
            let lines = providerRows(section, profile).map { name, value in
                Row(name: name, value: value, origin: profile.origins[String(name.dropFirst(section.count + 1))] ?? "default")
            }
            rows.insert(contentsOf: lines, at: place)
            place += lines.count
        }
        return rows
    }

    /// The name and value of every setting in force.
    private static func values(_ settings: Settings) -> [(String, String)] {
        let embedding = settings.embedding
        func number(_ value: Int?) -> String { value.map { String($0) } ?? "" }
        var rows: [(String, String)] = [
            ("model", settings.model), ("precision", settings.precision.rawValue), ("theme", settings.theme), ("keymap", settings.keymap), ("article", settings.article ?? ""),
            ("notes.include", settings.include.joined(separator: " ")),
            ("notes.exclude", settings.exclude.joined(separator: " ")),
            ("notes.links", settings.linksMayBeShared ? "share" : "index"),
        ]
        rows += [("profile", settings.provider.name)] + providerRows("provider", settings.provider)
        rows += [("embedding.base_url", embedding.baseURL), ("embedding.model", embedding.model)]
        rows += [keyRow("embedding", embedding.key), ("embedding.dimensions", number(embedding.dimensions))]
        rows += [("embedding.send_notes", "\(embedding.sendNotes)")]
        rows += [("embedding.allow_plain_http", "\(embedding.allowsPlainHTTP)")]
        rows += [("research.pause_ms", number(settings.researchPause)), ("research.limit", number(settings.researchLimit))]
        rows += [("editor.wrap_width", number(settings.wrapWidth)), ("editor.tab_width", number(settings.tabWidth))]
        rows += settings.keys.map { ("keys.\($0.command)", $0.keys.joined(separator: ", ")) }
        let writing = settings.writing
        rows += [("clipboard", writing.clipboard.rawValue), ("versions", writing.versionMegabytes.map { String($0) } ?? "off")]
        rows += [("editor.typewriter", "\(writing.typewriter)"), ("editor.focus", writing.focus.rawValue), ("editor.line_numbers", "\(writing.lineNumbers)")]
        rows += [("editor.smart_punctuation", "\(writing.smartPunctuation)"), ("editor.chinese_punctuation", "\(writing.chinesePunctuation)")]
        rows += [("editor.autosave", number(writing.autosave))]
        rows += [("spelling.check", "\(writing.checksSpelling)"), ("spelling.languages", writing.spellingLanguages ?? "")]
        rows += [("writing.session_target", number(writing.sessionTarget))]
        return rows + settings.scopes.map { ("scopes.\($0.folder)", $0.scope) }
    }

    private static func providerRows(_ section: String, _ profile: ProviderProfile) -> [(String, String)] {
        [
            (section + ".base_url", profile.baseURL), (section + ".model", profile.model), keyRow(section, profile.key),
            (section + ".temperature", profile.temperature.map { "\($0)" } ?? ""),
            (section + ".max_tokens", profile.maxTokens.map { "\($0)" } ?? ""),
            (section + ".allow_plain_http", "\(profile.allowsPlainHTTP)"),
        ]
    }

    /// Where a key comes from: the name of its variable, or that it is a command, which may hold a secret.
    private static func keyRow(_ section: String, _ key: Settings.KeySetting) -> (String, String) {
        switch key {
        case .none: (section + ".key_env", "")
        case .environment(let name): (section + ".key_env", name)
        case .command: (section + ".key_command", "(a command)")
        }
    }
}

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "doctor", abstract: "Check the terminal, the model, the library and the provider.")
    @OptionGroup var project: ProjectOption

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let opened = try OpenedProject(project.path)
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        try report(locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8"), "locale \(locale)", "Set LANG to a UTF-8 locale, for instance C.UTF-8.")
        let term = environment["TERM"] ?? ""
        try report(!term.isEmpty && term != "dumb", "terminal \(term)", "Set TERM, for instance to xterm-256color.")
        do {
            if let remote = try opened.remoteEmbedding() {
                let what = "model \(remote.encoder.name), remote at \(remote.encoder.host): \(remote.state)."
                let cure = remote.sendsNotes ? "Run longhand index to agree." : "Set send_notes, or remove [embedding] from config.toml."
                try remote.checkKey()
                try report(remote.sendsNotes && remote.agreement.isGiven, what, cure)
            } else {
                let embedder = try opened.settings.openModel(opened.paths)
                try report(true, "model \(embedder.name), \(embedder.dimension) dimensions, \(embedder.maxTokens) tokens, \(embedder.precision.rawValue)", "")
            }
        } catch let error as any SpokenError {
            try report(false, error.message, error.hint ?? "")
        }
        do {
            let status = try Library(project: opened.settings.layout(of: opened.project, paths: opened.paths), encoder: nil).status()
            try report(status.notes > 0, "library of \(status.notes) notes, \(status.stale) stale", "Run longhand index.")
        } catch let error as LibraryError {
            try report(false, error.message, error.hint ?? "")
        }
        let checker = SpellChecker(paths: opened.paths, root: opened.project.root)
        let languages = opened.settings.writing.spellingLanguages ?? Studio.systemLanguage(environment) ?? "en_US"
        let missing = checker.missing(languages).first.map { SpellingError.noDictionary(language: $0, own: checker.ownFolder) }
        try report(missing == nil, missing?.message ?? "spelling in \(terminalSafe(languages))", missing?.hint ?? "")
        try reportProvider(opened)
    }

    /// The provider in force, with who says so, and the other profiles of the writer and of the project.
    private func reportProvider(_ opened: OpenedProject) throws {
        let settings = opened.settings
        if let problem = settings.providerProblem {
            try report(false, problem.message, problem.hint ?? "")
        } else if settings.provider.isConfigured {
            try report(settings.provider, opened, "longhand draft asks.")
        } else {
            try report(false, "no provider: drafting is off", CommandError.noProvider.hint ?? "")
        }
        var reported = [settings.provider]
        for profile in settings.profiles + settings.projectProfiles where !reported.contains(profile) {
            reported.append(profile)
            try report(profile, opened, "longhand draft asks where it is chosen.")
        }
    }

    /// Whether requests with `profile` could go out, and may.
    private func report(_ profile: ProviderProfile, _ opened: OpenedProject, _ asking: String) throws {
        let origin = profile.keyOrigin ?? profile.addressOrigin ?? profile.origins["model"] ?? ""
        let name = "provider \(profile.name): "
        guard let provider = profile.settings else {
            let lack = profile.baseURL.isEmpty ? "base_url" : "model"
            return try report(false, name + "\(lack) is not set [\(origin)]", "Set it, or remove the profile.")
        }
        let what = name + "\(profile.baseURL), model \(profile.model), \(profile.key.said) [\(origin)]"
        do throws(AssistantError) {
            try OpenAIProvider(settings: provider).checkAddress()
            // A command is run only for a request: it may ask the writer for a password.
            if case .environment = provider.keySource { _ = try KeyReader.key(from: provider.keySource, isCancelled: { false }) }
        } catch {
            return try report(false, what + ". " + error.message, error.hint ?? "")
        }
        let agreement = ProviderAgreement(profile, project: opened.project, paths: opened.paths)
        let file = (profile.isAddressOfProject ? profile.addressOrigin : profile.keyOrigin) ?? ""
        try report(agreement.isGiven, what, "\(file) chose that, and you did not agree to it yet: \(asking)")
    }

    private func report(_ isWell: Bool, _ what: String, _ cure: String) throws {
        try Console.print((isWell ? "ok    " : "warn  ") + what + (isWell ? "" : " " + cure))
    }
}

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "completions", abstract: "Print the completion script for a shell.")
    @Argument(help: "bash, zsh or fish.") var shell: String

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else {
            throw CommandError.usage("There are completions for bash, zsh and fish, not for “\(terminalSafe(shell))”.")
        }
        try Console.print(text: Longhand.completionScript(for: shell))
    }
}
