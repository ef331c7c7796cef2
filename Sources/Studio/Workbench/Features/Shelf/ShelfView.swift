import Manuscript
import Screen
import TextCore

/// The list of what is on the shelf, narrowed by what is typed, with the chosen piece below it.
struct ShelfList: Panel {
    var field = TextField("")
    var selected = 0
    /// What is shown, the newest first.
    var matches: [ShelfItem] = []
    private var items: [ShelfItem] = []

    init() {}

    var chosen: ShelfItem? { matches.indices.contains(selected) ? matches[selected] : nil }

    /// What is on the shelf now; what is typed stays.
    mutating func replace(_ items: [ShelfItem]) {
        self.items = items
        let old = selected
        match()
        selected = min(old, max(0, matches.count - 1))
    }

    /// The pieces that hold every word typed, in any case.
    mutating func match() {
        selected = 0
        let words = field.text.lowercased().split(separator: " ")
        matches = items.filter { item in
            let text = item.piece.text.lowercased() + " " + item.date
            return words.allSatisfy { text.contains($0) }
        }
    }

    func press(_ key: Key) -> Event { .shelf(.pressed(key)) }
    func paste(_ text: String) -> Event? { .shelf(.pasted(text)) }

    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        let (theme, core) = (workspace.theme, workspace.core)
        let inner = ModalView.box(core, title: "Shelf", width: 84, height: min(24, core.height - 2), on: &grid)
        StatusView.draw(
            label: "›", field: field, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 1), theme: theme,
            on: &grid)
        let room = inner.height - 2
        // What is left below the rows shows the chosen piece.
        let rows = room > 8 ? min(max(1, matches.count), room / 2) : room
        let listed = Rect(x: inner.x, y: inner.y + 1, width: inner.width, height: rows)
        for (offset, index) in VisibleRows.around(selected, of: matches.count, height: listed.height).enumerated() {
            draw(
                matches[index], isSelected: index == selected, in: listed.rows(from: listed.y + offset), theme,
                on: &grid)
        }
        if matches.isEmpty {
            let text =
                items.isEmpty
                ? "Nothing is on the shelf. \(core.hint("cut-to-shelf")) cuts the selection, or the paragraph, to it."
                : "Nothing on the shelf has that in it."
            Chrome.paragraph(text, in: listed.inset(dx: 2, dy: 0), style: theme[.dim], on: &grid)
        }
        if let chosen, rows < room {
            let rule = String(repeating: "─", count: inner.width)
            _ = grid.put(rule, x: inner.x, y: listed.maxY, style: theme[.border], maxWidth: inner.width)
            let below = Rect(x: inner.x + 2, y: listed.maxY + 1, width: inner.width - 4, height: room - rows - 1)
            Chrome.paragraph(chosen.piece.text, in: below, style: theme[.overlay], on: &grid)
        }
        _ = grid.put(
            Chrome.clipped("Enter put back · Alt-Enter a copy · Del discard · Esc back", to: inner.width), x: inner.x,
            y: inner.maxY - 1, style: theme[.dim], maxWidth: inner.width)
    }

    private func draw(_ item: ShelfItem, isSelected: Bool, in rect: Rect, _ theme: Theme, on grid: inout Grid) {
        let style = theme[isSelected ? .selection : .overlay]
        grid.fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), style: style)
        let length = TextLength(item.piece.text).short
        let room = rect.width - DisplayWidth.of(length) - 3
        let text = (isSelected ? "› " : "  ") + item.date + "  " + item.piece.firstLine
        _ = grid.put(Chrome.clipped(text, to: room), x: rect.x, y: rect.y, style: style, maxWidth: room)
        _ = grid.put(
            length, x: rect.maxX - DisplayWidth.of(length) - 1, y: rect.y, style: style, maxWidth: rect.width)
    }
}
