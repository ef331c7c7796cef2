import TextCore

/// Sentences and paragraphs as vim finds them (`textobject.c`), and one thing more: 。！？ end a sentence whatever
/// follows, since Chinese puts no space behind them.
extension VimCursor {
    private static let stops = Set([".", "!", "?", "。", "！", "？"])
    private static let wideStops = Set(["。", "！", "？"])
    private static let closers = Set([")", "]", "\"", "'", "”", "’", "」", "』", "）", "】", "》"])

    var isBlank: Bool { byte == 0x20 || byte == 0x09 }

    /// A step that passes over the place behind a line's end.
    @discardableResult
    mutating func forwardOver() -> Step {
        let step = forward()
        return step != .character && step != .none && offset > line.lowerBound ? forward() : step
    }

    @discardableResult
    mutating func backwardOver() -> Step {
        let step = backward()
        return step == .nextLine && offset > line.lowerBound ? backward() : step
    }

    /// vim's `)` and `(`. False where there's nowhere to go.
    mutating func sentence(_ count: Int, backwards: Bool) -> Bool {
        var position = self
        for left in (0..<count).reversed() {
            guard position.oneSentence(backwards: backwards, isLast: left == 0) else { return false }
        }
        self = position
        return true
    }

    private mutating func oneSentence(backwards: Bool, isLast: Bool) -> Bool {
        var skipsBlanks = true
        var isFound = false
        if isAtLineEnd {
            repeat {
                if (backwards ? backwardOver() : forwardOver()) == .none { break }
            } while isAtLineEnd
            isFound = !backwards
        } else if backwards {
            backwardOver()
        }
        if !isFound {
            goBackToSentenceText(backwards: backwards)
            let startLine = lineNumber
            while true {
                if isAtLineEnd {
                    // An empty line is a paragraph's edge; only there is the end of a line one of a sentence.
                    if isEmptyLine || lineNumber == lineCount - 1 {
                        if backwards, lineNumber != startLine { moveToLine(lineNumber + 1) }
                        break
                    }
                }
                let here = character
                if Self.stops.contains(here) {
                    var next = self
                    var step = next.forward()
                    while step != .none, Self.closers.contains(next.character) { step = next.forward() }
                    if step == .none || next.isBlank || next.isAtLineEnd || Self.wideStops.contains(here) {
                        self = next
                        if isAtLineEnd { forward() }
                        break
                    }
                }
                if (backwards ? backwardOver() : forwardOver()) == .none {
                    if !isLast { return false }
                    skipsBlanks = false
                    break
                }
            }
        }
        while skipsBlanks, isBlank {
            if forwardOver() == .none { break }
        }
        return true
    }

    /// Back over blanks and what ends a sentence, to the last of its text.
    private mutating func goBackToSentenceText(backwards: Bool) {
        var hasStop = false
        while isBlank || Self.stops.contains(character) || Self.closers.contains(character) {
            let here = character
            var before = self
            if before.backwardOver() == .none || (before.isEmptyLine && !backwards) { break }
            if hasStop { break }
            if Self.stops.contains(here) { hasStop = true }
            if Self.closers.contains(here), !Self.stops.contains(before.character),
                !Self.closers.contains(before.character)
            {
                break
            }
            backwardOver()
        }
    }

    /// Back to the first of the blanks before this place.
    mutating func firstOfBlanks() {
        while backwardOver() != .none {
            if !isBlank {
                forwardOver()
                break
            }
        }
    }

    /// vim's `is` and `as`: start, end, and whether the end is part of it.
    func sentenceObject(_ count: Int, around: Bool) -> (start: Int, end: Int, inclusive: Bool) {
        var start = self
        var end = self
        _ = end.sentence(1, backwards: false)
        var probe = self
        while probe.isBlank { if probe.forwardOver() == .none { break } }
        let startsBlank = probe.offset == end.offset
        if startsBlank {
            start.firstOfBlanks()
        } else {
            _ = end.sentence(1, backwards: true)
            start = end
        }
        var left = around ? count * 2 : (startsBlank ? count - 1 : count)
        if startsBlank { end = probe }
        if left > 0 {
            var atStart = true
            while left > 0 {
                left -= 1
                _ = end.sentence(1, backwards: false)
                if atStart { end.firstOfBlanks() }
                if left == 0 || atStart { end.backwardOver() }
                atStart.toggle()
            }
        } else {
            end.backwardOver()
        }
        if around {
            if startsBlank {
                end.firstOfBlanks()
                if end.isBlank { end.backwardOver() }
            } else if !end.isBlank {
                start.firstOfBlanks()
            }
        }
        let inclusive = end.forwardOver() == .none
        return (start.offset, end.offset, inclusive)
    }

