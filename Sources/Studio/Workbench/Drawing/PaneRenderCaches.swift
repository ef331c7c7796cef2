import Manuscript
import Screen

/// The cells of a part of the screen, kept while nothing that is seen of it changes.
protocol RenderCache: Sendable {
    /// As large as the window; empty outside the part.
    var grid: Grid { get }
    /// Draws the part.
    init(_ workspace: Workspace, _ rect: Rect)
    /// Whether drawing the part anew would come to the same.
    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool
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
        let pane = workspace.outline
        isFocused = workspace.focus == .outline
        theme = workspace.environment.theme
        words = pane.words
        total = workspace.progress.counts?.total
        current = pane.index(at: workspace.editor.caret)
        selected = pane.selected
        visible = OutlineView.visible(pane, current: current, focused: isFocused, height: rect.height - 1)
        rows = visible.map { index in
            let section = pane.sections[index]
            return Row(
                title: section.title, level: section.level, words: section.words,
                count: workspace.progress.counts?.section(index))
        }
    }

    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool {
        let pane = workspace.outline
        guard rect == self.rect, grid.width == workspace.width, grid.height == workspace.height,
            isFocused == (workspace.focus == .outline),
            words == pane.words, total == workspace.progress.counts?.total,
            current == pane.index(at: workspace.editor.caret),
            !isFocused || selected == pane.selected, theme == workspace.environment.theme,
            visible == OutlineView.visible(pane, current: current, focused: isFocused, height: rect.height - 1)
        else { return false }
        return zip(visible, rows).allSatisfy { index, row in
            let section = pane.sections[index]
            return row.title == section.title && row.level == section.level && row.words == section.words
                && row.count == workspace.progress.counts?.section(index)
        }
    }
}

extension ArticleCounts {
    /// The lengths of a heading's section; nil where it wasn't counted yet.
    fileprivate func section(_ index: Int) -> Section? { sections.indices.contains(index) ? sections[index] : nil }
}

/// The research pane's cells, kept while nothing in it changes: it is the same from key to key, and its sentences have to be broken to its width.
struct ResearchRenderCache: RenderCache {
    /// All that the pane shows.
    private struct Key: Equatable {
        var rect: Rect
        var width: Int
        var version: Int
        var isFocused: Bool
        var theme: Theme
        var library: LibraryState

        init(_ workspace: Workspace, _ rect: Rect) {
            self.rect = rect
            width = workspace.width
            version = workspace.researchVersion
            isFocused = workspace.focus == .research
            theme = workspace.environment.theme
            library = workspace.library
        }
    }

    let grid: Grid
    private let key: Key

    init(_ workspace: Workspace, _ rect: Rect) {
        var grid = Grid(width: workspace.width, height: workspace.height)
        ResearchView.drawAnew(workspace, in: rect, on: &grid)
        self.grid = grid
        key = Key(workspace, rect)
    }

    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool { key == Key(workspace, rect) }
}

/// The bottom row while nothing is said or asked: what the keys are.
struct HintRenderCache: RenderCache {
    let grid: Grid
    private let rect: Rect
    private let theme: Theme
    private let hints: String

    init(_ workspace: Workspace, _ rect: Rect) {
        var grid = Grid(width: workspace.width, height: workspace.height)
        StatusView.drawHints(workspace.environment.keyHints, in: rect, theme: workspace.environment.theme, on: &grid)
        self.grid = grid
        self.rect = rect
        theme = workspace.environment.theme
        hints = workspace.environment.keyHints
    }

    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool {
        rect == self.rect && grid.width == workspace.width && grid.height == workspace.height
            && hints == workspace.environment.keyHints
            && theme == workspace.environment.theme
    }
}

extension Workspace {
    /// Draws the side panes and the hints anew where they aren't as they were.
    mutating func prepareSidePanes() {
        let plan = plan
        hintCache = renewed(hintCache, plan.message)
        if let rect = plan.research { researchCache = renewed(researchCache, rect) }
        if let rect = plan.outline { outlineCache = renewed(outlineCache, rect) }
    }

    private func renewed<Cache: RenderCache>(_ cache: Cache?, _ rect: Rect) -> Cache {
        if let cache, cache.fits(self, rect) { return cache }
        return Cache(self, rect)
    }
}

extension Grid {
    /// Copies what `cache` has of `rect`, and says whether it had it as it is now.
    mutating func copy(_ rect: Rect, from cache: (some RenderCache)?, ifFits workspace: Workspace) -> Bool {
        guard let cache, cache.fits(workspace, rect) else { return false }
        copy(rect, from: cache.grid)
        return true
    }
}
