import Encodings
import TextCore

/// Counts the words that a reader of Markdown reads, in UTF-8 and without making strings, for texts of any size.
///
/// A word is a run of letters and digits with the apostrophes, hyphens, points and the like inside (`well-known`, `e.g.`,
/// `3.14`); each CJK ideograph and kana is one; an address is one, however long.
///
/// No words are: where links and images lead to, marks of footnotes and lists, link definitions, footnotes that cite a note,
/// HTML tags, comments, scripts and styles, attributes in braces, rules, and emoji. Code counts as it is written, without its
/// fences, and so does what a footnote says.
///
/// It is the only counter of words. `OutlineService` has it count off the main thread, for `ArticleCounts`: the lengths
/// of every section, the targets that the text itself sets, and its language.
///
/// Limits: TeX between dollar signs counts as it is written; Thai and its kin count a run as a word.
enum WordScan {
    static func count(_ bytes: [UInt8], in range: Range<Int>) -> Int { measure(bytes, in: range).total }

    static func measure(_ bytes: [UInt8], in range: Range<Int>) -> TextLength {
        var counter = WordCounter(bytes: bytes, end: min(range.upperBound, bytes.count))
        counter.count(from: range.lowerBound)
        return counter.length
    }
}

/// One pass over a text, line by line and byte by byte.
private struct WordCounter {
    let bytes: [UInt8]
    let end: Int
    var length = TextLength()

    private var inWord = false
    private var fence: LineScan.Fence?
    /// Within a list an indented line is text, outside of one behind a blank line it is code.
    private var isInList = false
    private var isBehindBlank = true
    /// Up to here the text is a code span's, in which marks mean nothing.
    private var codeEnd = 0

    init(bytes: [UInt8], end: Int) {
        self.bytes = bytes
        self.end = end
    }

    mutating func count(from start: Int) {
        var position = start
        while position < end {
            inWord = false
            position = textStart(of: position)
            while position < end, bytes[position] != .newline { position = step(at: position) }
            position += 1
        }
    }

    // MARK: Lines

    /// Where the text of the line that starts at `start` begins, behind its marks; the line's end where it has none to count.
    private mutating func textStart(of start: Int) -> Int {
        var line = LineScan.line(bytes, at: start)
        // The text that is counted may end within the line.
        line.end = min(line.end, end)
        line.content = min(line.content, line.end)
        let lineEnd = min(
            end,
            line.next > start && line.next <= bytes.count && bytes[line.next - 1] == .newline
                ? line.next - 1 : line.next)
        defer { isBehindBlank = line.isBlank }
        var from = line.content
        while from < line.end, bytes[from] == UInt8(ascii: ">") {
            from += 1
            while from < line.end, bytes[from].isSpaceOrTab { from += 1 }
        }
        if let open = fence {
            // Marks mean nothing in code, and the fence is no part of it.
            guard LineScan.closes(open, bytes, from, line.end) else {
                codeEnd = lineEnd
                return min(from, lineEnd)
            }
            fence = nil
            return lineEnd
        }
        guard from < line.end else { return lineEnd }
        if from == line.content, line.indent >= 4, isBehindBlank, !isInList {
            // The next line of it is behind this one as behind a blank line.
            line.content = line.end
            codeEnd = lineEnd
            return from
        }
        while let marker = LineScan.listMarker(bytes, from, line.end), !LineScan.isThematicBreak(bytes, from, line.end)
        {
            isInList = true
            from += marker.length
            while from < line.end, bytes[from].isSpaceOrTab { from += 1 }
            if let box = taskBox(from, line.end) { from = box }
        }
        if line.indent == 0, isBehindBlank, from == line.content { isInList = false }
        if let (opened, _) = LineScan.openingFence(bytes, from, line.end) {
            fence = opened
            return lineEnd
        }
        if let (_, text) = LineScan.footnoteDefinition(bytes, from, line.end) {
            let said = String(decoding: bytes[text..<max(text, line.end)], as: UTF8.self)
            return CitationForm(said) == nil ? text : lineEnd
        }
        return LineScan.linkDefinition(bytes, from, line.end) != nil ? lineEnd : from
    }

    /// Behind `[ ] ` or `[x] ` at `from`.
    private func taskBox(_ from: Int, _ lineEnd: Int) -> Int? {
        guard from + 3 < lineEnd, bytes[from] == UInt8(ascii: "["), bytes[from + 2] == UInt8(ascii: "]"),
            bytes[from + 3].isSpaceOrTab,
            " xX".utf8.contains(bytes[from + 1])
        else { return nil }
        return from + 4
    }

    // MARK: Within a line

    /// Counts what is at `i` and returns what comes next.
    private mutating func step(at i: Int) -> Int {
        let byte = bytes[i]
        if i >= codeEnd, let next = construct(at: i) { return next }
        guard byte < 0x80 else { return stepOverScalar(at: i) }
        if byte > 0x20, byte != 0x7F { length.characters += 1 }
        if byte.isASCIILetter || byte.isASCIIDigit {
            if !inWord { length.words += 1 }
            inWord = true
        } else if !(inWord && joins(byte, at: i)) {
            inWord = false
        }
        return i + 1
    }

