/// A key that moves, where the terminal tells it with Shift, Ctrl or Alt held.
public enum Direction: String, Sendable, Hashable, CaseIterable {
    case up = "Up"
    case down = "Down"
    case left = "Left"
    case right = "Right"
    case home = "Home"
    case end = "End"
    case pageUp = "PageUp"
    case pageDown = "PageDown"
}

/// One key press, as far as terminals tell keys apart.
///
/// Limits: a terminal sends the same byte for Ctrl-I and Tab, Ctrl-M and Enter, Ctrl-[ and Esc; those are
/// `tab`, `enter` and `escape`. Shift with a letter is the upper-case `character`.
public enum Key: Sendable, Hashable {
    case character(Character)
    /// Ctrl with a lower-case letter, a space or one of `\ ] ^ _ /`.
    case control(Character)
    case alt(Character)
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 is `function(1)`. Terminals send Shift-F1 as F13 and so on: those are `function(13)` to 24.
    case function(Int)
    case shift(Direction)
    /// Ctrl with an arrow, Home, End, PageUp or PageDown.
    case controlArrow(Direction)
    case altArrow(Direction)
    case controlShift(Direction)
    case altEnter, altBackspace, controlDelete

    /// What the key is called in help, keymaps and settings: `Ctrl-S`, `Alt-x`, `Shift-Left`, `F1`.
    ///
    /// `Key(name:)` of it is the key again.
    public var name: String {
        switch self {
        case .character(let character): Key.spelled(character)
        case .control(let character): "Ctrl-" + Key.spelled(character).uppercasedIfLetter
        case .alt(let character): "Alt-" + Key.spelled(character)
        case .function(let number): number > 12 ? "Shift-F\(number - 12)" : "F\(number)"
        case .shift(let direction): "Shift-" + direction.rawValue
        case .controlArrow(let direction): "Ctrl-" + direction.rawValue
        case .altArrow(let direction): "Alt-" + direction.rawValue
        case .controlShift(let direction): "Ctrl-Shift-" + direction.rawValue
        case .enter: "Enter"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .escape: "Esc"
        case .backspace: "Backspace"
        case .delete: "Delete"
        case .insert: "Insert"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PageUp"
        case .pageDown: "PageDown"
        case .altEnter: "Alt-Enter"
        case .altBackspace: "Alt-Backspace"
        case .controlDelete: "Ctrl-Delete"
        }
    }

    /// The key called `name`; nil when no key is called so.
    ///
    /// Modifiers and names of keys are read in any case (`ctrl-s`, `pageup`), single characters
    /// exactly: `Alt-x` and `Alt-X` are two keys. `Ctrl-` takes letters in either case.
    public init?(name: String) {
        if name.count == 1, let character = name.first {
            self = .character(character)
            return
        }
        if let key = Key.named[Key.folded(name)] {
            self = key
            return
        }
        let folded = name.lowercased()
        if folded.hasPrefix("ctrl-"), let character = Key.single(name.dropFirst(5)) {
            guard let key = Key.controlled(character) else { return nil }
            self = key
        } else if folded.hasPrefix("alt-"), let character = Key.single(name.dropFirst(4)) {
            self = .alt(character)
        } else {
            return nil
        }
    }

    /// Every key that is not a character, alone or with Ctrl or Alt.
    public static let allNamed: [Key] = {
        var keys: [Key] = [
            .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
            .home, .end, .pageUp, .pageDown, .altEnter, .altBackspace, .controlDelete,
        ]
        keys += (1...24).map { .function($0) }
        for direction in Direction.allCases {
            keys += [
                .shift(direction), .controlArrow(direction), .altArrow(direction),
                .controlShift(direction),
            ]
        }
        return keys
    }()

    private static let named: [String: Key] = {
        var table: [String: Key] = [:]
        for key in allNamed { table[folded(key.name)] = key }
        for number in 13...24 { table["f\(number)"] = .function(number) }
        table["space"] = .character(" ")
        table["return"] = .enter
        table["escape"] = .escape
        table["backtab"] = .backTab
        table["del"] = .delete
        table["ins"] = .insert
        table["pgup"] = .pageUp
        table["pgdn"] = .pageDown
        return table
    }()

    private static func folded(_ name: String) -> String { name.lowercased() }

    private static func spelled(_ character: Character) -> String {
        character == " " ? "Space" : String(character)
    }

    private static func single(_ rest: Substring) -> Character? {
        if rest.lowercased() == "space" { return " " }
        return rest.count == 1 ? rest.first : nil
    }

    private static func controlled(_ character: Character) -> Key? {
        guard let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F else { return nil }
        switch ascii {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return .control(Character(UnicodeScalar(ascii + 0x20)))
        default:
            return .control(character)
        }
    }
}

extension String {
    /// Upper-case when it is one letter: the way Ctrl keys are written.
    fileprivate var uppercasedIfLetter: String {
        guard count == 1, let first, first.isASCII, first.isLetter else { return self }
        return uppercased()
    }
}
