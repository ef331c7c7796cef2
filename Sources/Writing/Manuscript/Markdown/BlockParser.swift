/// One pass over the lines of a text, one block after the other.
struct BlockParser {
    let bytes: [UInt8]
    private var blocks: [Block] = []
    private var line: Line
    /// The number of `line`, from 1.
    private var number = 1

    /// Whether an ordered item of any number ends a paragraph before it, and not only one with a 1: as writers have it, who move
    /// items about below a line of text.
    private let anyNumberInterrupts: Bool

    init(bytes: [UInt8], anyNumberInterrupts: Bool = false) {
        self.bytes = bytes
        self.anyNumberInterrupts = anyNumberInterrupts
        // A byte order mark is no text.
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        line = LineScan.line(bytes, at: start)
    }

    mutating func parse() -> [Block] {
        if let front = FrontMatterScan.range(bytes) {
            let first = number
            while line.start < front.close.start { advance() }
            add(.frontMatter, from: front.open.start, first: first)
            advance()
        }
        while !atEnd {
            if line.isBlank {
                advance()
            } else {
                block()
            }
        }
        return blocks
    }

    private var atEnd: Bool { line.start >= bytes.count }

    private mutating func advance() {
        line = LineScan.line(bytes, at: line.next)
        number += 1
    }

