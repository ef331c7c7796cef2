import FileAccess
import Foundation
import TOML
import TOMLKit

/// One settings file, read key by key, so that a wrong one is named with its line.
struct SettingsFile {
    let path: String
    /// A project's file may come from a stranger: it must not run commands.
    let isProject: Bool

    /// No settings are longer: the project's may be anything.
    private static let longest = 1 << 20

    /// - Throws: `ConfigurationError`; a file that does not exist sets nothing.
    func apply(to settings: inout Settings) throws(ConfigurationError) {
        let data: [UInt8]
        do throws(RegularFile.Failure) { data = try RegularFile.read(path, atMost: Self.longest) } catch {
            if error == .absent { return }
            throw .unreadable(path: path, reason: error.reason)
        }
        guard let source = String(validating: data, as: UTF8.self) else {
            throw .unreadable(path: path, reason: "it is not UTF-8 text")
        }
        let table: TOMLTable
        do throws(TOMLProblem) { table = try TOMLDocument.table(source) } catch {
            throw .badTOML(path: path, line: error.line, reason: error.reason)
        }
        let reader = TableReader(file: self, source: source)
        try reader.check(
            table,
            known: [
                "model", "precision", "theme", "keymap", "keys", "clipboard", "versions", "article", "notes", "scopes",
                "profile", "provider", "providers", "embedding", "research", "editor", "spelling", "writing",
            ], prefix: "")
        try reader.string(table, "model", prefix: "") { settings.model = $0 }
        try precision(table, reader, &settings)
        try reader.string(table, "theme", prefix: "") { settings.theme = $0 }
        try reader.string(table, "article", prefix: "") { settings.article = $0 }
        try keys(table, reader, &settings)
        try notes(table, reader, &settings)
        try scopes(table, reader, &settings)
        try providers(table, reader, &settings.choice)
        try embedding(table, reader, &settings)
        try research(table, reader, &settings)
        try writing(table, reader, &settings)
        // Where a provider's fields come from is known once the profile is.
        for key in reader.seen(table) where !key.hasPrefix("provider") && key != "profile" {
            settings.origins[key] = path
        }
    }

    private func precision(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings)
        throws(ConfigurationError)
    {
        var name: String?
        try reader.string(root, "precision", prefix: "") { name = $0 }
        guard let name else { return }
        guard let precision = Settings.Precision(rawValue: name) else {
            throw .badValue(
                path: path, line: reader.line(of: "precision"), key: "precision", reason: "must be \"fp32\" or \"int8\""
            )
        }
        settings.precision = precision
    }

    private func notes(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings) throws(ConfigurationError)
    {
        guard let table = try reader.table(root, "notes") else { return }
        try reader.check(table, known: ["include", "exclude", "links"], prefix: "notes.")
        try reader.strings(table, "include", prefix: "notes.") { settings.include = $0 }
        try reader.strings(table, "exclude", prefix: "notes.") { settings.exclude = $0 }
        guard table["links"] != nil else { return }
        // A project that was cloned could otherwise make a link out of its folder, and have what is there sent.
        guard !isProject else { throw .ownFileOnly(path: path, line: reader.line(of: "links"), key: "notes.links") }
        var scope = ""
        try reader.string(table, "links", prefix: "notes.") { scope = $0 }
        guard ["index", "share"].contains(scope) else {
            throw .badValue(
                path: path, line: reader.line(of: "links"), key: "notes.links", reason: "must be \"index\" or \"share\""
            )
        }
        settings.linksMayBeShared = scope == "share"
    }

    private func scopes(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings) throws(ConfigurationError)
    {
        guard let table = try reader.table(root, "scopes") else { return }
        var scopes: [(folder: String, scope: String)] = []
        for folder in table.keys {
            guard !folder.hasPrefix("!") else {
                throw .badValue(
                    path: path, line: reader.line(of: folder), key: "scopes.\(folder)",
                    reason: "must be a folder or a pattern without !; give the exception a scope of its own")
            }
            try reader.string(table, folder, prefix: "scopes.") { scopes.append((folder, $0)) }
            guard let scope = scopes.last?.scope, ["ignore", "index", "share"].contains(scope) else {
                throw .badValue(
                    path: path, line: reader.line(of: folder), key: "scopes.\(folder)",
                    reason: "must be \"ignore\", \"index\" or \"share\"")
            }
        }
        settings.scopes = scopes
    }

