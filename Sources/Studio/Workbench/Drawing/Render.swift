import Manuscript
import Screen
import TextCore

/// Draws the whole screen. Pure: the same workspace gives the same cells.
public func render(_ workspace: Workspace) -> Grid {
    let theme = workspace.theme
    // The text is there already, where it's the text that is seen.
    let cache = workspace.isReviewing ? nil : workspace.caches.text.flatMap { $0.fits(workspace) ? $0 : nil }
    var grid = cache?.grid ?? Grid(width: workspace.width, height: workspace.height, style: theme[.text])
    guard workspace.width >= 20, workspace.height >= 5 else {
        _ = grid.put("Longhand needs 20x5 cells.", x: 0, y: 0, style: theme[.error], maxWidth: workspace.width)
        return grid
    }
    let plan = workspace.plan
    if workspace.isReviewing {
        ProposalView.draw(workspace, in: plan.editor, on: &grid)
    } else {
        EditorView.draw(workspace, in: plan.editor, over: cache, on: &grid)
    }
    if let rect = plan.outline { OutlineView.draw(workspace, in: rect, on: &grid) }
    if let rect = plan.research { ResearchView.draw(workspace, in: rect, on: &grid) }
    StatusView.draw(workspace, plan: plan, on: &grid)
    ModalView.draw(workspace, on: &grid)
    return grid
}

/// The parts that every pane is drawn from.
enum Chrome {
    /// A pane's title row. The focused pane's is marked with `▌`, not by colour alone.
    static func title(
        _ text: String, detail: String = "", focused: Bool, in rect: Rect, theme: Theme, on grid: inout Grid
    ) {
        let style = theme[focused ? .titleFocused : .title]
        grid.fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), style: style)
        var used = grid.put(focused ? "▌" : " ", x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
        used += grid.put(text, x: rect.x + used, y: rect.y, style: style, maxWidth: rect.width - used - 1)
        let width = DisplayWidth.of(detail)
        guard !detail.isEmpty, width + used + 2 <= rect.width else { return }
        _ = grid.put(detail, x: rect.maxX - width - 1, y: rect.y, style: style, maxWidth: width)
    }

    /// The line between a side pane and the text.
    static func separator(x: Int, rect: Rect, focused: Bool, theme: Theme, on grid: inout Grid) {
        for y in (rect.y + 1)..<max(rect.y + 1, rect.maxY) {
            _ = grid.put("│", x: x, y: y, style: theme[focused ? .borderFocused : .border], maxWidth: 1)
        }
    }

    /// `text` broken to the width of `rect` and drawn down from `y`, its first row if nil; returns the row below the
    /// last one drawn.
    @discardableResult
    static func paragraph(_ text: String, from y: Int? = nil, in rect: Rect, style: Style, on grid: inout Grid) -> Int {
        var y = y ?? rect.y
        for row in rows(of: text, width: rect.width) {
            guard y < rect.maxY else { break }
            _ = grid.put(row, x: rect.x, y: y, style: style, maxWidth: rect.width)
            y += 1
        }
        return y
    }

    /// The rows of a text broken to `width`, by its lines and then by words.
    static func rows(of text: String, width: Int) -> [String] {
        let layout = EditorLayout(width: width, tabWidth: 4)
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
            let line = String(line)
            return LineBreaker.wrap(line, width: max(4, width)).map { String(layout.bytes($0.range, of: line)) }
        }
    }

    /// `text` cut to `width` cells, with an ellipsis where something was cut.
    static func clipped(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        // Blanks that hang over the end of a row are nothing that could be lost.
        var text = text[...]
        while text.last == " " { text.removeLast() }
        guard DisplayWidth.of(String(text)) > width else { return String(text) }
        var result = ""
        var used = 0
        for character in text {
            let cells = DisplayWidth.of(character)
            if used + cells > width - 1 { break }
            result.append(character)
            used += cells
        }
        return result + "…"
    }
}