    /// Adds a block that ends with the current line.
    private mutating func add(_ kind: BlockKind, from start: Int, first: Int) {
        blocks.append(
            Block(kind: kind, range: start..<line.end, line: first, endLine: number))
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Reads the block that begins with the current line, which is not blank, and steps behind it.
    private mutating func block() {
        let from = line.content
        let end = line.end
        guard line.indent < 4 else { return indentedCode() }
        switch bytes[from] {
        case UInt8(ascii: "#"):
            if let heading = LineScan.atxHeading(bytes, from, end) {
                blocks.append(
                    Block(
                        kind: .heading(level: heading.level), range: line.start..<end,
                        line: number, endLine: number, title: string(heading.title)))
                return advance()
            }
        case .backtick, UInt8(ascii: "~"):
            if let (fence, info) = LineScan.openingFence(bytes, from, end) {
                return fenced(fence, info: info)
            }
        case UInt8(ascii: ">"):
            return container(.quotation)
        case UInt8(ascii: "<"):
            if let closing = HTMLScan.opening(bytes, from, end) { return html(closing) }
        case UInt8(ascii: "["):
            if let found = LineScan.footnoteDefinition(bytes, from, end) {
                return container(.footnoteDefinition(label: string(found.label)))
            }
        default:
            break
        }
        if LineScan.isThematicBreak(bytes, from, end) {
            add(.thematicBreak, from: line.start, first: number)
            return advance()
        }
        if LineScan.listMarker(bytes, from, end) != nil { return container(.list) }
        if tableStarts() { return table() }
        paragraph()
    }

    /// Whether the current line begins a block that ends a paragraph before it.
    private func interruptsParagraph() -> Bool {
        if line.isBlank { return true }
        guard line.indent < 4 else { return false }
        let from = line.content
        let end = line.end
        switch bytes[from] {
        case UInt8(ascii: "#"): return LineScan.atxHeading(bytes, from, end) != nil
        case .backtick, UInt8(ascii: "~"): return LineScan.openingFence(bytes, from, end) != nil
        case UInt8(ascii: ">"): return true
        case UInt8(ascii: "<"): return HTMLScan.opening(bytes, from, end) != nil
        case UInt8(ascii: "["): return LineScan.footnoteDefinition(bytes, from, end) != nil
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"), 0x30...0x39:
            if LineScan.isThematicBreak(bytes, from, end) { return true }
            guard let marker = LineScan.listMarker(bytes, from, end) else { return false }
            return marker.interrupts || anyNumberInterrupts && bytes[from].isASCIIDigit && from + marker.length < end
        default: return false
        }
    }

    private mutating func indentedCode() {
        let start = line.start
        let first = number
        var last = line
        var lastNumber = number
        while !atEnd, line.isBlank || line.indent >= 4 {
            if !line.isBlank {
                last = line
                lastNumber = number
            }
            advance()
        }
        blocks.append(
            Block(kind: .code, range: start..<last.end, line: first, endLine: lastNumber))
    }

    private mutating func fenced(_ fence: LineScan.Fence, info: Int) {
        let start = line.start
        let first = number
        let infoRange = BlockParser.trimmed(bytes, info..<line.end)
        var last = line
        var lastNumber = number
        var closed = false
        advance()
        while !atEnd {
            last = line
            lastNumber = number
            closed = line.indent < 4 && LineScan.closes(fence, bytes, line.content, line.end)
            advance()
            if closed { break }
        }
        let marks = String(repeating: Character(UnicodeScalar(fence.byte)), count: fence.count)
        blocks.append(
            Block(
                kind: .code, range: start..<last.end, line: first, endLine: lastNumber,
                info: string(infoRange), closer: closed ? nil : marks))
    }

    private mutating func html(_ closing: HTMLScan.Closing) {
        let start = line.start
        let first = number
        switch closing {
        case .blankLine:
            var last = line
            var lastNumber = number
            while !atEnd, !line.isBlank {
                last = line
                lastNumber = number
                advance()
            }
            blocks.append(
                Block(kind: .html, range: start..<last.end, line: first, endLine: lastNumber))
        case .marker(let marker):
            var last = line
            var lastNumber = number
            var closed = false
            while !atEnd, !closed {
                last = line
                lastNumber = number
                closed = HTMLScan.contains(marker, bytes, line.content, line.end)
                advance()
            }
            blocks.append(
                Block(
                    kind: .html, range: start..<last.end, line: first, endLine: lastNumber,
                    closer: closed ? nil : marker))
        }
    }

    private func tableStarts() -> Bool {
        guard bytes[line.content..<line.end].contains(UInt8(ascii: "|")) else { return false }
        let next = LineScan.line(bytes, at: line.next)
        guard line.next < bytes.count, next.indent < 4 else { return false }
        return LineScan.tableDelimiter(bytes, next.content, next.end) != nil
    }

    private mutating func table() {
        let start = line.start
        let first = number
        advance()
        var last = line
        var lastNumber = number
        advance()
        while !atEnd, !interruptsParagraph() {
            last = line
            lastNumber = number
            advance()
        }
        blocks.append(
            Block(kind: .table, range: start..<last.end, line: first, endLine: lastNumber))
    }

    private mutating func paragraph() {
        let start = line.start
        let content = line.content
        let first = number
        var last = line
        var lastNumber = number
        advance()
        while !atEnd {
            if line.indent < 4, let level = LineScan.setextUnderline(bytes, line.content, line.end) {
                let title = BlockParser.trimmed(bytes, content..<last.end)
                let joined = string(title).split(whereSeparator: \.isNewline)
                    .map { $0.trimmingBlanks }.joined(separator: " ")
                blocks.append(
                    Block(
                        kind: .heading(level: level), range: start..<line.end, line: first,
                        endLine: number, title: joined))
                return advance()
            }
            if interruptsParagraph() || tableStarts() { break }
            last = line
            lastNumber = number
            advance()
        }
        blocks.append(
            Block(kind: .paragraph, range: start..<last.end, line: first, endLine: lastNumber))
    }

    /// A list, quotation or footnote definition with everything inside, read line by line: what
    /// belongs to it is marked or indented, or continues a paragraph of it.
    private mutating func container(_ kind: BlockKind) {
        let start = line.start
        let first = number
        var last = line
        var lastNumber = number
        var afterBlank = false
        // How far content must be indented to stay inside after a blank line.
        var contentIndent = kind == .list ? markerIndent() : 4
        advance()
        while !atEnd {
            if line.isBlank {
                if kind == .quotation { break }
                afterBlank = true
                advance()
                continue
            }
            let marked = isMarked(kind)
            let inside = kind != .quotation && line.indent >= min(contentIndent, 4)
            if !marked, !inside {
                if afterBlank || interruptsParagraph() { break }
            } else if marked, kind == .list {
                contentIndent = min(contentIndent, markerIndent())
            }
            afterBlank = false
            last = line
            lastNumber = number
            advance()
        }
        blocks.append(
            Block(kind: kind, range: start..<last.end, line: first, endLine: lastNumber))
    }

    private func isMarked(_ kind: BlockKind) -> Bool {
        guard line.indent < 4 else { return false }
        switch kind {
        case .quotation: return bytes[line.content] == UInt8(ascii: ">")
        case .list:
            return !LineScan.isThematicBreak(bytes, line.content, line.end)
                && LineScan.listMarker(bytes, line.content, line.end) != nil
        default: return false
        }
    }

    /// The column at which the text of the current line's list item begins.
    private func markerIndent() -> Int {
        guard let marker = LineScan.listMarker(bytes, line.content, line.end) else { return 2 }
        return line.indent + marker.length + 1
    }

    static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, bytes[low].isSpaceOrTab { low += 1 }
        while high > low, bytes[high - 1].isSpaceOrTab { high -= 1 }
        return low..<high
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end.
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }),
            let last = lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" })
        else { return "" }
        return String(self[first...last])
    }
}
