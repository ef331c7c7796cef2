import Diagnostics
import TextCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a whole screen shows: `width` × `height` cells and the place of the cursor.
///
/// A grid never holds half a wide grapheme. Writing over one half blanks the other, and a wide
/// grapheme that would cross the edge it is clipped to is not written. Nor does it hold control
/// characters: all text comes in through `put`, which makes it safe first.
///
/// A cell is two words: a scalar and a style. The few graphemes of several scalars lie in a list beside
/// the cells, so that making, copying and comparing a screen counts no references.
///
/// Limits: a zero-width character with no base (a stray joiner) is dropped, and tabs are one
/// cell wide: who lays out text expands them first.
public struct Grid: Sendable {
    /// In columns; 0 or more.
    public let width: Int
    /// In rows; 0 or more.
    public let height: Int
    /// Where the terminal's cursor stands; nil hides it.
    public var cursor: Position?
    private var cells: [Packed]
    /// The graphemes of several scalars, by `Packed.cluster`.
    private var clusters: [String] = []

    /// What a cell holds.
    private struct Packed: Sendable, Equatable {
        /// A scalar; 0 in the trailing half of a wide grapheme; from `firstCluster` on an index into `clusters`.
        var glyph: UInt32
        /// So that there are no bytes that nobody sets.
        private let filler: UInt32 = 0
        var style: Style

        init(glyph: UInt32, style: Style) {
            self.glyph = glyph
            self.style = style
        }

        static let firstCluster: UInt32 = 0x11_0000
        static let blankGlyph: UInt32 = 0x20
    }

