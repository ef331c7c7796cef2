import TextCore

/// Edits of whole lines: pure functions of a text and a selection. nil where there's nothing to do.
public enum LineEdits {
    /// The lines that `selection` touches, with their line feeds; a selection that ends at a line's start leaves that line out.
    static func lines(_ text: Text, _ selection: Range<Int>) -> ClosedRange<Int> {
        let first = text.line(at: selection.lowerBound)
        var last = text.line(at: selection.upperBound)
        if last > first, text.lineStart(last) == selection.upperBound { last -= 1 }
        return first...last
    }

    /// Swaps the lines with the one above or below; the selection goes along.
    public static func move(_ text: Text, _ selection: Selection, up: Bool) -> Edit? {
        let lines = lines(text, selection.range)
        let block = text.lineRange(lines.lowerBound).lowerBound..<text.lineRange(lines.upperBound).upperBound
        guard up ? lines.lowerBound > 0 : lines.upperBound + 1 < text.lineCount else { return nil }
        let other = text.lineRange(up ? lines.lowerBound - 1 : lines.upperBound + 1)
        let distance = up ? -(other.count + 1) : other.count + 1
        // The lines themselves are not touched, so that what points into them goes along.
        let replacements: [(range: Range<Int>, with: String)] =
            up
            ? [
                (other.lowerBound..<block.lowerBound, ""),
                (block.upperBound..<block.upperBound, "\n" + text.slice(other)),
            ]
            : [
                (block.lowerBound..<block.lowerBound, text.slice(other) + "\n"),
                (block.upperBound..<other.upperBound, ""),
            ]
        return Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: replacements),
            selection: Selection(anchor: selection.anchor + distance, head: selection.head + distance),
            origin: .command("move-line"))
    }

    /// Puts a copy of the lines, or of what is selected within one, behind itself; the copy is selected as the first was.
    public static func duplicate(_ text: Text, _ selection: Selection) -> Edit {
        let lines = lines(text, selection.range)
        let block = text.lineRange(lines.lowerBound).lowerBound..<text.lineRange(lines.upperBound).upperBound
        let isWithinLine = !selection.isEmpty && lines.count == 1
        let source = isWithinLine ? selection.range : block
        let copy = (isWithinLine ? "" : "\n") + text.slice(source)
        let distance = copy.utf8.count
        return Edit(
            changes: ChangeSet(
                length: text.utf8Count, replacing: [(range: source.upperBound..<source.upperBound, with: copy)]),
            selection: Selection(anchor: selection.anchor + distance, head: selection.head + distance),
            origin: .command("duplicate"))
    }

    /// Joins the lines, or the line with the next one: with a space between, but none beside Chinese or Japanese; the
    /// next line's indentation and its mark of a list or quotation go.
    public static func join(_ text: Text, _ selection: Selection) -> Edit? {
        let lines = lines(text, selection.range)
        let last = max(lines.upperBound, lines.lowerBound + 1)
        guard last < text.lineCount, last - lines.lowerBound < 10_000 else { return nil }
        var replacements: [(range: Range<Int>, with: String)] = []
        var shrunk = 0
        // What was written so far ends here; blank lines behind it belong to the gap.
        var (end, before) = contentEnd(of: lines.lowerBound, in: text, from: 0)
        var caret = end
        func close(at start: Int, with gap: String) {
            caret = end - shrunk
            shrunk += start - end - gap.utf8.count
            replacements.append((end..<start, gap))
        }
        for line in lines.lowerBound + 1...last {
            let range = text.lineRange(line)
            let content = text.slice(range)
            let skipped = LineMark.leading(content) ?? content.utf8.prefix(while: \.isSpaceOrTab).count
            guard skipped < range.count else { continue }
            let after = String(decoding: content.utf8.dropFirst(skipped), as: UTF8.self).unicodeScalars.first
            close(at: range.lowerBound + skipped, with: before == nil || isWide(before) || isWide(after) ? "" : " ")
            (end, before) = contentEnd(of: line, in: text, from: skipped)
        }
        let bottom = text.lineRange(last).upperBound
        if text.line(at: end) < last { close(at: bottom, with: "") }
        return Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: replacements), selection: Selection(caret),
            origin: .command("join"))
    }

    /// Where a line ends but for the blanks at its end, and its last character there; nil where it has none.
    private static func contentEnd(of line: Int, in text: Text, from skipped: Int) -> (
        offset: Int, last: Unicode.Scalar?
    ) {
        let range = text.lineRange(line)
        let content = text.slice(range.lowerBound + skipped..<range.upperBound)
        let trailing = content.utf8.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
        return (
            range.upperBound - trailing,
            String(decoding: content.utf8.dropLast(trailing), as: UTF8.self).unicodeScalars.last
        )
    }

    private static func isWide(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return scalar.properties.isIdeographic || EastAsianScripts.punctuation.contains(scalar.value)
            || EastAsianScripts.kanaBlocks.contains(scalar.value)
            || EastAsianScripts.halfAndFullWidthForms.contains(scalar.value)
    }
}
