/// The footnotes of an article: where they are defined, and where they are referred to, however deep in lists and quotations.
package struct Footnotes {
    /// `[^label]: …`
    package struct Definition {
        /// What stands behind `[^`, as written.
        package var label: String
        /// Its node in the tree.
        package var node: Int
        /// From `[^` to the end of its last line.
        package var range: Range<Int>
        /// Counted from 1.
        package var line: Int
        /// Its text, where that is a single paragraph.
        package var text: TextRun?
        /// Footnotes referred to in the definition's own text.
        package var references: [Reference] = []
    }

    /// `[^label]` in a text.
    package struct Reference {
        /// What stands behind `[^`, as written.
        package var label: String
        /// `[^label]` whole.
        package var range: Range<Int>
        /// The same in the text of its paragraph.
        package var local: Range<Int>
        /// Counted from 1.
        package var line: Int
    }

    /// In the order of the text.
    package var definitions: [Definition] = []
    /// Those in the body, in order; those in definitions are with them.
    package var references: [Reference] = []
    /// Numbers that stand in brackets in the text or are labels of links.
    package var numbers: Set<Int> = []

    /// Those of a whole article.
    package init(_ tree: MarkdownTree) {
        let lines = LineNumbers(tree.bytes)
        // For each node, the definition it is in.
        var owners = [Int?](repeating: nil, count: tree.nodes.count)
        for label in tree.linkLabels { if let number = Int(label) { numbers.insert(number) } }
        tree.inOrder { index in
            let node = tree.nodes[index]
            if index > 0 { owners[index] = owners[node.parent] }
            if case .footnoteDefinition(let label) = node.kind {
                definitions.append(
                    Definition(
                        label: label, node: index, range: node.range, line: node.line, text: Self.text(of: node, tree)))
                owners[index] = definitions.count - 1
            }
            for run in tree.runs(of: index) {
                let reader = InlineReader(run, linkLabels: tree.linkLabels)
                numbers.formUnion(reader.numbers)
                for mark in reader.footnotes {
                    let start = run.source(mark.range.lowerBound)
                    let reference = Reference(
                        label: String(decoding: run.bytes[mark.label], as: UTF8.self),
                        range: start..<start + mark.range.count,
                        local: mark.range, line: lines.number(of: start))
                    if let owner = owners[index] {
                        definitions[owner].references.append(reference)
                    } else {
                        references.append(reference)
                    }
                }
            }
            return node.isContainer
        }
    }

    /// How labels are compared: in any case.
    package static func key(_ label: String) -> String { label.lowercased() }

    private static func text(of definition: MarkdownNode, _ tree: MarkdownTree) -> TextRun? {
        guard definition.children.count == 1, let only = definition.children.first, tree.nodes[only].kind == .paragraph
        else { return nil }
        return TextRun(bytes: tree.bytes, lines: tree.nodes[only].lines)
    }
}

/// Which line a byte is in.
struct LineNumbers {
    private var starts: [Int] = [0]

    init(_ bytes: [UInt8]) {
        for i in bytes.indices where bytes[i] == .newline { starts.append(i + 1) }
    }

    /// Counted from 1.
    func number(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }
}
