import Screen
import TextCore

/// What lies over the panes: the palette, the help, and what a request would send.
enum ModalView {
    static func draw(_ workspace: Workspace, on grid: inout Grid) {
        switch workspace.modal {
        case .palette(let palette): drawPalette(palette, workspace, on: &grid)
        case .help(let scroll): drawHelp(scroll, workspace, on: &grid)
        case .menu(let menu): MenuView.draw(menu, workspace, on: &grid)
        case .comparison(let comparison): ComparisonView.draw(comparison, workspace, on: &grid)
        case .report(let report): MenuView.draw(report, workspace, on: &grid)
        case .panel(let panel):
            if !panel.isRow { panel.draw(workspace, in: workspace.plan.message, on: &grid) }
        case .prompt, .confirm, nil: break
        }
    }

    static func box(_ core: StudioCore, title: String, width: Int, height: Int, on grid: inout Grid) -> Rect {
        let theme = core.theme
        let width = min(width, core.width)
        let height = min(height, core.height - 2)
        let rect = Rect(
            x: (core.width - width) / 2, y: max(0, (core.height - 2 - height) / 2), width: width,
            height: height)
        grid.fill(rect, style: theme[.overlay])
        grid.frame(rect, style: theme[.borderFocused], title: title)
        grid.cursor = nil
        return rect.inset(dx: 2, dy: 1)
    }

    private static func drawPalette(_ palette: Palette, _ workspace: Workspace, on grid: inout Grid) {
        let theme = workspace.theme
        let matches = palette.matches
        let inner = box(workspace.core, title: "Commands", width: 72, height: min(20, workspace.height - 2), on: &grid)
        StatusView.draw(
            label: "›", field: palette.field, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 1),
            theme: theme, on: &grid)
        if matches.isEmpty {
            _ = grid.put(
                "No command has that in its name.", x: inner.x, y: inner.y + 2, style: theme[.dim],
                maxWidth: inner.width)
        }
        for (offset, index) in VisibleRows.around(palette.selected, of: matches.count, height: inner.height - 1)
            .enumerated()
        {
            let command = matches[index]
            let isSelected = index == palette.selected
            let y = inner.y + 1 + offset
            let style = isSelected ? theme[.selection] : theme[.overlay]
            grid.fill(Rect(x: inner.x, y: y, width: inner.width, height: 1), style: style)
            let keys = workspace.environment.keymap.keyNames(of: command).first ?? ""
            let room = inner.width - DisplayWidth.of(keys) - 3
            let position = command.context == .everywhere ? "" : " (\(command.context.rawValue))"
            _ = grid.put(
                (isSelected ? "› " : "  ") + Chrome.clipped(command.title + position, to: room), x: inner.x, y: y,
                style: style, maxWidth: room + 2)
            _ = grid.put(keys, x: inner.maxX - DisplayWidth.of(keys), y: y, style: style, maxWidth: inner.width)
        }
    }

    private static func drawHelp(_ scroll: Int, _ workspace: Workspace, on grid: inout Grid) {
        let theme = workspace.theme
        let inner = box(
            workspace.core, title: "Help: Esc closes, ↑↓ scroll", width: 78, height: workspace.height - 2, on: &grid)
        var lines: [(text: String, role: ThemeRole)] = []
        let keymap = workspace.environment.keymap
        if keymap.base == .vim {
            lines.append(("vim's keys in the editor", .heading))
            for (keys, title) in Keymap.vimKeys { lines.append((keys.padded(to: 22) + title, .overlay)) }
        }
        for context in [Command.Context.everywhere, .editor, .research, .outline, .proposal] {
            if !lines.isEmpty { lines.append(("", .overlay)) }
            lines.append((context.heading, .heading))
            for command in CommandTable.all where command.context == context {
                let keys = keymap.keyNames(of: command).prefix(2).joined(separator: ", ")
                lines.append((keys.padded(to: 22) + command.title, .overlay))
            }
        }
        drawLines(lines, scroll: scroll, in: inner, theme: theme, on: &grid)
    }

    static func drawLines(
        _ lines: [(text: String, role: ThemeRole)], scroll: Int, in rect: Rect, theme: Theme, on grid: inout Grid
    ) {
        for (offset, line) in lines[VisibleRows.from(scroll, of: lines.count, height: rect.height)].enumerated() {
            _ = grid.put(
                Chrome.clipped(line.text, to: rect.width), x: rect.x, y: rect.y + offset, style: theme[line.role],
                maxWidth: rect.width)
        }
    }
}

extension Command.Context {
    /// What the help calls the place where the keys apply.
    public var heading: String {
        switch self {
        case .everywhere: "Everywhere"
        case .editor: "In the editor"
        case .outline: "In the outline"
        case .research: "In research"
        case .proposal: "Beside a proposal"
        }
    }
}

extension String {
    /// Followed by spaces up to `width` cells; at least one.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - DisplayWidth.of(self)))
    }
}
