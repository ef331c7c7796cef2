import TextCore

/// An item of a list, where it stands.
struct ListItem {
    /// Its line, and the last line of all that belongs to it, as places among the lines that were read.
    var line: Int
    var lastLine: Int
    /// Where its mark begins, in bytes of the text.
    var marker: Int
    /// The digits of an ordered item's mark, and their number.
    var digits: Range<Int>?
    var number: Int?
    /// The bullet, or what stands behind the number.
    var sign: UInt8
    /// Blanks behind the mark.
    var gap: Int
    /// `[ ] ` or `[x] ` stands before its text.
    var hasBox = false
    /// The columns of its mark and of its text, from the end of the quotation's marks.
    var indent: Int
    var content: Int
    /// Where its text begins, behind a task's box, in bytes of the text.
    var text: Int
    /// The item it is within, and the one before it within the same.
    var parent: Int?
    var previous: Int?
    /// A blank line stands before it.
    var isBehindBlank: Bool

    /// The mark of the next item, with the blanks and the empty box behind it.
    var nextMark: String {
        let digits = number.map { String(min($0 + 1, 999_999_999)) } ?? ""
        return digits + String(UnicodeScalar(sign)) + String(repeating: " ", count: max(1, gap))
            + (hasBox ? "[ ] " : "")
    }
}

/// The items of the lists around some lines of a text, read as CommonMark reads them, with one difference: an ordered item may
/// begin a list at any number also below a line of text or within another list, as writers have it.
///
/// Known limits: looks 2,000 lines each way, and a code fence that opened before that isn't known; nothing is read of
/// stretches beyond a megabyte. Lists in footnotes aren't read.
struct ListItems {
    struct Line {
        /// Its number in the text.
        var number: Int
        /// In bytes of the text, without the line feed.
        var range: Range<Int>
        /// How many marks of quotations it begins with, and where what is behind them begins.
        var depth = 0
        var inner: Int
        /// Blanks behind the quotation's marks, in columns and in bytes.
        var indent = 0
        var blanks = 0
        var isBlank = true
        /// In a code fence, or the fence itself.
        var isCode = false
        /// It goes on with a paragraph without being indented as the item is.
        var isLazy = false
        /// The innermost item it belongs to.
        var owner: Int?
    }

    private(set) var items: [ListItem] = []
    private(set) var lines: [Line] = []

    private static let reach = 2_000
    private static let largest = 1 << 20

    /// The items of the lists and quotations that `wanted` touches; nil where there are none.
    init?(_ text: Text, around wanted: ClosedRange<Int>) {
        let low = max(0, wanted.lowerBound - Self.reach)
        let from = text.lineStart(low)
        let to = text.lineRange(min(text.lineCount - 1, wanted.upperBound + Self.reach)).upperBound
        guard to - from <= Self.largest else { return nil }
        let bytes = text.bytes(in: from..<to)
        var parser = BlockParser(bytes: bytes, anyNumberInterrupts: true)
        let blocks = parser.parse().filter { block in
            (block.kind == .list || block.kind == .quotation) && block.line - 1 + low <= wanted.upperBound
                && block.endLine - 1 + low >= wanted.lowerBound
        }
        guard !blocks.isEmpty else { return nil }
        for block in blocks {
            // A quotation is read behind the marks that all its lines have; what is quoted further in is text of it.
            let depth = block.kind == .quotation ? Self.depth(of: bytes, block.range) : 0
            var state = State(depth: depth)
            var start = block.range.lowerBound
            for number in block.line...block.endLine {
                let line = LineScan.line(bytes, at: start)
                take(
                    line, bytes,
                    Line(
                        number: number - 1 + low, range: line.start + from..<line.end + from, inner: line.content + from
                    ), base: from, &state)
                start = line.next
            }
        }
        closeItems()
    }

