import TextCore

/// Marks within a line: emphasis, links, footnotes.
public enum InlineEdits {
    /// Puts `mark` around the selection or the word at the caret, or takes it away where it's there. Between words the
    /// caret comes to stand within an empty pair.
    public static func toggle(_ mark: String, _ text: Text, _ selection: Selection) -> Edit {
        var range = selection.range
        if range.isEmpty, let word = word(text, range.lowerBound) { range = word }
        // Emphasis may not begin or end with a space.
        while !range.isEmpty, text.byte(at: range.lowerBound) == 0x20 {
            range = range.lowerBound + 1..<range.upperBound
        }
        while !range.isEmpty, text.byte(at: range.upperBound - 1) == 0x20 {
            range = range.lowerBound..<range.upperBound - 1
        }
        let width = mark.utf8.count
        let replacements: [(range: Range<Int>, with: String)]
        let start: Int
        if has(mark, text, around: range) {
            replacements = [
                (range.lowerBound - width..<range.lowerBound, ""), (range.upperBound..<range.upperBound + width, ""),
            ]
            start = -width
        } else if range.count > 2 * width, has(mark, text, around: range.lowerBound + width..<range.upperBound - width)
        {
            replacements = [
                (range.lowerBound..<range.lowerBound + width, ""), (range.upperBound - width..<range.upperBound, ""),
            ]
            let inner = Selection(anchor: range.lowerBound, head: range.upperBound - 2 * width)
            return Edit(
                changes: ChangeSet(length: text.utf8Count, replacing: replacements), selection: inner,
                origin: .command("emphasis"))
        } else if range.isEmpty {
            replacements = [(range, mark + mark)]
            start = width
        } else {
            replacements = [(range.lowerBound..<range.lowerBound, mark), (range.upperBound..<range.upperBound, mark)]
            start = width
        }
        let moved = Selection(
            anchor: selection.isEmpty ? selection.anchor + start : range.lowerBound + start,
            head: selection.isEmpty ? selection.head + start : range.upperBound + start)
        return Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: replacements), selection: moved,
            origin: .command("emphasis"))
    }

    /// `[selection](|)`, the word at the caret where nothing is selected.
    public static func link(_ text: Text, _ selection: Selection) -> Edit {
        var range = selection.range
        if range.isEmpty, let word = word(text, range.lowerBound) { range = word }
        let title = text.slice(range)
        let caret = range.lowerBound + (title.isEmpty ? 1 : title.utf8.count + 3)
        return Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: [(range: range, with: "[\(title)]()")]),
            selection: Selection(caret),
            origin: .command("link"))
    }

    /// A footnote at the caret and its definition at the text's end, where the caret goes. Its number is the least above
    /// those of the numbered ones there are.
    public static func footnote(_ text: Text, _ selection: Selection) -> Edit {
        var number = 0
        // The expression is written here and can be read.
        let pattern = try? SearchPattern(.init("\\[\\^\\d{1,6}\\]", isRegex: true))
        pattern?.forEachMatch(in: text, range: 0..<text.utf8Count) { match in
            number = max(number, Int(text.slice(match.lowerBound + 2..<match.upperBound - 1)) ?? 0)
            return true
        }
        let label = "[^\(number + 1)]"
        let bytes = text.bytes(in: 0..<text.utf8Count)
        let caret = selection.range.upperBound
        let position = DefinitionInsertion(MarkdownBlocks.parse(bytes: bytes), bytes)
        let isBehind = position.range.lowerBound <= caret && caret <= position.range.upperBound
        let definition = (isBehind && position.lead.isEmpty ? "\n\n" : position.lead) + label + ": "
        // Where the caret is at the text's end, or among the blank lines there, both go to one place.
        let replacements: [(range: Range<Int>, with: String)] =
            isBehind
            ? [(position.range, text.slice(position.range.lowerBound..<caret) + label + definition + position.tail)]
            : caret < position.range.lowerBound
                ? [(caret..<caret, label), (position.range, definition + position.tail)]
                : [(position.range, definition + position.tail), (caret..<caret, label)]
        let changes = ChangeSet(length: text.utf8Count, replacing: replacements)
        let start = isBehind ? caret + label.utf8.count : changes.map(position.range.lowerBound, bias: .before)
        return Edit(changes: changes, selection: Selection(start + definition.utf8.count), origin: .command("footnote"))
    }

    /// The other end of the footnote at the caret: from its mark to its definition and back.
    public static func otherEnd(ofFootnoteAt offset: Int, in text: Text) -> Int? {
        let line = text.lineRange(text.line(at: offset))
        // The expression is written here and can be read.
        guard line.count < 100_000, let labels = try? SearchPattern(.init("\\[\\^[^\\] \\n]+\\]", isRegex: true)) else {
            return nil
        }
        let all = labels.matches(in: text, range: line).ranges
        let isDefinition =
            all.first?.lowerBound == line.lowerBound && all[0].upperBound < line.upperBound
            && text.byte(at: all[0].upperBound) == 0x3A
        guard
            let label = isDefinition
                ? all.first : all.first(where: { $0.lowerBound <= offset && offset <= $0.upperBound })
        else { return nil }
        // A literal can always be searched for.
        guard let same = try? SearchPattern(.init(text.slice(label), letterCase: .exact)) else { return nil }
        var found: Int?
        same.forEachMatch(in: text, range: 0..<text.utf8Count) { match in
            let defines =
                text.isLineStart(match.lowerBound) && match.upperBound < text.utf8Count
                && text.byte(at: match.upperBound) == 0x3A
            guard defines != isDefinition else { return true }
            found = defines ? min(text.utf8Count, match.upperBound + 2) : match.upperBound
            return false
        }
        return found
    }

    private static func word(_ text: Text, _ offset: Int) -> Range<Int>? {
        if let span = text.wordSpan(at: offset), span.kind == .word { return span.range }
        guard offset > 0, let span = text.wordSpan(at: text.previousGrapheme(before: offset)), span.kind == .word else {
            return nil
        }
        return span.range
    }

    /// Whether `mark` and no longer run of it stands on both sides; `***` is both of `*` and `**`.
    private static func has(_ mark: String, _ text: Text, around range: Range<Int>) -> Bool {
        guard let sign = mark.utf8.first else { return false }
        func run(_ offset: Int, _ step: Int) -> Int {
            var count = 0
            var at = offset
            while at >= 0, at < text.utf8Count, count < 4, text.byte(at: at) == sign {
                count += 1
                at += step
            }
            return count
        }
        let before = run(range.lowerBound - 1, -1)
        let after = run(range.upperBound, 1)
        let fits: (Int) -> Bool = { $0 == mark.utf8.count || ($0 == 3 && sign == 0x2A) }
        return fits(before) && fits(after)
    }
}
