import Diagnostics

/// What is wrong with the keys that a settings file asks for, and where.
public enum KeymapError: UserFacingError, Equatable {
    /// Where a setting stands: a file's path and its line, where it is known.
    public struct Location: Sendable, Equatable {
        var path: String
        var line: Int?
        /// - Parameter line: 1-based; nil where it isn't known.
        public init(path: String, line: Int?) {
            self.path = path
            self.line = line
        }
        var text: String { terminalSafe(path) + (line.map { ":\($0)" } ?? "") }
    }

    case unknownKeymap(Location, name: String)
    case unknownCommand(Location, name: String)
    case unreadableKey(Location, command: String, key: String)
    case twoCommands(Location, chord: String, command: String, other: String)
    /// One command's chord is the beginning of another's, which could never be typed.
    case hiddenChord(Location, short: String, command: String, long: String, other: String)

    /// One sentence that names the file, the line and the key or command that is wrong.
    public var message: String {
        switch self {
        case .unknownKeymap(let location, let name): "\(location.text): there is no keymap “\(terminalSafe(name))”."
        case .unknownCommand(let location, let name): "\(location.text): there is no command “\(terminalSafe(name))”."
        case .unreadableKey(let location, let command, let key):
            "\(location.text): “\(terminalSafe(key))”, meant for \(command), is not a key that can be read."
        case .twoCommands(let location, let chord, let command, let other):
            "\(location.text): \(chord) would be both \(command) and \(other)."
        case .hiddenChord(let location, let short, let command, let long, let other):
            "\(location.text): \(short) is \(command), so \(long) for \(other) could never be typed."
        }
    }

    /// What to write instead, or where the names are listed.
    public var hint: String? {
        switch self {
        case .unknownKeymap: "The keymaps are \(Keymap.Base.allCases.map(\.rawValue).joined(separator: ", "))."
        case .unknownCommand: "longhand keys --json lists the names of all commands."
        case .unreadableKey:
            "Keys are written ctrl-s, alt-x, f5, pageup, shift-left; several in a row with spaces between: ctrl-x ctrl-s."
        case .twoCommands(_, _, _, let other):
            "Give \(other) another key in [keys], or none: \(Self.tomlKey(other)) = []."
        case .hiddenChord(_, _, let command, _, _):
            "Give \(command) another key in [keys], or none: \(Self.tomlKey(command)) = []."
        }
    }

    /// Always `badInput`, since the settings file has to be corrected.
    public var status: ExitStatus { .badInput }

    private static func tomlKey(_ name: String) -> String { name.contains(".") ? "\"\(name)\"" : name }
}
