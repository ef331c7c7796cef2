import Manuscript
import Screen
import TextCore

/// The rows of text on the screen as they look with nothing laid over them, kept while they stand where they stood: a key
/// changes one line.
struct EditorRenderCache: Sendable {
    /// A row of a prepared line.
    private struct Row {
        var line: LineLayout
        var index: Int
    }

    private(set) var grid: Grid
    private let area: Rect
    private let theme: Theme
    private let path: String
    private var rows: [Row?]

    init(_ workspace: Workspace) {
        area = workspace.textArea
        theme = workspace.theme
        path = workspace.editor.path
        grid = Grid(width: workspace.width, height: workspace.height, style: theme[.text])
        rows = Array(repeating: nil, count: workspace.height)
    }

    /// Whether it was drawn for this place and look.
    func fits(_ workspace: Workspace) -> Bool {
        area == workspace.textArea && path == workspace.editor.path && rows.count == workspace.height
            && grid.width == workspace.width
            && theme == workspace.theme
    }

    func has(_ line: LineLayout, row: Int, at y: Int) -> Bool {
        guard rows.indices.contains(y), let known = rows[y] else { return false }
        return known.line === line && known.index == row
    }

    /// Draws what isn't there yet, and takes away what is no more.
    mutating func draw(_ workspace: Workspace) {
        var seen = area.y
        let painter = RowPainter(theme: theme, text: workspace.editor.text, area: area, selection: 0..<0, caret: -1)
        workspace.forEachVisibleRow(area) { line, row, start, y in
            while seen < y { clear(seen); seen += 1 }
            seen = y + 1
            guard !has(line, row: row, at: y) else { return }
            grid.fill(Rect(x: area.x, y: y, width: area.width, height: 1), style: theme[.text])
            painter.drawPlain(row, of: line, from: start, y: y, on: &grid)
            rows[y] = Row(line: line, index: row)
        }
        while seen < area.maxY { clear(seen); seen += 1 }
    }

    private mutating func clear(_ y: Int) {
        guard rows.indices.contains(y), rows[y] != nil else { return }
        grid.fill(Rect(x: area.x, y: y, width: area.width, height: 1), style: theme[.text])
        rows[y] = nil
    }
}

extension Workspace {
    /// Calls `body` with each row of text in `area`: its line, which row of it, the line's first byte and the screen's row.
    func forEachVisibleRow(_ area: Rect, _ body: (_ line: LineLayout, _ row: Int, _ start: Int, _ y: Int) -> Void) {
        let editor = editor
        let layout = EditorLayout(width: area.width, tabWidth: environment.tabWidth)
        var line = min(editor.scroll.line, editor.text.lineCount - 1)
        var skip = editor.scroll.row
        var y = area.y + editor.scroll.blankRows
        var start = editor.text.lineStart(line)
        while y < area.maxY, line < editor.text.lineCount {
            let prepared = editor.layoutOfLine(line, layout)
            for row in prepared.rows.indices.dropFirst(skip) {
                guard y < area.maxY else { break }
                body(prepared, row, start, y)
                y += 1
            }
            skip = 0
            line += 1
            start += prepared.count + 1
        }
    }

    /// Draws the rows of text that aren't as they were.
    mutating func prepareText() {
        // Taken out, so that its grid is changed in place.
        var cache = caches.text
        caches.text = nil
        if cache?.fits(self) != true { cache = EditorRenderCache(self) }
        cache?.draw(self)
        caches.text = cache
    }
}
