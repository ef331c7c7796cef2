import Screen

/// A whole command of normal or visual mode.
public struct VimCommand: Sendable, Equatable {
    enum Action: Sendable, Equatable {
        /// A move; its name is its keys, with the character behind `f`, a mark's letter or a pattern apart.
        case motion(String, argument: String)
        /// `iw`, `a(`: the kind is vim's letter.
        case object(inner: Bool, kind: Character)
        /// A doubled operator: whole lines.
        case lines
        /// The visual selection.
        case selection
        /// A command that is no operator, by its keys.
        case simple(String, argument: String)
    }

    var register: Character?
    /// The counts before and behind the operator multiplied; nil where none was typed.
    var count: Int?
    /// `d`, `c`, `y`, `>`, `<`, `gu`, `gU`, `g~`; nil for a command without.
    var operation: String?
    var action: Action

    var times: Int { count ?? 1 }
}

/// Makes commands of keys. Pure: every prefix of a command is `incomplete`.
enum VimParser {
    enum Outcome: Equatable {
        case incomplete
        case invalid
        case command(VimCommand)
    }

    private static let operators: Set<String> = ["d", "c", "y", ">", "<", "gu", "gU", "g~"]
    private static let motions: Set<String> = [
        "h", "l", "j", "k", "w", "b", "e", "W", "B", "E", "0", "^", "$", "G", "{", "}", "(", ")", ";", ",", "%", "H",
        "M", "L",
        "*", "#", "n", "N", "|", "+", "-", "_", "/", "?", "<Left>", "<Right>", "<Up>", "<Down>", "<Home>", "<End>",
        "<CR>", "<BS>",
        " ", "<C-n>", "gg", "ge", "gE", "g_", "gj", "gk", "g0", "g^", "g$", "[[", "]]", "<C-Home>", "<C-End>",
    ]
    private static let withArgument: Set<String> = ["f", "t", "F", "T", "'", "`"]
    private static let prefixes: Set<String> = ["g", "[", "]", "z", "Z"]
    private static let simple: Set<String> = [
        "i", "a", "I", "A", "o", "O", "p", "P", "J", "gJ", "u", "<C-r>", ".", "~", "R", "v", "V", "gv", "gi", ":", "ZZ",
        "ZQ", "zz", "zt",
        "zb", "z.", "z-", "z<CR>", "<C-f>", "<C-b>", "<C-d>", "<C-u>", "<C-e>", "<C-y>", "&", "<Del>", "<Insert>",
        "<PageUp>", "<PageDown>",
        "<C-^>",
    ]
    private static let simpleWithArgument: Set<String> = ["r", "m", "q", "@"]
    private static let visualSimple: Set<String> = [
        "o", "O", "p", "P", "J", "gJ", "u", "U", "~", "v", "V", "gv", ":", "I", "A",
    ]
    /// Short for an operator with a move.
    private static let short: [String: (String, VimCommand.Action)] = [
        "x": ("d", .motion("l", argument: "")), "<Del>": ("d", .motion("l", argument: "")),
        "X": ("d", .motion("h", argument: "")),
        "s": ("c", .motion("l", argument: "")), "D": ("d", .motion("$", argument: "")),
        "C": ("c", .motion("$", argument: "")),
        "S": ("c", .lines), "Y": ("y", .lines),
    ]
    /// The same within a visual selection; the large ones take whole lines.
    private static let visualShort: [String: String] = [
        "x": "d", "<Del>": "d", "s": "c", "X": "D", "D": "D", "S": "C", "R": "C", "C": "C", "Y": "Y",
    ]
    private static let objects = Set("wWsp\"'`()b[]{}B<>th")

