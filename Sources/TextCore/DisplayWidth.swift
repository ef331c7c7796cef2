/// How many cells a terminal gives to text: the one place that measures it.
///
/// Ambiguous characters are narrow. A tab counts 1 here; layout knows where tab stops are. Other control characters are 1
/// too, since they are shown by a sign; a line's end is 0.
public enum DisplayWidth {
    /// 0, 1 or 2: the widest scalar of the grapheme; a pair of regional indicators and anything with
    /// the emoji variation selector are 2.
    public static func of(_ character: Character) -> Int {
        if let ascii = character.asciiValue { return ascii == 0x0A ? 0 : 1 }
        var width = 0
        var indicators = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F, width > 0 { return 2 }
            if (0x1F1E6...0x1F1FF).contains(scalar.value) { indicators += 1 }
            width = max(width, of(scalar))
        }
        return indicators == 2 ? 2 : width
    }

    public static func of(_ string: String) -> Int {
        var ascii = 0
        for byte in string.utf8 {
            guard byte >= 0x20, byte < 0x7F else {
                var total = 0
                for character in string { total += of(character) }
                return total
            }
            ascii += 1
        }
        return ascii
    }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value == 0x0A || value == 0xAD ? 0 : 1 }
        if WidthTable.contains(WidthTable.zero, value) { return 0 }
        return value >= 0x1100 && WidthTable.contains(WidthTable.wide, value) ? 2 : 1
    }
}
