/// Steps through bytes that should be UTF-8 and may be anything: what isn't gives U+FFFD of one byte, never a trap.
///
/// `UTF8Check` is the fast path over a whole text; this is the one decoder of single scalars, and has the one table
/// of what is well formed.
public enum UTF8Scan {
    /// The scalar that begins at `index`, and how many bytes it takes.
    @inlinable public static func scalar(_ bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let (value, length) = decode(bytes, at: index, end: bytes.count)
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// The value of the scalar that begins at `index` and lies before `end`, and its length in bytes. Overlong forms are
    /// taken for what they spell (see `isValid`); surrogates and values above U+10FFFF are no scalars.
    @inlinable public static func decode(_ bytes: [UInt8], at index: Int, end: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[index])
        if first < 0x80 { return (first, 1) }
        let length = width(bytes[index])
        guard length > 1, index + length <= end else { return (0xFFFD, 1) }
        var value = first & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = UInt32(bytes[index + offset])
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | byte & 0x3F
        }
        guard value <= 0x10FFFF, value & 0xFFFF_F800 != 0xD800 else { return (0xFFFD, 1) }
        return (value, length)
    }

    /// The value of the scalar that ends before `index`; nil at the start.
    public static func decode(_ bytes: [UInt8], before index: Int) -> UInt32? {
        guard index > 0 else { return nil }
        return decode(bytes, at: start(bytes, before: index), end: index).value
    }

    /// Where the scalar begins that ends before `index`, which isn't 0.
    public static func start(_ bytes: [UInt8], before index: Int) -> Int {
        var start = index - 1
        while start > 0, index - start < 4, UTF8.isContinuation(bytes[start]) { start -= 1 }
        return start
    }

    /// How many bytes the sequence has that `lead` begins, and what the second of them may be; those behind it are
    /// continuation bytes. nil for a byte that begins none of several bytes.
    ///
    /// The table of well-formed sequences in chapter 3.9 of the Unicode standard: no surrogates, nothing overlong,
    /// nothing above U+10FFFF.
    @inlinable public static func sequence(_ lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
        switch lead {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: nil
        }
    }

    /// The length of the well-formed scalar at `index`; nil where there is none.
    @inlinable public static func wellFormedLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        if bytes[index] < 0x80 { return 1 }
        guard let (length, second) = sequence(bytes[index]), index + length <= bytes.count,
            second.contains(bytes[index + 1])
        else { return nil }
        for position in index + 2..<max(index + 2, index + length) where !UTF8.isContinuation(bytes[position]) {
            return nil
        }
        return length
    }

    /// Bytes of a scalar whose first byte is `lead`; 1 for what can't begin one.
    @inlinable public static func width(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// Whether `bytes[start...]` is UTF-8, shortest forms only and without surrogates.
    public static func isValid(_ bytes: [UInt8], from start: Int) -> Bool {
        UTF8Check(bytes[min(start, bytes.count)...]).firstInvalid == nil
    }
}