    static func parse(_ keys: [Key], visual: Bool) -> Outcome {
        var tokens = keys.map(token)[...]
        var register: Character?
        var count: Int?
        func takeCount() {
            while let digit = tokens.first.flatMap({ $0.count == 1 ? $0.first : nil }), digit.isASCII,
                let value = digit.wholeNumberValue,
                value > 0 || count != nil
            {
                count = min(99_999, (count ?? 0) * 10 + value)
                tokens.removeFirst()
            }
        }
        takeCount()
        while tokens.first == "\"" {
            tokens.removeFirst()
            guard let name = tokens.popFirst() else { return .incomplete }
            guard name.count == 1, let character = name.first else { return .invalid }
            register = character
            takeCount()
        }
        guard var word = tokens.popFirst() else { return .incomplete }
        if prefixes.contains(word) {
            guard let second = tokens.popFirst() else { return .incomplete }
            word += second
        }
        func whole(_ operation: String?, _ action: VimCommand.Action) -> Outcome {
            .command(VimCommand(register: register, count: count, operation: operation, action: action))
        }
        if visual {
            if operators.contains(word) { return whole(word, .selection) }
            if let operation = visualShort[word] { return whole(operation, .selection) }
            if word == "i" || word == "a" { return object(word, &tokens, whole: { whole(nil, $0) }) }
            if visualSimple.contains(word) { return whole(nil, .simple(word, argument: "")) }
        } else if operators.contains(word) {
            let operation = word
            let first = count
            count = nil
            takeCount()
            if first != nil || count != nil { count = min(99_999, (first ?? 1) * (count ?? 1)) }
            guard var next = tokens.popFirst() else { return .incomplete }
            // dd, guu and gugu.
            if next == operation || (operation.count == 2 && next == String(operation.dropFirst())) {
                return whole(operation, .lines)
            }
            if prefixes.contains(next) {
                guard let second = tokens.popFirst() else { return .incomplete }
                next += second
                if next == operation { return whole(operation, .lines) }
            }
            if next == "i" || next == "a" { return object(next, &tokens, whole: { whole(operation, $0) }) }
            return motion(next, &tokens, whole: { whole(operation, $0) })
        } else if let (operation, action) = short[word] {
            // X and x take a count as their move does.
            return whole(operation, action)
        }
        if simpleWithArgument.contains(word) {
            guard let argument = tokens.popFirst() else { return .incomplete }
            return whole(nil, .simple(word, argument: argument))
        }
        if simple.contains(word) { return whole(nil, .simple(word, argument: "")) }
        return motion(word, &tokens, whole: { whole(nil, $0) })
    }

    private static func object(
        _ word: String, _ tokens: inout ArraySlice<String>, whole: (VimCommand.Action) -> Outcome
    ) -> Outcome {
        guard let name = tokens.popFirst() else { return .incomplete }
        guard name.count == 1, let kind = name.first, objects.contains(kind) else { return .invalid }
        return whole(.object(inner: word == "i", kind: kind))
    }

    private static func motion(
        _ word: String, _ tokens: inout ArraySlice<String>, whole: (VimCommand.Action) -> Outcome
    ) -> Outcome {
        if motions.contains(word) { return whole(.motion(word, argument: "")) }
        guard withArgument.contains(word) else { return .invalid }
        guard let argument = tokens.popFirst() else { return .incomplete }
        guard argument.count == 1 else { return .invalid }
        return whole(.motion(word, argument: argument))
    }

    /// A key as vim's help writes it.
    static func token(_ key: Key) -> String {
        switch key {
        case .character(let character): String(character)
        case .control("j"): "<CR>"
        case .control(let character): "<C-\(character)>"
        case .enter: "<CR>"
        case .tab: "\t"
        case .backspace: "<BS>"
        case .delete: "<Del>"
        case .left: "<Left>"
        case .right: "<Right>"
        case .up: "<Up>"
        case .down: "<Down>"
        case .home: "<Home>"
        case .end: "<End>"
        case .insert: "<Insert>"
        case .pageUp: "<PageUp>"
        case .pageDown: "<PageDown>"
        case .controlArrow(.home): "<C-Home>"
        case .controlArrow(.end): "<C-End>"
        case .controlArrow(.left): "b"
        case .controlArrow(.right): "w"
        default: "<\(key.name)>"
        }
    }
}
