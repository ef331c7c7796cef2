/// The mark of a list item or a quotation with the space behind it, as joining lines and wrapping them know it.
///
/// It is less than `LineScan.listMarker`, which has CommonMark's rule: here a number has eight digits at most, and a
/// space must follow, so that an item without text or with a tab behind its mark stays as it is.
package enum LineMark {
    /// How many of a line's first bytes are looked at.
    static let reach = 200

    /// How many bytes the mark at `from` has with its space; nil where there is none.
    static func length(_ bytes: [UInt8], at from: Int) -> Int? {
        let digits = bytes[from...].prefix(while: \.isASCIIDigit).count
        var end = from + digits
        guard end < bytes.count, digits < 9 else { return nil }
        guard digits > 0 ? ".)".utf8.contains(bytes[end]) : "-*+>".utf8.contains(bytes[end]) else { return nil }
        end += 1
        return end < bytes.count && bytes[end] == 0x20 ? end + 1 - from : nil
    }

    /// How many bytes the indentation of `line` and the mark behind it have; nil where there is no mark.
    static func leading(_ line: String) -> Int? {
        let bytes = Array(line.utf8.prefix(reach))
        let indent = bytes.prefix(while: \.isSpaceOrTab).count
        return length(bytes, at: indent).map { indent + $0 }
    }
}