    /// A grid of blank cells. A size below zero is taken as zero.
    public init(width: Int, height: Int, style: Style = .plain) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: Packed(glyph: Packed.blankGlyph, style: style), count: self.width * self.height)
    }

    /// All its cells, from (0, 0) on.
    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// The cell at column `x` of row `y`; a blank one outside of the grid.
    public subscript(x: Int, y: Int) -> Cell {
        guard x >= 0, x < width, y >= 0, y < height else { return .blank }
        let packed = cells[y * width + x]
        return Cell(text: text(of: packed.glyph), style: packed.style)
    }

    /// The cells of row `y` from left to right; none outside of the grid.
    public func row(_ y: Int) -> [Cell] {
        guard y >= 0, y < height else { return [] }
        return (0..<width).map { self[$0, y] }
    }

    private func text(of glyph: UInt32) -> String {
        if glyph >= Packed.firstCluster { return clusters[Int(glyph - Packed.firstCluster)] }
        guard glyph != 0, let scalar = Unicode.Scalar(glyph) else { return "" }
        return String(scalar)
    }

    /// What a cell shows, for who paints it.
    public enum Content {
        case scalar(UInt32)
        /// A grapheme of several scalars.
        case cluster(String)
    }

    /// Calls `body` for each cell that isn't as in `previous`, which has this size or is nil for all of them; from left to
    /// right and from the top down, and not for trailing halves. `columns` are the cells it has: 1 or 2.
    public func forEachCell(
        changedSince previous: Grid?,
        _ body: (_ x: Int, _ y: Int, _ content: Content, _ columns: Int, _ style: Style) -> Void
    ) {
        for y in 0..<height {
            let row = y * width..<(y + 1) * width
            // Most rows are as they were.
            if let previous, clusters.isEmpty, previous.clusters.isEmpty, isSame(row, in: previous) { continue }
            for x in 0..<width {
                let index = row.lowerBound + x
                let cell = cells[index]
                if let previous {
                    let old = previous.cells[index]
                    if old.glyph == cell.glyph, old.style == cell.style, cell.glyph < Packed.firstCluster { continue }
                    if old.style == cell.style, cell.glyph >= Packed.firstCluster,
                        previous.text(of: old.glyph) == text(of: cell.glyph)
                    {
                        continue
                    }
                }
                let columns = x + 1 < width && cells[index + 1].glyph == 0 ? 2 : 1
                if cell.glyph >= Packed.firstCluster {
                    body(x, y, .cluster(text(of: cell.glyph)), columns, cell.style)
                } else if cell.glyph != 0 {
                    body(x, y, .scalar(cell.glyph), columns, cell.style)
                }
            }
        }
    }

    /// Whether cells are the same in both, which have no graphemes of several scalars; as bytes, which there are no others between.
    private func isSame(_ range: Range<Int>, in other: Grid) -> Bool {
        let size = MemoryLayout<Packed>.stride
        return cells.withUnsafeBytes { mine in
            other.cells.withUnsafeBytes { theirs in
                guard let a = mine.baseAddress, let b = theirs.baseAddress else { return true }
                return memcmp(a + range.lowerBound * size, b + range.lowerBound * size, range.count * size) == 0
            }
        }
    }

    /// Writes `string` from column `x` of row `y` on.
    ///
    /// - Parameter maxWidth: how many columns it may use; the grid's right edge clips too. `x` may be
    ///   negative: what lies left of the grid is passed over.
    /// - Returns: how many columns from `x` were used, those passed over included, so that
    ///   `x + result` is where the next string goes.
    @discardableResult
    public mutating func put(
        _ string: String, x: Int, y: Int, style: Style, maxWidth: Int = .max
    ) -> Int {
        guard y >= 0, y < height, maxWidth > 0, x < width else { return 0 }
        let limit = maxWidth >= width - x ? width : x + maxWidth
        var column = x
        let utf8 = string.utf8
        var index = utf8.startIndex
        while index < utf8.endIndex, column < limit {
            let next = utf8.index(after: index)
            // Printable ASCII with more of it behind, or nothing, is a grapheme of its own.
            if utf8[index] >= 0x20, utf8[index] < 0x7F, next == utf8.endIndex || utf8[next] < 0x80 {
                place(UInt32(utf8[index]), columns: 1, column: column, y: y, style: style)
                column += 1
                index = next
                continue
            }
            let character = string[index]
            index = string.index(after: index)
            // The separators of lines and paragraphs have no cell, as everything that measures agrees.
            if character == "\u{2028}" || character == "\u{2029}" { continue }
            for safe in terminalSafe(String(character)) {
                let columns = DisplayWidth.of(safe)
                if columns <= 0 { continue }
                guard column + columns <= limit else { return column - x }
                let scalars = safe.unicodeScalars
                if let scalar = scalars.first, scalars.count == 1 {
                    place(scalar.value, columns: columns, column: column, y: y, style: style)
                    column += columns
                    continue
                }
                // A grapheme of several letters, or of two halves, has cells for each: a terminal's cell holds one.
                for piece in DisplayWidth.pieces(of: safe) where piece.cells > 0 {
                    place(glyph(of: piece.text), columns: piece.cells, column: column, y: y, style: style)
                    column += piece.cells
                }
            }
        }
        return column - x
    }

    /// Writes a grapheme of one scalar whose columns are known already, where it ends at or before `limit`.
    ///
    /// - Parameter glyph: one whose `scalar` isn't 0.
    public mutating func put(_ glyph: Glyph, x: Int, y: Int, style: Style, limit: Int) {
        let columns = Int(glyph.columns)
        guard y >= 0, y < height, x >= 0, columns > 0, glyph.scalar != 0, x + columns <= min(limit, width) else {
            return
        }
        place(glyph.scalar, columns: columns, column: x, y: y, style: style)
    }

    private mutating func glyph(of text: String) -> UInt32 {
        let scalars = text.unicodeScalars
        if scalars.count == 1, let scalar = scalars.first { return scalar.value }
        return intern(text)
    }

    private mutating func intern(_ text: String) -> UInt32 {
        if let known = clusters.firstIndex(of: text) { return Packed.firstCluster + UInt32(known) }
        clusters.append(text)
        return Packed.firstCluster + UInt32(clusters.count - 1)
    }

    /// Copies the cells of `rect`, which lies in both, from a grid of the same size.
    public mutating func copy(_ rect: Rect, from other: Grid) {
        let area = rect.intersection(bounds).intersection(other.bounds)
        guard !area.isEmpty, other.width == width else { return }
        for y in area.y..<area.maxY {
            separate(before: area.x, y: y)
            separate(before: area.maxX, y: y)
            let row = y * width + area.x..<y * width + area.maxX
            cells[row] = other.cells[row]
            // Graphemes of several scalars have another number here.
            guard !other.clusters.isEmpty else { continue }
            for index in row where cells[index].glyph >= Packed.firstCluster {
                cells[index].glyph = intern(other.text(of: cells[index].glyph))
            }
        }
    }

    /// Blanks the cells of `rect` and gives them `style`.
    public mutating func fill(_ rect: Rect, style: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            separate(before: area.x, y: y)
            separate(before: area.maxX, y: y)
            for index in y * width + area.x..<y * width + area.maxX {
                cells[index] = Packed(glyph: Packed.blankGlyph, style: style)
            }
        }
    }

    /// Lays `style` over the cells of `rect` and leaves their text: a selection, a match, the
    /// cursor's line. A wide grapheme half inside takes the style whole.
    public mutating func overlay(_ rect: Rect, style: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            var from = area.x
            var to = area.maxX
            if cells[y * width + from].glyph == 0 { from = max(0, from - 1) }
            if to < width, cells[y * width + to].glyph == 0 { to += 1 }
            for x in from..<to {
                let index = y * width + x
                cells[index].style = cells[index].style.overlaid(with: style)
            }
        }
    }

    /// Draws a single-line frame along the inside of `rect`, with `title` in its top edge.
    public mutating func frame(
        _ rect: Rect, style: Style, title: String = "", titleStyle: Style? = nil
    ) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let line = String(repeating: "─", count: rect.width - 2)
        put("┌" + line + "┐", x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
        put("└" + line + "┘", x: rect.x, y: rect.maxY - 1, style: style, maxWidth: rect.width)
        for y in rect.y + 1..<rect.maxY - 1 {
            put("│", x: rect.x, y: y, style: style)
            put("│", x: rect.maxX - 1, y: y, style: style)
        }
        guard !title.isEmpty, rect.width > 6 else { return }
        put(
            " " + clip(title, columns: rect.width - 6) + " ", x: rect.x + 2, y: rect.y,
            style: titleStyle ?? style, maxWidth: rect.width - 4)
    }

    private func clip(_ string: String, columns: Int) -> String {
        var used = 0
        var result = ""
        for character in string {
            used += DisplayWidth.of(character)
            if used > columns { break }
            result.append(character)
        }
        return result
    }

    /// Writes one grapheme of 1 or 2 columns, which the caller has checked to end inside the grid.
    private mutating func place(
        _ glyph: UInt32, columns: Int, column: Int, y: Int, style: Style
    ) {
        guard column + columns > 0 else { return }
        if column < 0 {
            // The left half lies outside: what is seen of a wide grapheme then is a blank.
            separate(before: 1, y: y)
            cells[y * width] = Packed(glyph: Packed.blankGlyph, style: style)
            return
        }
        let index = y * width + column
        // Nearly always nothing lies across either edge, which is seen without a call.
        if cells[index].glyph == 0 { separate(before: column, y: y) }
        if column + columns < width, cells[index + columns].glyph == 0 { separate(before: column + columns, y: y) }
        cells[index] = Packed(glyph: glyph, style: style)
        if columns == 2 { cells[index + 1] = Packed(glyph: 0, style: style) }
    }

    /// Blanks both halves of a wide grapheme that lies across the left edge of `column`.
    private mutating func separate(before column: Int, y: Int) {
        guard column > 0, column < width else { return }
        let index = y * width + column
        guard cells[index].glyph == 0 else { return }
        cells[index].glyph = Packed.blankGlyph
        cells[index - 1].glyph = Packed.blankGlyph
    }
}

extension Grid: Equatable {
    /// Whether size, cursor and every cell are the same; O(cells).
    public static func == (left: Grid, right: Grid) -> Bool {
        guard left.width == right.width, left.height == right.height, left.cursor == right.cursor else { return false }
        if left.clusters.isEmpty, right.clusters.isEmpty { return left.cells == right.cells }
        return left.cells.indices.allSatisfy { index in
            let (a, b) = (left.cells[index], right.cells[index])
            return a.style == b.style && left.text(of: a.glyph) == right.text(of: b.glyph)
        }
    }
}
