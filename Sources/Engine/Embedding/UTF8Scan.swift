/// Scalars in blocks of UTF-8 bytes. Total: bytes that aren't UTF-8 give U+FFFD, never a trap, for
/// a damaged model file may put them where text is expected.
enum UTF8Scan {
    /// The scalar that begins at `index`, and how many bytes it takes.
    static func scalar(_ bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let first = UInt32(bytes[index])
        if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
        let length = width(bytes[index])
        guard length > 1, index + length <= bytes.count else { return ("\u{FFFD}", 1) }
        var value = first & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = UInt32(bytes[index + offset])
            guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            value = value << 6 | byte & 0x3F
        }
        guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }

    /// Bytes of a scalar whose first byte is `lead`; 1 for what can't begin one.
    static func width(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// Whether `bytes[start...]` is UTF-8, shortest forms only and without surrogates.
    static func isValid(_ bytes: [UInt8], from start: Int) -> Bool {
        var index = start
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let (scalar, length) = scalar(bytes, at: index)
            // U+FFFD of three bytes was written so; of one byte it stands for a mistake.
            guard length > 1, UTF8.width(scalar) == length else { return false }
            index += length
        }
        return true
    }
}
