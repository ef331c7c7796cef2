import TextCore

/// What an operator or a visual selection takes.
struct VimSpan: Equatable {
    var range: Range<Int>
    var isLinewise = false
}

/// Text objects: words, quotes, brackets, tags. Sentences and paragraphs are in `VimSentences.swift`.
extension VimCursor {
    func object(_ kind: Character, count: Int, around: Bool) -> VimSpan? {
        switch kind {
        case "w": return wordObject(count, big: false, around: around)
        case "W": return wordObject(count, big: true, around: around)
        case "s":
            let object = sentenceObject(count, around: around)
            let end =
                object.inclusive && object.end < text.utf8Count ? text.nextGrapheme(after: object.end) : object.end
            guard object.start < end else { return nil }
            return adjusted(VimSpan(range: object.start..<end), exclusive: !object.inclusive)
        case "p": return paragraphObject(count, around: around).map(lines)
        case "h": return sectionObject(around: around).map(lines)
        case "\"", "'", "`": return quoteObject(kind, around: around)
        case "(", ")", "b": return blockObject("(", ")", count, around: around)
        case "[", "]": return blockObject("[", "]", count, around: around)
        case "{", "}", "B": return blockObject("{", "}", count, around: around)
        case "<", ">": return blockObject("<", ">", count, around: around)
        case "t": return tagObject(count, around: around)
        default: return nil
        }
    }

    func lines(_ numbers: ClosedRange<Int>) -> VimSpan {
        VimSpan(
            range: text.lineRange(numbers.lowerBound).lowerBound..<text.lineRange(numbers.upperBound).upperBound,
            isLinewise: true)
    }

    /// vim's rule of exclusive moves (`:help exclusive-linewise`): one that ends in a line's first column ends with the
    /// line before, and takes whole lines where it began at or before its line's first word.
    func adjusted(_ span: VimSpan, exclusive: Bool) -> VimSpan {
        guard exclusive, !span.range.isEmpty else { return span }
        var end = self
        end.move(to: span.range.upperBound)
        var start = self
        start.move(to: span.range.lowerBound)
        guard end.offset == span.range.upperBound, end.offset == end.line.lowerBound, end.lineNumber > start.lineNumber
        else { return span }
        let last = text.lineRange(end.lineNumber - 1)
        if start.offset <= start.firstNonBlank {
            return VimSpan(range: start.line.lowerBound..<last.upperBound, isLinewise: true)
        }
        return VimSpan(range: span.range.lowerBound..<max(span.range.lowerBound, last.upperBound))
    }

    // MARK: Words

    private mutating func backInLine(big: Bool) {
        let start = kind(big: big)
        while offset > line.lowerBound {
            let here = self
            backward()
            if kind(big: big) != start {
                self = here
                break
            }
        }
    }

    private func wordObject(_ count: Int, big: Bool, around: Bool) -> VimSpan? {
        var end = self
        end.backInLine(big: big)
        var start = end
        var takesBlanks = false
        var inclusive = true
        var isFirst = true
        for left in (0..<count).reversed() {
            if !isFirst, end.forwardOver() == .none { return nil }
            if (end.kind(big: big) == 0) == around {
                if !end.wordEnd(1, big: big, stop: true, stopAtEmptyLine: true) { return nil }
            } else {
                if !end.nextWord(1, big: big, stopAtLineEnd: true), !isFirst, left > 0 { return nil }
                if isFirst, around, end.lineNumber > start.lineNumber {
                    // Only blanks follow in the line: those are taken.
                    end.moveToLine(start.lineNumber)
                    end.move(to: end.lastOfLine)
                } else if end.offset == end.line.lowerBound {
                    // A line of one blank, or none.
                    if isFirst { end.backwardOver() } else { inclusive = false }
                } else {
                    end.move(to: text.previousGrapheme(before: end.offset))
                }
                if around, isFirst { takesBlanks = true }
            }
            isFirst = false
        }
        if takesBlanks, end.kind(big: big) != 0 || (end.offset == end.line.lowerBound && !inclusive) {
            var before = start
            if before.offset > before.line.lowerBound {
                before.move(to: text.previousGrapheme(before: before.offset))
                before.backInLine(big: big)
                // The blanks before the word, but never a line's indentation.
                if before.kind(big: big) == 0, before.offset > before.line.lowerBound { start = before }
            }
        }
        let upper = inclusive && !end.isAtLineEnd ? text.nextGrapheme(after: end.offset) : end.offset
        guard start.offset <= upper else { return nil }
        return VimSpan(range: start.offset..<upper)
    }

    // MARK: Quotes

