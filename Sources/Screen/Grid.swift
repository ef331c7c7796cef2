import Diagnostics
import TextCore

/// What a whole screen shows: `width` × `height` cells and the place of the cursor.
///
/// A grid never holds half a wide grapheme. Writing over one half blanks the other, and a wide
/// grapheme that would cross the edge it is clipped to is not written. Nor does it hold control
/// characters: all text comes in through `put`, which makes it safe first.
///
/// Limits: a zero-width character with no base (a stray joiner) is dropped, and tabs are one
/// cell wide: who lays out text expands them first.
public struct Grid: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// Where the terminal's cursor stands; nil hides it.
    public var cursor: Position?
    private var cells: [Cell]

    /// A grid of blank cells. A size below zero is taken as zero.
    public init(width: Int, height: Int, style: Style = .plain) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(
            repeating: Cell(text: " ", style: style), count: self.width * self.height)
    }

    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// The cell at column `x` of row `y`; a blank one outside of the grid.
    public subscript(x: Int, y: Int) -> Cell {
        guard x >= 0, x < width, y >= 0, y < height else { return .blank }
        return cells[y * width + x]
    }

    /// The cells of row `y` from left to right; none outside of the grid.
    public func row(_ y: Int) -> ArraySlice<Cell> {
        guard y >= 0, y < height else { return [] }
        return cells[y * width..<(y + 1) * width]
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
        for character in string {
            if column >= limit { break }
            if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F {
                place(String(character), columns: 1, column: column, y: y, style: style)
                column += 1
                continue
            }
            for safe in terminalSafe(String(character)) {
                let columns = DisplayWidth.of(safe)
                if columns <= 0 { continue }
                guard column + columns <= limit else { return column - x }
                if safe.unicodeScalars.count == 1 {
                    place(String(safe), columns: columns, column: column, y: y, style: style)
                    column += columns
                    continue
                }
                // A grapheme of several letters, or of two halves, has cells for each: a terminal's cell holds one.
                for piece in DisplayWidth.pieces(of: safe) where piece.cells > 0 {
                    place(piece.text, columns: piece.cells, column: column, y: y, style: style)
                    column += piece.cells
                }
            }
        }
        return column - x
    }

    /// Blanks the cells of `rect` and gives them `style`.
    public mutating func fill(_ rect: Rect, style: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            separate(before: area.x, y: y)
            separate(before: area.maxX, y: y)
            for x in area.x..<area.maxX {
                cells[y * width + x] = Cell(text: " ", style: style)
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
            if cells[y * width + from].text.isEmpty { from = max(0, from - 1) }
            if to < width, cells[y * width + to].text.isEmpty { to += 1 }
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
        _ text: String, columns: Int, column: Int, y: Int, style: Style
    ) {
        guard column + columns > 0 else { return }
        if column < 0 {
            // The left half lies outside: what is seen of a wide grapheme then is a blank.
            separate(before: 1, y: y)
            cells[y * width] = Cell(text: " ", style: style)
            return
        }
        let index = y * width + column
        separate(before: column, y: y)
        separate(before: column + columns, y: y)
        cells[index] = Cell(text: text, style: style)
        if columns == 2 { cells[index + 1] = Cell(text: "", style: style) }
    }

    /// Blanks both halves of a wide grapheme that lies across the left edge of `column`.
    private mutating func separate(before column: Int, y: Int) {
        guard column > 0, column < width else { return }
        let index = y * width + column
        guard cells[index].text.isEmpty else { return }
        cells[index].text = " "
        cells[index - 1].text = " "
    }
}
