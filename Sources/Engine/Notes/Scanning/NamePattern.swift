import Encodings

/// The pattern for one name of a path, over bytes.
package enum NamePattern: Sendable, Equatable {
    /// `**`: any folders, or none.
    case folders
    case literal([UInt8])
    /// `*` and then this.
    case ending([UInt8])
    case wild([UInt8])
    /// Says nothing that a name can be: an open set, or a backslash with nothing behind it.
    case nothing

    /// - Parameter isAlone: whether the pattern has no slash; there `**` is no more than `*`.
    package init(_ pattern: ArraySlice<UInt8>, isAlone: Bool) {
        let star = UInt8(ascii: "*")
        if !isAlone, pattern.count > 1, pattern.allSatisfy({ $0 == star }) {
            self = .folders
            return
        }
        let special = Set("*?[\\".utf8)
        if !pattern.contains(where: special.contains) {
            self = .literal(Array(pattern))
        } else if pattern.first == star, !pattern.dropFirst().contains(where: special.contains) {
            self = .ending(Array(pattern.dropFirst()))
        } else {
            self = NamePattern.isSound(Array(pattern)) ? .wild(Array(pattern)) : .nothing
        }
    }

    /// Whether it begins with a full stop that is spelt out.
    package var namesHidden: Bool {
        switch self {
        case .literal(let bytes): bytes.first == UInt8(ascii: ".")
        case .wild(let bytes): bytes.starts(with: ".".utf8) || bytes.starts(with: "\\.".utf8)
        case .folders, .ending, .nothing: false
        }
    }

    /// Whether the pattern takes the whole of a name, in UTF-8; `folders` takes any.
    package func matches(_ name: [UInt8]) -> Bool {
        switch self {
        case .folders: true
        case .nothing: false
        case .literal(let bytes): name == bytes
        case .ending(let bytes): name.count >= bytes.count && name.suffix(bytes.count).elementsEqual(bytes)
        case .wild(let pattern): NamePattern.match(pattern, name)
        }
    }

    /// The usual two-pointer walk: on a mismatch, the last star takes one character more.
    private static func match(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        var p = 0
        var n = 0
        var star = -1
        var mark = 0
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = p
                mark = n
                p += 1
            } else if p < pattern.count, let next = one(pattern, p, name, n) {
                p = next.pattern
                n = next.name
            } else if star >= 0 {
                p = star + 1
                mark += scalar(name, mark).length
                n = mark
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == UInt8(ascii: "*") { p += 1 }
        return p == pattern.count
    }

    /// Where pattern and name go on when one character of the name is taken; nil when it doesn't match.
    private static func one(_ pattern: [UInt8], _ p: Int, _ name: [UInt8], _ n: Int) -> (pattern: Int, name: Int)? {
        switch pattern[p] {
        case UInt8(ascii: "?"):
            return (p + 1, n + scalar(name, n).length)
        case UInt8(ascii: "["):
            let (value, length) = scalar(name, n)
            guard let set = CharacterSetPattern.read(pattern, p, contains: value) else { return nil }
            return set.isMatch ? (set.end, n + length) : nil
        case UInt8(ascii: "\\"):
            guard p + 1 < pattern.count, pattern[p + 1] == name[n] else { return nil }
            return (p + 2, n + 1)
        default:
            return pattern[p] == name[n] ? (p + 1, n + 1) : nil
        }
    }

    private static func isSound(_ pattern: [UInt8]) -> Bool {
        var p = 0
        while p < pattern.count {
            switch pattern[p] {
            case UInt8(ascii: "["):
                guard let set = CharacterSetPattern.read(pattern, p, contains: 0) else { return false }
                p = set.end
            case UInt8(ascii: "\\"):
                guard p + 1 < pattern.count else { return false }
                p += 2
            default: p += 1
            }
        }
        return true
    }

    /// The character that begins at a byte; a byte that begins none is one by itself.
    package static func scalar(_ bytes: [UInt8], _ start: Int) -> (value: UInt32, length: Int) {
        let (value, length) = UTF8Scan.decode(bytes, at: start, end: bytes.count)
        return (length > 1 ? value : UInt32(bytes[start]), length)
    }
}

/// `[a-z]`, `[!a-z]`, `[[:digit:]]`, `[]]`.
package enum CharacterSetPattern {
    /// Reads the set that begins at `start`: where it ends, and whether it has the character. nil when it doesn't end.
    package static func read(_ pattern: [UInt8], _ start: Int, contains wanted: UInt32) -> (end: Int, isMatch: Bool)? {
        var p = start + 1
        guard p < pattern.count else { return nil }
        let isNegated = pattern[p] == UInt8(ascii: "!") || pattern[p] == UInt8(ascii: "^")
        if isNegated { p += 1 }
        var isFound = false
        var isFirst = true
        // A bracket that comes first is one of the set.
        while p < pattern.count, isFirst || pattern[p] != UInt8(ascii: "]") {
            isFirst = false
            if pattern[p] == UInt8(ascii: "["), p + 1 < pattern.count, pattern[p + 1] == UInt8(ascii: ":"),
                let end = classEnd(pattern, p + 2)
            {
                guard let holds = named(String(decoding: pattern[(p + 2)..<end], as: UTF8.self), wanted) else {
                    return nil
                }
                isFound = isFound || holds
                p = end + 2
                continue
            }
            guard let low = member(pattern, &p) else { return nil }
            var high = low
            if p + 1 < pattern.count, pattern[p] == UInt8(ascii: "-"), pattern[p + 1] != UInt8(ascii: "]") {
                p += 1
                guard let end = member(pattern, &p) else { return nil }
                high = end
            }
            if low <= wanted, wanted <= high { isFound = true }
        }
        guard p < pattern.count else { return nil }
        return (p + 1, isFound != isNegated)
    }

    /// Where `:]` begins.
    private static func classEnd(_ pattern: [UInt8], _ start: Int) -> Int? {
        var p = start
        while p + 1 < pattern.count {
            if pattern[p] == UInt8(ascii: "]") { return nil }
            if pattern[p] == UInt8(ascii: ":"), pattern[p + 1] == UInt8(ascii: "]") { return p }
            p += 1
        }
        return nil
    }

    private static func member(_ pattern: [UInt8], _ p: inout Int) -> UInt32? {
        if pattern[p] == UInt8(ascii: "\\") { p += 1 }
        guard p < pattern.count else { return nil }
        let (value, length) = NamePattern.scalar(pattern, p)
        p += length
        return value
    }

    /// Whether a character is of the class; nil where there's no such class. They are of ASCII, as in git.
    private static func named(_ name: String, _ character: UInt32) -> Bool? {
        let digit = (0x30...0x39).contains(character)
        let upper = (0x41...0x5A).contains(character)
        let lower = (0x61...0x7A).contains(character)
        let graph = (0x21...0x7E).contains(character)
        switch name {
        case "alnum": return digit || upper || lower
        case "alpha": return upper || lower
        case "blank": return character == 0x20 || character == 0x09
        case "cntrl": return character < 0x20 || character == 0x7F
        case "digit": return digit
        case "graph": return graph
        case "lower": return lower
        case "print": return graph || character == 0x20
        case "punct": return graph && !(digit || upper || lower)
        case "space": return character == 0x20 || (0x09...0x0D).contains(character)
        case "upper": return upper
        case "xdigit": return digit || (0x41...0x46).contains(character) || (0x61...0x66).contains(character)
        default: return nil
        }
    }
}
