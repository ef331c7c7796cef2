/// Where a piece of a line ends that is no text, for one who passes over a text once: every function looks from a place to an
/// end nearby, at most `reach` bytes, so that a text of nothing but opening marks costs little.
enum InlineSkip {
    private static let reach = 2_000

    /// Behind the closing backticks of a code span whose opening ones begin at `i`; behind the run itself where nothing closes it.
    static func codeEnd(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int {
        var open = i
        while open < end, bytes[open] == .backtick { open += 1 }
        var k = open
        let limit = min(end, open + reach)
        while k < limit {
            if bytes[k] == .newline, k + 1 < limit, bytes[k + 1] == .newline { break }
            guard bytes[k] == .backtick else {
                k += 1
                continue
            }
            let run = k
            while k < limit, bytes[k] == .backtick { k += 1 }
            if k - run == open - i { return k }
        }
        return open
    }

    /// Behind `](target)` or `][reference]` at `i`.
    static func target(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        guard i + 1 < end else { return nil }
        let limit = min(end, i + reach)
        if bytes[i + 1] == UInt8(ascii: "[") {
            guard
                let close = bytes[(i + 2)..<max(i + 2, limit)].firstIndex(where: {
                    $0 == UInt8(ascii: "]") || $0 == .newline || $0 == UInt8(ascii: "[")
                }),
                bytes[close] == UInt8(ascii: "]")
            else { return nil }
            return close + 1
        }
        guard bytes[i + 1] == UInt8(ascii: "(") else { return nil }
        var depth = 0
        var k = i + 1
        while k < limit {
            switch bytes[k] {
            case .backslash: k += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return k + 1 }
            case .newline: if k + 1 < limit, bytes[k + 1] == .newline { return nil }
            default: break
            }
            k += 1
        }
        return nil
    }

    /// Behind the bar of `[[page|shown]]` at `i`.
    static func wikiLinkBar(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        for k in (i + 2)..<max(i + 2, min(end, i + reach)) {
            switch bytes[k] {
            case UInt8(ascii: "|"): return k + 1
            case UInt8(ascii: "]"), UInt8(ascii: "["), .newline: return nil
            default: continue
            }
        }
        return nil
    }

    /// Behind `<https://…>` or `<name@host>` at `i`.
    static func autolink(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        guard i + 1 < end, bytes[i + 1].isASCIILetter || bytes[i + 1].isASCIIDigit else { return nil }
        var isMarked = false
        for k in (i + 1)..<min(end, i + reach) {
            switch bytes[k] {
            case UInt8(ascii: ">"): return isMarked ? k + 1 : nil
            case 0...0x20, UInt8(ascii: "<"): return nil
            case UInt8(ascii: ":"), UInt8(ascii: "@"): isMarked = true
            default: continue
            }
        }
        return nil
    }

    /// Behind a tag, a comment, or a script or style with what is in it, at `i`.
    static func tag(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        guard i + 1 < end else { return nil }
        if bytes[i...].starts(with: "<!--".utf8) {
            return HTMLScan.find(Array("-->".utf8), bytes, i + 2, min(end, i + 10 * reach)).map { $0 + 3 }
        }
        let first = bytes[i + 1] == UInt8(ascii: "/") ? i + 2 : i + 1
        guard first < end,
            bytes[first].isASCIILetter || bytes[first] == UInt8(ascii: "?") || bytes[first] == UInt8(ascii: "!")
        else { return nil }
        for name in ["script", "style"]
        where HTMLScan.find(Array(name.utf8), bytes, i + 1, min(end, i + 1 + name.utf8.count)) != nil {
            let close = HTMLScan.find(Array("</\(name)>".utf8), bytes, i, min(end, i + 50 * reach))
            if let close { return close + name.utf8.count + 3 }
        }
        var quote: UInt8?
        for k in first..<min(end, i + reach) {
            let byte = bytes[k]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return k + 1
            } else if byte == UInt8(ascii: "<") || byte == .newline && k + 1 < end && bytes[k + 1] == .newline {
                return nil
            }
        }
        return nil
    }

    /// Whether the tag at `i` ends a line or a block: all but those that stand within words.
    static func isBreak(_ bytes: [UInt8], _ i: Int) -> Bool {
        var k = i + 1
        if k < bytes.count, bytes[k] == UInt8(ascii: "/") { k += 1 }
        let name = String(decoding: bytes[k...].prefix(12).prefix { $0.isASCIILetter }, as: UTF8.self).lowercased()
        return ![
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
            "small", "span",
            "strong", "sub", "sup", "u", "wbr",
        ].contains(name)
    }

    /// Behind `&name;` or `&#number;` at `i`.
    static func entity(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        for k in (i + 1)..<max(i + 1, min(end, i + 34)) {
            if bytes[k] == UInt8(ascii: ";") { return k > i + 2 ? k + 1 : nil }
            guard bytes[k].isASCIILetter || bytes[k].isASCIIDigit || bytes[k] == UInt8(ascii: "#") && k == i + 1 else {
                return nil
            }
        }
        return nil
    }

    /// Whether the entity from `i` to `close` is a letter with an accent, which goes on with its word: `&eacute;`.
    static func isLetterEntity(_ bytes: [UInt8], _ i: Int, _ close: Int) -> Bool {
        let name = String(decoding: bytes[(i + 1)..<(close - 1)], as: UTF8.self)
        return name == "shy" || name == "szlig" || name == "ntilde" || name == "Ntilde"
            || ["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "lig", "caron"].contains {
                name.hasSuffix($0) && name.utf8.count > $0.utf8.count
            }
    }

    /// Behind `{#id .class}` at `i`.
    static func attributes(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        guard i + 1 < end, ".#:".utf8.contains(bytes[i + 1]) else { return nil }
        for k in (i + 1)..<min(end, i + reach) {
            if bytes[k] == UInt8(ascii: "}") { return k + 1 }
            if bytes[k] == .newline || bytes[k] == UInt8(ascii: "{") { return nil }
        }
        return nil
    }

    /// Behind an address that begins at `i`: `https://…`, `www.…`, `mailto:…`, `name@host.org`.
    static func address(_ bytes: [UInt8], _ i: Int, _ end: Int) -> Int? {
        var k = i
        var at: Int?
        let limit = min(end, i + reach)
        let scheme = Self.schemes.first { bytes[i..<limit].starts(with: $0) }
        while k < limit, bytes[k] > 0x20, bytes[k] < 0x7F, !"<>`\"[]|\\".utf8.contains(bytes[k]) {
            if scheme == nil {
                if bytes[k] == UInt8(ascii: "@") {
                    guard at == nil, k > i else { return nil }
                    at = k
                } else if !bytes[k].isASCIILetter, !bytes[k].isASCIIDigit, !".-_+".utf8.contains(bytes[k]) {
                    break
                }
            }
            k += 1
        }
        // What ends the sentence is none of it, nor the parenthesis around it.
        while k > i,
            ".,;:!?'*_-".utf8.contains(bytes[k - 1])
                || bytes[k - 1] == UInt8(ascii: ")") && !bytes[i..<k].contains(UInt8(ascii: "("))
        { k -= 1 }
        if let scheme { return k - i > scheme.count ? k : nil }
        guard let at, at + 1 < k, bytes[(at + 1)..<k].contains(UInt8(ascii: ".")) else { return nil }
        return k
    }

    private static let schemes = ["https://", "http://", "www.", "mailto:", "ftp://", "doi:10."].map { Array($0.utf8) }
}
