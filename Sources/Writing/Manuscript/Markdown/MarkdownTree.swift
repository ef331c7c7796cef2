/// A block of Markdown and what it contains.
package struct MarkdownNode {
    /// What makes two lists that follow one another one list.
    package struct ListKind: Hashable {
        /// `-`, `*` or `+`, or what stands behind a number.
        package var mark: UInt8
        /// Whether the items are numbered.
        package var isOrdered: Bool
    }

    /// What a block is.
    package enum Kind: Hashable {
        case document, frontMatter, quotation, item, paragraph, thematicBreak, code, html, table
        case list(ListKind)
        case heading(level: Int)
        case footnoteDefinition(label: String)
        case linkDefinition(label: String)
    }

    /// What it is.
    package var kind: Kind
    /// From its first byte, behind the marks of what it is in, to the end of its last line without that line's end.
    package var range: Range<Int>
    /// The first line, counted from 1.
    package var line: Int
    /// Of what has text: the bytes of each line, without what marks the blocks around it.
    package var lines: [Range<Int>] = []
    /// The node it is in, as a place in `MarkdownTree.nodes`.
    package var parent: Int
    /// The nodes right below it, in the text's order, as places in `MarkdownTree.nodes`.
    package var children: [Int] = []
    /// What is missing at the text's end to close it, as in `Block`.
    package var closer: String?

    /// Whether it has blocks in it, and no text of its own.
    package var isContainer: Bool {
        switch kind {
        case .document, .quotation, .item, .list, .footnoteDefinition: true
        default: false
        }
    }
}

/// Markdown as a tree: CommonMark's blocks, with GitHub's tables, footnotes, and front matter, each with its exact bytes.
///
/// `MarkdownBlocks` is the quick and flat view for what is edited; this one is for what is published, where it matters which
/// block of which a byte belongs to. Limits: containers deeper than 100 are text, and a lone carriage return ends no line.
///
/// `TreeOracleTests` compare it with cmark-gfm where that is installed.
package struct MarkdownTree {
    /// The text, in UTF-8.
    package let bytes: [UInt8]
    /// The document is the first.
    package let nodes: [MarkdownNode]
    /// Labels that `[label]: address` defines, in the form in which they are compared.
    package let linkLabels: Set<String>

    /// Reads any bytes; what is no UTF-8 is text.
    package init(bytes: [UInt8]) {
        var parser = TreeParser(bytes: bytes)
        parser.parse()
        self.bytes = bytes
        nodes = parser.nodes
        linkLabels = Set(
            nodes.compactMap { node in
                if case .linkDefinition(let label) = node.kind { LinkDefinition.key(label) } else { nil }
            })
    }

    /// The blocks that are in no other.
    package var top: [Int] { nodes[0].children }

    /// All nodes in the order of the text, with those inside each behind it.
    package func inOrder(from root: Int = 0, _ visit: (_ index: Int) -> Bool) {
        var waiting = [root]
        while let index = waiting.popLast() {
            if visit(index) { waiting += nodes[index].children.reversed() }
        }
    }

    /// The text of a node's lines, to be read for what is in them. A table has one for each cell.
    package func runs(of index: Int) -> [TextRun] {
        let node = nodes[index]
        switch node.kind {
        case .paragraph, .heading:
            return [TextRun(bytes: bytes, lines: node.lines)]
        case .table:
            return node.lines.flatMap { TableCells.ranges(bytes, $0) }.map { TextRun(bytes: bytes, lines: [$0]) }
        default:
            return []
        }
    }

    /// The words of a heading or paragraph without marks of emphasis or code.
    package func plainText(of index: Int) -> String {
        let text = String(decoding: TextRun(bytes: bytes, lines: nodes[index].lines).bytes, as: UTF8.self)
        return TextRun.plain(text)
    }
}

/// The text of a block in one piece, whatever stands before its lines in the file.
package struct TextRun {
    /// The lines, with `\n` between them.
    package private(set) var bytes: [UInt8] = []
    /// For each line, where it starts here and in the file.
    private var starts: [(here: Int, there: Int)] = []

    /// The lines at these places of `all`.
    package init(bytes all: [UInt8], lines: [Range<Int>]) {
        for line in lines {
            if !starts.isEmpty { bytes.append(.newline) }
            starts.append((bytes.count, line.lowerBound))
            bytes += all[line]
        }
    }

    /// Where a byte of a line is in the file.
    package func source(_ offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle].here <= offset { low = middle } else { high = middle }
        }
        return starts.isEmpty ? offset : starts[low].there + offset - starts[low].here
    }

    /// Text to be compared: no marks of emphasis or code, no difference of case or blanks.
    package static func plain(_ text: String) -> String {
        text.filter { !"*_`\\".contains($0) }.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}

/// A table's row taken apart.
enum TableCells {
    /// The cells of a row: between bars that aren't escaped.
    static func ranges(_ bytes: [UInt8], _ row: Range<Int>) -> [Range<Int>] {
        let row = BlockParser.trimmed(bytes, row)
        var cells: [Range<Int>] = []
        var start = row.lowerBound
        var i = start
        while i < row.upperBound {
            if bytes[i] == .backslash {
                i += 2
                continue
            }
            if bytes[i] == UInt8(ascii: "|") {
                if i > row.lowerBound { cells.append(start..<i) }
                start = i + 1
            }
            i += 1
        }
        if start < row.upperBound { cells.append(start..<row.upperBound) }
        return cells
    }
}
