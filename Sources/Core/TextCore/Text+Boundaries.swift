extension Text {
    /// How far around an offset boundaries are looked for, in bytes: far longer than any real
    /// grapheme or word, and a bound on the cost in a line of megabytes.
    private static let reach = 512

    /// The offset behind the grapheme that starts at `offset`; a line feed is one.
    public func nextGrapheme(after offset: Int) -> Int {
        guard offset < utf8Count else { return utf8Count }
        let first = byte(at: offset)
        let end = scalarBoundary(atOrBefore: min(utf8Count, offset + Self.reach))
        // Two ASCII bytes in a row never join, but for CR LF.
        if first < 0x80, first != 0x0D, offset + 1 < utf8Count, byte(at: offset + 1) < 0x80 { return offset + 1 }
        let window = slice(offset..<max(end, offset + 1))
        guard let character = window.first else { return offset + 1 }
        return min(utf8Count, offset + character.utf8.count)
    }

    /// The start of the grapheme that ends at `offset`.
    public func previousGrapheme(before offset: Int) -> Int {
        guard offset > 0 else { return 0 }
        let last = byte(at: offset - 1)
        if last < 0x80, last != 0x0A { return offset - 1 }
        // From a line's start the boundaries are certain; in a very long line the window's own start
        // may cut a grapheme, which can only be one `reach` bytes away.
        let start = max(lineStart(line(at: offset - 1)) - 1, scalarBoundary(atOrBefore: max(0, offset - Self.reach)))
        let window = slice(max(0, start)..<offset)
        guard let character = window.last else { return offset - 1 }
        return max(0, offset - character.utf8.count)
    }

    /// The nearest offset at or before `offset` at which a scalar starts.
    public func scalarBoundary(atOrBefore offset: Int) -> Int {
        var result = min(max(0, offset), utf8Count)
        while result > 0, !isScalarBoundary(result) { result -= 1 }
        return result
    }
}
