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
