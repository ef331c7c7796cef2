/// A grapheme as it is sent to a terminal: so that curses, tmux and every terminal move on by the same number of cells.
///
/// They disagree about sequences: an emoji variation selector makes two cells of one in some of them, a joined sequence, a skin
/// tone or a flag is one character or several. Where one moves on by more than another, all that follows in the row is shifted,
/// or a cell keeps what was there before. So of a sequence its first part is sent, without what nobody agrees about, and
/// the cells that it leaves are blank: ❤️ is ❤ and a blank, a flag its two letters.
///
/// Limits: a terminal that takes ambiguous characters for wide ones, or a vowel sign of an Indic script for none, still disagrees.
struct CellText: Equatable {
    /// A base and its marks, at most five.
    let scalars: [UInt32]
    /// The blanks behind it.
    let blanks: Int

    /// - Parameters:
    ///   - columns: the cells it has on the screen.
    ///   - width: how many cells the system's C library, by which curses and tmux go, gives to a scalar; less than 0 for none it knows.
    init(_ text: [UInt32], columns: Int, width: (UInt32) -> Int) {
        guard let first = text.first else {
            self.init(scalars: [0x20], blanks: columns - 1)
            return
        }
        if let syllable = Self.syllable(text), width(syllable) == columns {
            self.init(scalars: [syllable], blanks: 0)
            return
        }
        let base = (0x1F1E6...0x1F1FF).contains(first) ? first - 0x1F1E6 + 0x41 : first
        let cells = width(base)
        guard cells > 0, cells <= columns else {
            self.init(scalars: [0xFFFD], blanks: columns - 1)
            return
        }
        var scalars = [base]
        for scalar in text.dropFirst() where scalars.count < 5 {
            // From a joiner or a second base on it is a sequence.
            if scalar == 0x200D || width(scalar) != 0 { break }
            if !Self.isDisputed(scalar) { scalars.append(scalar) }
        }
        self.init(scalars: scalars, blanks: columns - cells)
    }

    private init(scalars: [UInt32], blanks: Int) {
        self.scalars = scalars
        self.blanks = max(0, blanks)
    }

    /// Whether `scalar` stands for itself everywhere, so that nothing has to be looked up: Latin, and the ideographs and
    /// syllables of nearly all East Asian text.
    static func isCertain(_ scalar: UInt32) -> Bool {
        scalar < 0x300 || (0x4E00...0x9FFF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar)
            || (0x2500...0x257F).contains(scalar)
    }

    /// Selectors, joiners, tags and direction marks: without a cell, but not without effect on those of others.
    private static func isDisputed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xFE00...0xFE0F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE0FFF,
            0x180B...0x180F:
            true
        default: false
        }
    }

    /// The one character that Hangul jamo are; nil for other text, or where there is none.
    private static func syllable(_ text: [UInt32]) -> UInt32? {
        guard text.count == 2 || text.count == 3, (0x1100...0x1112).contains(text[0]),
            (0x1161...0x1175).contains(text[1])
        else { return nil }
        let open = 0xAC00 + ((text[0] - 0x1100) * 21 + (text[1] - 0x1161)) * 28
        guard text.count == 3 else { return open }
        return (0x11A8...0x11C2).contains(text[2]) ? open + text[2] - 0x11A7 : nil
    }
}
