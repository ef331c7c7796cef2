import Encodings

/// One screen row of a wrapped line.
public struct WrappedRow: Sendable, Equatable {
    /// The bytes of the row, from the line's start.
    public var range: Range<Int>
    /// Cells left free before the row's first character.
    public var indent: Int
    /// Cells from the row's left edge to the end of its text, the indent and hanging spaces included.
    public var width: Int

    /// A row of these bytes, this indent and this width; the last two are counted in cells.
    public init(range: Range<Int>, indent: Int, width: Int) {
        self.range = range
        self.indent = indent
        self.width = width
    }
}

/// Soft wrap: breaking a line into rows where a reader would.
///
/// After UAX 14 as far as prose needs it (`BreakRules`): between words, after hyphens, between ideographs, never
/// before closing punctuation or after opening punctuation (kinsoku shori), and within a word only
/// where it alone is wider than the row, then between graphemes. Spaces at a row's end hang over
/// its edge and take no room of the next.
///
/// Known limits: no hyphenation; Thai and Lao words are broken between graphemes; Korean is broken between syllables.
public enum LineBreaker {
    /// - Parameters:
    ///   - line: one line, without its line feed.
    ///   - width: the cells of a row; at least 1.
    ///   - hangingIndent: cells that every row but the first is set in.
    ///   - tabWidth: cells between two tab stops.
    /// - Returns: rows that cover the line in order; one, empty, for an empty line.
    public static func wrap(_ line: String, width: Int, hangingIndent: Int = 0, tabWidth: Int = 4) -> [WrappedRow] {
        let width = max(1, width)
        let count = line.utf8.count
        if let narrow = asciiWidth(line), narrow <= width {
            return [WrappedRow(range: 0..<count, indent: 0, width: narrow)]
        }
        var rows = Rows(width: width, indent: min(max(0, hangingIndent), width - 1))
        var rules = BreakRules()
        var graphemes = GraphemeScan(line)
        var next = graphemes.next()
        while let current = next {
            next = graphemes.next()
            let cells = current.value == 0x09 ? tabWidth - rows.column % max(1, tabWidth) : current.cells
            let following = next.map { ($0.kind, $0.value) } ?? (.space, 0x20)
            if rules.take(current.kind, value: current.value, following: following) { rows.noteBreak() }
            rows.take(bytes: current.bytes, cells: cells, isSpace: current.kind == .space)
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
            // The mark of a list isn't left alone.
            if rows.isEmpty, column <= indent { return }
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

/// The graphemes of a line, with what line breaking asks of each.
///
/// Most text is of scalars that are graphemes of their own, whatever stands beside them; only around others is the
/// string asked.
private struct GraphemeScan {
    struct Grapheme {
        var bytes: Int
        var cells: Int
        /// The first scalar.
        var value: UInt32
        var kind: BreakClass
    }

    private let line: String
    private let bytes: [UInt8]
    private var offset = 0

    init(_ line: String) {
        self.line = line
        bytes = Array(line.utf8)
    }

    mutating func next() -> Grapheme? {
        guard offset < bytes.count else { return nil }
        if Self.isPlain(bytes[offset]), offset + 1 == bytes.count || Self.isPlain(bytes[offset + 1]) {
            defer { offset += 1 }
            let value = bytes[offset]
            return Grapheme(
                bytes: 1, cells: 1, value: UInt32(value), kind: BreakClass(Unicode.Scalar(value), isWide: false))
        }
        let first = scalar(at: offset)
        let end = offset + UTF8.width(first)
        if Self.standsAlone(first.value), end == bytes.count || Self.standsAlone(scalar(at: end).value) {
            let cells = DisplayWidth.of(first)
            defer { offset = end }
            return Grapheme(
                bytes: end - offset, cells: first.value == 0x09 ? 1 : cells, value: first.value,
                kind: BreakClass(first, isWide: cells == 2))
        }
        let character = line[line.utf8.index(line.startIndex, offsetBy: offset)]
        let count = character.utf8.count
        let cells = DisplayWidth.of(character)
        defer { offset += count }
        return Grapheme(bytes: count, cells: cells, value: first.value, kind: BreakClass(first, isWide: cells >= 2))
    }

    /// Printable ASCII: most of many texts.
    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    private func scalar(at offset: Int) -> Unicode.Scalar { UTF8Scan.scalar(bytes, at: offset).scalar }

    /// Whether two such scalars beside each other never are one grapheme (UAX 29: no controls, marks, joiners or jamo).
    private static func standsAlone(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x20...0x7E, 0xA0...0xA8, 0xAA...0xAC, 0xAF...0x2FF, 0x370...0x482, 0x48A...0x52F, 0x2010...0x2027,
            0x2030...0x203B,
            0x203D...0x2048, 0x204A...0x205E, 0x20A0...0x20C0, 0x3000...0x3029, 0x3031...0x303C, 0x303E...0x3096,
            0x309B...0x30FF,
            0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF9D:
            true
        default: false
        }
    }
}
