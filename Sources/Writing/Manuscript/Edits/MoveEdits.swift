import TextCore

/// Moves whole paragraphs and sections past their neighbours: pure functions of a text and a selection. nil where there is
/// nowhere to go.
///
/// The blank lines between the two stay between them, and a text that ends without a line feed goes on doing so. What
/// points into the piece that moves goes along.
public enum MoveEdits {
    /// Moves the paragraphs that the selection touches past the one above or below.
    ///
    /// A paragraph is what stands between blank lines; a code fence is one with the blank lines in it, front matter is none.
    /// Nothing moves behind the definitions at the article's end. Looks at most 2,000 lines each way.
    public static func moveParagraph(_ text: Text, _ selection: Selection, up: Bool) -> Edit? {
        let pieces = pieces(of: text, around: LineEdits.lines(text, selection.range))
        guard let chosen = pieces.chosen, let other = up ? pieces.before : pieces.after else { return nil }
        if !up {
            let bodyEnd = text.sections(around: selection.head).bodyEnd
            guard text.lineStart(other.lowerBound) < bodyEnd || text.lineStart(chosen.lowerBound) >= bodyEnd else {
                return nil
            }
        }
        func range(_ lines: ClosedRange<Int>) -> Range<Int> {
            text.lineRange(lines.lowerBound).lowerBound..<text.lineRange(lines.upperBound).upperBound
        }
        return swap(
            text, range(up ? other : chosen), range(up ? chosen : other), up: up, selection, name: "move-paragraph")
    }

    /// Moves the section at the selection's head, with all below its heading, past the one of its level before or behind it.
    /// Sections stay below the heading that they are under, and the definitions of footnotes and links at the article's end
    /// stay behind them all.
    ///
    /// Headings are looked for as `Text.headings(around:)` does.
    public static func moveSection(_ text: Text, _ selection: Selection, up: Bool) -> Edit? {
        guard let (first, second) = sections(text, at: selection.head, up: up) else { return nil }
        return swap(text, first, second, up: up, selection, name: "move-section")
    }

    /// The two sections that `moveSection` swaps, without the blank lines behind them.
    public static func sections(_ text: Text, at offset: Int, up: Bool) -> (first: Range<Int>, second: Range<Int>)? {
        let (headings, bodyEnd) = text.sections(around: offset)
        guard offset < bodyEnd || bodyEnd == text.utf8Count,
            let index = headings.lastIndex(where: { $0.start <= offset })
        else { return nil }
        let own = headings[index]
        let neighbour: Text.Heading
        if up {
            guard let before = headings[..<index].last(where: { $0.level <= own.level }), before.level == own.level
            else { return nil }
            neighbour = before
        } else {
            guard let next = headings[(index + 1)...].first(where: { $0.level <= own.level }), next.level == own.level
            else { return nil }
            neighbour = next
        }
        let (first, second) = up ? (neighbour.start, own.start) : (own.start, neighbour.start)
        let end = headings.first { $0.start > second && $0.level <= own.level }?.start ?? bodyEnd
        return (trimmed(text, first..<second), trimmed(text, second..<end))
    }

    private static func trimmed(_ text: Text, _ range: Range<Int>) -> Range<Int> {
        var line = text.line(at: max(range.lowerBound, range.upperBound - 1))
        let first = text.line(at: range.lowerBound)
        while line > first, text.isBlankLine(line) { line -= 1 }
        return range.lowerBound..<min(range.upperBound, text.lineRange(line).upperBound)
    }

    /// Swaps two ranges; the one that is carried past the other is not touched itself.
    private static func swap(
        _ text: Text, _ first: Range<Int>, _ second: Range<Int>, up: Bool, _ selection: Selection, name: String
    ) -> Edit {
        let gap = text.slice(first.upperBound..<second.lowerBound)
        let replacements: [(range: Range<Int>, with: String)] =
            up
            ? [
                (first.lowerBound..<second.lowerBound, ""),
                (second.upperBound..<second.upperBound, gap + text.slice(first)),
            ]
            : [
                (first.lowerBound..<first.lowerBound, text.slice(second) + gap),
                (first.upperBound..<second.upperBound, ""),
            ]
        let distance = up ? first.lowerBound - second.lowerBound : second.count + gap.utf8.count
        let length = text.utf8Count
        func moved(_ offset: Int) -> Int { min(max(0, offset + distance), length) }
        return Edit(
            changes: ChangeSet(length: length, replacing: replacements),
            selection: Selection(anchor: moved(selection.anchor), head: moved(selection.head)), origin: .command(name))
    }

    private static let reach = 2_000

    /// The lines of the pieces that `lines` touch, and those of their neighbours.
    private static func pieces(
        of text: Text, around lines: ClosedRange<Int>
    ) -> (before: ClosedRange<Int>?, chosen: ClosedRange<Int>?, after: ClosedRange<Int>?) {
        var before: ClosedRange<Int>?
        var chosen: ClosedRange<Int>?
        var open: ClosedRange<Int>?
        var fence: LineScan.Fence?
        var line = max(bodyLine(text), lines.lowerBound - reach)
        let last = min(text.lineCount - 1, lines.upperBound + reach)
        /// Takes the piece that has ended; false when it is the one behind the chosen ones.
        func take() -> Bool {
            guard let piece = open else { return true }
            open = nil
            if piece.upperBound < lines.lowerBound {
                before = piece
            } else if piece.lowerBound <= lines.upperBound {
                chosen = (chosen?.lowerBound ?? piece.lowerBound)...piece.upperBound
            } else {
                open = piece
                return false
            }
            return true
        }
        while line <= last {
            let range = text.lineRange(line)
            // What makes a fence is at a line's start.
            let bytes = text.bytes(in: range.lowerBound..<min(range.upperBound, range.lowerBound + 400))
            let content = LineScan.line(bytes, at: 0)
            if let current = fence {
                if LineScan.closes(current, bytes, content.content, content.end) { fence = nil }
            } else if content.isBlank {
                guard take() else { break }
                line += 1
                continue
            } else if let (opened, _) = LineScan.openingFence(bytes, content.content, content.end) {
                fence = opened
            }
            open = (open?.lowerBound ?? line)...line
            line += 1
        }
        _ = take()
        return (before, chosen, open)
    }

    /// The first line behind the front matter.
    private static func bodyLine(_ text: Text) -> Int {
        let bytes = text.bytes(in: 0..<text.scalarBoundary(atOrBefore: min(text.utf8Count, 1 << 16)))
        guard let front = FrontMatterScan.range(bytes) else { return 0 }
        return front.close.next < bytes.count ? text.line(at: front.close.next) : text.lineCount
    }
}
