/// What a word-wise move takes a stretch of text for.
public enum WordClass: Sendable, Equatable {
    /// Letters and digits, with the apostrophes among them; in Han and kana one word of a dictionary.
    case word
    case punctuation
    /// Spaces and tabs.
    case space
    /// A line feed, alone or behind a carriage return.
    case lineEnd
}

/// A stretch of one class: what `w`, `e` and `b` of an editor step over.
public struct WordSpan: Sendable, Equatable {
    /// The stretch in UTF-8 bytes of the text.
    public var range: Range<Int>
    /// The class that all of the stretch belongs to.
    public var kind: WordClass
}

/// Words, the way readers see them. Every function is pure and looks only at the neighbourhood of its offset.
///
/// The moves of every keymap go by these functions and by those in `Text+Sentences`, `Text+Paragraphs` and
/// `Text+Sections`.
///
/// Known limits: Thai, Lao and Khmer, which have no spaces either, are taken as one word between two; a word or a run of
/// Han longer than `longestRun` bytes is cut there.
extension Text {
    private static var longestRun: Int { 600 }

    /// The stretch of one class that holds the grapheme at `offset`, a grapheme's start; nil at the text's end.
    public func wordSpan(at offset: Int) -> WordSpan? {
        guard offset >= 0, offset < utf8Count else { return nil }
        let end = nextGrapheme(after: offset)
        let kind = WordKind(of: slice(offset..<end))
        guard kind != .lineEnd else { return WordSpan(range: offset..<end, kind: .lineEnd) }
        if kind == .ideograph { return WordSpan(range: unspacedWord(at: offset), kind: .word) }
        let run = run(of: kind, around: offset)
        return WordSpan(range: run, kind: kind.wordClass)
    }

    /// The end of the next word: spaces and punctuation are passed over, then a word is.
    public func nextWord(after offset: Int) -> Int {
        var position = offset
        while let span = wordSpan(at: position) {
            if span.kind == .word { return span.range.upperBound }
            position = span.range.upperBound
        }
        return utf8Count
    }

    /// The start of the word before.
    public func previousWord(before offset: Int) -> Int {
        var position = offset
        while position > 0, let span = wordSpan(at: previousGrapheme(before: position)) {
            if span.kind == .word { return span.range.lowerBound }
            position = min(position - 1, span.range.lowerBound)
        }
        return 0
    }

    /// The start of the next word or run of punctuation, as vim's `w` goes; an empty line counts as one.
    ///
    /// - Parameters:
    ///   - offset: UTF-8 bytes from the text's start.
    ///   - big: whether words end only at white space, as for vim's `W`.
    public func nextWordStart(after offset: Int, big: Bool = false) -> Int {
        guard let first = wordSpan(at: offset) else { return utf8Count }
        var position = first.range.upperBound
        if big, !first.kind.isBlank {
            while let span = wordSpan(at: position), !span.kind.isBlank { position = span.range.upperBound }
        }
        var lineEnds = first.kind == .lineEnd ? 1 : 0
        while let span = wordSpan(at: position), span.kind.isBlank {
            if span.kind == .lineEnd {
                lineEnds += 1
                if lineEnds > 1, isLineStart(position) { return position }
            }
            position = span.range.upperBound
        }
        return position
    }

    /// The start of the word or run of punctuation before, as vim's `b` goes; an empty line counts as one.
    public func previousWordStart(before offset: Int, big: Bool = false) -> Int {
        var position = offset
        while position > 0, let span = wordSpan(at: previousGrapheme(before: position)), span.kind.isBlank {
            position = span.range.lowerBound
            if span.kind == .lineEnd, isLineStart(position), position < offset { return position }
        }
        guard position > 0, var span = wordSpan(at: previousGrapheme(before: position)) else { return 0 }
        if big {
            while span.range.lowerBound > 0, let before = wordSpan(at: previousGrapheme(before: span.range.lowerBound)),
                !before.kind.isBlank
            {
                span = before
            }
        }
        return span.range.lowerBound
    }