    /// Whether an ASCII mark behind a letter or digit goes on with the word, by what follows it.
    private func joins(_ byte: UInt8, at i: Int) -> Bool {
        guard i > 0, i + 1 < end else { return false }
        let (before, next) = (bytes[i - 1], bytes[i + 1])
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "-"):
            return next.isASCIILetter || next.isASCIIDigit && byte != UInt8(ascii: "'") || next >= 0xC3
        case UInt8(ascii: "."), UInt8(ascii: "_"):
            return (before.isASCIILetter || before.isASCIIDigit) && (next.isASCIILetter || next.isASCIIDigit)
        default: return false
        }
    }

    private mutating func stepOverScalar(at i: Int) -> Int {
        let (scalar, width) = UTF8Scan.decode(bytes, at: i, end: end)
        switch ScalarKind(scalar) {
        case .ideograph:
            length.ideographs += 1
            length.characters += 1
            inWord = false
        case .letter:
            length.characters += 1
            if !inWord { length.words += 1 }
            inWord = true
        case .mark: break
        case .joiner:
            // An apostrophe or a hyphen goes on with the word when a letter follows.
            length.characters += 1
            let next = i + width
            inWord = inWord && next < end && (bytes[next].isASCIILetter || bytes[next] >= 0xC3)
        case .symbol:
            length.characters += 1
            inWord = false
        case .blank: inWord = false
        }
        return i + width
    }

    /// Behind what begins at `i` and isn't read, or is one word; nil where it's only text.
    private mutating func construct(at i: Int) -> Int? {
        switch bytes[i] {
        case .backslash:
            guard i + 1 < end, bytes[i + 1].isASCIIPunctuation else { return nil }
            inWord = false
            length.characters += 1
            return i + 2
        case .backtick:
            inWord = false
            codeEnd = InlineSkip.codeEnd(bytes, i, end)
            return nil
        case UInt8(ascii: "]"): return hidden(InlineSkip.target(bytes, i, end))
        case UInt8(ascii: "["):
            if let label = LineScan.footnoteLabel(bytes, i, end) { return hidden(label.upperBound + 1) }
            // Of `[[page|shown]]` what is shown.
            if i + 1 < end, bytes[i + 1] == UInt8(ascii: "["), let bar = InlineSkip.wikiLinkBar(bytes, i, end) {
                return hidden(bar)
            }
            return nil
        case UInt8(ascii: "<"):
            if let close = InlineSkip.autolink(bytes, i, end) { return word(close) }
            guard let close = InlineSkip.tag(bytes, i, end) else { return nil }
            // A word may be partly bold, but no word goes on behind a line's end.
            if InlineSkip.isBreak(bytes, i) { inWord = false }
            return close
        case UInt8(ascii: "&"):
            guard let close = InlineSkip.entity(bytes, i, end) else { return nil }
            if !(inWord && InlineSkip.isLetterEntity(bytes, i, close)) { inWord = false }
            return close
        case UInt8(ascii: "{"): return hidden(InlineSkip.attributes(bytes, i, end))
        default:
            guard !inWord, bytes[i].isASCIILetter || bytes[i].isASCIIDigit,
                let close = InlineSkip.address(bytes, i, end)
            else { return nil }
            return word(close)
        }
    }

    private mutating func hidden(_ next: Int?) -> Int? {
        if next != nil { inWord = false }
        return next
    }

    /// What ends before `next` is a word of its own.
    private mutating func word(_ next: Int) -> Int {
        length.words += 1
        length.characters += 1
        inWord = false
        return next
    }
}

/// What a scalar outside ASCII is to a count of words.
private enum ScalarKind {
    case ideograph, letter, mark, joiner, symbol, blank

    init(_ scalar: UInt32) {
        switch scalar {
        // Latin, Greek, Cyrillic and Korean, which are most of what is not ASCII and not Chinese.
        case 0xC0...0x24F where scalar != 0xD7 && scalar != 0xF7: self = .letter
        case 0x391...0x3A1, 0x3A3...0x3FF, 0x400...0x481, 0xAC00...0xD7A3: self = .letter
        case 0x2010, 0x2011, 0x2019: self = .joiner
        // Soft hyphens, joiners, direction marks, variation selectors, tags: no word begins or ends with them.
        case 0xAD, 0x200B...0x200F, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE01EF: self = .mark
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: self = .blank
        case 0x202A...0x202E: self = .mark
        default:
            if EastAsianScripts.isCountedAlone(scalar) {
                self = .ideograph
                return
            }
            switch Unicode.Scalar(scalar)?.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber:
                self = .letter
            case .nonspacingMark, .spacingMark, .enclosingMark, .format: self = .mark
            case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: self = .blank
            default: self = .symbol
            }
        }
    }
}
