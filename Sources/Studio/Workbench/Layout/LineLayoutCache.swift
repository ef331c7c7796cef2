import Encodings
import Manuscript
import Screen
import TextCore

/// A line as it is drawn: cut into rows, each grapheme measured and told what it is.
///
/// An object, so that a screen of them is carried from key to key without a copy, and is told from every other line that was
/// prepared, of whatever text.
final class LineLayout: Sendable {
    /// One grapheme of the line.
    struct Piece: Sendable {
        var glyph: Glyph
        /// Bytes from the line's start.
        var offset: Int32
        /// Cells from the row's left edge.
        var column: Int32
        var cells: Int16
        var role: ThemeRole
    }

    /// What the line inherits, and what it leaves to the next.
    let before: LineState
    let after: LineState
    let rows: [WrappedRow]
    let pieces: [Piece]
    /// For each row the pieces it shows.
    let rowPieces: [Range<Int>]
    /// The line's bytes, without its line feed.
    let count: Int

    init(_ wrapped: EditorLayout.WrappedLine, layout: EditorLayout, before: LineState) {
        var state = before
        let spans = MarkdownHighlighter.highlight(wrapped.text, state: &state)
        self.before = before
        after = state
        rows = wrapped.rows
        count = wrapped.text.utf8.count
        var builder = Builder(layout: layout, rows: wrapped.rows, spans: spans)
        builder.pieces.reserveCapacity(count)
        if wrapped.text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            for byte in wrapped.text.utf8 { builder.add(Glyph(ascii: byte), bytes: 1) }
        } else {
            for character in wrapped.text { builder.add(character) }
        }
        (pieces, rowPieces) = builder.finish()
    }

    /// What stands for a character that has no form of its own: a byte that is no UTF-8, a control character. Nil for all others.
    private static func sign(for character: Character) -> Character? {
        guard let ascii = character.asciiValue else { return RawBytes.byte(of: character) == nil ? nil : "\u{FFFD}" }
        if ascii == 0x7F { return "␡" }
        return ascii < 0x20 ? Unicode.Scalar(0x2400 + UInt32(ascii)).map { Character($0) } : nil
    }

    private struct Builder {
        let layout: EditorLayout
        let rows: [WrappedRow]
        let spans: [(range: Range<Int>, role: MarkdownRole)]
        var pieces: [Piece] = []
        private var rowPieces: [Range<Int>] = []
        private var row = 0
        private var rowStart = 0
        private var span = 0
        private var offset = 0
        private var column: Int

        init(layout: EditorLayout, rows: [WrappedRow], spans: [(range: Range<Int>, role: MarkdownRole)]) {
            self.layout = layout
            self.rows = rows
            self.spans = spans
            column = rows.first?.indent ?? 0
        }

        mutating func add(_ character: Character) {
            if character == "\t" {
                add(Glyph(ascii: 0x20), bytes: 1, cells: layout.tabWidth - column % layout.tabWidth)
            } else if let sign = LineLayout.sign(for: character) {
                add(Glyph(sign), bytes: character.utf8.count)
                pieces[pieces.count - 1].role = .error
            } else {
                add(Glyph(character), bytes: character.utf8.count)
            }
        }

        mutating func add(_ glyph: Glyph, bytes: Int, cells: Int? = nil) {
            while row + 1 < rows.count, offset >= rows[row].range.upperBound {
                rowPieces.append(rowStart..<pieces.count)
                rowStart = pieces.count
                row += 1
                column = rows[row].indent
            }
            while span < spans.count, spans[span].range.upperBound <= offset { span += 1 }
            let isSpan = span < spans.count && spans[span].range.lowerBound <= offset
            let cells = cells ?? Int(glyph.columns)
            pieces.append(
                Piece(
                    glyph: glyph, offset: Int32(offset), column: Int32(column), cells: Int16(clamping: cells),
                    role: isSpan ? spans[span].role.themeRole : .text))
            column += cells
            offset += bytes
        }

        mutating func finish() -> (pieces: [Piece], rowPieces: [Range<Int>]) {
            rowPieces.append(rowStart..<pieces.count)
            while rowPieces.count < rows.count { rowPieces.append(pieces.count..<pieces.count) }
            return (pieces, rowPieces)
        }
    }

    /// The row that shows a byte of the line, and the cell column there.
    func position(of relative: Int) -> (row: Int, column: Int) {
        let row = rows.lastIndex { $0.range.lowerBound <= relative } ?? 0
        return (row, column(of: relative, row: row))
    }

    func column(of relative: Int, row: Int) -> Int {
        for piece in pieces[rowPieces[row]] where piece.offset >= relative { return Int(piece.column) }
        return rows[row].width
    }
}

/// The lines on the screen, prepared once and kept while they are as they were.
///
/// What a change leaves as it was is kept, so that a key costs one line. Nothing here is ever looked at for another
/// version of the text or another width than it was made for.
struct LineLayoutCache: Sendable {
    private static let mostChanged = 1_000
    private var first = 0
    private var lines: [LineLayout?] = []
    private var version = -1
    private var layout: EditorLayout?