    // MARK: Paragraphs

    private func isEmpty(_ number: Int) -> Bool { text.lineRange(number).isEmpty }

    private func isWhite(_ number: Int) -> Bool {
        let range = text.lineRange(number)
        return range.isEmpty || (range.count < 400 && text.bytes(in: range).allSatisfy { $0 == 0x20 || $0 == 0x09 })
    }

    /// vim's `}` and `{`; nil where there's nowhere to go. At the text's end the last character is meant too.
    mutating func paragraph(_ count: Int, backwards: Bool) -> (offset: Int, inclusive: Bool)? {
        let step = backwards ? -1 : 1
        var number = lineNumber
        for left in (0..<count).reversed() {
            var hasText = false
            var isFirst = true
            while true {
                if !isEmpty(number) { hasText = true }
                if !isFirst, hasText, isEmpty(number) { break }
                isFirst = false
                number += step
                if number < 0 || number >= lineCount {
                    if left > 0 { return nil }
                    number -= step
                    break
                }
            }
        }
        moveToLine(number)
        if number == lineCount - 1, !backwards, !line.isEmpty { return (lastOfLine, true) }
        return (line.lowerBound, false)
    }

    /// The lines of vim's `ip` and `ap`.
    func paragraphObject(_ count: Int, around: Bool) -> ClosedRange<Int>? {
        var start = lineNumber
        let isWhiteInFront = isWhite(start)
        while start > 0, isWhite(start - 1) == isWhiteInFront { start -= 1 }
        var end = start
        while end < lineCount, isWhite(end) { end += 1 }
        end -= 1
        var left = !around && isWhiteInFront ? count - 1 : count
        while left > 0 {
            left -= 1
            if end == lineCount - 1 { return nil }
            let nextIsWhite = !around && isWhite(end + 1)
            if around || !nextIsWhite {
                end += 1
                while end < lineCount - 1, !isWhite(end + 1) { end += 1 }
            }
            if left == 0, isWhiteInFront, around { break }
            if around || nextIsWhite {
                while end < lineCount - 1, isWhite(end + 1) { end += 1 }
            }
        }
        if !isWhiteInFront, around, !isWhite(end) {
            while start > 0, isWhite(start - 1) { start -= 1 }
        }
        return start...max(start, end)
    }

    // MARK: Sections

    /// The level of a line that is a heading of Markdown; nil for another.
    private func headingLevel(_ number: Int) -> Int? {
        let bytes = text.bytes(in: text.lineRange(number).prefix(8))
        let level = bytes.prefix { $0 == 0x23 }.count
        guard (1...6).contains(level), level == bytes.count || bytes[level] == 0x20 else { return nil }
        return level
    }

    /// vim's `]]` and `[[`, whose sections are ours: to the next heading or the one before.
    mutating func section(_ count: Int, backwards: Bool) {
        for _ in 0..<count {
            var number = lineNumber + (backwards ? -1 : 1)
            while number >= 0, number < lineCount, headingLevel(number) == nil { number += backwards ? -1 : 1 }
            moveToLine(number)
            if number >= lineCount {
                move(to: lastOfLine)
                return
            }
        }
    }

    /// The lines of a heading and what follows, up to the next of its level or above; without the heading for `ih`.
    func sectionObject(around: Bool) -> ClosedRange<Int>? {
        var start = lineNumber
        while start >= 0, headingLevel(start) == nil { start -= 1 }
        guard start >= 0, let level = headingLevel(start) else { return nil }
        var end = start
        while end + 1 < lineCount {
            if let next = headingLevel(end + 1), next <= level { break }
            end += 1
        }
        if around { return start...end }
        var first = start + 1
        while first < end, isWhite(first) { first += 1 }
        var last = end
        while last > first, isWhite(last) { last -= 1 }
        return first <= last ? first...last : nil
    }
}
