/// Why an expression can't be read.
public enum PatternError: Error, Sendable, Equatable, CustomStringConvertible {
    /// `column` counts characters from 1.
    case syntax(column: Int, reason: String)
    /// It would need more steps than a search may take.
    case tooLarge

    /// One English sentence that a user can read, with the column where there is one.
    public var description: String {
        switch self {
        case .syntax(let column, let reason): "Column \(column): \(reason)"
        case .tooLarge: "This expression is too large; smaller counts in {} cure that."
        }
    }
}

/// A regular expression as it was understood, before it becomes a program.
indirect enum RegexNode {
    case empty
    case scalar(UInt32)
    case any
    case set(ScalarSet)
    case assertion(RegexAssertion)
    case sequence([RegexNode])
    case choice([RegexNode])
    /// `number` is nil for a group that keeps nothing.
    case group(RegexNode, number: Int?)
    case repeated(RegexNode, least: Int, most: Int?, isLazy: Bool)
}

enum RegexAssertion {
    case lineStart, lineEnd, wordBoundary, notWordBoundary, wordStart, wordEnd
}

/// Some scalars: ranges and named kinds, or everything else.
struct ScalarSet: Sendable {
    enum Kind: Sendable { case digit, word, space, letter, upper, lower, punctuation, number, han }
    var ranges: [ClosedRange<UInt32>] = []
    var kinds: [(kind: Kind, isNegated: Bool)] = []
    var isNegated = false

    func contains(_ value: UInt32) -> Bool {
        for range in ranges where range.contains(value) { return !isNegated }
        for (kind, isOther) in kinds where Self.holds(kind, value) != isOther { return !isNegated }
        return isNegated
    }

    static func holds(_ kind: Kind, _ value: UInt32) -> Bool {
        if value < 0x80 {
            let isLower = value >= 0x61 && value <= 0x7A
            let isUpper = value >= 0x41 && value <= 0x5A
            let isDigit = value >= 0x30 && value <= 0x39
            switch kind {
            case .digit, .number: return isDigit
            case .word: return isLower || isUpper || isDigit || value == 0x5F
            case .space: return value == 0x20 || (value >= 0x09 && value <= 0x0D)
            case .letter: return isLower || isUpper
            case .upper: return isUpper
            case .lower: return isLower
            case .punctuation: return value > 0x20 && value < 0x7F && !isLower && !isUpper && !isDigit
            case .han: return false
            }
        }
        guard let scalar = Unicode.Scalar(value) else { return false }
        let properties = scalar.properties
        switch kind {
        case .digit: return properties.generalCategory == .decimalNumber
        case .number: return properties.numericType != nil && !EastAsianScripts.isIdeographic(value)
        case .word:
            return properties.isAlphabetic || properties.numericType != nil
                || properties.generalCategory == .nonspacingMark
        case .space: return properties.isWhitespace
        case .letter: return properties.isAlphabetic
        case .upper: return properties.isUppercase
        case .lower: return properties.isLowercase
        case .han: return properties.isIdeographic
        case .punctuation:
            switch properties.generalCategory {
            case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .dashPunctuation,
                .connectorPunctuation,
                .otherPunctuation:
                return true
            default: return false
            }
        }
    }
}

