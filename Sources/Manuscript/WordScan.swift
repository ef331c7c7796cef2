/// Counts words in UTF-8 without making strings, for texts of any size.
///
/// A word is a run of letters and digits, apostrophes and hyphens inside included; each CJK ideograph
/// and kana is one word.
enum WordScan {
    static func count(_ bytes: [UInt8], in range: Range<Int>) -> Int {
        var words = 0
        var inWord = false
        var i = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        while i < end {
            let byte = bytes[i]
            if byte < 0x80 {
                i += 1
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
                words += 1
                inWord = false
            } else if isSeparator(scalar) {
                inWord = inWord && scalar == 0x2019
            } else {
                if !inWord { words += 1 }
                inWord = true
            }
        }
        return words
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
