import Encodings
import TextCore

/// Finds the words of a line of Markdown that are prose, which is what a spelling checker reads.
///
/// Passed over are code, front matter, comments, HTML tags, footnote marks, where links lead to, addresses of any
/// kind, citations (`@key`), tags (`#tag`), TeX commands, names of files, words with digits in them, and scripts
/// without spaces between words, for which there are no such dictionaries.
///
/// Limit: what begins on one line and ends on another is known only as far as `LineState` carries it.
public enum ProseWords {
    /// The words' places in UTF-8 bytes of `line`, in order.
    ///
    /// - Parameter state: the state after the line above; left as the state after this one.
    public static func ranges(of line: String, state: inout LineState) -> [Range<Int>] {
        let bytes = Array(line.utf8)
        var isProse = [Bool](repeating: true, count: bytes.count)
        for (range, role) in MarkdownHighlighter.highlight(line, state: &state) {
            switch role {
            case .code, .comment, .frontMatter, .footnote, .rule:
                for i in range { isProse[i] = false }
            case .link: hide(link: range, bytes, &isProse)
            case .text, .heading, .emphasis, .strong, .quote, .listMarker, .table: break
            }
        }
        hideTags(bytes, &isProse)
        var words: [Range<Int>] = []
        var i = 0
        while i < bytes.count {
            // A chunk: what stands between blanks and is prose.
            guard isProse[i], !isBlank(bytes[i]) else {
                i += 1
                continue
            }
            let start = i
            while i < bytes.count, isProse[i], !isBlank(bytes[i]) { i += 1 }
            let isCut = start > 0 && !isProse[start - 1] && bytes[start - 1] == UInt8(ascii: "@")
            if !isCut, !isAddress(bytes[start..<i]) { appendWords(of: bytes, in: start..<i, to: &words) }
        }
        return words
    }

    /// Leaves of `[text](place)` the text, and of an address nothing.
    private static func hide(link range: Range<Int>, _ bytes: [UInt8], _ isProse: inout [Bool]) {
        var text = range.lowerBound
        if bytes[text] == UInt8(ascii: "!") { text += 1 }
        guard text < range.upperBound, bytes[text] == UInt8(ascii: "["), text + 1 < range.upperBound,
            bytes[text + 1] != UInt8(ascii: "["),
            let close = bytes[range].firstIndex(of: UInt8(ascii: "]"))
        else {
            for i in range { isProse[i] = false }
            return
        }
        for i in range where i < text || i >= close { isProse[i] = false }
    }

    /// `<b class="x">` and `&nbsp;`.
    private static func hideTags(_ bytes: [UInt8], _ isProse: inout [Bool]) {
        var i = 0
        while i < bytes.count {
            let next = i + 1 < bytes.count ? bytes[i + 1] : 0
            let close: UInt8
            if bytes[i] == UInt8(ascii: "<"), next.isASCIILetter || next == UInt8(ascii: "/") {
                close = UInt8(ascii: ">")
            } else if bytes[i] == UInt8(ascii: "&"), next.isASCIILetter {
                close = UInt8(ascii: ";")
            } else {
                i += 1
                continue
            }
            let limit = close == UInt8(ascii: ";") ? min(bytes.count, i + 12) : bytes.count
            guard let end = bytes[i..<limit].firstIndex(of: close),
                close == UInt8(ascii: ">") || bytes[(i + 1)..<end].allSatisfy(\.isASCIILetter)
            else {
                i += 1
                continue
            }
            for j in i...end { isProse[j] = false }
            i = end + 1
        }
    }

    /// Whether a chunk is no prose as a whole: an address, a path, a name in a program, a citation.
    private static func isAddress(_ chunk: ArraySlice<UInt8>) -> Bool {
        guard let first = chunk.first else { return true }
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "~") || first == UInt8(ascii: "#") { return true }
        func isLetter(_ i: Int) -> Bool { chunk.indices.contains(i) && (chunk[i].isASCIILetter || chunk[i] >= 0x80) }
        for i in chunk.indices {
            switch chunk[i] {
            case UInt8(ascii: "@"): if isLetter(i + 1) { return true }
            case UInt8(ascii: "\\"): if isLetter(i + 1) { return true }
            case UInt8(ascii: ":"): if chunk[i...].starts(with: [0x3A, 0x2F, 0x2F]) { return true }
            case UInt8(ascii: "_"): if isLetter(i - 1), isLetter(i + 1) { return true }
            case UInt8(ascii: "."):
                // `notes.md` and `example.org`, not `e.g.` and not a stop without a blank behind it: `end.The`.
                if isLetter(i - 1), isLetter(i - 2), isLetter(i + 1), chunk[i + 1].isASCIILetter,
                    chunk[i + 1] & 0x20 != 0
                {
                    return true
                }
            default: break
            }
        }
        return false
    }

    private static func appendWords(of bytes: [UInt8], in range: Range<Int>, to words: inout [Range<Int>]) {
        var i = range.lowerBound
        var start: Int?
        var end = i
        var hasDigit = false
        func close() -> Range<Int>? {
            guard let first = start, !hasDigit, end - first > 1 else { return nil }
            return first..<end
        }
        while i < range.upperBound {
            let (scalar, length) = UTF8Scan.decode(bytes, at: i, end: range.upperBound)
            if isLetter(scalar) {
                if start == nil { (start, hasDigit) = (i, false) }
                end = i + length
            } else if scalar >= 0x30, scalar <= 0x39 {
                if start == nil { start = i }
                hasDigit = true
                end = i + length
            } else if !((scalar == 0x27 || scalar == 0x2019) && start != nil && end == i) {
                // An apostrophe goes on with the word when a letter follows; `end` stays before it until then.
                if let word = close() { words.append(word) }
                start = nil
                hasDigit = false
            }
            i += length
        }
        if let word = close() { words.append(word) }
    }

    /// Letters and marks of the scripts that put blanks between words.
    private static func isLetter(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return (scalar | 0x20) >= 0x61 && (scalar | 0x20) <= 0x7A }
        guard scalar != 0xFFFD, !EastAsianScripts.isCountedAlone(scalar), !(0x0E00...0x0EFF).contains(scalar),
            !(0x1000...0x109F).contains(scalar),
            !(0x1780...0x17FF).contains(scalar), !EastAsianScripts.isHangulJamo(scalar),
            !(0xAC00...0xD7FF).contains(scalar),
            let known = Unicode.Scalar(scalar)
        else { return false }
        switch known.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark:
            return true
        default: return false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
