import Screen
import TextCore

/// The versions of an article, or how one differs from the text as it is.
extension VersionList {
    func press(_ key: Key) -> Event { .versions(.pressed(key)) }

    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        let theme = workspace.theme
        let list = self
        guard let row = list.rows.indices.contains(list.selected) ? list.rows[list.selected] : nil else { return }
        if list.difference != nil {
            let inner = ModalView.box(
                workspace.core, title: "From \(row.time) to now", width: 96, height: workspace.height - 2, on: &grid)
            let body = Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - 1)
            let rows = DifferenceView.rows(
                of: list.shownDifference, width: inner.width, theme: theme, plain: theme[.overlay])
            let isSame = list.difference?.contains { $0.kind != .same } != true
            if isSame {
                _ = grid.put(
                    "The text is this version.", x: body.x, y: body.y, style: theme[.dim], maxWidth: body.width)
            }
            let visible = isSame ? 0..<0 : VisibleRows.from(list.scroll, of: rows.count, height: body.height)
            for (offset, row) in rows[visible].enumerated() {
                var x = body.x
                for piece in row {
                    x += grid.put(piece.text, x: x, y: body.y + offset, style: piece.style, maxWidth: body.maxX - x)
                }
            }
            hint("r bring this version back · ↑↓ scroll · Esc to the list", inner, theme, &grid)
            return
        }
        let inner = ModalView.box(
            workspace.core, title: "Versions", width: 96, height: min(list.rows.count + 3, workspace.height - 2),
            on: &grid)
        for (offset, index) in VisibleRows.around(list.selected, of: list.rows.count, height: inner.height - 1)
            .enumerated()
        {
            let row = list.rows[index]
            let isSelected = index == list.selected
            let style = theme[isSelected ? .selection : .overlay]
            let y = inner.y + offset
            grid.fill(Rect(x: inner.x, y: y, width: inner.width, height: 1), style: style)
            let change = row.change.map { $0 > 0 ? "+\($0)" : $0 < 0 ? "−\($0.magnitude)" : "±0" } ?? ""
            let words = "\(row.words) words"
            let text =
                (isSelected ? "› " : "  ") + row.time + left(words, 15) + left(change, 8) + "  "
                + row.sections.joined(separator: ", ")
            _ = grid.put(Chrome.clipped(text, to: inner.width), x: inner.x, y: y, style: style, maxWidth: inner.width)
        }
        hint("Enter compare with now · r bring back · Esc back", inner, theme, &grid)
    }

    private func hint(_ text: String, _ inner: Rect, _ theme: Theme, _ grid: inout Grid) {
        _ = grid.put(
            Chrome.clipped(text, to: inner.width), x: inner.x, y: inner.maxY - 1, style: theme[.dim],
            maxWidth: inner.width)
    }

    private func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - DisplayWidth.of(text))) + text
    }
}
