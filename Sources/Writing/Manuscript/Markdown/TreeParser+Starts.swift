/// Which blocks a line can begin.
extension TreeParser {
    enum BlockStart {
        /// Something that can hold more of this line.
        case container
        /// Something that takes the rest of the line as text.
        case text
        /// Something that has taken the line.
        case leaf
    }

    /// Begins the block that the rest of the line is the start of; nil where it is none.
    ///
    /// - Parameters:
    ///   - depth: how many of the open blocks the line goes on with.
    ///   - isLazy: whether it could go on with a paragraph inside of those that it doesn't.
    mutating func begin(at depth: Int, isLazy: Bool) -> BlockStart? {
        let container = nodes[open[depth - 1].node].kind
        let from = cursor.content
        if cursor.indent >= 4 {
            guard !isLazy, container != .paragraph, container != .table else { return nil }
            close(to: depth)
            cursor.advance(columns: 4)
            push(.code)
            return .text
        }
        if depth < Self.deepest, let begun = beginContainer(at: depth, in: container) { return begun }
        if let heading = LineScan.atxHeading(bytes, from, line.end) {
            close(to: depth)
            push(.heading(level: heading.level))
            nodes[nodes.count - 1].lines = [heading.title]
            close(to: open.count - 1)
            return .leaf
        }
        if let (fence, _) = LineScan.openingFence(bytes, from, line.end) {
            let indent = cursor.indent
            close(to: depth)
            push(.code)
            open[open.count - 1].fence = fence
            open[open.count - 1].fenceIndent = indent
            nodes[nodes.count - 1].closer = String(repeating: Character(UnicodeScalar(fence.byte)), count: fence.count)
            return .leaf
        }
        if let closing = HTMLStart.closing(bytes, from, line.end, mayBeAnyTag: container != .paragraph) {
            beginHTML(closing, at: depth)
            return .leaf
        }
        if container == .paragraph, let begun = underlineOrTable() { return begun }
        guard LineScan.isThematicBreak(bytes, from, line.end) else {
            return depth < Self.deepest ? beginItem(at: depth, in: container) : nil
        }
        close(to: depth)
        push(.thematicBreak)
        close(to: open.count - 1)
        return .leaf
    }

    private mutating func beginContainer(at depth: Int, in container: MarkdownNode.Kind) -> BlockStart? {
        if bytes[cursor.content] == UInt8(ascii: ">") {
            close(to: depth)
            push(.quotation)
            _ = cursor.takeQuotationMark()
            return .container
        }
        guard let found = LineScan.footnoteDefinition(bytes, cursor.content, line.end) else { return nil }
        close(to: depth)
        push(.footnoteDefinition(label: String(decoding: bytes[found.label], as: UTF8.self)))
        cursor.advance(to: found.text)
        return .container
    }

    private mutating func beginItem(at depth: Int, in container: MarkdownNode.Kind) -> BlockStart? {
        guard let marker = LineScan.listMarker(bytes, cursor.content, line.end),
            container != .paragraph || marker.interrupts
        else { return nil }
        let kind = MarkdownNode.ListKind(
            mark: bytes[cursor.content + marker.length - 1], isOrdered: bytes[cursor.content].isASCIIDigit)
        let indent = cursor.indent
        close(to: depth)
        if container != .list(kind) {
            if case .list = container { close(to: open.count - 1) }
            push(.list(kind))
        }
        push(.item)
        let item = open.count - 1
        open[item].indent = indent + cursor.takeMarker(marker.length)
        return .container
    }

    private mutating func beginHTML(_ closing: HTMLScan.Closing, at depth: Int) {
        close(to: depth)
        push(.html)
        let block = open.count - 1
        open[block].closing = closing
        nodes[open[block].node].lines = [cursor.offset..<line.end]
        if case .marker(let marker) = closing { nodes[open[block].node].closer = marker }
        endHTML(open[block])
    }

    /// What makes of the paragraph above a heading, or of its last line a table.
    private mutating func underlineOrTable() -> BlockStart? {
        guard let last = open.last else { return nil }
        if let level = LineScan.setextUnderline(bytes, cursor.content, line.end) {
            takeDefinitions(last.node)
            guard !nodes[last.node].lines.isEmpty else { return nil }
            nodes[last.node].kind = .heading(level: level)
            reach()
            close(to: open.count - 1)
            return .leaf
        }
        guard let cells = LineScan.tableDelimiter(bytes, cursor.content, line.end),
            let header = nodes[last.node].lines.last,
            TableCells.ranges(bytes, header).count == cells
        else { return nil }
        if nodes[last.node].lines.count > 1 {
            nodes[last.node].lines.removeLast()
            let end = nodes[last.node].lines.last?.upperBound ?? header.lowerBound
            nodes[last.node].range = nodes[last.node].range.lowerBound..<end
            close(to: open.count - 1)
            push(.table)
            nodes[nodes.count - 1].range = header.lowerBound..<line.end
            nodes[nodes.count - 1].line = number - 1
            nodes[nodes.count - 1].lines = [header]
        } else {
            nodes[last.node].kind = .table
            reach()
        }
        return .leaf
    }

    /// The open blocks reach to the end of the line.
    private mutating func reach() {
        for block in open.dropFirst() where nodes[block.node].range.upperBound < line.end {
            nodes[block.node].range = nodes[block.node].range.lowerBound..<line.end
        }
    }
}

/// The start of an HTML block, by all of CommonMark's seven kinds.
enum HTMLStart {
    /// - Parameter mayBeAnyTag: whether a whole tag of any name, alone on the line, counts; not in a paragraph.
    static func closing(_ bytes: [UInt8], _ from: Int, _ end: Int, mayBeAnyTag: Bool) -> HTMLScan.Closing? {
        guard from < end, bytes[from] == UInt8(ascii: "<") else { return nil }
        if let known = HTMLScan.opening(bytes, from, end) { return known }
        if HTMLTag.starts(Array("<![CDATA[".utf8), bytes, from, end) { return .marker("]]>") }
        guard mayBeAnyTag, let tag = HTMLTag.tag(bytes, from, end), bytes[tag..<end].allSatisfy(\.isSpaceOrTab) else {
            return nil
        }
        return .blankLine
    }
}
