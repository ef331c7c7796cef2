import TextCore

/// A pattern in vim's notation, as the project's own regular expression, whose search takes linear time.
///
/// Known: vim's magic, `\v`, `\m`, `\M` and `\V`; `. * ^ $ [] [:alpha:] \= \? \+ \{n,m} \{-n,m} \( \) \%( \) \| \< \>`, the classes
/// (`\s \d \w \a \l \u \h \x \o \i \k \p` and their opposites), `\_s`, `\_.` and the like, `\n \t \e \r`, `\c` and `\C`.
/// Refused with a reason: `\zs`, references back, `\&`, looking around, and what vim has behind `\%` and `\z`.
public struct VimPattern: Sendable {
    let regex: LinearRegex
    /// A match may hold a line's end.
    let crossesLines: Bool

    init(_ source: String, ignoringCase: Bool = false) throws(VimPatternError) {
        var reader = VimPatternReader(source)
        try reader.read()
        crossesLines = reader.crossesLines
        do {
            regex = try LinearRegex(reader.expression, ignoringCase: reader.ignoresCase ?? ignoringCase)
        } catch {
            throw VimPatternError(source, "it is too large; smaller counts in \\{} cure that")
        }
    }
}

/// Why a pattern can't be read, as a sentence.
struct VimPatternError: Error, Equatable {
    var sentence: String

    init(_ source: String, _ reason: String) {
        sentence = "“\(source)” is not a pattern that can be read: \(reason)."
    }
}

/// Writes a pattern of vim's as an expression of `RegexParser`'s, a scalar at a time, by the rules of vim's `peekchr`.
struct VimPatternReader {
    private enum Magic: Int { case none, off, on, all }

    private(set) var expression = ""
    /// nil where the pattern doesn't say.
    private(set) var ignoresCase: Bool?
    private(set) var crossesLines = false

    private let source: String
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var magic = Magic.on
    private var depth = 0
    /// Nothing stands in this branch so far, or only `^`: what repeats is a sign here.
    private var isAtStart = true
    private var isBehindCaret = false
    private var isBehindLineEnd = false
    /// The last atom can be repeated.
    private var canRepeat = false

    init(_ source: String) {
        self.source = source
        scalars = Array(source.unicodeScalars)
    }

    private func error(_ reason: String) -> VimPatternError { VimPatternError(source, reason) }

