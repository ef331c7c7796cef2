/// Bytes that are no UTF-8, held in a text as characters of their own, so that a file of any bytes can be edited and
/// written back as it was.
///
/// The byte 0x80 is U+10FE80 and so on up to 0xFF, which is U+10FEFF; both are for private use. Of a scalar of that range
/// that a file has itself, each byte is held so too: what comes back is what was there, whatever it was.
///
/// Known limits: such a character copied into an article of another encoding is written there as the scalar it is.
public enum RawBytes {
    /// Valid UTF-8 that stands for `bytes`.
    public static func utf8(of bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            let length = sequenceLength(in: bytes, at: at)
            if length > 0, !isHeld(bytes, at: at) {
                result += bytes[at..<at + length]
                at += length
            } else {
                let byte = bytes[at]
                result += [0xF4, 0x8F, byte < 0xC0 ? 0xBA : 0xBB, byte & 0x3F | 0x80]
                at += 1
            }
        }
        return result
    }

    /// The bytes that valid UTF-8 stands for.
    public static func bytes(of utf8: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count)
        var at = 0
        while at < utf8.count {
            if isHeld(utf8, at: at) {
                result.append(utf8[at + 2] == 0xBA ? utf8[at + 3] : utf8[at + 3] | 0x40)
                at += 4
            } else {
                result.append(utf8[at])
                at += 1
            }
        }
        return result
    }

    /// The byte that a character holds; nil for one that is what it looks like.
    public static func byte(of character: Character) -> UInt8? {
        guard let scalar = character.unicodeScalars.first, (0x10FE80...0x10FEFF).contains(scalar.value) else { return nil }
        return UInt8(scalar.value & 0xFF)
    }

    /// Whether the scalar at `at` is one that holds a byte.
    private static func isHeld(_ utf8: [UInt8], at: Int) -> Bool {
        utf8[at] == 0xF4 && at + 3 < utf8.count && utf8[at + 1] == 0x8F && (utf8[at + 2] == 0xBA || utf8[at + 2] == 0xBB)
            && utf8[at + 3] & 0xC0 == 0x80
    }

    /// The length of the well-formed scalar at `at`, by table 3-7 of the Unicode standard; 0 where there is none.
    private static func sequenceLength(in bytes: [UInt8], at: Int) -> Int {
        let lead = bytes[at]
        if lead < 0x80 { return 1 }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return 0 }
        for index in (at + 1)..<(at + length) where bytes[index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
