/// The definitions that an article ends with: footnotes, and what links lead to. No section owns them, wherever they stand
/// behind the last one.
///
/// Sections, moves, quotations and drafts all ask here where the article's text ends and its definitions begin.
enum Definitions {
    /// The first of the blocks that `blocks` ends with and that are definitions, with the comments between and behind them; the
    /// number of blocks where there are none.
    static func first(atEndOf blocks: ArraySlice<Block>, _ bytes: [UInt8]) -> Int {
        var first = blocks.endIndex
        for index in blocks.indices.reversed() {
            if isDefinition(blocks[index], bytes) {
                first = index
            } else if !isComment(blocks[index], bytes) {
                break
            }
        }
        return first
    }

    /// Where the article's text ends: before those definitions, or at its end.
    static func bodyEnd(_ blocks: [Block], _ bytes: [UInt8]) -> Int {
        let first = first(atEndOf: blocks[...], bytes)
        return first < blocks.endIndex ? blocks[first].range.lowerBound : bytes.count
    }

    static func isDefinition(_ block: Block, _ bytes: [UInt8]) -> Bool {
        switch block.kind {
        case .footnoteDefinition: return true
        case .paragraph:
            var start = block.range.lowerBound
            while start < block.range.upperBound {
                let line = LineScan.line(bytes, at: start)
                guard LineScan.linkDefinition(bytes, line.content, line.end) != nil else { return false }
                start = line.next
            }
            return true
        default: return false
        }
    }

    private static func isComment(_ block: Block, _ bytes: [UInt8]) -> Bool {
        block.kind == .html && block.closer == nil
            && bytes[block.range].drop(while: \.isSpaceOrTab).starts(with: "<!--".utf8)
    }
}

/// Where a new footnote's definition goes: behind the others at the article's end, else at its end, with what must stand
/// around it. Behind something that is never closed, a fence or a comment, it would be a part of that, and goes before it.
struct DefinitionInsertion {
    /// What is replaced: blank lines at the end, or nothing.
    var range: Range<Int>
    var lead: String
    var tail: String

    init(_ blocks: [Block], _ bytes: [UInt8]) {
        if let open = blocks.last, open.closer != nil {
            (range, lead, tail) = (open.range.lowerBound..<open.range.lowerBound, "", "\n\n")
            return
        }
        let end = blocks.last?.range.upperBound ?? 0
        let tailStart = Definitions.first(atEndOf: blocks[...], bytes)
        let footnote = blocks[tailStart...].last { if case .footnoteDefinition = $0.kind { true } else { false } }
        if let footnote, footnote.range.upperBound < end {
            (range, lead, tail) = (footnote.range.upperBound..<footnote.range.upperBound, "\n", "")
        } else {
            (range, lead, tail) = (end..<bytes.count, footnote == nil ? end == 0 ? "" : "\n\n" : "\n", "\n")
        }
    }
}

extension MarkdownBlocks {
    /// The part of `body` before the definitions it ends with: a section's own text. The footnotes and link definitions of the
    /// whole article stand at the end of its last section; they are not that section's.
    ///
    /// - Parameters:
    ///   - body: a range of `article`, in UTF-8 bytes.
    ///   - blocks: those of `article`.
    public static func withoutDefinitions(_ body: Range<Int>, of blocks: [Block], in article: String) -> Range<Int> {
        let inside = blocks.indices.filter { body.contains(blocks[$0].range.lowerBound) }
        guard let low = inside.first, let high = inside.last else { return body }
        let first = Definitions.first(atEndOf: blocks[low...high], Array(article.utf8))
        return first <= high ? body.lowerBound..<blocks[first].range.lowerBound : body
    }
}
