import Screen
import TextCore

/// Puts the rows of prepared lines into cells, with what is laid over them: selection, matches, misspelt words.
struct RowPainter {
    let theme: Theme
    let text: Text
    let area: Rect
    let selection: Range<Int>
    let caret: Int
    /// What stays bright; nil for all.
    var inFocus: Range<Int>?
    /// Whether a bar in the margin says so, for want of colours.
    var marksFocus = false
    /// The misspelt words from the last row drawn on, in order.
    var misspelt: ArraySlice<Range<Int>> = []
    /// What a search has found, from the last row drawn on, in order.
    var matches: ArraySlice<Range<Int>> = []
    var cursor: Position?
    /// What the grid already shows.
    var cache: EditorRenderCache?

    /// - Parameters:
    ///   - start: the line's first byte in the text.
    mutating func draw(_ index: Int, of line: LineLayout, from start: Int, y: Int, on grid: inout Grid) {
        let row = line.rows[index]
        let isLast = index == line.rows.count - 1
        // A selected line break shows as one cell.
        let bytes = start + row.range.lowerBound..<start + row.range.upperBound + (isLast ? 1 : 0)
        if marksFocus, let inFocus, inFocus.overlaps(bytes) {
            _ = grid.put("▎", x: area.x - 1, y: y, style: theme[.strong], maxWidth: 1)
        }
        let pieces = line.rowPieces[index]
        if hasOverlays(bytes) {
            for index in pieces {
                let piece = line.pieces[index]
                let offset = start + Int(piece.offset)
                var style = theme[piece.role]
                if let inFocus, !inFocus.contains(offset) { style = theme[.unfocused] }
                if isMisspelt(offset) { style = style.overlaid(with: theme[.misspelt]) }
                if isMatch(offset) { style = style.overlaid(with: theme[.match]) }
                if selection.contains(offset) { style = style.overlaid(with: theme[.selection]) }
                put(index, of: line, from: start, style: style, y: y, on: &grid)
            }
        } else if cache?.has(line, row: index, at: y) != true {
            drawPlain(index, of: line, from: start, y: y, on: &grid)
        }
        if bytes.contains(caret) { place(line.column(of: caret - start, row: index), y) }
        if isLast, selection.contains(start + row.range.upperBound), row.width < area.width {
            grid.fill(Rect(x: area.x + row.width, y: y, width: 1, height: 1), style: theme[.selection])
        }
    }

    /// A row with nothing laid over it.
    func drawPlain(_ index: Int, of line: LineLayout, from start: Int, y: Int, on grid: inout Grid) {
        for index in line.rowPieces[index] {
            put(index, of: line, from: start, style: theme[line.pieces[index].role], y: y, on: &grid)
        }
    }

    /// The piece `index` of a line.
    private func put(
        _ index: Int, of line: LineLayout, from start: Int, style: Style, y: Int, on grid: inout Grid
    ) {
        let piece = line.pieces[index]
        let x = area.x + Int(piece.column)
        if piece.glyph.columns != piece.cells {
            // A tab, of which only what lies over it is seen.
            grid.fill(Rect(x: x, y: y, width: min(Int(piece.cells), area.maxX - x), height: 1), style: style)
        } else if piece.glyph.scalar != 0 {
            grid.put(piece.glyph, x: x, y: y, style: style, limit: area.maxX)
        } else if x + Int(piece.cells) <= area.maxX {
            let end = index + 1 < line.pieces.count ? Int(line.pieces[index + 1].offset) : line.count
            _ = grid.put(
                text.slice(start + Int(piece.offset)..<start + end), x: x, y: y, style: style,
                maxWidth: Int(piece.cells))
        }
    }

    /// Whether anything but the Markdown's own look is seen in these bytes.
    private mutating func hasOverlays(_ bytes: Range<Int>) -> Bool {
        while let next = misspelt.first, next.upperBound <= bytes.lowerBound { misspelt.removeFirst() }
        while let next = matches.first, next.upperBound <= bytes.lowerBound { matches.removeFirst() }
        if let inFocus, inFocus.lowerBound > bytes.lowerBound || inFocus.upperBound < bytes.upperBound { return true }
        return selection.overlaps(bytes) || misspelt.first.map { $0.lowerBound < bytes.upperBound } ?? false
            || matches.first.map { $0.lowerBound < bytes.upperBound } ?? false
    }

    /// The word that is being written isn't marked yet.
    private mutating func isMisspelt(_ offset: Int) -> Bool {
        while let next = misspelt.first, next.upperBound <= offset { misspelt.removeFirst() }
        guard let next = misspelt.first else { return false }
        return next.lowerBound <= offset && next.upperBound != caret
    }

    private mutating func isMatch(_ offset: Int) -> Bool {
        while let next = matches.first, next.upperBound <= offset { matches.removeFirst() }
        guard let next = matches.first else { return false }
        return next.lowerBound <= offset
    }

    private mutating func place(_ x: Int, _ y: Int) {
        cursor = Position(x: area.x + min(x, area.width), y: y)
    }
}
