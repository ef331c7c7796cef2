/// How far the rows behind a line's first one are set in: below the text of a list item or a quotation, nested ones too, of a
/// footnote and of an indented line, and a little in a table, so that its rows are told apart.
package enum HangingIndent {
    /// In cells, at most a third of `width`.
    ///
    /// Known limits: a tab in the indentation counts as one cell; only the first 200 bytes are looked at.
    package static func cells(of line: String, width: Int) -> Int {
        guard let first = line.utf8.first, Self.mayBegin(first) else { return 0 }
        let bytes = Array(line.utf8.prefix(LineMark.reach))
        var end = spaces(bytes, 0)
        if end < bytes.count, bytes[end] == UInt8(ascii: "|") { return min(end + 2, width / 3) }
        if let text = footnote(bytes, end) { return min(text, width / 3) }
        while end < bytes.count {
            let mark = mark(bytes, end)
            guard mark > 0 else { break }
            end += mark
            end += spaces(bytes, end)
        }
        return end < bytes.count ? min(end, width / 3) : 0
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte.isASCIIDigit || "-*+>|[".utf8.contains(byte)
    }

    private static func spaces(_ bytes: [UInt8], _ from: Int) -> Int {
        bytes[from...].prefix(while: \.isSpaceOrTab).count
    }

    /// How many bytes the mark at `from` has, with its space and the task's box behind it; 0 where there is none.
    private static func mark(_ bytes: [UInt8], _ from: Int) -> Int {
        guard let length = LineMark.length(bytes, at: from) else { return 0 }
        let isBullet = "-*+".utf8.contains(bytes[from])
        let hasBox = isBullet && ["[ ] ", "[x] "].contains { bytes[(from + length)...].starts(with: $0.utf8) }
        return length + (hasBox ? 4 : 0)
    }

    /// Where the text of a footnote begins; unlike in `LineScan.footnoteDefinition`, a space must follow the colon.
    private static func footnote(_ bytes: [UInt8], _ from: Int) -> Int? {
        guard bytes[from...].starts(with: "[^".utf8), let close = bytes[from...].firstIndex(of: UInt8(ascii: "]")),
            close + 2 < bytes.count,
            bytes[close + 1] == UInt8(ascii: ":"), bytes[close + 2] == 0x20
        else { return nil }
        return close + 3
    }
}
