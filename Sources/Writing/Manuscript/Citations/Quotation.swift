/// A passage of a note as a quotation of Markdown: every line marked, with its levels, lists and code as they were, and the
/// footnote's mark behind it.
///
/// What the note's own footnotes are called means something else in the article, so their marks are escaped and read as they
/// were written. A code fence that the passage cuts off is closed.
enum Quotation {
    static func markdown(_ passage: String, label: String) -> String {
        var lines = lines(of: passage)
        var code = CodeLines()
        for index in lines.indices where !code.take(lines[index]) { lines[index] = escapingFootnotes(lines[index]) }
        if let closing = code.closing { lines.append(closing) }
        let mark = "[^\(label)]"
        if lines.isEmpty { return "> " + mark }
        if takesMark(lines, endsInCode: code.lastIsCode), let last = lines.last {
            // A backslash before it would make it a mark of nothing.
            lines[lines.count - 1] += (last.hasSuffix("\\") ? " " : "") + mark
        } else {
            lines += [""] + [mark]
        }
        return lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
    }

    /// The lines without blank ones around them, without blanks at their ends, and without the indentation that all share: a
    /// piece of a nested list isn't code. Where all of it is indented code it stays so.
    private static func lines(of passage: String) -> [String] {
        var lines = passage.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let indents = lines.filter { !$0.isEmpty }.map { $0.utf8.prefix { $0 == 0x20 }.count }
        let least = indents.min() ?? 0
        let first = Array((lines.first ?? "").utf8)
        let isItem = LineScan.listMarker(first, min(least, first.count), first.count) != nil
        return least > 0 && (least < 4 || isItem)
            ? lines.map { String(decoding: $0.utf8.dropFirst(least), as: UTF8.self) } : lines
    }

    /// Whether a footnote's mark behind the last line is read as one: in a paragraph, also of a list or a quotation.
    private static func takesMark(_ lines: [String], endsInCode: Bool) -> Bool {
        guard !endsInCode else { return false }
        let bytes = Array(lines.joined(separator: "\n").utf8)
        guard let block = MarkdownBlocks.parse(bytes: bytes).last, let last = lines.last else { return false }
        let content = last.drop { $0 == " " || $0 == ">" }
        switch block.kind {
        case .paragraph: return !Definitions.isDefinition(block, bytes)
        case .list, .quotation:
            return !content.isEmpty && !content.hasPrefix("|") && !content.hasPrefix("<") && !content.hasPrefix("#")
        default: return false
        }
    }

    /// `line` with a backslash before each mark of a footnote outside of code spans.
    private static func escapingFootnotes(_ line: String) -> String {
        let bytes = Array(line.utf8)
        guard bytes.contains(UInt8(ascii: "[")) else { return line }
        var result: [UInt8] = []
        var scan = InlineScan(bytes: bytes, from: 0, to: bytes.count, wholeLinks: false)
        var i = 0
        while i < bytes.count {
            let found = scan.construct(at: i)
            if found?.kind == .footnote { result.append(.backslash) }
            let next = found.map { $0.kind == .openComment ? i + 4 : $0.range.upperBound } ?? i + 1
            result += bytes[i..<min(next, bytes.count)]
            i = next
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Follows code fences from line to line, also those within lists and quotations.
private struct CodeLines {
    private var fence: LineScan.Fence?
    /// What stands before the fence's closing marks.
    private var margin = ""
    private(set) var lastIsCode = false
    /// What is indented within a list or goes on with a paragraph isn't code.
    private var isInList = false
    private var isBehindBlank = true

    /// The line that would close an open fence.
    var closing: String? {
        fence.map { margin + String(repeating: Character(UnicodeScalar($0.byte)), count: $0.count) }
    }

    /// Whether the line is code.
    mutating func take(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        var from = bytes.prefix(while: \.isSpaceOrTab).count
        var isNested = false
        while from < bytes.count {
            if bytes[from] == UInt8(ascii: ">") {
                from += 1
            } else if fence == nil, let marker = LineScan.listMarker(bytes, from, bytes.count) {
                from += marker.length
                isNested = true
            } else {
                break
            }
            isNested = true
            while from < bytes.count, bytes[from].isSpaceOrTab { from += 1 }
        }
        if let open = fence {
            lastIsCode = true
            if LineScan.closes(open, bytes, from, bytes.count) { fence = nil }
            return true
        }
        if let (opened, _) = LineScan.openingFence(bytes, from, bytes.count) {
            fence = opened
            margin = String(
                decoding: bytes[..<from].map { $0 == UInt8(ascii: ">") || $0.isSpaceOrTab ? $0 : 0x20 }, as: UTF8.self)
            lastIsCode = true
        } else {
            let isIndented = bytes.first?.isSpaceOrTab == true
            if isNested { isInList = true } else if !isIndented, !bytes.isEmpty { isInList = false }
            if !bytes.isEmpty {
                lastIsCode = !isNested && !isInList && (isBehindBlank || lastIsCode) && line.hasPrefix("    ")
            }
        }
        isBehindBlank = bytes.isEmpty
        return lastIsCode
    }
}
