import Manuscript
import TextAnalysis

/// Looks at single lines of Org: what each is. All functions are pure and linear in the line.
extension OrgReader {
    /// The stars and the rest of a heading.
    package static func heading(_ line: String) -> (level: Int, title: Substring)? {
        guard line.utf8.first == UInt8(ascii: "*") else { return nil }
        let level = line.utf8.prefix { $0 == UInt8(ascii: "*") }.count
        let rest = line.utf8.dropFirst(level)
        // Blanks at a line's end are gone already: stars alone are an empty heading.
        guard let first = rest.first else { return level <= 64 ? (level, "") : nil }
        guard first == 0x20 || first == 0x09 else { return nil }
        return (level, Substring(rest).drop { $0 == " " || $0 == "\t" })
    }

    /// `#+NAME: value` or `#+begin_name …`, the name in lower case.
    package static func keyword(_ text: Substring) -> (name: String, value: String)? {
        guard text.hasPrefix("#+") else { return nil }
        let body = text.dropFirst(2)
        let name = body.prefix { $0 != ":" && $0 != " " && $0 != "\t" && $0 != "[" }
        guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
        let lower = name.lowercased()
        var rest = body[name.endIndex...]
        if lower.hasPrefix("begin_") || lower.hasPrefix("end_") { return (lower, trimmed(rest)) }
        if rest.first == "[" { rest = rest.drop { $0 != ":" } }
        guard rest.first == ":" else { return nil }
        return (lower, trimmed(rest.dropFirst()))
    }

    /// `:KEY: value`.
    package static func property(_ text: Substring) -> (key: String, value: String)? {
        guard text.first == ":", let end = text.dropFirst().firstIndex(of: ":") else { return nil }
        let key = text[text.index(after: text.startIndex)..<end]
        guard !key.isEmpty, !key.contains(where: \.isWhitespace) else { return nil }
        return (key.lowercased(), trimmed(text[text.index(after: end)...]))
    }

    /// `:NAME:` alone on its line.
    package static func isDrawer(_ text: Substring) -> Bool {
        guard text.utf8.count > 2, text.hasPrefix(":"), text.hasSuffix(":") else { return false }
        return text.dropFirst().dropLast().utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F || $0 == 0x2D
        }
    }

    /// Whether a line says when something is due or was done.
    package static func isPlanning(_ text: Substring) -> Bool {
        ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].contains { text.hasPrefix($0) }
    }

    /// Whether a line is five hyphens or more and nothing else, which draws a rule.
    package static func isRule(_ text: Substring) -> Bool {
        text.utf8.count >= 5 && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// A bullet or a number that begins a list's item. A star is one only where it is no heading.
    package static func isItem(_ text: Substring, isIndented: Bool) -> Bool {
        var rest = text.utf8[...]
        guard let first = rest.first else { return false }
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "+"): rest = rest.dropFirst()
        case UInt8(ascii: "*") where isIndented: rest = rest.dropFirst()
        case 0x30...0x39:
            let digits = rest.prefix { (0x30...0x39).contains($0) }.count
            guard digits <= 9 else { return false }
            rest = rest.dropFirst(digits)
            guard let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else {
                return false
            }
            rest = rest.dropFirst()
        default: return false
        }
        return rest.first.map { $0 == 0x20 || $0 == 0x09 } ?? true
    }

    /// The tags of ` :one:two:`; nil when `text` is something else.
    package static func tags(_ text: Substring) -> [String]? {
        let text = text.drop { $0 == " " || $0 == "\t" }
        guard text.utf8.count > 2, text.hasPrefix(":"), text.hasSuffix(":") else { return nil }
        let tags = text.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
        let isTag = { (tag: Substring) in
            !tag.isEmpty && tag.unicodeScalars.allSatisfy { $0.isTermPart || "_@#%".unicodeScalars.contains($0) }
        }
        return tags.allSatisfy(isTag) ? tags.map(String.init) : nil
    }

    /// The day of `<2024-05-31 Fri>`, `[2024-05-31]` or `2024-05-31`.
    package static func date(_ value: String) -> String? {
        CalendarDay.leading(value.drop { $0 == "<" || $0 == "[" })
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