    /// A prepared line of this version and width; nil where there is none.
    func line(_ line: Int, version: Int, layout: EditorLayout) -> LineLayout? {
        guard version == self.version, layout == self.layout, lines.indices.contains(line - first) else { return nil }
        return lines[line - first]
    }

    /// Carries the lines over a change.
    ///
    /// - Parameters:
    ///   - from: the version before it.
    ///   - to: the version after it.
    ///   - changed: the lines of the text before that it touches.
    ///   - growth: the lines it adds; below zero for those it takes.
    mutating func map(from: Int, to: Int, changed: ClosedRange<Int>, growth: Int) {
        guard from == version else { return }
        version = to
        let lower = changed.lowerBound - first
        let upper = changed.upperBound - first
        if lower >= lines.count { return }
        if upper < 0 {
            first += growth
            return
        }
        let kept = lines.prefix(max(0, lower))
        let changedCount = max(0, changed.count + growth)
        let rest = lines.dropFirst(max(0, upper + 1))
        if lower < 0 { first = changed.lowerBound }
        // Behind a long paste nothing is on the screen any more.
        lines = changedCount > Self.mostChanged ? Array(kept) : kept + Array(repeating: nil, count: changedCount) + rest
    }

    /// Prepares the lines of `text` from `start` on that fill `height` rows.
    ///
    /// - Parameter state: what the first of them inherits.
    mutating func prepare(
        from start: Int, height: Int, of text: Text, version: Int, layout: EditorLayout, state: LineState
    ) {
        if version != self.version || layout != self.layout { lines = [] }
        var next: [LineLayout?] = []
        next.reserveCapacity(max(lines.count, 8))
        var state = state
        var line = start
        var rows = 0
        while rows < height, line < text.lineCount {
            let known = lines.indices.contains(line - first) ? lines[line - first] : nil
            let prepared: LineLayout
            if let known, known.before == state {
                prepared = known
            } else {
                prepared = LineLayout(layout.wrap(line, of: text), layout: layout, before: state)
            }
            state = prepared.after
            next.append(prepared)
            rows += prepared.rows.count
            line += 1
        }
        first = start
        lines = next
        self.version = version
        self.layout = layout
    }
}

extension Editor {
    /// The rows a line takes.
    func rowCount(of line: Int, _ layout: EditorLayout) -> Int {
        prepared.line(line, version: document.version, layout: layout)?.rows.count
            ?? layout.wrap(line, of: text).rows.count
    }

    /// The row and the cell column of the caret.
    func caretPosition(_ layout: EditorLayout) -> (row: EditorLayout.Row, column: Int) {
        let line = text.line(at: caret)
        guard let known = prepared.line(line, version: document.version, layout: layout) else {
            return layout.position(of: caret, in: text)
        }
        let position = known.position(of: caret - text.lineStart(line))
        return (EditorLayout.Row(line: line, index: position.row), position.column)
    }

    /// The caret's column as if its line weren't wrapped, in cells from 0; in a very long line that isn't on the screen, in bytes.
    func column(in line: Int, _ layout: EditorLayout) -> Int {
        let start = text.lineStart(line)
        guard let known = prepared.line(line, version: document.version, layout: layout) else {
            return caret - start < 4_000 ? layout.cells(of: text.slice(start..<caret)) : caret - start
        }
        var column = 0
        for piece in known.pieces {
            guard Int(piece.offset) < caret - start else { break }
            // Of the pieces only a tab's width depends on where it stands.
            column +=
                Int(piece.glyph.columns) == Int(piece.cells)
                ? Int(piece.cells) : layout.tabWidth - column % layout.tabWidth
        }
        return column
    }

    /// What a line inherits from those above, as far as that is known.
    func lineState(of line: Int, _ layout: EditorLayout) -> LineState {
        prepared.line(line, version: document.version, layout: layout)?.before ?? highlighting.state(of: line)
    }

    /// A line ready to be drawn, also where it isn't on the screen yet.
    func layoutOfLine(_ line: Int, _ layout: EditorLayout) -> LineLayout {
        prepared.line(line, version: document.version, layout: layout)
            ?? LineLayout(layout.wrap(line, of: text), layout: layout, before: highlighting.state(of: line))
    }
}

extension MarkdownRole {
    /// The role of the same name in a theme.
    var themeRole: ThemeRole {
        switch self {
        case .text: .text
        case .heading: .heading
        case .emphasis: .emphasis
        case .strong: .strong
        case .code: .code
        case .link: .link
        case .quote: .quote
        case .listMarker: .listMarker
        case .footnote: .footnote
        case .comment: .comment
        case .rule: .rule
        case .frontMatter: .frontMatter
        case .table: .table
        }
    }
}
