/// Finds what stands inside a line or paragraph: code spans, links, footnote references, comments.
///
/// Every search is bounded or remembered, so that a text of nothing but opening marks costs linear
/// time and not quadratic.
struct InlineScan {
    enum Kind: Hashable {
        case escape, code, comment, autolink, footnote, wikilink, link
        /// A comment that is still open at the end.
        case openComment
    }

    let bytes: [UInt8]
    let end: Int
    /// Whether links with a target are found as a whole; without, what is in their text is found.
    let wholeLinks: Bool
    /// For a run of this many backticks: from where on there is no other.
    private var missingTicks: [Int: Int] = [:]
    private var missingComment = Int.max
    private var closingBrackets: [Int: Int]?
    private let start: Int

    init(bytes: [UInt8], from start: Int, to end: Int, wholeLinks: Bool) {
        self.bytes = bytes
        self.start = start
        self.end = end
        self.wholeLinks = wholeLinks
    }

    /// What begins with the byte at `i`, and its range; nil when that byte is only text.
    mutating func construct(at i: Int) -> (kind: Kind, range: Range<Int>)? {
        switch bytes[i] {
        case .backslash:
            guard i + 1 < end, bytes[i + 1].isASCIIPunctuation else { return nil }
            return (.escape, i..<i + 2)
        case .backtick: return codeSpan(i)
        case UInt8(ascii: "<"): return angle(i)
        case UInt8(ascii: "["): return bracket(i)
        case UInt8(ascii: "!"):
            guard wholeLinks, i + 1 < end, bytes[i + 1] == UInt8(ascii: "["),
                let link = target(of: i + 1)
            else { return nil }
            return (.link, i..<link.upperBound)
        case UInt8(ascii: "h"): return bareAddress(i)
        default: return nil
        }
    }

    private mutating func codeSpan(_ i: Int) -> (Kind, Range<Int>)? {
        var open = i
        while open < end, bytes[open] == .backtick { open += 1 }
        let count = open - i
        // Unmatched, the whole run is text: the caller is told to pass over it as one.
        guard i < missingTicks[count, default: .max] else { return (.escape, i..<open) }
        var k = open
        while k < end {
            guard bytes[k] == .backtick else {
                k += 1
                continue
            }
            let run = k
            while k < end, bytes[k] == .backtick { k += 1 }
            if k - run == count { return (.code, i..<k) }
        }
        missingTicks[count] = i
        return (.escape, i..<open)
    }

    private mutating func angle(_ i: Int) -> (Kind, Range<Int>)? {
        if i + 3 < end, bytes[i + 1] == UInt8(ascii: "!"), bytes[i + 2] == UInt8(ascii: "-"),
            bytes[i + 3] == UInt8(ascii: "-")
        {
            if i < missingComment {
                if let close = HTMLScan.find(Array("-->".utf8), bytes, i + 2, end) {
                    return (.comment, i..<close + 3)
                }
                missingComment = i
            }
            return (.openComment, i..<end)
        }
        // <https://…> and <name@host>: no spaces, and a colon or an at sign.
        var k = i + 1
        var marked = false
        guard k < end, bytes[k].isASCIILetter else { return nil }
        while k < end, k - i < 2048 {
            switch bytes[k] {
            case UInt8(ascii: ">"): return marked ? (.autolink, i..<k + 1) : nil
            case 0...0x20, UInt8(ascii: "<"): return nil
            case UInt8(ascii: ":"), UInt8(ascii: "@"): marked = true
            default: break
            }
            k += 1
        }
        return nil
    }

    private mutating func bracket(_ i: Int) -> (Kind, Range<Int>)? {
        if let label = LineScan.footnoteLabel(bytes, i, end) {
            return (.footnote, i..<label.upperBound + 1)
        }
        if i + 1 < end, bytes[i + 1] == UInt8(ascii: "["), let close = closing(i), close > i + 3,
            bytes[close - 1] == UInt8(ascii: "]"), closing(i + 1) == close - 1
        {
            return (.wikilink, i..<close + 1)
        }
        guard wholeLinks, let range = target(of: i) else { return nil }
        return (.link, range)
    }

    /// The whole of `[text](target)` or `[text][reference]` at `i`.
    private mutating func target(of i: Int) -> Range<Int>? {
        guard let close = closing(i), close + 1 < end else { return nil }
        if bytes[close + 1] == UInt8(ascii: "[") {
            guard let second = closing(close + 1) else { return nil }
            return i..<second + 1
        }
        guard bytes[close + 1] == UInt8(ascii: "(") else { return nil }
        var depth = 0
        var k = close + 1
        while k < end, k - close < 2048 {
            switch bytes[k] {
            case .backslash: k += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return i..<k + 1 }
            default: break
            }
            k += 1
        }
        return nil
    }

    /// Where the bracket that opens at `i` closes. All pairs are found once, on first need.
    private mutating func closing(_ i: Int) -> Int? {
        if let closingBrackets { return closingBrackets[i] }
        var pairs: [Int: Int] = [:]
        var open: [Int] = []
        var k = start
        while k < end {
            switch bytes[k] {
            case .backslash: k += 1
            case UInt8(ascii: "["): open.append(k)
            case UInt8(ascii: "]"): if let last = open.popLast() { pairs[last] = k }
            default: break
            }
            k += 1
        }
        closingBrackets = pairs
        return pairs[i]
    }

    private func bareAddress(_ i: Int) -> (Kind, Range<Int>)? {
        if i > start, bytes[i - 1].isASCIILetter || bytes[i - 1].isASCIIDigit { return nil }
        var k = i
        for byte in "http".utf8 {
            guard k < end, bytes[k] == byte else { return nil }
            k += 1
        }
        if k < end, bytes[k] == UInt8(ascii: "s") { k += 1 }
        for byte in "://".utf8 {
            guard k < end, bytes[k] == byte else { return nil }
            k += 1
        }
        let host = k
        while k < end, bytes[k] > 0x20, bytes[k] < 0x7F, !"<>`\"[]|\\".utf8.contains(bytes[k]) { k += 1 }
        while k > host, ".,;:!?)'*_".utf8.contains(bytes[k - 1]) { k -= 1 }
        return k > host ? (.autolink, i..<k) : nil
    }
}
