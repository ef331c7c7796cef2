import ArgumentParser
import Configuration
import JSON

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The settings in force and where each comes from.")
    @OptionGroup var project: ProjectOption
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Say what each setting is for.") var explain = false

    func run() throws {
        let opened = try OpenedProject(project.path)
        let settings = opened.settings
        let rows = Self.rows(settings)
        if json {
            let values = rows.map { row in
                OrderedJSON.object([
                    ("name", .string(row.name)), ("value", .string(row.value)), ("from", .string(row.origin)),
                ])
            }
            try Console.print(OrderedJSON.document([("settings", .array(values))]).compact)
            return
        }
        for row in rows {
            try Console.print("\(row.name) = \(row.value.isEmpty ? "(not set)" : row.value)  [\(row.origin)]")
            if explain, let help = SettingHelp.help(for: row.name) {
                try Console.print("    " + help.help + (help.isOwnOnly ? " In your own config.toml only." : ""))
            }
        }
        if let remote = try opened.remoteEmbedding() {
            Console.error("The embedding is remote, at \(remote.encoder.host): \(remote.state).")
        }
    }

    struct Row {
        var name: String
        var value: String
        /// The file, variable or flag that says so.
        var origin: String
    }

    /// Every setting, and every profile of the writer's and the project's, by the file that has it.
    static func rows(_ settings: Settings) -> [Row] {
        var rows = values(settings).map { Row(name: $0, value: $1, origin: settings.origins[$0] ?? "default") }
        var row = (rows.firstIndex { $0.name == "provider.allow_plain_http" } ?? rows.count - 1) + 1
        for profile in settings.profiles + settings.projectProfiles {
            let section = "providers.\(profile.name)"
            let lines = providerRows(section, profile).map { name, value in
                Row(
                    name: name, value: value,
                    origin: profile.origins[String(name.dropFirst(section.count + 1))] ?? "default")
            }
            rows.insert(contentsOf: lines, at: row)
            row += lines.count
        }
        return rows
    }

    /// The name and value of every setting in force.
    private static func values(_ settings: Settings) -> [(String, String)] {
        let embedding = settings.embedding
        func number(_ value: Int?) -> String { value.map { String($0) } ?? "" }
        var rows: [(String, String)] = [
            ("model", settings.model), ("precision", settings.precision.rawValue), ("theme", settings.theme),
            ("keymap", settings.keymap), ("article", settings.article ?? ""),
            ("notes.include", settings.include.joined(separator: " ")),
            ("notes.exclude", settings.exclude.joined(separator: " ")),
            ("notes.links", settings.linksMayBeShared ? "share" : "index"),
        ]
        rows += [("profile", settings.provider.name)] + providerRows("provider", settings.provider)
        rows += [("embedding.base_url", embedding.baseURL), ("embedding.model", embedding.model)]
        rows += [keyRow("embedding", embedding.key), ("embedding.dimensions", number(embedding.dimensions))]
        rows += [("embedding.send_notes", "\(embedding.sendNotes)")]
        rows += [("embedding.allow_plain_http", "\(embedding.allowsPlainHTTP)")]
        rows += [
            ("research.pause_ms", number(settings.researchPause)), ("research.limit", number(settings.researchLimit)),
        ]
        rows += [("editor.wrap_width", number(settings.wrapWidth)), ("editor.tab_width", number(settings.tabWidth))]
        rows += settings.keys.map { ("keys.\($0.command)", $0.keys.joined(separator: ", ")) }
        let writing = settings.writing
        rows += [
            ("clipboard", writing.clipboard.rawValue),
            ("versions", writing.versionMegabytes.map { String($0) } ?? "off"),
        ]
        rows += [
            ("editor.typewriter", "\(writing.typewriter)"), ("editor.focus", writing.focus.rawValue),
            ("editor.line_numbers", "\(writing.lineNumbers)"),
        ]
        rows += [
            ("editor.smart_punctuation", "\(writing.smartPunctuation)"),
            ("editor.chinese_punctuation", "\(writing.chinesePunctuation)"),
        ]
        rows += [("editor.autosave", number(writing.autosave))]
        rows += [
            ("spelling.check", "\(writing.checksSpelling)"), ("spelling.languages", writing.spellingLanguages ?? ""),
        ]
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
