import Diagnostics
import TOML
import TOMLKit

extension Theme {
    /// Reads a theme file.
    ///
    /// - Parameters:
    ///   - toml: the file's text.
    ///   - path: how the file is called in errors.
    /// - Throws: `ThemeError` at the first thing that is not understood, with its line where known.
    public static func parse(toml: String, path: String) throws(ThemeError) -> Theme {
        let root: TOMLTable
        do throws(TOMLProblem) { root = try TOMLDocument.table(toml) } catch {
            throw .syntax(path: path, line: error.line, reason: error.reason)
        }
        return try ThemeReader(source: toml, path: path).theme(root)
    }
}

/// Turns a parsed table into a theme, and says where it cannot.
private struct ThemeReader {
    /// The file's text. The TOML library keeps no lines for values, so they are looked up in here
    /// when there is one to report.
    let source: String
    let path: String
    private static let attributes = ["fg", "bg", "bold", "italic", "underline", "reverse", "dim"]

    func theme(_ root: TOMLTable) throws(ThemeError) -> Theme {
        for key in root.keys where !["name", "palette", "styles"].contains(key) {
            throw .unknownKey(
                path: path, line: line(of: key, under: nil), key: key, location: "a theme",
                known: ["name", "palette", "styles"])
        }
        var name = "unnamed"
        if let value = root["name"] {
            guard let string = value.string else {
                throw .wrongType(
                    path: path, line: line(of: "name", under: nil), location: "name",
                    expected: "a string")
            }
            name = string
        }
        let palette = try colours(root["palette"])
        let written = try styles(root["styles"], palette: palette)
        let text = written[.text]?.laid(over: .plain) ?? .plain
        return Theme(name: name) { role in
            let base = role.isOverlay ? Style.plain : text
            if let style = written[role] { return style.laid(over: base.withoutAttributes) }
            var style = Theme.plainStyle(role)
            style.foreground = base.foreground
            style.background = base.background
            return style
        }
    }

    private func colours(_ value: TOMLValueConvertible?) throws(ThemeError) -> [String: Color] {
        guard let value else { return [:] }
        guard let table = value.table else {
            throw .wrongType(
                path: path, line: line(of: "palette", under: nil), location: "[palette]",
                expected: "a table")
        }
        var result: [String: Color] = [:]
        for key in table.keys {
            let location = "palette.\(key)"
            result[key] = try colour(
                table[key], palette: [:], location: location, line: line(of: key, under: "palette"))
        }
        return result
    }

    private func styles(
        _ value: TOMLValueConvertible?, palette: [String: Color]
    ) throws(ThemeError) -> [ThemeRole: StyleSpecification] {
        guard let value else { return [:] }
        guard let table = value.table else {
            throw .wrongType(
                path: path, line: line(of: "styles", under: nil), location: "[styles]",
                expected: "a table")
        }
        var result: [ThemeRole: StyleSpecification] = [:]
        for key in table.keys {
            let line = line(of: key, under: "styles")
            guard let role = ThemeRole(spelling: key) else {
                throw .unknownRole(path: path, line: line, role: key)
            }
            result[role] = try style(table[key], palette: palette, role: key, line: line)
        }
        return result
    }

    private func style(
        _ value: TOMLValueConvertible?, palette: [String: Color], role: String, line: Int?
    ) throws(ThemeError) -> StyleSpecification {
        var style = StyleSpecification()
        guard let value, let table = value.table else {
            style.foreground = try colour(value, palette: palette, location: role, line: line)
            return style
        }
        for key in table.keys {
            let location = "\(role).\(key)"
            switch key {
            case "fg":
                style.foreground = try colour(
                    table[key], palette: palette, location: location, line: line)
            case "bg":
                style.background = try colour(
                    table[key], palette: palette, location: location, line: line)
            case "bold": style.bold = try flag(table[key], location: location, line: line)
            case "italic": style.italic = try flag(table[key], location: location, line: line)
            case "underline": style.underline = try flag(table[key], location: location, line: line)
            case "reverse": style.reverse = try flag(table[key], location: location, line: line)
            case "dim": style.dim = try flag(table[key], location: location, line: line)
            default:
                throw .unknownKey(
                    path: path, line: line, key: key, location: "the style of \(role)",
                    known: Self.attributes)
            }
        }
        return style
    }

