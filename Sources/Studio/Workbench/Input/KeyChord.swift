import Screen

/// Keys pressed one after the other that together mean one thing: `Ctrl-S`, `Ctrl-X Ctrl-S`, `g g`.
public struct KeyChord: Sendable, Hashable {
    /// Never empty.
    public let keys: [Key]

    init(_ keys: [Key]) {
        precondition(!keys.isEmpty, "a chord has a key")
        self.keys = keys
    }

    init(_ key: Key) { keys = [key] }

    /// The chord called `name`: names of keys with spaces between them, as `Key(name:)` reads them or as
    /// Emacs writes them (`C-x C-s`, `M-<`, `C-SPC`, `M-DEL`); nil where a key of it can't be read.
    init?(name: String) {
        var keys: [Key] = []
        for word in name.split(separator: " ") {
            guard let key = Self.key(String(word)) else { return nil }
            keys.append(key)
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
    }

    /// The chord as help, settings and the status line write it; `KeyChord(name:)` of it is the chord again.
    var name: String { keys.map { $0 == .character(" ") ? "Space" : $0.name }.joined(separator: " ") }

    /// Whether this chord is the beginning of a longer `other`.
    func begins(_ other: KeyChord) -> Bool {
        keys.count < other.keys.count && other.keys.starts(with: keys)
    }

    private static func key(_ name: String) -> Key? {
        if let key = Key(name: name) { return normalized(key) }
        var rest = name[...]
        var modifiers = ""
        for (short, long) in [("C-", "Ctrl-"), ("M-", "Alt-"), ("S-", "Shift-")]
        where rest.hasPrefix(short) && rest.count > 2 {
            modifiers += long
            rest = rest.dropFirst(2)
        }
        let long = ["SPC": "Space", "DEL": "Backspace", "RET": "Enter", "ESC": "Esc"][rest] ?? String(rest)
        return Key(name: modifiers + long).map(normalized)
    }

    /// What a terminal sends where it has several names for it.
    private static func normalized(_ key: Key) -> Key {
        switch key {
        case .control("["): .escape
        case .control("i"): .tab
        case .control("m"), .control("j"): .enter
        case .control("h"), .control("?"): .backspace
        // A terminal sends the same byte for both.
        case .control("/"), .control("-"): .control("_")
        case .control("@"): .control(" ")
        default: key
        }
    }
}
