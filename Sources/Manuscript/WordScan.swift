/// Counts words in UTF-8 without making strings, for texts of any size.
///
/// A word is a run of letters and digits, apostrophes and hyphens inside included; each CJK ideograph
/// and kana is one word. Where a link leads to and what a comment says is no text.
enum WordScan {
    static func count(_ bytes: [UInt8], in range: Range<Int>) -> Int { measure(bytes, in: range).total }

    static func measure(_ bytes: [UInt8], in range: Range<Int>) -> TextLength {
        var words = 0
        var ideographs = 0
        var characters = 0
        var inWord = false
        var i = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        while i < end {
            let byte = bytes[i]
            if byte < 0x80 {
                if let next = hidden(bytes, at: i, end: end) {
                    i = next
                    inWord = false
                    continue
                }
                i += 1
                if byte > 0x20, byte != 0x7F { characters += 1 }
                if byte.isASCIILetter || byte.isASCIIDigit {
                    if !inWord { words += 1 }
                    inWord = true
                } else if inWord, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-"), i < end,
                    bytes[i].isASCIILetter || bytes[i] >= 0xC3
                {
                    continue
                } else {
                    inWord = false
                }
                continue
            }
            let (scalar, length) = UTF8Scan.decode(bytes, at: i, end: end)
            i += length
            if isIdeograph(scalar) {
                ideographs += 1
                characters += 1
                inWord = false
            } else if isSeparator(scalar) {
                inWord = inWord && scalar == 0x2019
                if !isBlank(scalar) { characters += 1 }
            } else {
                if !isMark(scalar) { characters += 1 }
                if !inWord { words += 1 }
                inWord = true
            }
        }
        return TextLength(words: words, ideographs: ideographs, characters: characters)
    }

    /// Behind what begins at `i` and isn't read: a link's destination, a comment; nil for none. Both must end
    /// where they can still be seen to belong together.
    private static func hidden(_ bytes: [UInt8], at i: Int, end: Int) -> Int? {
        if bytes[i] == UInt8(ascii: "]"), i + 1 < end, bytes[i + 1] == UInt8(ascii: "(") {
            var depth = 0
            for j in (i + 1)..<min(end, i + 2_000) {
                switch bytes[j] {
                case UInt8(ascii: "("): depth += 1
                case UInt8(ascii: ")"):
                    depth -= 1
                    if depth == 0 { return j + 1 }
                case 0x0A: return nil
                default: break
                }
            }
            return nil
        }
        guard bytes[i] == UInt8(ascii: "<"), i + 6 < end, bytes[i + 1] == UInt8(ascii: "!"), bytes[i + 2] == UInt8(ascii: "-"),
            bytes[i + 3] == UInt8(ascii: "-")
        else { return nil }
        var j = i + 4
        let limit = min(end - 2, i + 20_000)
        while j < limit {
            if bytes[j] == UInt8(ascii: "-"), bytes[j + 1] == UInt8(ascii: "-"), bytes[j + 2] == UInt8(ascii: ">") { return j + 3 }
            j += 1
        }
        return nil
    }

    private static func isBlank(_ scalar: UInt32) -> Bool {
        scalar == 0x85 || scalar == 0xA0 || scalar == 0x3000 || (0x2000...0x200F).contains(scalar)
            || (0x2028...0x202F).contains(scalar) || (0x205F...0x206F).contains(scalar)
            || scalar == 0xFEFF || (0xFE00...0xFE0F).contains(scalar)
    }

    /// The marks that stand on the character before: the blocks that hold nothing else.
    private static func isMark(_ scalar: UInt32) -> Bool {
        (0x300...0x36F).contains(scalar) || (0x1AB0...0x1AFF).contains(scalar) || (0x1DC0...0x1DFF).contains(scalar)
            || (0x20D0...0x20FF).contains(scalar) || (0xFE20...0xFE2F).contains(scalar) || scalar == 0x200D
    }

    /// Ideographs and kana: what is written without spaces and counted one by one.
    static func isIdeograph(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3005...0x3007, 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            scalar != 0x30FB
        default: false
        }
    }

    /// Punctuation, symbols and spaces outside ASCII.
    private static func isSeparator(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0xA9, 0xAB...0xB4, 0xB6...0xB9, 0xBB...0xBF, 0xD7, 0xF7, 0x2000...0x206F,
            0x2190...0x2BFF, 0x2E00...0x2E7F, 0x3000...0x303F, 0x30FB, 0xFE10...0xFE1F,
            0xFE30...0xFE6F, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65,
            0xFFF0...0xFFFF, 0x1F000...0x1FAFF:
            true
        default: false
        }
    }
}

/// Steps through UTF-8 bytes that may be anything.
enum UTF8Scan {
    /// The scalar at `i` and its length in bytes; U+FFFD of length 1 where the bytes are no UTF-8.
    static func decode(_ bytes: [UInt8], at i: Int, end: Int) -> (UInt32, Int) {
        let first = bytes[i]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
        guard length > 1, i + length <= end else { return (0xFFFD, 1) }
        var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for k in 1..<length {
            guard bytes[i + k] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(bytes[i + k] & 0x3F)
        }
        return (value, length)
    }

    /// The scalar that ends before `i`; nil at the start.
    static func decode(_ bytes: [UInt8], before i: Int) -> UInt32? {
        guard i > 0 else { return nil }
        var start = i - 1
        while start > 0, i - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return decode(bytes, at: start, end: i).0
    }
}
