import Screen

/// The list of headings, at the right edge so that the text beside it shows the chosen one's place.
extension HeadingPicker {
    func press(_ key: Key) -> Event { .outline(.pressed(key)) }
    func paste(_ text: String) -> Event? { .outline(.pasted(text)) }

    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        let (theme, picker) = (workspace.theme, self)
        let width = min(workspace.width, max(28, min(56, workspace.width * 45 / 100)))
        let height = min(workspace.height - 2, max(6, min(26, picker.matches.count + 4)))
        let rect = Rect(x: workspace.width - width, y: 0, width: width, height: height)
        grid.fill(rect, style: theme[.overlay])
        grid.frame(rect, style: theme[.borderFocused], title: "Go to a heading")
        grid.cursor = nil
        let inner = rect.inset(dx: 2, dy: 1)
        StatusView.draw(
            label: "›", field: picker.field, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 1),
            theme: theme, on: &grid)
        for (offset, index) in VisibleRows.around(picker.selected, of: picker.matches.count, height: inner.height - 2)
            .enumerated()
        {
            let item = picker.matches[index]
            let isSelected = index == picker.selected
            let y = inner.y + 1 + offset
            let style = theme[isSelected ? .selection : .overlay]
            grid.fill(Rect(x: inner.x, y: y, width: inner.width, height: 1), style: style)
            var matched = style
            matched.bold = true
            matched.underline = true
            var x =
                inner.x
                + grid.put(
                    (isSelected ? "› " : "  ") + String(repeating: "  ", count: item.level - 1), x: inner.x, y: y,
                    style: style, maxWidth: inner.width)
            let positions = picker.positions(in: item)
            var index = 0
            for character in Chrome.clipped(item.title, to: max(0, inner.maxX - x)) {
                let count = character.unicodeScalars.count
                let isMatched = (index..<index + count).contains(where: positions.contains)
                x += grid.put(
                    String(character), x: x, y: y, style: isMatched ? matched : style, maxWidth: inner.maxX - x)
                index += count
            }
        }
        if picker.matches.isEmpty {
            _ = grid.put(
                "No heading has that in it.", x: inner.x + 2, y: inner.y + 1, style: theme[.dim],
                maxWidth: inner.width - 2)
        }
        let hint = "Enter go there · ↑↓ choose · Esc back"
        _ = grid.put(
            Chrome.clipped(hint, to: inner.width), x: inner.x, y: inner.maxY - 1, style: theme[.dim],
            maxWidth: inner.width)
    }
}
