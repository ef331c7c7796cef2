/// Reads blocks line by line, as CommonMark describes it: first each line goes on with what is open, then it begins
/// what is new, and what is left of it is text.
struct TreeParser {
    /// What a node needs to know of itself while it is open.
    struct Open {
        var node: Int
        /// Of an item: how far its content is indented, from where the list is.
        var indent = 0
        var fence: LineScan.Fence?
        /// Of a fence: how far it is indented itself.
        var fenceIndent = 0
        var closing: HTMLScan.Closing?
    }

    let bytes: [UInt8]
    var nodes: [MarkdownNode]
    /// From the document to the innermost open block.
    var open: [Open] = [Open(node: 0)]
    var cursor: LineCursor
    var line: Line
    /// The number of `line`, from 1.
    var number = 1

    /// Deeper containers are text: nobody writes them, and each line costs a look at each.
    static let deepest = 100

    init(bytes: [UInt8]) {
        self.bytes = bytes
        nodes = [MarkdownNode(kind: .document, range: 0..<bytes.count, line: 1, parent: 0)]
        // A byte order mark is no text.
        line = LineScan.line(bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        cursor = LineCursor(bytes, line)
    }

    mutating func parse() {
        if let front = FrontMatterScan.range(bytes) {
            nodes.append(
                MarkdownNode(kind: .frontMatter, range: front.open.start..<front.close.end, line: 1, parent: 0))
            nodes[0].children.append(1)
            while line.start <= front.close.start, line.start < bytes.count { step() }
        }
        while line.start < bytes.count {
            cursor = LineCursor(bytes, line)
            takeLine()
            step()
        }
        close(to: 1, atEnd: true)
    }

    private mutating func step() {
        line = LineScan.line(bytes, at: line.next)
        number += 1
    }

    private mutating func takeLine() {
        var depth = 1
        while depth < open.count {
            cursor.look()
            switch goesOn(open[depth]) {
            case true?:
                depth += 1
                continue
            case false?: break
            case nil: return close(to: depth)
            }
            break
        }
        // A line that begins nothing may go on with a paragraph whose containers it doesn't mark again.
        var mayBeLazy = kind(open.last) == .paragraph
        let isWhole = depth == open.count
        if !(isWhole && takesAnyLine(open[depth - 1])) {
            cursor.look()
            while !cursor.isBlank, let begun = begin(at: depth, isLazy: mayBeLazy && depth < open.count) {
                mayBeLazy = false
                depth = open.count
                cursor.look()
                if begun == .leaf { return }
                if begun == .text { break }
            }
        }
        cursor.look()
        if mayBeLazy, depth < open.count, !cursor.isBlank { return addLine() }
        close(to: depth)
        addText()
    }

    func kind(_ open: Open?) -> MarkdownNode.Kind? { open.map { nodes[$0.node].kind } }

    private func takesAnyLine(_ open: Open) -> Bool {
        let kind = nodes[open.node].kind
        return kind == .code || kind == .html
    }

    // MARK: Going on

    /// Whether the line goes on with an open block, whose marks are stepped over; nil where it is the end of it.
    private mutating func goesOn(_ block: Open) -> Bool? {
        switch nodes[block.node].kind {
        case .document, .list: return true
        case .quotation: return cursor.takeQuotationMark()
        case .item:
            if cursor.isBlank { return !nodes[block.node].children.isEmpty }
            guard cursor.indent >= block.indent else { return false }
            cursor.advance(columns: block.indent)
            return true
        case .footnoteDefinition:
            if cursor.isBlank { return true }
            guard cursor.indent >= 4 else { return false }
            cursor.advance(columns: 4)
            return true
        case .code: return codeGoesOn(block)
        case .html: return block.closing != .blankLine || !cursor.isBlank
        case .paragraph, .table: return !cursor.isBlank
        case .heading, .thematicBreak, .frontMatter, .linkDefinition: return false
        }
    }

    private mutating func codeGoesOn(_ block: Open) -> Bool? {
        guard let fence = block.fence else {
            if cursor.indent >= 4 {
                cursor.advance(columns: 4)
                return true
            }
            return cursor.isBlank
        }
        if cursor.indent < 4, LineScan.closes(fence, bytes, cursor.content, line.end) {
            grow(to: line.end)
            nodes[block.node].closer = nil
            return nil
        }
        cursor.advance(columns: min(cursor.indent, block.fenceIndent))
        return true
    }

    // MARK: Text

    private mutating func addText() {
        guard let last = open.last else { return }
        switch nodes[last.node].kind {
        case .code:
            let isFenced = last.fence != nil
            nodes[last.node].lines.append(cursor.offset..<line.end)
            if isFenced || !cursor.isBlank { grow(to: line.end) }
        case .html:
            nodes[last.node].lines.append(cursor.offset..<line.end)
            grow(to: line.end)
            endHTML(last)
        case .paragraph, .table:
            addLine()
        default:
            guard !cursor.isBlank else { return }
            push(.paragraph)
            addLine()
        }
    }

    /// Ends an HTML block whose end is in the current line.
    mutating func endHTML(_ block: Open) {
        guard case .marker(let marker) = block.closing else { return }
        let markers = marker.hasPrefix("</") ? ["</script>", "</pre>", "</style>", "</textarea>"] : [marker]
        guard markers.contains(where: { HTMLScan.contains($0, bytes, cursor.content, line.end) }) else { return }
        nodes[block.node].closer = nil
        close(to: open.count - 1)
    }

    private mutating func addLine() {
        guard let last = open.last else { return }
        nodes[last.node].lines.append(cursor.content..<line.end)
        grow(to: line.end)
    }

    // MARK: Opening and closing

    /// Opens a block inside of the innermost open one that can hold it.
    mutating func push(_ kind: MarkdownNode.Kind) {
        while let last = open.last, !canHold(nodes[last.node].kind, kind) { close(to: open.count - 1) }
        let parent = open.last?.node ?? 0
        nodes.append(MarkdownNode(kind: kind, range: cursor.content..<line.end, line: number, parent: parent))
        nodes[parent].children.append(nodes.count - 1)
        open.append(Open(node: nodes.count - 1))
        grow(to: line.end)
    }

    private func canHold(_ outer: MarkdownNode.Kind, _ inner: MarkdownNode.Kind) -> Bool {
        switch outer {
        case .document, .quotation, .item, .footnoteDefinition: inner != .item
        case .list: inner == .item
        default: false
        }
    }

    /// Everything that is open reaches up to here.
    private mutating func grow(to end: Int) {
        for block in open.dropFirst() where nodes[block.node].range.upperBound < end {
            nodes[block.node].range = nodes[block.node].range.lowerBound..<end
        }
    }

    /// Closes open blocks until so many are left.
    mutating func close(to count: Int, atEnd: Bool = false) {
        while open.count > max(1, count) {
            let last = open.removeLast()
            if !atEnd { nodes[last.node].closer = nil }
            if nodes[last.node].kind == .paragraph { takeDefinitions(last.node) }
        }
    }
}
