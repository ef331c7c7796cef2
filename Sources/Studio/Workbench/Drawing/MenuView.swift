import Screen
import TextCore

/// A menu, beside what it is about, and a report.
enum MenuView {
    static func draw(_ menu: Menu, _ workspace: Workspace, on grid: inout Grid) {
        let theme = workspace.theme
        let widest = menu.items.map { DisplayWidth.of($0.title) }.max() ?? 0
        let width = min(workspace.width, max(24, min(60, widest + 8)))
        let height = min(menu.items.count + 2, workspace.height - 2, 18)
        let rect = place(menu, width: width, height: height, workspace)
        grid.fill(rect, style: theme[.overlay])
        grid.frame(rect, style: theme[.borderFocused], title: menu.title)
        grid.cursor = nil
        let inner = rect.inset(dx: 2, dy: 1)
        for (offset, index) in VisibleRows.around(menu.selected, of: menu.items.count, height: inner.height)
            .enumerated()
        {
            let style = theme[index == menu.selected ? .selection : .overlay]
            let y = inner.y + offset
            grid.fill(Rect(x: inner.x, y: y, width: inner.width, height: 1), style: style)
            let number = index < 9 ? "\(index + 1) " : "  "
            let text = (index == menu.selected ? "›" : " ") + number + menu.items[index].title
            _ = grid.put(Chrome.clipped(text, to: inner.width), x: inner.x, y: y, style: style, maxWidth: inner.width)
        }
    }

    /// A theme is judged by the page, so its menu keeps to the corner; a word's menu stands under the word.
    private static func place(_ menu: Menu, width: Int, height: Int, _ workspace: Workspace) -> Rect {
        let corner = Rect(x: workspace.width - width, y: 0, width: width, height: height)
        guard menu.isAtCaret, let cursor = EditorView.caretCell(workspace) else { return corner }
        let x = min(max(0, cursor.x - 2), workspace.width - width)
        let below = cursor.y + 1
        let fits = below + height <= workspace.height - 2
        return Rect(x: x, y: fits ? below : max(0, cursor.y - height), width: width, height: height)
    }

    static func draw(_ report: Report, _ workspace: Workspace, on grid: inout Grid) {
        let inner = ModalView.box(
            workspace.core, title: report.title, width: 72, height: min(report.lines.count + 2, workspace.height - 2),
            on: &grid)
        ModalView.drawLines(
            report.lines.map { ($0.text, $0.role) }, scroll: report.scroll, in: inner,
            theme: workspace.theme, on: &grid)
    }
}
