import Retrieval
import Screen

/// The right pane: the passages closest to the paragraph, or to a question.
enum ResearchView {
    /// The rows one hit takes: where it is from, two of its sentence, and a gap.
    static let rowsPerHit = 4

    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        if grid.copy(rect, from: workspace.caches.research, ifFits: workspace) { return }
        drawAnew(workspace, in: rect, on: &grid)
    }

    static func drawAnew(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.theme
        let focused = workspace.focus == .research
        let pane = workspace.research
        grid.fill(rect, style: theme[.text])
        Chrome.title(title(of: pane), detail: detail(of: pane), focused: focused, in: rect, theme: theme, on: &grid)
        Chrome.separator(x: rect.x, rect: rect, focused: focused, theme: theme, on: &grid)
        let inner = Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 3, height: rect.height - 1)
        if pane.isPreviewing, let hit = pane.selectedHit {
            PreviewView.draw(
                hit, pinned: pane.isPinned(hit.passage), scroll: pane.previewScroll, in: inner, theme: theme, on: &grid)
            return
        }
        if pane.hits.isEmpty {
            Chrome.paragraph(emptyText(workspace), in: inner, style: theme[.dim], on: &grid)
            return
        }
        var y = inner.y
        for index in pane.firstVisible(height: inner.height)..<pane.hits.count {
            guard y < inner.maxY else { break }
            draw(index, of: pane, isFocused: focused, in: inner.rows(from: y), theme: theme, on: &grid)
            y += rowsPerHit
        }
    }

    /// One hit, at the top of `rect`.
    private static func draw(
        _ index: Int, of pane: ResearchState, isFocused: Bool, in rect: Rect, theme: Theme, on grid: inout Grid
    ) {
        let hit = pane.hits[index]
        let isSelected = isFocused && index == pane.selected
        let y = rect.y
        let head = theme[isSelected ? .selection : .strong]
        if isSelected { grid.fill(Rect(x: rect.x - 1, y: y, width: rect.width + 2, height: 1), style: head) }
        // A weak hit looks weak, with any model.
        let score = hit.strengthBar
        let mark = (isSelected ? "›" : "") + (pane.isPinned(hit.passage) ? "* " : "")
        let room = rect.width - score.count - 1
        _ = grid.put(Chrome.clipped(mark + hit.passage.title, to: room), x: rect.x, y: y, style: head, maxWidth: room)
        _ = grid.put(
            score, x: rect.maxX - score.count, y: y, style: isSelected ? head : theme[hit.isWeak ? .dim : .similarity],
            maxWidth: score.count)
        let rows = Chrome.rows(of: hit.sentence.replacing("\n", with: " "), width: rect.width)
        for (offset, row) in rows.prefix(2).enumerated() where y + 1 + offset < rect.maxY {
            let text = offset == 1 && rows.count > 2 ? Chrome.clipped(row + " …", to: rect.width) : row
            _ = grid.put(
                text, x: rect.x, y: y + 1 + offset, style: theme[hit.isWeak ? .dim : .text], maxWidth: rect.width)
        }
    }

    private static func title(of pane: ResearchState) -> String {
        let filter = pane.filter.map { " [\($0.line)]" } ?? ""
        return switch pane.source {
        case .paragraph: "Research" + filter
        // Behind a long question it would be cut off.
        case .lookup(let question): filter.isEmpty ? "Research: \(question)" : "Research\(filter): \(question)"
        }
    }

    private static func detail(of pane: ResearchState) -> String {
        if case .waiting = pane.activity { return "…" }
        return pane.pinned.isEmpty ? "" : "\(pane.pinned.count) pinned"
    }

    private static func emptyText(_ workspace: Workspace) -> String {
        if case .failed(let sentence) = workspace.research.activity { return sentence }
        if case .indexing = workspace.research.library.activity { return "Reading your notes…" }
        if case .withheld(let refusal) = workspace.research.library.activity {
            return workspace.research.withheldText(workspace.core, refusal)
        }
        if workspace.research.library.passages == 0 {
            return
                "No notes yet. Put Markdown or text files into \(workspace.environment.projectName), then \(workspace.environment.keymap.hint("index"))."
        }
        if case .waiting = workspace.research.activity { return "Looking…" }
        if workspace.research.filter != nil {
            return "No passage that the filter lets through is close. F changes or clears it."
        }
        if case .lookup = workspace.research.source {
            return "Nothing in your notes is close to this. f follows the cursor again."
        }
        return "Passages close to the paragraph under the cursor appear here."
    }
}

