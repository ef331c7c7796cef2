/// One screen row of a wrapped line.
public struct WrappedRow: Sendable, Equatable {
    /// The bytes of the row, from the line's start.
    public var range: Range<Int>
    /// Cells left free before the row's first character.
    public var indent: Int
    /// Cells from the row's left edge to the end of its text, the indent and hanging spaces included.
    public var width: Int

    public init(range: Range<Int>, indent: Int, width: Int) {
        self.range = range
        self.indent = indent
        self.width = width
    }
}

/// Soft wrap: breaking a line into rows where a reader would.
///
/// After UAX 14 as far as prose needs it: between words, after hyphens, between ideographs, never
/// before closing punctuation or after opening punctuation (kinsoku shori), and within a word only
/// where it alone is wider than the row, then between graphemes. Spaces at a row's end hang over
/// its edge and take no room of the next.
///
/// Known limits: no hyphenation; Thai and Lao words are broken between graphemes.
public enum LineBreaker {
    /// - Parameters:
    ///   - width: the cells of a row; at least 1.
    ///   - hangingIndent: cells that every row but the first is set in.
    /// - Returns: rows that cover the line in order; one, empty, for an empty line.
    public static func wrap(_ line: String, width: Int, hangingIndent: Int = 0, tabWidth: Int = 4) -> [WrappedRow] {
        let width = max(1, width)
        let count = line.utf8.count
        if let narrow = asciiWidth(line), narrow <= width {
            return [WrappedRow(range: 0..<count, indent: 0, width: narrow)]
        }
        var rows = Rows(width: width, indent: min(max(0, hangingIndent), width - 1))
        var previous = BreakClass.start
        for character in line {
            let kind = BreakClass(of: character)
            let cells = character == "\t" ? tabWidth - rows.column % max(1, tabWidth) : DisplayWidth.of(character)
            if previous.allowsBreak(before: kind) { rows.noteBreak() }
            rows.take(bytes: character.utf8.count, cells: cells, isSpace: kind == .space)
            previous = kind
        }
        return rows.finish()
    }

    /// The width of a line of printable ASCII; nil where there is anything else.
    private static func asciiWidth(_ line: String) -> Int? {
        var count = 0
        for byte in line.utf8 {
            guard byte >= 0x20, byte < 0x7F else { return nil }
            count += 1
        }
        return count
    }

    /// Rows as they fill.
    private struct Rows {
        let width: Int
        let indent: Int
        private var rows: [WrappedRow] = []
        private var start = 0
        private var offset = 0
        /// The column the next character goes to.
        private(set) var column = 0
        /// The last place in this row where it may break: byte and column.
        private var opportunity: (offset: Int, column: Int)?

        init(width: Int, indent: Int) {
            self.width = width
            self.indent = indent
        }

        private var rowIndent: Int { rows.isEmpty ? 0 : indent }

        mutating func noteBreak() {
            if offset > start { opportunity = (offset, column) }
        }

        mutating func take(bytes: Int, cells: Int, isSpace: Bool) {
            if !isSpace, column + cells > width, offset > start {
                if let opportunity {
                    end(at: opportunity.offset, column: opportunity.column)
                } else {
                    end(at: offset, column: column)
                }
                // What was carried over may itself still be too wide for the row.
                if column + cells > width, offset > start { end(at: offset, column: column) }
            }
            offset += bytes
            column += cells
        }

        /// Ends the row before `offset`; what lies behind moves to the next.
        private mutating func end(at breakOffset: Int, column breakColumn: Int) {
            rows.append(WrappedRow(range: start..<breakOffset, indent: rowIndent, width: breakColumn))
            start = breakOffset
            column = indent + (column - breakColumn)
            opportunity = nil
        }

        mutating func finish() -> [WrappedRow] {
            rows.append(WrappedRow(range: start..<offset, indent: rowIndent, width: column))
            return rows
        }
    }
}

/// What a grapheme is to line breaking.
enum BreakClass {
    case start, space, letter, ideograph, opening, closing, hyphen, glue

    init(of character: Character) {
        guard let scalar = character.unicodeScalars.first else {
            self = .letter
            return
        }
        let value = scalar.value
        if value < 0x80 {
            switch UInt8(truncatingIfNeeded: value) {
            case 0x20, 0x09: self = .space
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): self = .opening
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "!"), UInt8(ascii: "?"),
                UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ";"):
                self = .closing
            case UInt8(ascii: "-"): self = .hyphen
            default: self = .letter
            }
            return
        }
        switch value {
        case 0xA0, 0x202F, 0x2060, 0x2011: self = .glue
        case 0x3000, 0x2000...0x200A, 0x200B: self = .space
        case 0x2010, 0x2012...0x2013: self = .hyphen
        case 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFF08,
            0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0xFFE5, 0xFF04:
            self = .opening
        case 0x2019, 0x201D, 0x2026, 0x2014, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017,
            0x3019, 0x301B, 0x301E, 0x301F, 0x303B, 0x30FB, 0x30FC, 0x309D, 0x309E, 0x30FD, 0x30FE, 0x3041, 0x3043, 0x3045,
            0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3,
            0x30E5, 0x30E7, 0x30EE, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF60,
            0xFF61, 0xFF63, 0xFF64:
            self = .closing
        default:
            let isWide = DisplayWidth.of(character) == 2
            self = isIdeographic(scalar) || isWide ? .ideograph : .letter
        }
    }

    /// Whether a row may end between a character of this class and one of `next`.
    func allowsBreak(before next: BreakClass) -> Bool {
        switch (self, next) {
        case (.start, _), (_, .space), (_, .closing), (_, .glue), (.glue, _), (.opening, _): false
        case (.space, _): true
        case (.hyphen, .letter), (.hyphen, .ideograph), (.hyphen, .opening): true
        case (.ideograph, .hyphen), (.letter, .hyphen), (_, .hyphen): false
        case (.ideograph, _), (_, .ideograph): true
        // A closing mark is followed by a break only where the scripts change: "e.g.x" holds together,
        // "。我" (an ideograph follows) was decided above.
        case (.closing, _), (.letter, _), (.hyphen, _): false
        case (_, .start): false
        }
    }
}
