import Diagnostics

/// Why a theme file cannot be used.
public enum ThemeError: UserFacingError, Equatable {
    /// Not TOML.
    case syntax(path: String, line: Int?, reason: String)
    case unknownKey(path: String, line: Int?, key: String, location: String, known: [String])
    case unknownRole(path: String, line: Int?, role: String)
    case unknownColour(path: String, line: Int?, colour: String, location: String)
    /// A value of the wrong type.
    case wrongType(path: String, line: Int?, location: String, expected: String)

    /// One sentence that names the file, the line where it is known, and the word that is wrong.
    public var message: String {
        switch self {
        case .syntax(let path, let line, let reason):
            "\(ThemeError.at(path, line)): the theme is not valid TOML: \(terminalSafe(reason))."
        case .unknownKey(let path, let line, let key, let location, _):
            "\(ThemeError.at(path, line)): “\(terminalSafe(key))” means nothing in \(terminalSafe(location))."
        case .unknownRole(let path, let line, let role):
            "\(ThemeError.at(path, line)): no part of the screen is called “\(terminalSafe(role))”."
        case .unknownColour(let path, let line, let colour, let location):
            "\(ThemeError.at(path, line)): “\(terminalSafe(colour))” in \(terminalSafe(location)) is not a colour."
        case .wrongType(let path, let line, let location, let expected):
            "\(ThemeError.at(path, line)): \(terminalSafe(location)) must be \(expected)."
        }
    }

    /// What to write instead.
    public var hint: String? {
        switch self {
        case .syntax:
            "Look for a missing quote, bracket or equals sign there."
        case .unknownKey(_, _, let key, _, let known):
            ThemeError.suggestion(for: key, among: known)
        case .unknownRole(_, _, let role):
            ThemeError.suggestion(for: role, among: ThemeRole.allCases.map(\.name))
        case .unknownColour:
            "Use a name from [palette], an ANSI name such as \"bright-blue\", a number from 0 to 255 or \"#rrggbb\"."
        case .wrongType(_, _, let location, _):
            "Write, for example, \(location == "name" ? "name = \"ink\"" : "heading = { fg = \"blue\", bold = true }")."
        }
    }

    /// Always `badInput`, since the theme's file has to be corrected.
    public var status: ExitStatus { .badInput }

    private static func at(_ path: String, _ line: Int?) -> String {
        let file = terminalSafe(path)
        guard let line else { return file }
        return "\(file):\(line)"
    }

    /// The nearest known word when one is near, else all of them.
    private static func suggestion(for word: String, among known: [String]) -> String {
        let folded = word.lowercased().filter { $0 != "-" && $0 != "_" }
        let near = known.min { distance(folded, $0.lowercased()) < distance(folded, $1.lowercased()) }
        if let near, distance(folded, near.lowercased()) <= 2 { return "Did you mean “\(near)”?" }
        return "Use one of: " + known.joined(separator: ", ") + "."
    }

    /// Levenshtein's distance; the words compared are short.
    private static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.utf8.prefix(64))
        let b = Array(b.utf8.prefix(64))
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j], row[j + 1]) + 1
                let replaced = diagonal + (x == y ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(next, replaced)
            }
        }
        return row[b.count]
    }
}