extension ResearchState {
    /// The first hit drawn, so that the selected one is whole on the screen.
    fileprivate func firstVisible(height: Int) -> Int {
        let fitting = max(1, height / ResearchView.rowsPerHit)
        return min(max(0, selected - fitting + 1), hits.count)
    }

    /// The hit under a row of the pane, in a list so high; row 0 is the title.
    func index(atRow row: Int, height: Int) -> Int? {
        guard row > 0, !isPreviewing else { return nil }
        let index = firstVisible(height: height) + (row - 1) / ResearchView.rowsPerHit
        return hits.indices.contains(index) ? index : nil
    }

    func statusParts(_ core: StudioCore) -> [StatusPart] {
        var parts: [StatusPart] = []
        // First, so that it is never what doesn't fit: paragraphs leave the machine.
        if modelHost != nil { parts.append(StatusPart("remote model", rank: 0)) }
        if let activity = library.words { parts.append(StatusPart(activity, rank: 10)) }
        if core.plan.overlays, let best = hits.first, core.focus != .research {
            parts.append(
                StatusPart("F3: \(hits.count) passage\(hits.count == 1 ? "" : "s"), \(best.strengthBar)", rank: 50))
        }
        if let passages = library.passages { parts.append(StatusPart("\(passages) indexed", rank: 60)) }
        let host = modelHost.map { " (remote: \($0))" } ?? ""
        parts.append(StatusPart(modelName.map { $0 + host } ?? "no model: text only", rank: 70))
        return parts
    }
}

extension LibraryState {
    /// What it is doing, in a few words; nil for nothing.
    fileprivate var words: String? {
        switch activity {
        case .indexing(let done, let total, let timeLeft):
            let left = timeLeft.map { ", \($0)" } ?? ""
            return total > 0 ? "indexing \(done)/\(total)\(left)" : "indexing"
        case .waiting: return "another Longhand indexes"
        case .paused: return "indexing paused"
        case .withheld: return "notes not read"
        case .failed: return "library unavailable"
        case .idle: return nil
        }
    }
}

/// The research pane's cells, kept while nothing in it changes: it is the same from key to key, and its sentences have to be broken to its width.
struct ResearchRenderCache: RenderCache {
    let grid: Grid
    private let rect: Rect
    private let isFocused: Bool
    private let theme: Theme
    private let pane: ResearchState

    init(_ workspace: Workspace, _ rect: Rect) {
        var grid = Grid(width: workspace.width, height: workspace.height)
        ResearchView.drawAnew(workspace, in: rect, on: &grid)
        self.grid = grid
        self.rect = rect
        isFocused = workspace.focus == .research
        theme = workspace.theme
        pane = workspace.research
    }

    func fits(_ workspace: Workspace, _ rect: Rect) -> Bool {
        rect == self.rect && grid.width == workspace.width && isFocused == (workspace.focus == .research)
            && theme == workspace.theme && pane.looks(like: workspace.research)
    }
}

extension ResearchState {
    /// Whether the pane shows the same. Two arrays of the same storage are equal at once, so this costs no comparison of hits.
    fileprivate func looks(like other: ResearchState) -> Bool {
        hits == other.hits && selected == other.selected && source == other.source && filter == other.filter
            && activity == other.activity && pinned == other.pinned && library == other.library
            && isPreviewing == other.isPreviewing && (!isPreviewing || previewScroll == other.previewScroll)
    }
}
