/// Moving and selecting by sentence. Every function is pure.
///
/// A sentence ends within its paragraph, and each heading and item of a list begins one; what ends it is told by
/// `Sentences`. Known limits: of a paragraph longer than 16 KB only the neighbourhood of the offset is looked at, whose edges
/// count as a sentence's.
extension Text {
    /// The sentence at `offset`, without the white space around it; in the space between two, the one before. nil on a
    /// blank line.
    public func sentence(at offset: Int) -> Range<Int>? {
        let sentences = sentences(around: offset)
        return sentences.last { $0.lowerBound <= offset } ?? sentences.first
    }

    /// The sentence with the white space behind it, or with that before it where none follows: vim's `as`.
    public func sentenceWithSpace(at offset: Int) -> Range<Int>? {
        guard let sentence = sentence(at: offset) else { return nil }
        var end = sentence.upperBound
        while end < utf8Count, isSpace(byte(at: end)) { end += 1 }
        if end > sentence.upperBound { return sentence.lowerBound..<end }
        var start = sentence.lowerBound
        while start > 0, isSpace(byte(at: start - 1)) { start -= 1 }
        return start..<sentence.upperBound
    }

    /// The start of the next sentence, in the next paragraph where this one has no more; the text's end behind the last.
    public func nextSentence(after offset: Int) -> Int {
        if let next = sentences(around: offset).first(where: { $0.lowerBound > offset }) { return next.lowerBound }
        let paragraph = paragraph(at: offset)
        // A long paragraph is looked at a part at a time.
        let seen = window(of: paragraph, around: offset)
        if seen.upperBound < paragraph.upperBound, seen.upperBound > offset {
            return nextSentence(after: seen.upperBound)
        }
        let next = nextParagraph(after: offset)
        guard next < utf8Count else { return utf8Count }
        return sentences(around: next).first?.lowerBound ?? next
    }

    /// The start of this sentence, or of the one before where `offset` is there already; 0 at the first.
    public func previousSentence(before offset: Int) -> Int {
        if let start = sentences(around: offset).last(where: { $0.lowerBound < offset })?.lowerBound { return start }
        var line = line(at: paragraph(at: offset).lowerBound)
        while line > 0, isBlankLine(line - 1) { line -= 1 }
        guard line > 0 else { return 0 }
        let end = lineRange(line - 1).upperBound
        return sentences(around: end).last?.lowerBound ?? paragraph(at: end).lowerBound
    }

    /// The sentences of the paragraph around `offset`.
    private func sentences(around offset: Int) -> [Range<Int>] {
        let window = window(of: paragraph(at: offset), around: offset)
        var result: [Range<Int>] = []
        var start = window.lowerBound
        // A line that begins a block of its own begins a sentence too.
        var line = line(at: start)
        while start < window.upperBound {
            var end = min(window.upperBound, lineRange(line).upperBound)
            var next = line + 1
            let isHeading = byte(at: start) == UInt8(ascii: "#")
            while !isHeading, end < window.upperBound, next < lineCount, !beginsBlock(next) {
                end = min(window.upperBound, lineRange(next).upperBound)
                next += 1
            }
            result += Sentences.ranges(of: slice(start..<end)).map { $0.lowerBound + start..<$0.upperBound + start }
            guard next < lineCount else { break }
            line = next
            start = max(end, lineStart(next))
        }
        return result
    }

    private func window(of paragraph: Range<Int>, around offset: Int) -> Range<Int> {
        let reach = 8_192
        guard paragraph.count > 2 * reach else { return paragraph }
        return scalarBoundary(
            atOrBefore: max(paragraph.lowerBound, offset - reach))..<scalarBoundary(
                atOrBefore: min(paragraph.upperBound, offset + reach))
    }

    /// Whether a line starts with the mark of a heading, of an item or of a quotation.
    private func beginsBlock(_ line: Int) -> Bool {
        let range = lineRange(line)
        let head = bytes(in: range.lowerBound..<min(range.upperBound, range.lowerBound + 40)).drop {
            $0 == 0x20 || $0 == 0x09
        }
        guard let first = head.first else { return false }
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: "|"): return true
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): return head.dropFirst().first == 0x20
        case 0x30...0x39:
            let mark = head.drop { (0x30...0x39).contains($0) }
            return (mark.first == UInt8(ascii: ".") || mark.first == UInt8(ascii: ")"))
                && mark.dropFirst().first == 0x20
        default: return false
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
