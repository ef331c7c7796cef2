import Manuscript
import Screen
import TextCore

/// The left pane: the article's headings, with their words.
enum OutlineView {
    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        if grid.copy(rect, from: workspace.caches.outline, ifFits: workspace) { return }
        drawAnew(workspace, in: rect, on: &grid)
    }

    static func drawAnew(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.theme
        let focused = workspace.focus == .outline
        let core = workspace.core
        grid.fill(rect, style: theme[.text])
        let words = core.counts?.total.short ?? "\(core.headings.words.grouped) words"
        Chrome.title("Outline", detail: words, focused: focused, in: rect, theme: theme, on: &grid)
        let current = core.headings.index(at: core.editor.caret)
        let height = rect.height - 1
        if core.headings.sections.isEmpty {
            let inner = Rect(x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 1)
            Chrome.paragraph(
                "No headings yet. A line that starts with # is one.", in: inner, style: theme[.dim], on: &grid)
        }
        for (offset, index) in workspace.outline.visible(core, height: height).enumerated() {
            let section = core.headings.sections[index]
            let y = rect.y + 1 + offset
            let isSelected = focused && index == workspace.core.headings.selected
            let style = theme[isSelected ? .selection : index == current ? .current : .text]
            grid.fill(Rect(x: rect.x, y: y, width: rect.width - 1, height: 1), style: style)
            let marker = index == current ? "▸" : " "
            let indent = String(repeating: " ", count: max(0, min(4, section.level - 1)) * 2)
            let words = SectionLength.words(index, isNarrow: rect.width < 26, core)
            let wordsWidth = DisplayWidth.of(words)
            let room = rect.width - 3 - wordsWidth
            let text = marker + indent + section.title
            _ = grid.put(Chrome.clipped(text, to: room), x: rect.x, y: y, style: style, maxWidth: room)
            _ = grid.put(
                words, x: rect.maxX - 2 - words.count, y: y, style: isSelected ? style : theme[.dim],
                maxWidth: words.count)
        }
        Chrome.separator(x: rect.maxX - 1, rect: rect, focused: focused, theme: theme, on: &grid)
    }
}

extension OutlineState {
    /// The sections that fit, around the selected or the current one.
    func visible(_ core: StudioCore, height: Int) -> Range<Int> {
        let middle = core.focus == .outline ? core.headings.selected : core.headings.index(at: core.editor.caret) ?? 0
        return VisibleRows.around(middle, of: core.headings.sections.count, height: height)
    }
}

/// The outline's cells, kept while nothing that is seen of it changes.
///
/// Where the sections lie in the text moves with every key, and isn't seen; so what is compared is what the rows say.
struct OutlineRenderCache: RenderCache {
    private struct Row {
        var title: String
        var level: Int
        var words: Int
        var count: ArticleCounts.Section?
    }

    let grid: Grid
    private let rect: Rect
    private let isFocused: Bool
    private let theme: Theme
    private let words: Int
    private let total: TextLength?
    private let current: Int?
    private let selected: Int
    private let visible: Range<Int>
    private let rows: [Row]

    init(_ workspace: Workspace, _ rect: Rect) {
        var grid = Grid(width: workspace.width, height: workspace.height)
        OutlineView.drawAnew(workspace, in: rect, on: &grid)
        self.grid = grid
        self.rect = rect
        let core = workspace.core
        isFocused = workspace.focus == .outline
        theme = workspace.theme
        words = core.headings.words
        total = core.counts?.total
        current = core.headings.index(at: core.editor.caret)
        selected = workspace.core.headings.selected
        visible = workspace.outline.visible(core, height: rect.height - 1)
        rows = visible.map { index in
            let section = core.headings.sections[index]
            return Row(
                title: section.title, level: section.level, words: section.words,
                count: core.counts?.section(index))
        }
    }

    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool {
        guard rect == self.rect, grid.width == workspace.width, grid.height == workspace.height,
            isFocused == (workspace.focus == .outline),
            words == workspace.core.headings.words, total == workspace.core.counts?.total,
            current == workspace.core.headings.index(at: workspace.core.editor.caret),
            !isFocused || selected == workspace.core.headings.selected, theme == workspace.theme,
            visible == workspace.outline.visible(workspace.core, height: rect.height - 1)
        else { return false }
        return zip(visible, rows).allSatisfy { index, row in
            let section = workspace.core.headings.sections[index]
            return row.title == section.title && row.level == section.level && row.words == section.words
                && row.count == workspace.core.counts?.section(index)
        }
    }
}

extension ArticleCounts {
    /// The lengths of a heading's section; nil where it wasn't counted yet.
    fileprivate func section(_ index: Int) -> Section? { sections.indices.contains(index) ? sections[index] : nil }
}