    private func flag(
        _ value: TOMLValueConvertible?, location: String, line: Int?
    ) throws(ThemeError) -> Bool {
        guard let flag = value?.bool else {
            throw .wrongType(path: path, line: line, location: location, expected: "true or false")
        }
        return flag
    }

    private func colour(
        _ value: TOMLValueConvertible?, palette: [String: Color], location: String, line: Int?
    ) throws(ThemeError) -> Color {
        if let index = value?.int {
            guard let byte = UInt8(exactly: index) else {
                throw .unknownColour(path: path, line: line, colour: String(index), location: location)
            }
            return .indexed(byte)
        }
        guard let word = value?.string else {
            throw .wrongType(path: path, line: line, location: location, expected: "a colour")
        }
        if let named = palette[word] { return named }
        guard let colour = Color(spelling: word) else {
            throw .unknownColour(path: path, line: line, colour: word, location: location)
        }
        return colour
    }

    /// The first line, from 1, that writes `key` in the table called `table`.
    private func line(of key: String, under table: String?) -> Int? {
        var current: String?
        // CR LF is one character, and no line feed.
        for (number, raw) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let line = raw.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("[") {
                let name = line.dropFirst().prefix { $0 != "]" }
                if table == nil, name == key[...] { return number + 1 }
                if let table, name == "\(table).\(key)"[...] { return number + 1 }
                current = String(name)
                continue
            }
            let word = line.prefix { $0 != "=" && $0 != " " && $0 != "." && $0 != "\t" }
            guard current == table else { continue }
            if word == key[...] || word == "\"\(key)\""[...] { return number + 1 }
        }
        return nil
    }
}

/// A style as far as a theme names it.
private struct StyleSpecification {
    var foreground: Color?
    var background: Color?
    var bold = false
    var italic = false
    var underline = false
    var reverse = false
    var dim = false

    func laid(over base: Style) -> Style {
        Style(
            foreground: foreground ?? base.foreground, background: background ?? base.background,
            bold: bold, italic: italic, underline: underline, reverse: reverse, dim: dim)
    }
}

extension Style {
    fileprivate var withoutAttributes: Style {
        Style(foreground: foreground, background: background)
    }
}

extension ThemeRole {
    /// `listMarker`, `list-marker` and `list_marker` are one role.
    fileprivate init?(spelling: String) {
        let folded = spelling.lowercased().filter { $0 != "-" && $0 != "_" }
        guard let role = ThemeRole.allCases.first(where: { $0.name.lowercased() == folded })
        else { return nil }
        self = role
    }
}

extension Color {
    private static let ansi = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    ]

    /// The colour written as an ANSI name, `#rrggbb` or a number; nil when it is none of these.
    public init?(spelling: String) {
        let word = spelling.lowercased()
        if word == "default" {
            self = .default
        } else if word == "gray" || word == "grey" {
            self = .indexed(8)
        } else if let index = Color.ansi.firstIndex(of: word) {
            self = .indexed(UInt8(index))
        } else if word.hasPrefix("bright-"), let index = Color.ansi.firstIndex(of: String(word.dropFirst(7))) {
            self = .indexed(UInt8(index + 8))
        } else if word.hasPrefix("#"), word.utf8.count == 7,
            word.utf8.dropFirst().allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let value = UInt32(word.dropFirst(), radix: 16)
        {
            self = .rgb(
                UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
                UInt8(truncatingIfNeeded: value))
        } else if word.first?.isNumber == true, let index = UInt8(word) {
            self = .indexed(index)
        } else {
            return nil
        }
    }
}
