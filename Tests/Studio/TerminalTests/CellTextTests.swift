import CNCurses
import Testing

@testable import Terminal

/// What a cell is sent as: nothing whose width terminals disagree about.
@Suite struct CellTextTests {
    private static func width(_ scalar: UInt32) -> Int {
        switch scalar {
        case 0x300...0x36F, 0x20D0...0x20FF, 0x1160...0x11FF, 0x200B...0x200F, 0x2060...0x206F, 0xFE00...0xFE0F,
            0xE0000...0xE0FFF:
            0
        case 0x1100...0x115F, 0x231A, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x1F300...0x1F320, 0x1F400...0x1F6FF:
            scalar == 0x1F441 ? 1 : 2
        case 0x2028, 0x378, 0x10FFFF: -1
        default: 1
        }
    }

    /// The scalars sent and the blanks behind them.
    private func sent(_ text: String, _ columns: Int) -> String {
        let cell = CellText(text.unicodeScalars.map(\.value), columns: columns, width: Self.width)
        var result = String.UnicodeScalarView()
        for scalar in cell.scalars { if let scalar = Unicode.Scalar(scalar) { result.append(scalar) } }
        return String(result) + String(repeating: " ", count: cell.blanks)
    }

    @Test(arguments: [
        ("e\u{301}", 1, "e\u{301}"), ("漢\u{301}", 2, "漢\u{301}"), ("👍", 2, "👍"),
        // Emoji variation: one cell or two.
        ("\u{2764}\u{FE0F}", 2, "\u{2764} "), ("\u{263A}\u{FE0E}", 1, "\u{263A}"), ("\u{231A}\u{FE0E}", 2, "\u{231A}"),
        ("\u{1F441}\u{FE0F}\u{200D}\u{1F5E8}\u{FE0F}", 2, "\u{1F441} "),
        // Joined sequences and tones: two cells or four and more.
        ("👩\u{200D}🚀", 2, "👩"), ("👍\u{1F3FD}", 2, "👍"),
        // Keycaps.
        ("1\u{FE0F}\u{20E3}", 2, "1\u{20E3} "),
        // Each half of a flag.
        ("\u{1F1E9}", 1, "D"), ("\u{1F1FF}", 1, "Z"),
        // Jamo are the syllable where there is one.
        ("\u{1112}\u{1161}\u{11AB}", 2, "\u{D55C}"), ("\u{1112}\u{1161}", 2, "\u{D558}"),
        ("\u{1112}\u{119E}", 2, "\u{1112}\u{119E}"),
        // What the C library doesn't know, or takes for wider, can't be sent.
        ("\u{378}", 1, "\u{FFFD}"), ("\u{10FFFF}", 2, "\u{FFFD} "), ("漢", 1, "\u{FFFD}"), ("\u{2028}", 1, "\u{FFFD}"),
        // Tags of a flag of Wales, direction marks.
        ("🏴\u{E0067}\u{E0062}", 2, "🏴 "), ("a\u{200F}\u{301}", 1, "a\u{301}"),
    ]) func aCellIsSentWithoutWhatNobodyAgreesAbout(_ text: String, _ columns: Int, _ expected: String) {
        let sent = sent(text, columns)
        #expect(
            Array(sent.unicodeScalars) == Array(expected.unicodeScalars),
            "\(sent.unicodeScalars.map { String($0.value, radix: 16) })")
    }

    @Test func noMoreThanACellOfCursesHolds() {
        let cell = CellText([0x61] + [UInt32](repeating: 0x301, count: 1_000), columns: 1, width: Self.width)
        #expect(cell.scalars.count == 5 && cell.blanks == 0)
    }

    /// For random text and the widths of this machine: what is sent and the blanks fill the cell exactly.
    @Test func whatIsSentFillsTheCellExactly() {
        guard lh_use_utf8_locale() != 0 else { return }
        let width: (UInt32) -> Int = { Int(lh_curses_width(Int32(bitPattern: $0))) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                UInt32.random(in: 0x20...0x1FFFF, using: &random)
            }
            for columns in 1...2 {
                let cell = CellText(text, columns: columns, width: width)
                let cells = cell.scalars.reduce(0) { $0 + width($1) }
                #expect(cells + cell.blanks == columns, "\(text.map { String($0, radix: 16) })")
            }
        }
    }
}