    private func quoteObject(_ quote: Character, around: Bool) -> VimSpan? {
        guard let mark = quote.asciiValue, line.count < 100_000 else { return nil }
        let bytes = text.bytes(in: line)
        var quotes: [Int] = []
        var isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == mark {
                quotes.append(index)
            }
        }
        let here = offset - line.lowerBound
        let open: Int
        if let index = quotes.firstIndex(of: here) {
            open = index % 2 == 0 ? index : index - 1
        } else if let index = quotes.lastIndex(where: { $0 < here }) {
            open = index
        } else {
            open = 0
        }
        guard quotes.indices.contains(open), quotes.indices.contains(open + 1) else { return nil }
        var start = quotes[open] + 1
        var end = quotes[open + 1]
        if around {
            start -= 1
            end += 1
            var blanks = end
            while blanks < bytes.count, bytes[blanks] == 0x20 || bytes[blanks] == 0x09 { blanks += 1 }
            if blanks > end {
                end = blanks
            } else {
                while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
            }
        }
        return VimSpan(range: line.lowerBound + start..<line.lowerBound + end)
    }

    // MARK: Brackets

    /// How far brackets and tags are looked for, in bytes.
    private static let reach = 1 << 18

    /// The bracket that belongs to the one at `place`.
    func partner(of position: Int, open: UInt8, close: UInt8) -> Int? {
        let isOpen = text.byte(at: position) == open
        var depth = 0
        if isOpen {
            let bytes = text.bytes(in: position..<min(text.utf8Count, position + Self.reach))
            for (index, byte) in bytes.enumerated() {
                if byte == open { depth += 1 }
                if byte == close { depth -= 1 }
                if depth == 0 { return position + index }
            }
        } else {
            let from = max(0, position - Self.reach)
            let bytes = text.bytes(in: from..<position + 1)
            for (index, byte) in bytes.enumerated().reversed() {
                if byte == close { depth += 1 }
                if byte == open { depth -= 1 }
                if depth == 0 { return from + index }
            }
        }
        return nil
    }

    private func blockObject(_ open: Character, _ close: Character, _ count: Int, around: Bool) -> VimSpan? {
        guard let open = open.asciiValue, let close = close.asciiValue else { return nil }
        var start = offset
        if byte == close {
            guard let found = partner(of: offset, open: open, close: close) else { return nil }
            start = found
        } else if byte != open {
            // As vim: the next one where there's none around.
            guard let found = enclosing(offset, open, close) ?? next(open) else { return nil }
            start = found
        }
        for _ in 1..<max(1, count) {
            guard let outer = enclosing(start, open, close) else { return nil }
            start = outer
        }
        guard let end = partner(of: start, open: open, close: close) else { return nil }
        if around { return VimSpan(range: start..<end + 1) }
        var first = self
        first.move(to: start + 1)
        var last = self
        last.move(to: end)
        // Brackets on lines of their own: the lines between them.
        if first.isAtLineEnd, first.lineNumber < last.lineNumber {
            first.forward()
            if last.offset <= last.firstNonBlank, last.lineNumber > first.lineNumber {
                return lines(first.lineNumber...last.lineNumber - 1)
            }
        }
        return first.offset <= end ? VimSpan(range: first.offset..<end) : nil
    }

    private func next(_ byte: UInt8) -> Int? {
        text.bytes(in: offset..<min(text.utf8Count, offset + Self.reach)).firstIndex(of: byte).map { offset + $0 }
    }

    private func enclosing(_ position: Int, _ open: UInt8, _ close: UInt8) -> Int? {
        let from = max(0, position - Self.reach)
        var depth = 0
        for (index, byte) in text.bytes(in: from..<position).enumerated().reversed() {
            if byte == close { depth += 1 }
            if byte == open {
                if depth == 0 { return from + index }
                depth -= 1
            }
        }
        return nil
    }

    // MARK: Tags

    private func tagObject(_ count: Int, around: Bool) -> VimSpan? {
        let from = max(0, offset - Self.reach)
        let bytes = text.bytes(in: from..<min(text.utf8Count, offset + Self.reach))
        var open: [(name: [UInt8], start: Int, inner: Int)] = []
        var found: [(outer: Range<Int>, inner: Range<Int>)] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x3C, let close = bytes[index...].firstIndex(of: 0x3E) else {
                index += 1
                continue
            }
            let body = bytes[(index + 1)..<close]
            if body.first == 0x2F {
                let name = Array(body.dropFirst())
                if let match = open.lastIndex(where: { $0.name == name }) {
                    found.append((from + open[match].start..<from + close + 1, from + open[match].inner..<from + index))
                    open.removeSubrange(match...)
                }
            } else if let first = body.first, (0x41...0x7A).contains(first), body.last != 0x2F {
                open.append((Array(body.prefix { $0 != 0x20 }), index, close + 1))
            }
            index = close + 1
        }
        let around_ = found.filter { $0.outer.contains(offset) }.sorted { $0.outer.count < $1.outer.count }
        guard around_.indices.contains(count - 1) else { return nil }
        return VimSpan(range: around ? around_[count - 1].outer : around_[count - 1].inner)
    }
}
