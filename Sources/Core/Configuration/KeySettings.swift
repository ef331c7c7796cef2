import TOMLKit

/// The keys that `[keys]` gives a command, as written.
public struct CommandKeys: Sendable, Equatable {
    /// The command's name: `save`, `research.cite`.
    public var command: String
    /// Names of keys; none takes the command's keys away.
    public var keys: [String]
    /// The settings file that holds the entry.
    public var path: String
    /// The line of the entry in that file, counted from 1; nil where it can't be found.
    public var line: Int?
}

extension SettingsFile {
    /// Reads `keymap` and `[keys]`, whose values are a list of keys or one key. A command with a dot in its name may
    /// stand in quotation marks or not.
    func keys(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings) throws(ConfigurationError) {
        for key in ["keymap", "keys"] where isProject && root[key] != nil {
            throw .keysInProject(path: path, line: reader.line(of: key), key: key == "keys" ? "[keys]" : key)
        }
        try reader.string(root, "keymap", prefix: "") { settings.keymap = $0 }
        if root["keymap"] != nil { settings.keymapLine = reader.line(of: "keymap") }
        guard let table = try reader.table(root, "keys") else { return }
        var found: [CommandKeys] = []
        try collect(table, prefix: "", reader, &found)
        settings.keys = found.sorted { ($0.line ?? 0, $0.command) < ($1.line ?? 0, $1.command) }
    }

    private func collect(_ table: TOMLTable, prefix: String, _ reader: TableReader, _ found: inout [CommandKeys])
        throws(ConfigurationError)
    {
        for name in table.keys {
            if let inner = table[name]?.table {
                try collect(inner, prefix: prefix + name + ".", reader, &found)
                continue
            }
            var keys: [String] = []
            if let key = table[name]?.string {
                keys = [key]
            } else {
                try reader.strings(table, name, prefix: "keys." + prefix) { keys = $0 }
            }
            found.append(
                CommandKeys(
                    command: prefix + name, keys: keys, path: path, line: reader.lineOfKeys(command: prefix + name)))
        }
    }
}

extension TableReader {
    /// The line of `[keys]` on which a command has its keys.
    func lineOfKeys(command: String) -> Int? {
        var section = ""
        var number = 0
        for line in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if trimmed.first == "[" {
                section = trimmed.dropFirst().prefix { $0 != "]" }.filter { $0 != " " && $0 != "\"" }
                continue
            }
            let key = trimmed.prefix { $0 != "=" }.filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" }
            guard trimmed.contains("="), !section.isEmpty || key.hasPrefix("keys.") else { continue }
            if (section.isEmpty ? key : section + "." + key) == "keys." + command { return number }
        }
        return line(of: "keys")
    }
}