    private func research(_ root: TOMLTable, _ reader: TableReader, _ settings: inout Settings)
        throws(ConfigurationError)
    {
        if let table = try reader.table(root, "research") {
            try reader.check(table, known: ["pause_ms", "limit"], prefix: "research.")
            try reader.integer(table, "pause_ms", prefix: "research.", in: 0...60_000) { settings.researchPause = $0 }
            try reader.integer(table, "limit", prefix: "research.", in: 1...200) { settings.researchLimit = $0 }
        }
        if let table = try reader.table(root, "editor") {
            try reader.check(table, known: ["wrap_width", "tab_width"] + Self.viewKeys, prefix: "editor.")
            try reader.integer(table, "wrap_width", prefix: "editor.", in: 20...400) { settings.wrapWidth = $0 }
            try reader.integer(table, "tab_width", prefix: "editor.", in: 1...16) { settings.tabWidth = $0 }
            try view(table, reader, &settings)
        }
    }
}

/// Typed look-ups in a TOML table that say what is wrong, and where.
struct TableReader {
    let file: SettingsFile
    let source: String

    func check(_ table: TOMLTable, known: [String], prefix: String) throws(ConfigurationError) {
        for key in table.keys where !known.contains(key) {
            throw .unknownKey(path: file.path, line: line(of: key), key: prefix + key, known: known)
        }
    }

    func table(_ table: TOMLTable, _ key: String) throws(ConfigurationError) -> TOMLTable? {
        guard let value = table[key] else { return nil }
        guard let found = value.table else { throw wrong(key, "a table, as in [\(key)]", prefix: "") }
        return found
    }

    func string(_ table: TOMLTable, _ key: String, prefix: String, _ take: (String) -> Void) throws(ConfigurationError)
    {
        guard let value = table[key] else { return }
        guard let string = value.string else { throw wrong(key, "a string in double quotes", prefix: prefix) }
        take(string)
    }

    func strings(_ table: TOMLTable, _ key: String, prefix: String, _ take: ([String]) -> Void)
        throws(ConfigurationError)
    {
        guard let value = table[key] else { return }
        guard let array = value.array else { throw wrong(key, "a list of strings", prefix: prefix) }
        var strings: [String] = []
        for element in array {
            guard let string = element.string else { throw wrong(key, "a list of strings", prefix: prefix) }
            strings.append(string)
        }
        take(strings)
    }

    func integer(
        _ table: TOMLTable, _ key: String, prefix: String, in range: ClosedRange<Int>, _ take: (Int) -> Void
    ) throws(ConfigurationError) {
        guard let value = table[key] else { return }
        guard let number = value.int, range.contains(number) else {
            throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)", prefix: prefix)
        }
        take(number)
    }

    func boolean(_ table: TOMLTable, _ key: String, prefix: String, _ take: (Bool) -> Void) throws(ConfigurationError) {
        guard let value = table[key] else { return }
        guard let flag = value.bool else { throw wrong(key, "true or false", prefix: prefix) }
        take(flag)
    }

    func number(
        _ table: TOMLTable, _ key: String, prefix: String, in range: ClosedRange<Double>, _ take: (Double) -> Void
    ) throws(ConfigurationError) {
        guard let value = table[key] else { return }
        guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
            throw wrong(key, "a number from \(range.lowerBound) to \(range.upperBound)", prefix: prefix)
        }
        take(number)
    }

    /// Every key that is set, with its table's name.
    func seen(_ table: TOMLTable) -> [String] {
        table.keys.flatMap { key -> [String] in
            guard let inner = table[key]?.table else { return [key] }
            return inner.keys.map { key + "." + $0 }
        }
    }

    /// The line on which `key` is set, found in the source: the parser keeps no places of values.
    func line(of key: String) -> Int? {
        var number = 0
        for line in source.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            number += 1
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            for spelling in [key, "\"\(key)\"", "[\(key)]"] where trimmed.hasPrefix(spelling) {
                let rest = trimmed.dropFirst(spelling.count).trimmingCharacters(in: .whitespaces)
                if rest.isEmpty || rest.hasPrefix("=") || rest.hasPrefix(".") || rest.hasPrefix("#") { return number }
            }
        }
        return nil
    }

    func wrong(_ key: String, _ expected: String, prefix: String) -> ConfigurationError {
        .wrongType(path: file.path, line: line(of: key), key: prefix + key, expected: expected)
    }
}
