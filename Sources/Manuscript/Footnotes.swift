/// The footnotes of an article: where they are defined, and where they are referred to.
struct Footnotes {
    struct Definition {
        var label: String
        /// The whole block.
        var range: Range<Int>
        /// What stands behind `[^label]:`, continued lines included.
        var text: Range<Int>
        var line: Int
        /// Footnotes referred to in the definition's own text.
        var references: [Reference]
    }

    struct Reference {
        var label: String
        /// `[^label]` whole.
        var range: Range<Int>
        var line: Int
    }

    var definitions: [Definition] = []
    /// Those in the body, in order; those in definitions are with them.
    var references: [Reference] = []

    init(bytes: [UInt8], blocks: [Block]) {
        for block in blocks {
            switch block.kind {
            case .code, .html, .frontMatter, .thematicBreak:
                continue
            case .footnoteDefinition(let label):
                let first = LineScan.line(bytes, at: block.range.lowerBound)
                guard let found = LineScan.footnoteDefinition(bytes, first.content, first.end)
                else { continue }
                let text = min(found.text, block.range.upperBound)
                definitions.append(
                    Definition(
                        label: label, range: block.range, text: text..<block.range.upperBound,
                        line: block.line,
                        references: Footnotes.references(
                            bytes, in: text..<block.range.upperBound, line: block.line)))
            case .heading, .paragraph, .list, .quotation, .table:
                references += Footnotes.references(bytes, in: block.range, line: block.line)
            }
        }
    }

    /// How labels are compared: in any case.
    static func key(_ label: String) -> String { label.lowercased() }

    private static func references(
        _ bytes: [UInt8], in range: Range<Int>, line: Int
    ) -> [Reference] {
        var result: [Reference] = []
        var counted = range.lowerBound
        var number = line
        for segment in segments(bytes, range) {
            var scan = InlineScan(
                bytes: bytes, from: segment.lowerBound, to: segment.upperBound, wholeLinks: false)
            var i = segment.lowerBound
            while i < segment.upperBound {
                guard let (kind, found) = scan.construct(at: i) else {
                    i += 1
                    continue
                }
                // A comment that never closes hides nothing: it is text there.
                i = kind == .openComment ? i + 4 : found.upperBound
                guard kind == .footnote else { continue }
                while counted < found.lowerBound {
                    if bytes[counted] == .newline { number += 1 }
                    counted += 1
                }
                let label = found.lowerBound + 2..<found.upperBound - 1
                result.append(
                    Reference(
                        label: String(decoding: bytes[label], as: UTF8.self), range: found,
                        line: number))
            }
        }
        return result
    }

    /// The stretches of running text in a block, leaving out code fences nested in lists and
    /// quotations, so that a code span of one item does not reach into another.
    private static func segments(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var open: Int?
        var end = range.lowerBound
        var fence: LineScan.Fence?
        var start = range.lowerBound
        func close() {
            if let open, open < end { result.append(open..<end) }
            open = nil
        }
        while start < range.upperBound {
            let line = LineScan.line(bytes, at: start)
            let lineEnd = min(line.end, range.upperBound)
            var from = line.content
            var marked = false
            while from < lineEnd {
                if bytes[from] == UInt8(ascii: ">") {
                    from += 1
                } else if fence == nil, let marker = LineScan.listMarker(bytes, from, lineEnd) {
                    from += marker.length
                    marked = true
                } else {
                    break
                }
                while from < lineEnd, bytes[from].isSpaceOrTab { from += 1 }
            }
            if let current = fence {
                if LineScan.closes(current, bytes, from, lineEnd) { fence = nil }
            } else if let (opened, _) = LineScan.openingFence(bytes, from, lineEnd) {
                close()
                fence = opened
            } else if from >= lineEnd {
                close()
            } else {
                if marked || bytes[from] == UInt8(ascii: "|") { close() }
                if open == nil { open = max(start, from) }
                end = lineEnd
            }
            start = line.next
        }
        close()
        return result
    }
}