    private func scalar(at index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func read() throws(VimPatternError) {
        while position < scalars.count { try readOne() }
        guard depth == 0 else { throw error("a \\( is not closed") }
    }

    private mutating func readOne() throws(VimPatternError) {
        let first = scalars[position]
        position += 1
        guard first == "\\" else {
            // The signs that mean something by themselves.
            let special: String =
                switch magic {
                case .none: ""
                case .off: "^$"
                case .on: "^$.*["
                case .all: "^$.*[+=?{(|)<>@%&"
                }
            return special.unicodeScalars.contains(first) ? try sign(first, isEscaped: false) : literal(first)
        }
        guard let second = scalar(at: position) else { return literal(first) }
        position += 1
        if second.isASCII, second.properties.isAlphabetic || second == "_" { return try letter(second) }
        if ("1"..."9").contains(second) {
            throw error("what a group matched can't be searched for, only put into the replacement")
        }
        let special: String =
            switch magic {
            case .none: "^$.*[+=?{(|)<>@%&"
            case .off: ".*[+=?{(|)<>@%&"
            case .on: "+=?{(|)<>@%&"
            case .all: ""
            }
        if special.unicodeScalars.contains(second) { return try sign(second, isEscaped: true) }
        literal(second)
    }

    // MARK: Atoms

    private mutating func atom(_ text: String) {
        expression += text
        (isAtStart, isBehindCaret, isBehindLineEnd, canRepeat) = (false, false, false, true)
    }

    private mutating func literal(_ scalar: Unicode.Scalar) { atom(Self.escaped(scalar)) }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: "\\.*+?()[]{}|^$-".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
        }
    }

    private mutating func sign(_ sign: Unicode.Scalar, isEscaped: Bool) throws(VimPatternError) {
        switch sign {
        case "^":
            guard isAtStart || isBehindLineEnd || magic == .all || isEscaped else { return literal(sign) }
            expression += "^"
            (isBehindCaret, canRepeat) = (isAtStart, false)
        case "$":
            guard isEscaped || magic == .all || isBeforeEnd else { return literal(sign) }
            atom("$")
            canRepeat = false
        case ".": atom(".")
        case "[": try collection(withLineEnd: false)
        case "*":
            if (isAtStart || isBehindCaret) && !isEscaped { return literal(sign) }
            try repeated("*", sign)
        case "+": try repeated("+", sign)
        case "=", "?": try repeated("?", sign)
        case "{": try repeated(try counts(), sign)
        case "(": open("(")
        case ")":
            guard depth > 0 else { throw error("a \\) closes nothing") }
            depth -= 1
            atom(")")
        case "|":
            expression += "|"
            (isAtStart, isBehindCaret, canRepeat) = (true, false, false)
        case "<", ">":
            atom("\\\(sign)")
        case "%":
            guard scalar(at: position) == "(" else { throw error("of what vim has behind \\% only \\%( is known here") }
            position += 1
            open("(?:")
        case "@": throw error("looking around is not known here")
        default: throw error("\\& is not known here")
        }
    }

    private mutating func open(_ group: String) {
        depth += 1
        expression += group
        (isAtStart, isBehindCaret, canRepeat) = (true, false, false)
    }

    private mutating func repeated(_ quantifier: String, _ sign: Unicode.Scalar) throws(VimPatternError) {
        guard canRepeat else { throw error("there is nothing that \(magic == .all ? "" : "\\")\(sign) could repeat") }
        expression += quantifier
        canRepeat = false
    }

    /// `$` ends a line only before the end of a branch.
    private var isBeforeEnd: Bool {
        var index = position
        while scalar(at: index) == "\\", let next = scalar(at: index + 1), "cCmMvVZ".unicodeScalars.contains(next) {
            index += 2
        }
        guard let next = scalar(at: index) else { return true }
        guard next == "\\", let behind = scalar(at: index + 1) else { return false }
        return "|&)n".unicodeScalars.contains(behind)
    }

    /// What is between the braces of `\{n,m}`: `-` for as few as possible.
    private mutating func counts() throws(VimPatternError) -> String {
        func number() -> Int? {
            let start = position
            while let digit = scalar(at: position), ("0"..."9").contains(digit) { position += 1 }
            return Int(typed: String(String.UnicodeScalarView(scalars[start..<position])))
        }
        let isLazy = scalar(at: position) == "-"
        if isLazy { position += 1 }
        var least = number()
        var most = least
        if scalar(at: position) == "," {
            position += 1
            most = number()
            if least == nil { least = 0 }
        } else if least == nil {
            least = 0
        }
        if scalar(at: position) == "\\" { position += 1 }
        guard scalar(at: position) == "}" else { throw error("a \\{ is not closed, or holds more than two numbers") }
        position += 1
        if let one = least, let other = most, other < one { (least, most) = (other, one) }
        return "{\(least ?? 0),\(most.map(String.init) ?? "")}" + (isLazy ? "?" : "")
    }

    // MARK: Letters behind a backslash

    private static let classes: [Unicode.Scalar: String] = [
        "s": " \\t", "d": "0-9", "w": "0-9A-Za-z_", "a": "A-Za-z", "l": "a-z", "u": "A-Z", "h": "A-Za-z_",
        "x": "0-9A-Fa-f", "o": "0-7",
    ]

    private mutating func letter(_ letter: Unicode.Scalar) throws(VimPatternError) {
        switch letter {
        case "c": ignoresCase = true
        case "C": ignoresCase = false
        case "Z": break
        case "v": magic = .all
        case "m": magic = .on
        case "M": magic = .off
        case "V": magic = .none
        case "n":
            atom("\\n")
            (crossesLines, isBehindLineEnd) = (true, true)
        case "t": atom("\\t")
        case "r": atom("\\r")
        case "e": atom("\u{1B}")
        case "b": atom("\u{8}")
        case "i", "k", "I", "K": atom("[\\w]")
        case "p", "P": atom(".")
        case "_":
            guard let next = scalar(at: position) else { throw error("a \\_ needs a letter behind it") }
            position += 1
            switch next {
            case "^", "$":
                atom(String(next))
                canRepeat = false
            case ".":
                atom("(?:.|\\n)")
                crossesLines = true
            case "[": try collection(withLineEnd: true)
            default:
                guard let set = Self.set(next, withLineEnd: true) else { throw error("\\_\(next) is not known here") }
                atom(set)
                crossesLines = true
            }
        default:
            guard let set = Self.set(letter, withLineEnd: false) else { throw error("\\\(letter) is not known here") }
            atom(set)
        }
    }

    private static func set(_ letter: Unicode.Scalar, withLineEnd: Bool) -> String? {
        if let members = classes[letter] { return "[\(members)\(withLineEnd ? "\\n" : "")]" }
        guard letter.properties.isUppercase, let small = String(letter).lowercased().unicodeScalars.first,
            let members = classes[small]
        else { return nil }
        return "[^\(members)\(withLineEnd ? "" : "\\n")]"
    }

    // MARK: Collections

    private static let named: [String: String] = [
        "alpha": "A-Za-z", "digit": "0-9", "alnum": "0-9A-Za-z", "lower": "\\p{Ll}", "upper": "\\p{Lu}",
        "punct": "\\p{P}", "space": " \\t\\r",
        "blank": " \\t", "xdigit": "0-9A-Fa-f", "tab": "\\t", "return": "\\r",
    ]

    /// `[a-z]`; as vim, a bracket that nothing closes is one of the text.
    private mutating func collection(withLineEnd: Bool) throws(VimPatternError) {
        let start = position
        var members = ""
        let isNegated = scalar(at: position) == "^"
        if isNegated { position += 1 }
        var isFirst = true
        while let next = scalar(at: position), next != "]" || isFirst {
            isFirst = false
            if next == "[", scalar(at: position + 1) == ":", let name = name(at: position + 2),
                let kind = Self.named[name]
            {
                members += kind
                position += name.unicodeScalars.count + 4
                continue
            }
            let low = member()
            guard scalar(at: position) == "-", let last = scalar(at: position + 1), last != "]" else {
                members += Self.escaped(low)
                continue
            }
            position += 1
            let high = member()
            guard low.value <= high.value else { throw error("the range \(low)-\(high) runs backwards") }
            members += Self.escaped(low) + "-" + Self.escaped(high)
        }
        guard scalar(at: position) == "]" else {
            position = start
            return literal("[")
        }
        position += 1
        if isNegated != withLineEnd { members += "\\n" }
        if withLineEnd || members.contains("\\n") && !isNegated { crossesLines = true }
        atom("[\(isNegated ? "^" : "")\(members)]")
    }

    private func name(at index: Int) -> String? {
        var end = index
        while let letter = scalar(at: end), letter.isASCII, letter.properties.isLowercase { end += 1 }
        guard scalar(at: end) == ":", scalar(at: end + 1) == "]" else { return nil }
        return String(String.UnicodeScalarView(scalars[index..<end]))
    }

    private mutating func member() -> Unicode.Scalar {
        let first = scalars[position]
        position += 1
        guard first == "\\", let second = scalar(at: position) else { return first }
        let meant: [Unicode.Scalar: Unicode.Scalar] = [
            "e": "\u{1B}", "t": "\t", "r": "\r", "b": "\u{8}", "n": "\n", "\\": "\\", "]": "]", "^": "^", "-": "-",
        ]
        guard let scalar = meant[second] else { return first }
        position += 1
        return scalar
    }
}
