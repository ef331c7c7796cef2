/// Tells texts in the two old encodings that are read from other bytes. One pass each, no tables.
package enum EightBitText {
    /// Whether `bytes` are whole sequences of GB18030 and most of the double ones are Chinese characters
    /// in common use: the first level of GB 2312, 3,755 characters which make more than 99 of 100 in print.
    package static func isGB18030(_ bytes: ArraySlice<UInt8>) -> Bool {
        var common = 0
        var others = 0
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let lead = bytes[i]
            if lead < 0x80 {
                guard isTextByte(lead) else { return false }
                i += 1
                continue
            }
            guard lead >= 0x81, lead <= 0xFE, i + 1 < bytes.endIndex else { return false }
            let trail = bytes[i + 1]
            switch trail {
            case 0x30...0x39:
                guard i + 3 < bytes.endIndex, (0x81...0xFE).contains(bytes[i + 2]),
                    (0x30...0x39).contains(bytes[i + 3])
                else { return false }
                i += 4
                continue
            case 0x40...0x7E, 0x80...0xFE:
                if (0xB0...0xD7).contains(lead), trail >= 0xA1 {
                    common += 1
                } else if !((0xA1...0xA3).contains(lead) && trail >= 0xA1) {
                    // Punctuation and full-width letters, A1 to A3, say nothing either way.
                    others += 1
                }
                i += 2
            default:
                return false
            }
        }
        return common > 0 && common * 10 >= (common + others) * 7
    }

    /// Whether `bytes` have only characters of Windows-1252, few of its letters beyond ASCII, and those not
    /// in rows: so are Western European texts, and Cyrillic, Greek or Japanese in other encodings not.
    package static func isWindows1252(_ bytes: ArraySlice<UInt8>) -> Bool {
        var plain = 0
        var accented = 0
        var marks = 0
        var row = 0
        for byte in bytes {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A:
                plain += 1
                row = 0
            case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
                return false
            case 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF:
                accented += 1
                row += 1
                if row > 3 { return false }
            case 0x80...0xFF:
                marks += 1
                row = 0
            default:
                guard isTextByte(byte) else { return false }
                row = 0
            }
        }
        return plain > 0 && accented <= plain && marks <= plain
    }

    /// Whether any byte is an ASCII control that texts don't have: below 0x20 but no tab, line or page end, or DEL.
    package static func hasControls(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.contains { $0 < 0x80 && !isTextByte($0) }
    }

    /// An ASCII byte that texts have: printable, a tab, a line's or a page's end.
    private static func isTextByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x20...0x7E: true
        default: false
        }
    }
}
