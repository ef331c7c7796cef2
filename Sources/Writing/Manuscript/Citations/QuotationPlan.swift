/// Where a quotation and its footnote go, as replacements for one edit.
///
/// The quotation stands between blank lines behind the block that it is for, and behind it a new paragraph begins, where the
/// caret stands: what is typed next is none of it.
struct QuotationPlan {
    private(set) var replacements: [(range: Range<Int>, with: String)] = []
    /// Where the caret stands in the text afterwards: in the new paragraph.
    private(set) var caret = 0

    private let bytes: [UInt8]
    private let blocks: [Block]
    /// Where the quotation goes.
    private var position: Int

    init(bytes: [UInt8], offset: Int) {
        self.bytes = bytes
        blocks = MarkdownBlocks.parse(bytes: bytes)
        // Definitions at the article's end have nothing behind them; who cites there has the text before them in mind.
        let body = blocks[..<Definitions.first(atEndOf: blocks[...], bytes)]
        let offset = max(0, min(offset, bytes.count))
        if body.count < blocks.count, offset >= blocks[body.count].range.lowerBound {
            position = body.last?.range.upperBound ?? blocks[body.count].range.lowerBound
        } else if let block = body.last(where: { $0.range.lowerBound <= offset }) {
            if offset <= block.range.upperBound {
                // Something unclosed at the text's end would swallow what is put behind it.
                position = block.closer == nil ? block.range.upperBound : block.range.lowerBound
            } else {
                position = max(block.range.upperBound, lineStart(bytes, offset))
            }
        } else {
            position = lineStart(bytes, offset)
        }
    }

    mutating func plan(quotation: String, definition: String?) {
        let lead = String(repeating: "\n", count: blanks(before: position))
        guard let definition else { return insert(lead, quotation) }
        let own = DefinitionInsertion(blocks, bytes)
        guard position >= own.range.lowerBound else {
            insert(lead, quotation)
            replacements.append((own.range, own.lead + definition + own.tail))
            return
        }
        // Nothing stands between the two but the new paragraph.
        let start = own.range.lowerBound
        let before = own.range.isEmpty ? lead : own.lead
        replacements = [(own.range, "\(before)\(quotation)\n\n\n\n\(definition)\(own.tail)")]
        caret = start + before.utf8.count + quotation.utf8.count + 2
    }

    private mutating func insert(_ lead: String, _ quotation: String) {
        let head = lead + quotation + "\n\n"
        replacements = [(position..<position, head + String(repeating: "\n", count: blanks(after: position)))]
        caret = position + head.utf8.count
    }

    /// How many line ends are wanted before `offset` for a blank line above it.
    private func blanks(before offset: Int) -> Int {
        var found = 0
        var i = offset
        while i > 0, found < 2 {
            let byte = bytes[i - 1]
            if byte == .newline { found += 1 } else if !byte.isSpaceOrTab && byte != 0x0D { break }
            i -= 1
        }
        return i == 0 && found < 2 ? 0 : 2 - found
    }

    /// How many line ends are wanted behind `offset` for a blank line below it, or for the text's last line to end.
    private func blanks(after offset: Int) -> Int {
        var found = 0
        var i = offset
        while i < bytes.count, found < 2 {
            if bytes[i] == .newline { found += 1 } else if !bytes[i].isSpaceOrTab && bytes[i] != 0x0D { break }
            i += 1
        }
        return i == bytes.count ? max(0, 1 - found) : 2 - found
    }
}

private func lineStart(_ bytes: [UInt8], _ offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != .newline { start -= 1 }
    return start
}
