import Screen
import TextCore

/// Two texts compared, with the answers to the question it belongs to.
enum ComparisonView {
    static func draw(_ comparison: Comparison, _ workspace: Workspace, on grid: inout Grid) {
        let theme = workspace.theme
        let inner = ModalView.box(
            workspace.core, title: comparison.title, width: 96, height: workspace.height - 2, on: &grid)
        let body = Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - 1)
        let isSame = comparison.pieces.map { pieces in !pieces.contains { $0.kind != .same } } ?? false
        if comparison.pieces == nil || isSame {
            _ = grid.put(
                isSame ? "Both are the same." : "Comparing…", x: body.x, y: body.y, style: theme[.dim],
                maxWidth: body.width)
        }
        let shown = isSame ? [] : (comparison.pieces ?? []).abridged
        let rows = DifferenceView.rows(of: shown, width: inner.width, theme: theme, plain: theme[.overlay])
        for (offset, row) in rows[VisibleRows.from(comparison.scroll, of: rows.count, height: body.height)].enumerated()
        {
            var x = body.x
            for piece in row {
                x += grid.put(piece.text, x: x, y: body.y + offset, style: piece.style, maxWidth: body.maxX - x)
            }
        }
        let answers = comparison.question.answers.filter { $0.key != "c" }.map { "\($0.key) \($0.title)" }
        let hint = (answers + ["Esc back", "↑↓ scroll"]).joined(separator: " · ")
        _ = grid.put(
            Chrome.clipped(hint, to: inner.width), x: inner.x, y: inner.maxY - 1, style: theme[.dim],
            maxWidth: inner.width)
    }
}
