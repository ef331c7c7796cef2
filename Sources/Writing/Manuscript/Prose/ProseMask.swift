/// Which bytes of a line are prose, while it is being written: what is open at the caret counts to the line's end.
///
/// No prose are code, front matter, comments, rules, HTML tags, addresses, what links lead to, labels of footnotes and
/// attributes in braces.
///
/// Limits: those of `LineState`; an HTML tag and a code span end with their line; TeX between dollar signs is prose.
enum ProseMask {
    /// Whether the byte at `place` of `line` is prose.
    ///
    /// - Parameter state: the state after the line above.
    static func isProse(_ line: String, at position: Int, state: LineState) -> Bool {
        let mask = mask(line, state: state)
        return mask.indices.contains(position) && mask[position]
    }

    static func mask(_ line: String, state: LineState) -> [Bool] {
        let bytes = Array(line.utf8)
        var isProse = [Bool](repeating: true, count: bytes.count)
        var state = state
        for (range, role) in MarkdownHighlighter.highlight(line, state: &state) {
            switch role {
            case .code, .comment, .frontMatter, .footnote, .rule:
                for i in range { isProse[i] = false }
            case .text, .heading, .emphasis, .strong, .quote, .listMarker, .table, .link: break
            }
        }
        if isOnlyMarks(bytes) { return [Bool](repeating: false, count: bytes.count) }
        var i = 0
        while i < bytes.count {
            guard let end = constructEnd(bytes, i) else {
                i += 1
                continue
            }
            for k in i..<end.hidden { isProse[k] = false }
            i = max(i + 1, end.next)
        }
        return isProse
    }

    /// A rule, an underline or the second row of a table, or the beginning of one.
    private static func isOnlyMarks(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { "-|: \t>=*_+".utf8.contains($0) }
    }

    /// Where what begins at `i` and is no prose ends, and where to go on; nil where nothing begins.
    private static func constructEnd(_ bytes: [UInt8], _ i: Int) -> (hidden: Int, next: Int)? {
        let end = bytes.count
        func closed(_ close: Int?) -> (Int, Int) { close.map { ($0 + 1, $0 + 1) } ?? (end, end) }
        func next(_ byte: UInt8, from: Int) -> Int? { bytes[min(from, end)...].firstIndex(of: byte) }
        let following: UInt8 = i + 1 < end ? bytes[i + 1] : 0
        switch bytes[i] {
        case .backslash: return (i, i + 2)
        case .backtick:
            var open = i
            while open < end, bytes[open] == .backtick { open += 1 }
            var k = open
            while k < end {
                var run = k
                while run < end, bytes[run] == .backtick { run += 1 }
                if run - k == open - i { return (run, run) }
                k = max(run, k + 1)
            }
            return (end, end)
        case UInt8(ascii: "<"):
            guard following.isASCIILetter || "/!?".utf8.contains(following) else { return nil }
            let close = next(UInt8(ascii: ">"), from: i)
            // `a <b` and another `<` before any `>`: no tag.
            if let again = next(UInt8(ascii: "<"), from: i + 1), again < close ?? end { return nil }
            return closed(close)
        case UInt8(ascii: "["):
            if following == UInt8(ascii: "^") { return closed(next(UInt8(ascii: "]"), from: i)) }
            // The definition of a link: `[label]: address "title"`.
            if bytes[..<i].allSatisfy(\.isSpaceOrTab), let close = next(UInt8(ascii: "]"), from: i), close + 1 < end,
                bytes[close + 1] == UInt8(ascii: ":")
            {
                return (end, end)
            }
            return nil
        case UInt8(ascii: "]"):
            if following == UInt8(ascii: "[") { return closed(next(UInt8(ascii: "]"), from: i + 1)) }
            guard following == UInt8(ascii: "(") else { return nil }
            var depth = 0
            for k in i + 1..<end {
                if bytes[k] == UInt8(ascii: "(") { depth += 1 }
                if bytes[k] == UInt8(ascii: ")") {
                    depth -= 1
                    if depth == 0 { return (k + 1, k + 1) }
                }
            }
            return (end, end)
        case UInt8(ascii: "{"):
            return ".#:".utf8.contains(following) ? closed(next(UInt8(ascii: "}"), from: i)) : nil
        case UInt8(ascii: "h"):
            guard ["http://", "https://"].contains(where: { bytes[i...].starts(with: $0.utf8) }) else { return nil }
            let stop = bytes[i...].firstIndex { $0 <= 0x20 || $0 >= 0x80 } ?? end
            return (stop, stop)
        default: return nil
        }
    }
}
