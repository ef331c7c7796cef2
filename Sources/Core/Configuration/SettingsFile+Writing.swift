import TOMLKit

extension Settings {
    /// How the page looks while one writes, and what is to be reached.
    public struct WritingSection: Sendable, Equatable {
        /// What focus mode leaves bright.
        public enum Focus: String, Sendable, CaseIterable {
            case off, paragraph, sentence
        }

        /// How what is copied gets to the system's clipboard.
        public enum Clipboard: String, Sendable, CaseIterable {
            /// By a program where there is a desktop or tmux, and by the terminal.
            case auto
            case osc52, command, off
        }

        /// How what is copied gets to the system's clipboard.
        public var clipboard = Clipboard.auto
        /// How much room versions of articles may take; nil where none are kept.
        public var versionMegabytes: Int? = 500
        /// Seconds that typing rests before the article is saved; 0 to save only when asked.
        public var autosave = 0
        /// Whether the caret's row stays in the middle of the pane.
        public var typewriter = false
        /// How much around the caret stays bright while the rest is dimmed.
        public var focus = Focus.off
        /// Whether lines are numbered.
        public var lineNumbers = false
        /// Whether typed quotation marks, dashes and dots become the typographic ones.
        public var smartPunctuation = false
        /// Whether typed ASCII punctuation becomes full-width behind Chinese text.
        public var chinesePunctuation = false
        /// Whether misspelt words are marked.
        public var checksSpelling = true
        /// `en_US,de_DE`; nil to go by the article's front matter and the system.
        public var spellingLanguages: String?
        /// Words to write in a session; 0 for no target.
        public var sessionTarget = 0
    }
}

extension SettingsFile {
    /// `[editor]`'s keys of this file, beside `wrap_width` and `tab_width`.
    static let viewKeys = [
        "typewriter", "focus", "line_numbers", "smart_punctuation", "chinese_punctuation", "autosave",
    ]

    func view(_ editor: TOMLTable, _ reader: TableReader, _ settings: inout Settings) throws(ConfigurationError) {
        try reader.boolean(editor, "typewriter", prefix: "editor.") { settings.writing.typewriter = $0 }
        try reader.boolean(editor, "line_numbers", prefix: "editor.") { settings.writing.lineNumbers = $0 }
        try reader.boolean(editor, "smart_punctuation", prefix: "editor.") { settings.writing.smartPunctuation = $0 }
        try reader.boolean(editor, "chinese_punctuation", prefix: "editor.") {
            settings.writing.chinesePunctuation = $0
        }
        try reader.integer(editor, "autosave", prefix: "editor.", in: 0...3_600) { settings.writing.autosave = $0 }
        var name: String?
        try reader.string(editor, "focus", prefix: "editor.") { name = $0 }
        guard let name else { return }
        guard let focus = Settings.WritingSection.Focus(rawValue: name) else {
            throw .badValue(
                path: path, line: reader.line(of: "focus"), key: "editor.focus",
                reason: "must be \"off\", \"paragraph\" or \"sentence\"")
        }
        settings.writing.focus = focus
    }

    func writing(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings) throws(ConfigurationError) {
        var clipboard: String?
        try reader.string(root, "clipboard", prefix: "") { clipboard = $0 }
        if let clipboard {
            guard let choice = Settings.WritingSection.Clipboard(rawValue: clipboard) else {
                throw .badValue(
                    path: path, line: reader.line(of: "clipboard"), key: "clipboard",
                    reason: "must be \"auto\", \"osc52\", \"command\" or \"off\"")
            }
            settings.writing.clipboard = choice
        }
        try versions(root, reader, &settings)
        if let table = try reader.table(root, "spelling") {
            try reader.check(table, known: ["check", "languages"], prefix: "spelling.")
            try reader.boolean(table, "check", prefix: "spelling.") { settings.writing.checksSpelling = $0 }
            try reader.string(table, "languages", prefix: "spelling.") { settings.writing.spellingLanguages = $0 }
            // The names become those of files.
            let isList = (settings.writing.spellingLanguages ?? "en").unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_@, ".unicodeScalars.contains($0)
            }
            guard isList, settings.writing.spellingLanguages?.isEmpty != true else {
                throw .badValue(
                    path: path, line: reader.line(of: "languages"), key: "spelling.languages",
                    reason: "must name languages, as in \"en_US,de_DE\"")
            }
        }
        if let table = try reader.table(root, "writing") {
            try reader.check(table, known: ["session_target"], prefix: "writing.")
            try reader.integer(table, "session_target", prefix: "writing.", in: 0...1_000_000) {
                settings.writing.sessionTarget = $0
            }
        }
    }

    /// `versions`: "on", "off", or how many megabytes they may take.
    private func versions(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings)
        throws(ConfigurationError)
    {
        guard let value = root["versions"] else { return }
        switch (value.string, value.int) {
        case ("on", _): break
        case ("off", _): settings.writing.versionMegabytes = nil
        // It is one room for the versions of all articles: a small number would throw others' away.
        case (_, .some) where isProject:
            throw .ownFileOnly(path: path, line: reader.line(of: "versions"), key: "versions")
        case (_, let megabytes?) where (1...1_000_000).contains(megabytes):
            settings.writing.versionMegabytes = megabytes
        default:
            throw .badValue(
                path: path, line: reader.line(of: "versions"), key: "versions",
                reason: "must be \"on\", \"off\" or how many megabytes they may take")
        }
    }
}