/// Reads an expression.
///
/// Known: `. [] [^] ^ $ \b \B \< \> \d \D \w \W \s \S \n \t \p{L} \p{Lu} \p{Ll} \p{N} \p{P} \p{Han}`, groups, `(?:)`, `|`,
/// `* + ? {n} {n,} {n,m}` and their lazy forms. `^` and `$` are the ends of a line, `.` is anything but a line feed. Refused with a
/// reason: references back and looking around, which no search in linear time can have.
struct RegexParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private(set) var groupCount = 0
    private var depth = 0

    private init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    static func parse(_ pattern: String) throws(PatternError) -> (node: RegexNode, groups: Int) {
        var parser = RegexParser(pattern)
        let node = try parser.choice()
        guard parser.position == parser.scalars.count else { throw parser.error("this ) closes nothing") }
        return (node, parser.groupCount)
    }

    private func error(_ reason: String) -> PatternError { .syntax(column: position + 1, reason: reason) }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func choice() throws(PatternError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw .tooLarge }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> RegexNode {
        var parts: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let part = try atom()
            parts.append(try repetition(of: part))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func repetition(of part: RegexNode) throws(PatternError) -> RegexNode {
        var least = 0
        var most: Int?
        switch next {
        case "*": position += 1
        case "+":
            position += 1
            least = 1
        case "?":
            position += 1
            most = 1
        case "{":
            guard let counts = try counts() else { return part }
            (least, most) = counts
        default: return part
        }
        let isLazy = take("?")
        if next == "*" || next == "+" || next == "?" { throw error("nothing to repeat here") }
        return .repeated(part, least: least, most: most, isLazy: isLazy)
    }

    /// `{2}`, `{2,}`, `{2,5}`; nil where the brace is one of the text.
    private mutating func counts() throws(PatternError) -> (Int, Int?)? {
        var index = position + 1
        func number() -> Int? {
            var value: Int?
            while index < scalars.count, let digit = Int(String(scalars[index])), scalars[index].isASCII {
                value = min(100_000, (value ?? 0) * 10 + digit)
                index += 1
            }
            return value
        }
        guard let least = number(), index < scalars.count else { return nil }
        var most: Int? = least
        if scalars[index] == "," {
            index += 1
            most = number()
        }
        guard index < scalars.count, scalars[index] == "}" else { return nil }
        if let most, most < least { throw error("the larger number comes second") }
        guard least <= 1_000, (most ?? 0) <= 1_000 else { throw .tooLarge }
        position = index + 1
        return (least, most)
    }

    private mutating func atom() throws(PatternError) -> RegexNode {
        let scalar = scalars[position]
        switch scalar {
        case ".":
            position += 1
            return .any
        case "^":
            position += 1
            return .assertion(.lineStart)
        case "$":
            position += 1
            return .assertion(.lineEnd)
        case "*", "+", "?": throw error("nothing to repeat here")
        case "(": return try group()
        case "[": return try bracket()
        case "\\": return try escape()
        default:
            position += 1
            return .scalar(scalar.value)
        }
    }

    private mutating func group() throws(PatternError) -> RegexNode {
        let start = position
        position += 1
        var number: Int?
        if take("?") {
            guard take(":") else { throw error("of (?…) only (?:…) is known here") }
        } else {
            groupCount += 1
            number = groupCount
        }
        let body = try choice()
        guard take(")") else { throw .syntax(column: start + 1, reason: "this ( is not closed") }
        return .group(body, number: number)
    }

    private mutating func escape() throws(PatternError) -> RegexNode {
        position += 1
        guard let scalar = next else { throw error("a \\ needs a character behind it") }
        switch scalar {
        case "b", "B":
            position += 1
            return .assertion(scalar == "b" ? .wordBoundary : .notWordBoundary)
        // The start and the end of a word, as in vim and grep.
        case "<", ">":
            position += 1
            return .assertion(scalar == "<" ? .wordStart : .wordEnd)
        case "1"..."9": throw error("\\\(scalar) in what is searched is not known; in the replacement it is")
        default: break
        }
        if let (kind, isNegated) = try namedKind() { return .set(ScalarSet(kinds: [(kind, isNegated)])) }
        return .scalar(try literalEscape())
    }

    /// A kind behind a backslash; nil where it is a single character.
    private mutating func namedKind() throws(PatternError) -> (ScalarSet.Kind, Bool)? {
        switch next {
        case "d", "D", "w", "W", "s", "S":
            guard let scalar = next else { return nil }
            position += 1
            let kind: ScalarSet.Kind =
                "dD".unicodeScalars.contains(scalar) ? .digit : "wW".unicodeScalars.contains(scalar) ? .word : .space
            return (kind, scalar.properties.isUppercase)
        case "p", "P":
            let isNegated = next == "P"
            let names: [String: ScalarSet.Kind] = [
                "L": .letter, "Lu": .upper, "Ll": .lower, "N": .number, "P": .punctuation, "Han": .han,
                "Script=Han": .han,
            ]
            position += 1
            guard take("{"), let end = scalars[position...].firstIndex(of: "}") else {
                throw error("\\p needs a name in {}")
            }
            let name = String(String.UnicodeScalarView(scalars[position..<end]))
            guard let kind = names[name] else { throw error("\\p{\(name)} is not known; L, Lu, Ll, N, P and Han are") }
            position = end + 1
            return (kind, isNegated)
        default: return nil
        }
    }

    private mutating func literalEscape() throws(PatternError) -> UInt32 {
        guard let scalar = next else { throw error("a \\ needs a character behind it") }
        position += 1
        switch scalar {
        case "n": return 0x0A
        case "t": return 0x09
        case "r": return 0x0D
        default:
            guard !scalar.properties.isAlphabetic || !scalar.isASCII else {
                position -= 1
                throw error("\\\(scalar) is not known")
            }
            return scalar.value
        }
    }

    private mutating func bracket() throws(PatternError) -> RegexNode {
        let start = position
        position += 1
        var set = ScalarSet()
        set.isNegated = take("^")
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            guard let low = try member(into: &set) else { continue }
            if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                guard let high = try member(into: &set), low <= high else {
                    throw error("a range runs from the smaller to the larger")
                }
                set.ranges.append(low...high)
            } else {
                set.ranges.append(low...low)
            }
        }
        guard take("]") else { throw .syntax(column: start + 1, reason: "this [ is not closed") }
        return .set(set)
    }

    /// One scalar between brackets; nil where a kind was added instead.
    private mutating func member(into set: inout ScalarSet) throws(PatternError) -> UInt32? {
        guard let scalar = next else { return nil }
        position += 1
        guard scalar == "\\" else { return scalar.value }
        if let kind = try namedKind() {
            set.kinds.append((kind.0, kind.1))
            return nil
        }
        return try literalEscape()
    }
}
