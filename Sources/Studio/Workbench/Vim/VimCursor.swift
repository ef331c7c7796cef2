import TextCore

/// A place in a text that steps as vim's cursor does: over the characters of a line, onto the place behind its last one,
/// and on to the next line.
///
/// A last line feed ends the last line and begins no other, as in vim, unless the cursor is made behind it: there a line is
/// about to be written. The steps and the word moves are those of vim's
/// `misc2.c` and `textobject.c`; a character is a grapheme here, so that no move lands within an emoji.
struct VimCursor {
    enum Step { case character, lineEnd, nextLine, none }

    let text: Text
    private(set) var offset: Int
    private(set) var lineNumber = 0
    private(set) var line: Range<Int> = 0..<0
    let lineCount: Int

    init(_ text: Text, at offset: Int) {
        self.text = text
        self.offset = 0
        let endsWithBreak = text.utf8Count > 0 && text.byte(at: text.utf8Count - 1) == 0x0A
        lineCount = text.lineCount - (endsWithBreak && offset < text.utf8Count ? 1 : 0)
        move(to: offset)
    }

    mutating func move(to offset: Int) {
        let number = min(text.line(at: offset), lineCount - 1)
        if number != lineNumber || line.isEmpty {
            lineNumber = number
            line = text.lineRange(number)
        }
        self.offset = min(max(offset, line.lowerBound), line.upperBound)
    }

    /// As `moveToLine`: a number is that of a line as this cursor counts them, which depends on where it was made. What goes
    /// through the lines of a range takes `Text.lineRange`.
    func range(ofLine number: Int) -> Range<Int> { text.lineRange(min(max(0, number), lineCount - 1)) }

    var isAtLineEnd: Bool { offset >= line.upperBound }
    var isEmptyLine: Bool { line.isEmpty }

    /// The character here, empty at the line's end.
    var character: String { isAtLineEnd ? "" : text.slice(offset..<text.nextGrapheme(after: offset)) }

    /// The byte here; 0 at the line's end.
    var byte: UInt8 { isAtLineEnd ? 0 : text.byte(at: offset) }

    /// The last place of the line at which the caret of normal mode may stand.
    var lastOfLine: Int { line.isEmpty ? line.lowerBound : text.previousGrapheme(before: line.upperBound) }

    var firstNonBlank: Int { Self.firstNonBlank(of: line, in: text) }

    static func firstNonBlank(of line: Range<Int>, in text: Text) -> Int {
        var position = line.lowerBound
        while position < line.upperBound, [0x20, 0x09].contains(text.byte(at: position)) { position += 1 }
        return position
    }

    mutating func moveToLine(_ number: Int) {
        lineNumber = min(max(0, number), lineCount - 1)
        line = text.lineRange(lineNumber)
        offset = line.lowerBound
    }

    @discardableResult
    mutating func forward() -> Step {
        if !isAtLineEnd {
            offset = min(line.upperBound, text.nextGrapheme(after: offset))
            return isAtLineEnd ? .lineEnd : .character
        }
        guard lineNumber + 1 < lineCount else { return .none }
        moveToLine(lineNumber + 1)
        return .nextLine
    }

    @discardableResult
    mutating func backward() -> Step {
        if offset > line.lowerBound {
            offset = text.previousGrapheme(before: offset)
            return .character
        }
        guard lineNumber > 0 else { return .none }
        moveToLine(lineNumber - 1)
        offset = line.upperBound
        return .nextLine
    }

    /// 0 for blanks and a line's end, 1 for punctuation, else what kind of word the character is of.
    func kind(big: Bool) -> Int {
        if isAtLineEnd { return 0 }
        let byte = text.byte(at: offset)
        if byte < 0x80 {
            if byte == 0x20 || byte == 0x09 { return 0 }
            if big { return 1 }
            let isWord = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
            return isWord ? 2 : 1
        }
        guard let scalar = character.unicodeScalars.first else { return 0 }
        let kind = VimCharacterKind.of(scalar)
        return big && kind != 0 ? 1 : kind
    }

    /// Past all characters of `kind`; true where the text ends first.
    private mutating func skip(_ kind: Int, big: Bool, backwards: Bool) -> Bool {
        while self.kind(big: big) == kind {
            if (backwards ? backward() : forward()) == .none { return true }
        }
        return false
    }

    // MARK: Words

    /// vim's `w`. False where there's nowhere to go.
    mutating func nextWord(_ count: Int, big: Bool, stopAtLineEnd: Bool) -> Bool {
        var left = count
        while left > 0 {
            left -= 1
            let start = kind(big: big)
            let isLastLine = lineNumber == lineCount - 1
            var step = forward()
            if step == .none || (step != .character && isLastLine) { return false }
            if step != .character, stopAtLineEnd, left == 0 { return true }
            if start != 0 {
                while kind(big: big) == start {
                    step = forward()
                    if step == .none || (step != .character && stopAtLineEnd && left == 0) { return true }
                }
            }
            while kind(big: big) == 0 {
                if isEmptyLine { break }
                step = forward()
                if step == .none || (step != .character && isLastLine) { return true }
            }
        }
        return true
    }

