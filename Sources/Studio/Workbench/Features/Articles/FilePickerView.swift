import Screen
import TextCore

/// The list of files to open, in the middle of the screen.
extension FilePicker {
    /// Every key goes to the list, whatever it means there.
    public func press(_ key: Key) -> Event { .articles(.pressed(key)) }
    /// Pasted text narrows the list as typed text does.
    public func paste(_ text: String) -> Event? { .articles(.pasted(text)) }

    /// Draws the list in a box in the middle of the screen; `row` stays as it is.
    public func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid) {
        let (theme, picker) = (workspace.theme, self)
        let title = picker.purpose == .open ? "Open an article" : "Go to an article"
        let inner = ModalView.box(
            workspace.core, title: title, width: 84, height: min(22, workspace.height - 2), on: &grid)
        StatusView.draw(
            label: "›", field: picker.field, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 1),
            theme: theme, on: &grid)
        for (offset, index) in VisibleRows.around(picker.selected, of: picker.matches.count, height: inner.height - 2)
            .enumerated()
        {
            draw(
                picker.matches[index], picker, isSelected: index == picker.selected,
                in: Rect(x: inner.x, y: inner.y + 1 + offset, width: inner.width, height: 1), theme: theme, on: &grid)
        }
        if picker.matches.isEmpty {
            _ = grid.put(
                Chrome.clipped(picker.emptyText, to: inner.width - 2), x: inner.x + 2, y: inner.y + 1,
                style: theme[.dim], maxWidth: inner.width - 2)
        }
        let hint =
            picker.purpose == .open
            ? "Enter open · Tab complete · / or ~ a path · Esc back" : "Enter go there · ↑↓ choose · Esc back"
        _ = grid.put(
            Chrome.clipped(hint, to: inner.width), x: inner.x, y: inner.maxY - 1, style: theme[.dim],
            maxWidth: inner.width)
    }

    private func draw(
        _ item: FilePicker.Item, _ picker: FilePicker, isSelected: Bool, in rect: Rect, theme: Theme,
        on grid: inout Grid
    ) {
        let style = theme[isSelected ? .selection : .overlay]
        grid.fill(rect, style: style)
        let detail = item.isNew ? "new" : item.isModified ? "not saved" : item.isOpen ? "open" : ""
        let room = rect.width - 4 - (detail.isEmpty ? 0 : DisplayWidth.of(detail) + 2)
        let mark = (isSelected ? "›" : " ") + (item.isModified ? "●" : item.isNew ? "+" : " ") + " "
        var x = rect.x + grid.put(mark, x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
        var matched = style
        matched.bold = true
        matched.underline = true
        let isPath = picker.typedFolder != nil || item.isNew
        let positions = Set(isPath ? [] : FuzzyMatch(picker.query, in: item.name)?.positions ?? [])
        for (character, isMatched) in fitted(item.shown, positions: positions, to: room) {
            x += grid.put(
                String(character), x: x, y: rect.y, style: isMatched ? matched : style, maxWidth: rect.maxX - x)
        }
        let width = DisplayWidth.of(detail)
        _ = grid.put(detail, x: rect.maxX - width - 1, y: rect.y, style: style, maxWidth: width)
    }

    /// The characters of a path, and whether each is matched; what is too long loses its start, since files are told by their ends.
    private func fitted(_ path: String, positions: Set<Int>, to width: Int) -> [(Character, Bool)] {
        var characters: [(Character, Bool)] = []
        var index = 0
        for character in path {
            let count = character.unicodeScalars.count
            characters.append((character, (index..<index + count).contains(where: positions.contains)))
            index += count
        }
        var used = characters.reduce(0) { $0 + DisplayWidth.of($1.0) }
        guard used > width else { return characters }
        var rest = characters[...]
        while used > width - 1, let first = rest.popFirst() { used -= DisplayWidth.of(first.0) }
        return [("…", false)] + rest
    }
}
