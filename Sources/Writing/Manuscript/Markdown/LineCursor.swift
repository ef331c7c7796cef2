/// Where the reading of a line is, in bytes and in columns: a tab may be stepped into.
struct LineCursor {
    let bytes: [UInt8]
    let end: Int
    private(set) var offset: Int
    private(set) var column = 0
    /// The first byte from `offset` on that is no blank.
    private(set) var content: Int
    /// Columns from here to `content`.
    private(set) var indent = 0

    init(_ bytes: [UInt8], _ line: Line) {
        self.bytes = bytes
        offset = line.start
        content = line.start
        end = line.end
        look()
    }

    var isBlank: Bool { content == end }

    /// Finds what comes next.
    mutating func look() {
        var column = self.column
        content = offset
        while content < end, bytes[content].isSpaceOrTab {
            column += bytes[content] == 0x09 ? 4 - column % 4 : 1
            content += 1
        }
        indent = column - self.column
    }

    mutating func advance(columns: Int) {
        var left = columns
        while left > 0, offset < end {
            let width = bytes[offset] == 0x09 ? 4 - column % 4 : 1
            let taken = min(left, width)
            column += taken
            if taken == width { offset += 1 }
            left -= taken
        }
        look()
    }

    /// To a byte in front of which there are only single columns, or blanks.
    mutating func advance(to target: Int) {
        while offset < target, offset < end {
            column += bytes[offset] == 0x09 ? 4 - column % 4 : 1
            offset += 1
        }
        look()
    }

    /// Steps over `>` and a blank behind it.
    mutating func takeQuotationMark() -> Bool {
        guard indent < 4, content < end, bytes[content] == UInt8(ascii: ">") else { return false }
        advance(to: content + 1)
        if offset < end, bytes[offset].isSpaceOrTab { advance(columns: 1) }
        return true
    }

    /// Steps over a list's mark and the blanks behind it.
    ///
    /// - Returns: how many columns mark and blanks take.
    mutating func takeMarker(_ length: Int) -> Int {
        advance(to: content + length)
        let blanks = indent
        if isBlank || blanks >= 5 {
            advance(columns: min(1, blanks))
            return length + 1
        }
        advance(columns: blanks)
        return length + blanks
    }
}
