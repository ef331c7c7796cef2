/// Paragraphs: lines with no blank one between them. Every function is pure.
extension Text {
    /// The lines around `offset` up to the nearest blank ones; on a blank line, that line alone.
    ///
    /// Looks at most 2,000 lines each way.
    public func paragraph(at offset: Int) -> Range<Int> {
        let current = line(at: offset)
        guard !isBlankLine(current) else { return lineRange(current) }
        var first = current
        while first > 0, current - first < 2_000, !isBlankLine(first - 1) { first -= 1 }
        var last = current
        while last + 1 < lineCount, last - current < 2_000, !isBlankLine(last + 1) { last += 1 }
        return lineStart(first)..<lineRange(last).upperBound
    }

    /// The paragraph with its last line's end and the blank lines behind it, or with those before it where none follow:
    /// vim's `ap`.
    public func paragraphWithBlankLines(at offset: Int) -> Range<Int> {
        let range = paragraph(at: offset)
        var line = line(at: range.upperBound)
        if isBlankLine(line) {
            // From blank lines on to the end of the paragraph behind them.
            var first = line
            while first > 0, isBlankLine(first - 1) { first -= 1 }
            while line + 1 < lineCount, isBlankLine(line) { line += 1 }
            let next = paragraph(at: lineStart(line))
            return lineStart(first)..<min(utf8Count, next.upperBound + 1)
        }
        let last = line
        while line + 1 < lineCount, isBlankLine(line + 1) { line += 1 }
        if line > last { return range.lowerBound..<min(utf8Count, lineRange(line).upperBound + 1) }
        var first = self.line(at: range.lowerBound)
        while first > 0, isBlankLine(first - 1) { first -= 1 }
        return lineStart(first)..<min(utf8Count, range.upperBound + 1)
    }

    /// The start of this paragraph, or of the one before where `offset` is there already; 0 at the first.
    public func previousParagraph(before offset: Int) -> Int {
        let current = paragraph(at: offset)
        if current.lowerBound < offset { return current.lowerBound }
        var line = line(at: offset)
        while line > 0, isBlankLine(line - 1) { line -= 1 }
        guard line > 0 else { return 0 }
        return paragraph(at: lineStart(line - 1)).lowerBound
    }

    /// The start of the next paragraph; the text's end behind the last.
    public func nextParagraph(after offset: Int) -> Int {
        var line = line(at: paragraph(at: offset).upperBound)
        if !isBlankLine(line) { line += 1 }
        while line < lineCount, isBlankLine(line) { line += 1 }
        return line < lineCount ? lineStart(line) : utf8Count
    }

    /// The next blank line behind the paragraph at `offset`, as vim's `}` goes; the text's end where there is none.
    public func nextBlankLine(after offset: Int) -> Int {
        var line = line(at: offset)
        while line < lineCount, isBlankLine(line) { line += 1 }
        while line < lineCount, !isBlankLine(line) { line += 1 }
        return line < lineCount ? lineStart(line) : utf8Count
    }

    /// The last blank line before the paragraph at `offset`, as vim's `{` goes; 0 where there is none.
    public func previousBlankLine(before offset: Int) -> Int {
        var line = line(at: offset)
        while line > 0, isBlankLine(line) { line -= 1 }
        while line > 0, !isBlankLine(line) { line -= 1 }
        return isBlankLine(line) ? lineStart(line) : 0
    }

    /// Whether a line has nothing but spaces and tabs.
    ///
    /// - Precondition: `0 <= line < lineCount`.
    public func isBlankLine(_ line: Int) -> Bool {
        let range = lineRange(line)
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = byte(at: offset)
            guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return false }
            offset += 1
        }
        return true
    }
}