    /// The place in `lines` of a line of the text.
    func position(of number: Int) -> Int? {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low].number == number ? low : nil
    }

    // MARK: Reading

    /// What is open between two lines of a block.
    private struct State {
        let depth: Int
        var open: [Int] = []
        var fence: LineScan.Fence?
        var isBehindBlank = false
        var isParagraph = false
    }

    private mutating func take(
        _ scanned: Manuscript.Line, _ bytes: [UInt8], _ line: Line, base: Int, _ state: inout State
    ) {
        var line = line
        let end = scanned.end
        var from = scanned.start
        while line.depth < state.depth, let next = LineScan.behindQuoteMark(bytes, from, end) {
            line.depth += 1
            from = next
        }
        line.inner = from + base
        let content = LineScan.columns(bytes, from, end)
        line.indent = content.columns
        line.blanks = content.position - from
        line.isBlank = content.position == end
        defer { lines.append(line) }
        guard !line.isBlank else {
            line.owner = state.open.last
            line.isCode = state.fence != nil
            state.isBehindBlank = true
            state.isParagraph = false
            return
        }
        defer { state.isBehindBlank = false }
        guard line.depth == state.depth else {
            // A line without the quotation's mark goes on with its last paragraph.
            line.isLazy = true
            line.owner = state.open.last
            return
        }
        if let fence = state.fence {
            line.isCode = true
            line.owner = state.open.last
            if LineScan.closes(fence, bytes, content.position, end) { state.fence = nil }
            return
        }
        let isMarked = addItems(bytes, content.position, end, &line, base: base, &state)
        if !isMarked {
            let inside = state.open.last { items[$0].content <= line.indent }
            if inside != state.open.last {
                if state.isParagraph {
                    line.isLazy = true
                } else {
                    state.open.removeAll { items[$0].content > line.indent }
                }
            }
            line.owner = state.open.last
            state.isParagraph = true
        }
        let text = isMarked ? (items.last?.text ?? base) - base : content.position
        if let (opened, _) = LineScan.openingFence(bytes, min(text, end), end) {
            state.fence = opened
            state.isParagraph = false
            line.isCode = !isMarked
        }
    }

    /// The least number of marks that a line of a quotation begins with, but for those that have none.
    private static func depth(of bytes: [UInt8], _ range: Range<Int>) -> Int {
        var least = Int.max
        var start = range.lowerBound
        while start < range.upperBound {
            let line = LineScan.line(bytes, at: start)
            var (position, marks) = (line.start, 0)
            while let next = LineScan.behindQuoteMark(bytes, position, line.end) {
                (position, marks) = (next, marks + 1)
            }
            if marks > 0 { least = min(least, marks) }
            start = line.next
        }
        return least == .max ? 1 : least
    }

    /// Adds the items whose marks stand at `place`, one behind the other; false where there is none.
    private mutating func addItems(
        _ bytes: [UInt8], _ position: Int, _ end: Int, _ line: inout Line, base: Int, _ state: inout State
    ) -> Bool {
        var position = position
        var column = line.indent
        var isFirst = true
        while let marker = LineScan.listMarker(bytes, position, end), !LineScan.isThematicBreak(bytes, position, end) {
            let inner = state.open.last { items[$0].content <= column }
            let floor = inner.map { items[$0].content } ?? 0
            // Four columns further in it would be code, or goes on with the paragraph.
            guard column - floor < 4 || !isFirst else { return false }
            let previous = state.open.last { items[$0].parent == inner }
            state.open.removeAll { items[$0].content > column }
            let behind = position + marker.length
            let gap = LineScan.columns(bytes, behind, end, from: column + marker.length)
            let width = gap.columns - column - marker.length
            let isEmpty = gap.position == end
            let space = isEmpty || width > 4 ? 1 : width
            let isOrdered = bytes[position].isASCIIDigit
            var item = ListItem(
                line: lines.count, lastLine: lines.count, marker: position + base,
                digits: isOrdered ? position + base..<behind - 1 + base : nil,
                number: isOrdered ? Int(String(decoding: bytes[position..<(behind - 1)], as: UTF8.self)) : nil,
                sign: bytes[behind - 1], gap: space,
                indent: column, content: column + marker.length + space,
                text: isEmpty ? end + base : min(gap.position, width > 4 ? behind + 1 : gap.position) + base,
                parent: inner, previous: previous, isBehindBlank: state.isBehindBlank)
            let text = item.text - base
            if text + 2 < end, bytes[text] == UInt8(ascii: "["), " xX".utf8.contains(bytes[text + 1]),
                bytes[text + 2] == UInt8(ascii: "]"),
                text + 3 == end || bytes[text + 3].isSpaceOrTab
            {
                item.hasBox = true
                item.text = min(end, text + 4) + base
            }
            items.append(item)
            state.open.append(items.count - 1)
            line.owner = items.count - 1
            state.isParagraph = !isEmpty
            isFirst = false
            guard !isEmpty, !item.hasBox else { break }
            position = text
            column = item.content
        }
        return !isFirst
    }

    /// Ends every item at the last line that belongs to it.
    private mutating func closeItems() {
        for position in lines.indices where !lines[position].isBlank {
            var owner = lines[position].owner
            while let item = owner {
                items[item].lastLine = position
                owner = items[item].parent
            }
        }
    }
}
