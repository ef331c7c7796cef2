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
            let length = bytes.withUnsafeBufferPointer { UTF8Scan.wellFormedLength($0, at: at) }
            if let length, !isHeld(bytes, at: at) {
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
        guard let scalar = character.unicodeScalars.first, (0x10FE80...0x10FEFF).contains(scalar.value) else {
            return nil
        }
        return UInt8(scalar.value & 0xFF)
    }

    /// Whether the scalar at `at` is one that holds a byte.
    private static func isHeld(_ utf8: [UInt8], at: Int) -> Bool {
        utf8[at] == 0xF4 && at + 3 < utf8.count && utf8[at + 1] == 0x8F
            && (utf8[at + 2] == 0xBA || utf8[at + 2] == 0xBB)
            && utf8[at + 3] & 0xC0 == 0x80
    }
}