    /// vim's `b`.
    mutating func previousWord(_ count: Int, big: Bool, stop: Bool = false) -> Bool {
        var stop = stop
        for _ in 0..<count {
            let start = kind(big: big)
            if backward() == .none { return false }
            var isDone = false
            if !stop || start == kind(big: big) || start == 0 {
                while kind(big: big) == 0 {
                    if isEmptyLine {
                        isDone = true
                        break
                    }
                    if backward() == .none { return true }
                }
                if !isDone, skip(kind(big: big), big: big, backwards: true) { return true }
            }
            if !isDone { forward() }
            stop = false
        }
        return true
    }

    /// vim's `e`. `stop`: stay at the end of a word for the first.
    mutating func wordEnd(_ count: Int, big: Bool, stop: Bool = false, stopAtEmptyLine: Bool = false) -> Bool {
        var stop = stop
        for _ in 0..<count {
            let start = kind(big: big)
            if forward() == .none { return false }
            var isDone = false
            if kind(big: big) == start, start != 0 {
                if skip(start, big: big, backwards: false) { return false }
            } else if !stop || start == 0 {
                while kind(big: big) == 0 {
                    if stopAtEmptyLine, isEmptyLine {
                        isDone = true
                        break
                    }
                    if forward() == .none { return false }
                }
                if !isDone, skip(kind(big: big), big: big, backwards: false) { return false }
            }
            if !isDone { backward() }
            stop = false
        }
        return true
    }

    /// vim's `ge`.
    mutating func previousWordEnd(_ count: Int, big: Bool, stopAtLineEnd: Bool = false) -> Bool {
        for _ in 0..<count {
            let start = kind(big: big)
            var step = backward()
            if step == .none { return false }
            if stopAtLineEnd, step == .nextLine { return true }
            if start != 0 {
                while kind(big: big) == start {
                    step = backward()
                    if step == .none || (stopAtLineEnd && step == .nextLine) { return true }
                }
            }
            while kind(big: big) == 0 {
                if isEmptyLine { break }
                step = backward()
                if step == .none || (stopAtLineEnd && step == .nextLine) { return true }
            }
        }
        return true
    }
}

/// What kind of character a scalar is to vim's words: the table of vim's `utf_class`, as far as prose needs it. A run
/// of ideographs is one word, as in vim with UTF-8.
enum VimCharacterKind {
    private static let table: [(range: ClosedRange<UInt32>, kind: Int)] = [
        (0x80...0x9F, 1), (0xA0...0xA0, 0), (0xA1...0xA9, 1), (0xAA...0xAA, 2), (0xAB...0xB4, 1), (0xB5...0xB5, 2),
        (0xB6...0xB9, 1),
        (0xBA...0xBA, 2), (0xBB...0xBF, 1), (0x37E...0x37E, 1), (0x387...0x387, 1), (0x55A...0x55F, 1),
        (0x589...0x589, 1),
        (0x5BE...0x5BE, 1), (0x5F3...0x5F4, 1), (0x60C...0x60C, 1), (0x61B...0x61B, 1), (0x61F...0x61F, 1),
        (0x66A...0x66D, 1),
        (0x6D4...0x6D4, 1), (0x964...0x965, 1), (0x970...0x970, 1), (0xE4F...0xE4F, 1), (0x1680...0x1680, 0),
        (0x2000...0x200B, 0),
        (0x200C...0x2027, 1), (0x2028...0x2029, 0), (0x202A...0x202E, 1), (0x202F...0x202F, 0), (0x2030...0x205E, 1),
        (0x205F...0x205F, 0), (0x2060...0x206F, 1), (0x2070...0x207F, 0x2070), (0x2080...0x2094, 0x2080),
        (0x20A0...0x27FF, 1),
        (0x2800...0x28FF, 0x2800), (0x2900...0x2998, 1), (0x29D8...0x29DB, 1), (0x29FC...0x29FD, 1),
        (0x2E00...0x2E7F, 1),
        (0x3000...0x3000, 0), (0x3001...0x3020, 1), (0x3030...0x3030, 1), (0x303D...0x303D, 1),
        (0x3040...0x309F, 0x3040),
        (0x30A0...0x30FF, 0x30A0), (0x3300...0x9FFF, 0x4E00), (0xAC00...0xD7A3, 0xAC00), (0xF900...0xFAFF, 0x4E00),
        (0xFD3E...0xFD3F, 1), (0xFE30...0xFE6B, 1), (0xFF00...0xFF0F, 1), (0xFF1A...0xFF20, 1), (0xFF3B...0xFF40, 1),
        (0xFF5B...0xFF65, 1), (0x1F000...0x1FAFF, 3), (0x20000...0x2FA1F, 0x4E00),
    ]

    static func of(_ scalar: Unicode.Scalar) -> Int {
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            if table[middle].range.upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        guard low < table.count, table[low].range.contains(scalar.value) else { return 2 }
        return table[low].kind
    }
}
