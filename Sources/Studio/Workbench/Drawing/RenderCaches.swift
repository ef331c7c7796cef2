import Screen

/// The cells of a part of the screen, kept while nothing that is seen of it changes.
///
/// A key must not cost time or memory in proportion to the document. So each cache holds what its cells depend on, a
/// `Grid` is an array of words that counts no references, and `LineLayoutCache` keeps the visible lines cut into
/// rows. `DrawnAnewTests` hold that what is kept is what would be drawn anew.
protocol RenderCache: Sendable {
    /// As large as the window; empty outside the part.
    var grid: Grid { get }
    /// Draws the part.
    init(_ workspace: Workspace, _ rect: Rect)
    /// Whether drawing the part anew would come to the same.
    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool
}

/// The parts of the screen as they were last drawn.
struct RenderCaches: Sendable {
    var text: EditorRenderCache?
    var outline: OutlineRenderCache?
    var research: ResearchRenderCache?
    var hints: HintRenderCache?
    var proposal: ProposalRowCache?
}

/// The bottom row while nothing is said or asked: what the keys are.
struct HintRenderCache: RenderCache {
    let grid: Grid
    private let rect: Rect
    private let theme: Theme
    private let hints: String

    init(_ workspace: Workspace, _ rect: Rect) {
        var grid = Grid(width: workspace.width, height: workspace.height)
        StatusView.drawHints(workspace.keyHints, in: rect, theme: workspace.theme, on: &grid)
        self.grid = grid
        self.rect = rect
        theme = workspace.theme
        hints = workspace.keyHints
    }

    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool {
        rect == self.rect && grid.width == workspace.width && grid.height == workspace.height
            && hints == workspace.keyHints
            && theme == workspace.theme
    }
}

extension Workspace {
    /// Draws the side panes and the hints anew where they aren't as they were.
    mutating func prepareSidePanes() {
        let plan = plan
        caches.hints = renewed(caches.hints, plan.message)
        if let rect = plan.research { caches.research = renewed(caches.research, rect) }
        if let rect = plan.outline { caches.outline = renewed(caches.outline, rect) }
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
