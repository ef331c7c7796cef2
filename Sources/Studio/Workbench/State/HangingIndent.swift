/// How far the rows behind a line's first one are set in: below the text of a list item or a quotation, nested ones too, of a
/// footnote and of an indented line, and a little in a table, so that its rows are told apart.
enum HangingIndent {
    /// In cells, at most a third of `width`.
    ///
    /// Known limits: a tab in the indentation counts as one cell; only the first 200 bytes are looked at.
    static func cells(of line: String, width: Int) -> Int {
        guard let first = line.utf8.first, Self.mayBegin(first) else { return 0 }
        let bytes = Array(line.utf8.prefix(200))
        var end = spaces(bytes, 0)
        if end < bytes.count, bytes[end] == UInt8(ascii: "|") { return min(end + 2, width / 3) }
        if let text = footnote(bytes, end) { return min(text, width / 3) }
        while end < bytes.count {
            let marker = marker(bytes, end)
            guard marker > 0 else { break }
            end += marker
            end += spaces(bytes, end)
        }
        return end < bytes.count ? min(end, width / 3) : 0
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        byte <= 0x20 || (0x30...0x39).contains(byte) || "-*+>|[".utf8.contains(byte)
    }

    private static func spaces(_ bytes: [UInt8], _ from: Int) -> Int { bytes[from...].prefix { $0 == 0x20 || $0 == 0x09 }.count }

    /// How many bytes a mark of a list or quotation has at `from`, with the blank and the task's box behind it; 0 where there is
    /// none.
    private static func marker(_ bytes: [UInt8], _ from: Int) -> Int {
        let digits = bytes[from...].prefix { (0x30...0x39).contains($0) }.count
        var end = from + digits
        guard end < bytes.count, digits < 9, digits > 0 ? bytes[end] == 0x2E || bytes[end] == 0x29 : "-*+>".utf8.contains(bytes[end]) else { return 0 }
        end += 1
        guard end < bytes.count, bytes[end] == 0x20 else { return 0 }
        end += 1
        let hasBox = digits == 0 && bytes[end - 2] != UInt8(ascii: ">") && ["[ ] ", "[x] "].contains { bytes[end...].starts(with: $0.utf8) }
        return end - from + (hasBox ? 4 : 0)
    }

    /// Where the text of a footnote begins.
    private static func footnote(_ bytes: [UInt8], _ from: Int) -> Int? {
        guard bytes[from...].starts(with: "[^".utf8), let close = bytes[from...].firstIndex(of: UInt8(ascii: "]")), close + 2 < bytes.count,
            bytes[close + 1] == UInt8(ascii: ":"), bytes[close + 2] == 0x20
        else { return nil }
        return close + 3
    }
}
