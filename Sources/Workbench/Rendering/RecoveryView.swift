import Screen

/// How recovered text differs from the file.
enum RecoveryView {
    static func draw(_ comparison: RecoveryComparison, _ workspace: Workspace, on grid: inout Grid) {
        let theme = workspace.environment.theme
        let inner = ModalView.box(workspace, title: "From the file to the unsaved text", width: 96, height: workspace.height - 2, on: &grid)
        let body = Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - 1)
        if let difference = comparison.difference {
            let rows = ProposalView.rows(of: VersionList.shown(difference), width: body.width, theme: theme, plain: theme[.overlay])
            let top = max(0, min(comparison.scroll, rows.count - body.height))
            for (offset, row) in rows.dropFirst(top).prefix(body.height).enumerated() {
                var x = body.x
                for piece in row { x += grid.put(piece.text, x: x, y: body.y + offset, style: piece.style, maxWidth: body.maxX - x) }
            }
        } else {
            _ = grid.put("Comparing…", x: body.x, y: body.y, style: theme[.dim], maxWidth: body.width)
        }
        _ = grid.put(
            Chrome.clipped("r recover · d discard · Esc back · ↑↓ scroll", to: inner.width), x: inner.x, y: inner.maxY - 1, style: theme[.dim],
            maxWidth: inner.width)
    }
}
