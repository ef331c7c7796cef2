/// How many cells a terminal gives to text: the one place that measures it.
///
/// Ambiguous characters are narrow. A tab counts 1 here; layout knows where tab stops are. Other control characters are 1
/// too, since they are shown by a sign; a line's end is 0.
public enum DisplayWidth {
    /// What its scalars have, one after the other, as terminals add them up: 0, 1 or 2 for nearly all; more where a
    /// grapheme has several letters, as in Devanagari and Thai. An emoji sequence, a flag and whatever has the emoji variation
    /// selector is 2.
    public static func of(_ character: Character) -> Int {
        if let ascii = character.asciiValue { return ascii == 0x0A ? 0 : 1 }
        var count = CellCount()
        var total = 0
        for scalar in character.unicodeScalars { total += count.take(scalar) }
        return total
    }

    /// The parts of a grapheme that have cells of their own, in order: one for nearly all, several where it has several letters
    /// or signs that take room. What has no cell goes along with the part before it.
    public static func pieces(of character: Character) -> [(text: String, cells: Int)] {
        var count = CellCount()
        var pieces: [(text: String, cells: Int)] = []
        for scalar in character.unicodeScalars {
            let before = count.base
            var cells = count.take(scalar)
            // Each half of a flag has a cell.
            if cells == 0, let before, CellCount.isIndicator(before), CellCount.isIndicator(scalar) {
                pieces[pieces.count - 1].cells = 1
                cells = 1
            }
            let isSelector = scalar.value == 0xFE0F
            if pieces.isEmpty || cells > 0 && pieces[pieces.count - 1].cells > 0 && !isSelector {
                pieces.append((String(Character(scalar)), cells))
            } else {
                pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
                pieces[pieces.count - 1].cells += cells
            }
        }
        return pieces
    }

    /// The sum of the cells of a string's graphemes; O(n), and quick for ASCII.
    public static func of(_ string: String) -> Int {
        let utf8 = string.utf8
        var total = 0
        var index = utf8.startIndex
        while index < utf8.endIndex {
            let next = utf8.index(after: index)
            // Printable ASCII with more of it behind, or nothing, is a grapheme of its own.
            if utf8[index] >= 0x20, utf8[index] < 0x7F, next == utf8.endIndex || utf8[next] < 0x80 {
                total += 1
                index = next
            } else {
                total += of(string[index])
                index = string.index(after: index)
            }
        }
        return total
    }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value == 0x0A || value == 0xAD ? 0 : 1 }
        // Han and Hangul, without a search.
        if value >= 0x3400, value <= 0x9FFF || (0xAC00...0xD7A3).contains(value) { return 2 }
        if WidthTable.contains(WidthTable.zero, value) { return 0 }
        return value >= 0x1100 && WidthTable.contains(WidthTable.wide, value) ? 2 : 1
    }
}

/// The cells of a grapheme, scalar by scalar.
private struct CellCount {
    /// The last scalar that has cells.
    private(set) var base: Unicode.Scalar?
    private var baseCells = 0
    private var isJoined = false

    /// How many cells more the next scalar makes it.
    mutating func take(_ scalar: Unicode.Scalar) -> Int {
        let cells = DisplayWidth.of(scalar)
        guard let base else {
            if cells > 0 { (self.base, baseCells) = (scalar, cells) }
            return cells
        }
        if cells == 0 {
            if scalar.value == 0xFE0F, baseCells == 1, base.properties.isEmoji {
                baseCells = 2
                return 1
            }
            isJoined = scalar.value == 0x200D && base.properties.isEmoji
            guard scalar.value >= 0x900, scalar.properties.generalCategory == .spacingMark else { return 0 }
            (self.base, baseCells) = (scalar, 1)
            return 1
        }
        // The rest of an emoji sequence, a skin tone and the second half of a flag are drawn into what is there.
        if isJoined || Self.isTone(scalar) && base.properties.isEmojiModifierBase
            || Self.isIndicator(scalar) && Self.isIndicator(base)
        {
            isJoined = false
            return 0
        }
        (self.base, baseCells) = (scalar, cells)
        return cells
    }

    private static func isTone(_ scalar: Unicode.Scalar) -> Bool { (0x1F3FB...0x1F3FF).contains(scalar.value) }

    static func isIndicator(_ scalar: Unicode.Scalar) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar.value) }
}
