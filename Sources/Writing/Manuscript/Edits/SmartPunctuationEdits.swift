import TextCore

extension PunctuationEdits {
    /// Gives the selection, or the paragraph at the caret, the quotation marks, dashes and ellipses of a language, as if it
    /// had been typed with `TypedPunctuation`'s rules on. nil where there is nothing to change.
    public static func typeset(_ text: Text, _ selection: Selection, language: String) -> Edit? {
        let range = selection.isEmpty ? text.paragraph(at: selection.head) : selection.range
        guard !range.isEmpty, range.count < 2_000_000 else { return nil }
        let rules = TypedPunctuation(isSmart: true, language: language)
        var conversion = Typesetting(
            rules: rules, before: text.slice(TypedPunctuation.paragraphStart(text, range.lowerBound)..<range.lowerBound)
        )
        let first = text.line(at: range.lowerBound)
        var state = stateBefore(line: first, of: text)
        for line in first...text.line(at: range.upperBound) {
            let bounds = text.lineRange(line)
            let content = text.slice(bounds)
            conversion.take(content, ProseMask.mask(content, state: state), from: bounds.lowerBound, within: range)
            _ = MarkdownHighlighter.highlight(content, state: &state)
        }
        return edit(text, selection, conversion.changes)
    }

    /// What `line` inherits, as far as 300 lines above tell.
    private static func stateBefore(line: Int, of text: Text) -> LineState {
        let first = max(0, line - 300)
        var state = first == 0 ? LineState.start : LineState.body
        for above in first..<line {
            _ = MarkdownHighlighter.highlight(text.slice(text.lineRange(above)), state: &state)
        }
        return state
    }
}

/// A text typed anew, scalar by scalar.
private struct Typesetting {
    let rules: TypedPunctuation
    /// The paragraph so far as it has become.
    private var scalars: [Unicode.Scalar]
    /// For each of those that are in the range: the bytes it came from.
    private var origins: [Range<Int>] = []
    private(set) var changes: [(range: Range<Int>, with: String)] = []

    init(rules: TypedPunctuation, before: String) {
        self.rules = rules
        scalars = Array(before.unicodeScalars)
    }

    mutating func take(_ line: String, _ mask: [Bool], from start: Int, within range: Range<Int>) {
        var offset = start
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            defer { offset += width }
            guard range.lowerBound <= offset, offset + width <= range.upperBound else { continue }
            scalars.append(scalar)
            origins.append(offset..<offset + width)
            guard mask[offset - start],
                rules.mayConvert(scalar, after: scalars.count > 1 ? scalars[scalars.count - 2] : nil),
                let ending = rules.ending(of: Array(scalars.suffix(TypedPunctuation.reach))),
                ending.count <= origins.count
            else { continue }
            // From the first scalar of what an earlier conversion made.
            var count = ending.count
            while count < origins.count, origins[origins.count - count].isEmpty { count += 1 }
            let kept = scalars[(scalars.count - count)..<(scalars.count - ending.count)]
            let new = String(String.UnicodeScalarView(kept)) + ending.becomes
            let whole = origins[origins.count - count].lowerBound..<offset + width
            scalars.removeLast(count)
            origins.removeLast(count)
            while let last = changes.last, last.range.lowerBound >= whole.lowerBound { changes.removeLast() }
            changes.append((whole, new))
            for (index, scalar) in new.unicodeScalars.enumerated() {
                scalars.append(scalar)
                origins.append(index == 0 ? whole : whole.upperBound..<whole.upperBound)
            }
        }
        if line.allSatisfy(\.isWhitespace) {
            scalars = []
            origins = []
        } else {
            scalars.append("\n")
            origins.append(offset..<offset + 1)
        }
    }
}
