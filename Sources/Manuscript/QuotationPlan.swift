/// Where a quotation and its footnote go, as replacements for one edit.
struct QuotationPlan {
    private(set) var replacements: [(range: Range<Int>, with: String)] = []
    /// Where the caret stands in the text afterwards: behind the quotation.
    private(set) var caret = 0

    private let bytes: [UInt8]
    private let blocks: [Block]
    /// Where the quotation goes.
    private var place: Int
    /// Set when the text ends in something unclosed, which would swallow what is put behind it.
    private var open: Block?

    init(bytes: [UInt8], offset: Int) {
        self.bytes = bytes
        blocks = MarkdownBlocks.parse(bytes: bytes)
        let offset = max(0, min(offset, bytes.count))
        place = offset
        open = blocks.last?.closer == nil ? nil : blocks.last
        if let block = blocks.last(where: { $0.range.lowerBound <= offset }) {
            if offset <= block.range.upperBound {
                place = block.closer == nil ? block.range.upperBound : block.range.lowerBound
            } else {
                place = max(block.range.upperBound, lineStart(offset))
            }
        } else {
            place = lineStart(offset)
        }
    }

    mutating func plan(quotation: String, definition: String?) {
        let end = contentEnd()
        let lead = String(repeating: "\n", count: blanks(before: place))
        if let open, let definition, place <= open.range.lowerBound {
            // Behind an unclosed fence a footnote would be code: both go before it.
            let after = String(repeating: "\n", count: blanks(after: place))
            insert(at: place, lead: lead, quotation, tail: "\n\n\(definition)\(after)")
            return
        }
        guard let definition else {
            let after = place >= end ? (place == bytes.count ? "\n" : "") : String(repeating: "\n", count: blanks(after: place))
            insert(at: place, lead: lead, quotation, tail: after)
            return
        }
        if place >= end {
            let lead = end == 0 ? "" : "\n\n"
            replacements = [(end..<bytes.count, "\(lead)\(quotation)\n\n\(definition)\n")]
            caret = end + lead.utf8.count + quotation.utf8.count
            return
        }
        insert(
            at: place, lead: lead, quotation,
            tail: String(repeating: "\n", count: blanks(after: place)))
        var gap = "\n\n"
        if case .footnoteDefinition = blocks.last?.kind { gap = "\n" }
        replacements.append((end..<bytes.count, "\(gap)\(definition)\n"))
    }

    private mutating func insert(at offset: Int, lead: String, _ quotation: String, tail: String) {
        replacements = [(offset..<offset, lead + quotation + tail)]
        caret = offset + lead.utf8.count + quotation.utf8.count
    }

    /// Behind the last byte that is not blank.
    private func contentEnd() -> Int {
        var end = bytes.count
        while end > 0, bytes[end - 1].isSpaceOrTab || bytes[end - 1] == .newline || bytes[end - 1] == 0x0D {
            end -= 1
        }
        return end
    }

    private func lineStart(_ offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] != .newline { start -= 1 }
        return start
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

    /// How many line ends are wanted behind `offset` for a blank line below it.
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
