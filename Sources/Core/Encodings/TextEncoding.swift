import Foundation

/// How the bytes of a note spell its text.
///
/// The detector is conservative: a byte order mark counts, then valid UTF-8; the others are taken only
/// when the bytes look like prose in them. A wrong guess would fill the library with words nobody wrote.
///
/// Limits: UTF-16 needs its mark; Big5, Shift-JIS, KOI8 and their kin are not known and are refused.
public enum TextEncoding: String, Sendable, Equatable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16 (little-endian)"
    case utf16BigEndian = "UTF-16 (big-endian)"
    case gb18030 = "GB18030"
    case windows1252 = "Windows-1252"

    /// Why bytes are not taken for a text, worded to follow the file's name.
    public struct Refusal: Error, Equatable, Sendable {
        /// The rest of a sentence that begins with the file's name, such as “is a binary file”.
        public let reason: String
    }

    /// The encoding that `bytes` show themselves to be in, and the text they then are, without a byte order mark; nil where
    /// none is certain enough.
    public static func recognised(in bytes: [UInt8]) -> (text: String, encoding: TextEncoding)? { try? decode(bytes) }

    /// The text of `bytes` without a byte order mark.
    ///
    /// - Throws: `Refusal` for what is binary, damaged or in an encoding that can't be told.
    public static func decode(
        _ bytes: [UInt8]
    ) throws(Refusal) -> (text: String, encoding: TextEncoding) {
        if bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            return (try utf16(bytes.dropFirst(2), low: 0), .utf16LittleEndian)
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return (try utf16(bytes.dropFirst(2), low: 1), .utf16BigEndian)
        }
        if bytes.contains(0) { throw Refusal(reason: "is a binary file") }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let content = hasMark ? bytes.dropFirst(3) : bytes[...]
        if let text = String(validating: content, as: UTF8.self) { return (text, .utf8) }
        if !hasMark, !isDamagedUTF8(content) {
            if EightBitText.isGB18030(content), let text = foundation(content, gb18030Encoding) {
                return (text, .gb18030)
            }
            if EightBitText.isWindows1252(content), let text = foundation(content, .windowsCP1252) {
                return (text, .windows1252)
            }
        }
        if EightBitText.hasControls(content) { throw Refusal(reason: "is a binary file") }
        throw Refusal(
            reason: "is not UTF-8 (line \(firstBadLine(content))); save it as UTF-8")
    }

    /// `kCFStringEncodingGB_18030_2000` with the mark of an encoding that Foundation has no name for.
    private static let gb18030Encoding = String.Encoding(rawValue: 0x8000_0632)

    private static func foundation(_ bytes: ArraySlice<UInt8>, _ encoding: String.Encoding) -> String? {
        String(bytes: bytes, encoding: encoding)
    }

    /// - Parameter low: where in a pair of bytes the lower one is.
    private static func utf16(
        _ bytes: ArraySlice<UInt8>, low: Int
    ) throws(Refusal) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var i = bytes.startIndex
        while i + 1 < bytes.endIndex {
            units.append(UInt16(bytes[i + low]) | UInt16(bytes[i + 1 - low]) << 8)
            i += 2
        }
        guard i == bytes.endIndex, let text = String(validating: units, as: UTF16.self) else {
            throw Refusal(reason: "is damaged UTF-16; save it as UTF-8")
        }
        if units.contains(0) { throw Refusal(reason: "is a binary file") }
        return text
    }

    /// Whether more characters are whole UTF-8 than bytes are not: such a file was UTF-8 and is damaged, and
    /// in another encoding all its accents would be two characters.
    private static func isDamagedUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        var whole = 0
        var broken = 0
        var i = bytes.startIndex
        while i < bytes.endIndex {
            if bytes[i] < 0x80 {
                i += 1
                continue
            }
            let length = UTF8Scan.width(bytes[i])
            let end = i + length
            if length > 1, end <= bytes.endIndex, bytes[(i + 1)..<end].allSatisfy(UTF8.isContinuation) {
                whole += 1
                i = end
            } else {
                broken += 1
                i += 1
            }
        }
        return whole > broken
    }

    private static func firstBadLine(_ bytes: ArraySlice<UInt8>) -> Int {
        var line = 1
        for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }
}
