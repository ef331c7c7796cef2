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
    /// What features lay over the text from the last row drawn on, each in order and the later ones on top.
    var layers: [ArraySlice<Decoration>] = []
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
                for layer in layers.indices {
                    guard let role = role(at: offset, in: layer) else { continue }
                    style = style.overlaid(with: theme[role])
                }
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
        if let inFocus, inFocus.lowerBound > bytes.lowerBound || inFocus.upperBound < bytes.upperBound { return true }
        for layer in layers.indices {
            skip(to: bytes.lowerBound, in: layer)
            if let next = layers[layer].first, next.range.lowerBound < bytes.upperBound { return true }
        }
        return selection.overlaps(bytes)
    }

    private mutating func role(at offset: Int, in layer: Int) -> ThemeRole? {
        skip(to: offset, in: layer)
        guard let next = layers[layer].first, next.range.lowerBound <= offset else { return nil }
        return next.role
    }

    private mutating func skip(to offset: Int, in layer: Int) {
        while let next = layers[layer].first, next.range.upperBound <= offset { layers[layer].removeFirst() }
    }

    private mutating func place(_ x: Int, _ y: Int) {
        cursor = Position(x: area.x + min(x, area.width), y: y)
    }
}
