/// What each setting is for, told once: `longhand config --explain` and the table in `docs/configuration.md` are made from it.
struct SettingHelp {
    /// As `longhand config` names it; `NAME`, `FOLDER` and `COMMAND` stand for what the writer chooses.
    var name: String
    /// The default as it is written in a file; empty where there is none.
    var standard: String
    var help: String
    /// Only the writer's own `config.toml` may say it, and no project's file.
    var isOwnOnly = false

    init(_ name: String, _ standard: String, _ help: String, isOwnOnly: Bool = false) {
        self.name = name
        self.standard = standard
        self.help = help
        self.isOwnOnly = isOwnOnly
    }

    /// In the order of `longhand config`.
    static let all: [SettingHelp] = [
        SettingHelp("model", "\"all-MiniLM-L6-v2\"", "The local embedding model."),
        SettingHelp(
            "precision", "\"fp32\"",
            "What the model computes with; \"int8\" is more than twice as fast and a little less exact."),
        SettingHelp("theme", "\"ink\"", "The colours: a theme that comes with Longhand, or one of your own."),
        SettingHelp("keymap", "\"default\"", "\"default\", \"emacs\" or \"vim\".", isOwnOnly: true),
        SettingHelp("article", "", "What opens with the project; without it the first `.md` in the folder."),
        SettingHelp(
            "notes.include",
            "every `.md`, `.markdown`, `.txt`, `.org`, `.html`, `.htm`, `.pdf`, `.docx`, `.epub`, `.odt`",
            "Patterns of the files that are notes."),
        SettingHelp(
            "notes.exclude", "", "Patterns of files that are no notes; `node_modules` and exports are none already."),
        SettingHelp(
            "notes.links", "\"index\"",
            "\"share\": what links lead to outside of a project may have the scope of its place.", isOwnOnly: true),
        SettingHelp("profile", "\"default\"", "Which provider drafts."),
        SettingHelp("provider.base_url", "", "The provider's address; `providers.NAME.base_url` for a profile."),
        SettingHelp("provider.model", "", "The model that drafts."),
        SettingHelp(
            "provider.key_env", "", "The environment variable that holds the key; or `key_command`, which prints it."),
        SettingHelp("provider.temperature", "", "The provider's own where it isn't set."),
        SettingHelp("provider.max_tokens", "", "The most an answer may have; the provider's own where it isn't set."),
        SettingHelp(
            "provider.allow_plain_http", "false", "Requests may leave this machine without TLS.", isOwnOnly: true),
        SettingHelp("embedding.base_url", "", "The address of a remote embedding model.", isOwnOnly: true),
        SettingHelp("embedding.model", "", "The remote embedding model.", isOwnOnly: true),
        SettingHelp("embedding.key_env", "", "As for a provider.", isOwnOnly: true),
        SettingHelp("embedding.dimensions", "", "The model's own where it isn't set.", isOwnOnly: true),
        SettingHelp(
            "embedding.send_notes", "false", "Nothing is sent to the remote embedding model unless this is true.",
            isOwnOnly: true),
        SettingHelp("embedding.allow_plain_http", "false", "As for a provider.", isOwnOnly: true),
        SettingHelp("research.pause_ms", "250", "Milliseconds that typing rests before research follows."),
        SettingHelp("research.limit", "12", "Passages shown."),
        SettingHelp("editor.wrap_width", "76", "The widest column of prose, in cells."),
        SettingHelp("editor.tab_width", "4", "Cells of a tab."),
        SettingHelp("keys.COMMAND", "", "Keys of a command, in place of its own.", isOwnOnly: true),
        SettingHelp(
            "clipboard", "\"auto\"",
            "\"osc52\": by the terminal alone; \"command\": by a program alone; \"off\": what is copied stays in Longhand."
        ),
        SettingHelp(
            "versions", "\"on\"",
            "\"off\" keeps no versions; a number, in your own `config.toml` only, is the megabytes that all may take, 500 by default."
        ),
        SettingHelp("editor.typewriter", "false", "The caret's line stays in the middle."),
        SettingHelp("editor.focus", "\"off\"", "\"paragraph\" or \"sentence\": all else is dimmed."),
        SettingHelp("editor.line_numbers", "false", "Line numbers beside the text."),
        SettingHelp(
            "editor.smart_punctuation", "false", "Quotation marks, dashes and ellipses of the language as you type."),
        SettingHelp("editor.chinese_punctuation", "false", "Marks typed behind Chinese in their full width."),
        SettingHelp(
            "editor.autosave", "0",
            "Seconds that typing rests before the article is saved, also on leaving the window or the article; 0 saves only when asked."
        ),
        SettingHelp("spelling.check", "true", "Misspelt words are marked, where there is a dictionary."),
        SettingHelp(
            "spelling.languages", "",
            "\"en_US,de_DE\"; without it the article's `lang:`, else the system's language."),
        SettingHelp("writing.session_target", "0", "Words to write in a session; 0 for no target."),
        SettingHelp("scopes.FOLDER", "\"index\"", "What may happen with the notes of a folder, or of a pattern."),
    ]

    /// The help of a setting as it is named in force.
    static func help(for name: String) -> SettingHelp? {
        if let exact = all.first(where: { $0.name == name }) { return exact }
        let parts = name.split(separator: ".")
        if name.hasPrefix("scopes.") { return all.first { $0.name == "scopes.FOLDER" } }
        if name.hasPrefix("keys.") { return all.first { $0.name == "keys.COMMAND" } }
        if parts.first == "providers", let last = parts.last { return help(for: "provider.\(last)") }
        if parts.last == "key_command", let section = parts.first { return help(for: "\(section).key_env") }
        return nil
    }
}