    /// The start of the last grapheme of the next word or run of punctuation, as vim's `e` goes.
    public func wordEnd(after offset: Int, big: Bool = false) -> Int {
        var position = nextGrapheme(after: offset)
        while let span = wordSpan(at: position), span.kind.isBlank { position = span.range.upperBound }
        guard var span = wordSpan(at: position) else { return previousGrapheme(before: utf8Count) }
        if big {
            while let next = wordSpan(at: span.range.upperBound), !next.kind.isBlank { span = next }
        }
        return previousGrapheme(before: span.range.upperBound)
    }

    /// The word at `offset` or, between words, the white space or punctuation there: vim's `iw`.
    public func word(at offset: Int) -> Range<Int>? {
        wordSpan(at: offset)?.range
    }

    /// The word at `offset` with the white space behind it, or with that before it where none follows: vim's `aw`.
    public func wordWithSpace(at offset: Int) -> Range<Int>? {
        guard let span = wordSpan(at: offset) else { return nil }
        if span.kind.isBlank {
            guard let next = wordSpan(at: span.range.upperBound), !next.kind.isBlank else { return span.range }
            return span.range.lowerBound..<next.range.upperBound
        }
        if let next = wordSpan(at: span.range.upperBound), next.kind == .space {
            return span.range.lowerBound..<next.range.upperBound
        }
        if span.range.lowerBound > 0, let before = wordSpan(at: previousGrapheme(before: span.range.lowerBound)),
            before.kind == .space,
            !isLineStart(before.range.lowerBound)
        {
            return before.range.lowerBound..<span.range.upperBound
        }
        return span.range
    }

    /// Whether a line starts at `offset`.
    public func isLineStart(_ offset: Int) -> Bool {
        offset <= 0 || (offset <= utf8Count && byte(at: offset - 1) == 0x0A)
    }

    // MARK: Runs

    private func run(of kind: WordKind, around offset: Int) -> Range<Int> {
        var start = offset
        var end = nextGrapheme(after: offset)
        while start > 0, offset - start < Self.longestRun {
            let before = previousGrapheme(before: start)
            guard WordKind(of: slice(before..<start)) == kind else { break }
            start = before
        }
        while end < utf8Count, end - offset < Self.longestRun {
            let next = nextGrapheme(after: end)
            guard WordKind(of: slice(end..<next)) == kind else { break }
            end = next
        }
        return start..<end
    }

    /// The word of Han or kana that holds the grapheme at `offset`.
    private func unspacedWord(at offset: Int) -> Range<Int> {
        let run = run(of: .ideograph, around: offset)
        var start = run.lowerBound
        for end in UnspacedWords.ends(of: slice(run)) {
            if offset < run.lowerBound + end { return start..<run.lowerBound + end }
            start = run.lowerBound + end
        }
        return offset..<nextGrapheme(after: offset)
    }
}

extension WordClass {
    /// White space of either kind.
    public var isBlank: Bool { self == .space || self == .lineEnd }
}

/// What a character is to a move by words.
enum WordKind {
    case letter, ideograph, space, lineEnd, other

    init(of grapheme: String) {
        guard let scalar = grapheme.unicodeScalars.first else {
            self = .other
            return
        }
        if scalar == "\n" || grapheme == "\r\n" {
            self = .lineEnd
        } else if EastAsianScripts.isIdeographic(scalar.value) {
            self = .ideograph
        } else if scalar == "_" || scalar == "'" || scalar == "\u{2019}" || scalar.properties.isAlphabetic
            || scalar.properties.numericType != nil
        {
            self = .letter
        } else {
            self = scalar.properties.isWhitespace ? .space : .other
        }
    }

    var wordClass: WordClass {
        switch self {
        case .letter, .ideograph: .word
        case .space: .space
        case .lineEnd: .lineEnd
        case .other: .punctuation
        }
    }
}
