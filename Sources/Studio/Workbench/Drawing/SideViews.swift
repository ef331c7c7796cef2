import Manuscript
import Retrieval
import Screen
import TextCore

/// The left pane: the article's headings, with their words.
enum OutlineView {
    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        if grid.copy(rect, from: workspace.outlineCache, ifFits: workspace) { return }
        drawAnew(workspace, in: rect, on: &grid)
    }

    static func drawAnew(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.environment.theme
        let focused = workspace.focus == .outline
        let pane = workspace.outline
        grid.fill(rect, style: theme[.text])
        let words = workspace.progress.counts?.total.short ?? "\(pane.words.grouped) words"
        Chrome.title("Outline", detail: words, focused: focused, in: rect, theme: theme, on: &grid)
        let current = pane.index(at: workspace.editor.caret)
        let height = rect.height - 1
        if pane.sections.isEmpty {
            let inner = Rect(x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 1)
            Chrome.paragraph(
                "No headings yet. A line that starts with # is one.", in: inner, style: theme[.dim], on: &grid)
        }
        for (offset, index) in visible(pane, current: current, focused: focused, height: height).enumerated() {
            let section = pane.sections[index]
            let y = rect.y + 1 + offset
            let isSelected = focused && index == pane.selected
            let style = theme[isSelected ? .selection : index == current ? .current : .text]
            grid.fill(Rect(x: rect.x, y: y, width: rect.width - 1, height: 1), style: style)
            let marker = index == current ? "▸" : " "
            let indent = String(repeating: " ", count: max(0, min(4, section.level - 1)) * 2)
            let words = LengthView.section(index, isNarrow: rect.width < 26, workspace)
            let wordsWidth = DisplayWidth.of(words)
            let room = rect.width - 3 - wordsWidth
            let text = marker + indent + section.title
            _ = grid.put(Chrome.clipped(text, to: room), x: rect.x, y: y, style: style, maxWidth: room)
            _ = grid.put(
                words, x: rect.maxX - 2 - words.count, y: y, style: isSelected ? style : theme[.dim],
                maxWidth: words.count)
        }
        separator(x: rect.maxX - 1, rect: rect, focused: focused, theme: theme, on: &grid)
    }

    /// The sections that fit, around the selected or the current one.
    static func visible(_ pane: OutlinePane, current: Int?, focused: Bool, height: Int) -> Range<Int> {
        VisibleRows.around(focused ? pane.selected : current ?? 0, of: pane.sections.count, height: height)
    }

    static func separator(x: Int, rect: Rect, focused: Bool, theme: Theme, on grid: inout Grid) {
        for y in (rect.y + 1)..<max(rect.y + 1, rect.maxY) {
            _ = grid.put("│", x: x, y: y, style: theme[focused ? .borderFocused : .border], maxWidth: 1)
        }
    }
}

/// The right pane: the passages closest to the paragraph, or to a question.
enum ResearchView {
    /// The rows one hit takes: where it is from, two of its sentence, and a gap.
    static let rowsPerHit = 4

    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        if grid.copy(rect, from: workspace.researchCache, ifFits: workspace) { return }
        drawAnew(workspace, in: rect, on: &grid)
    }

    static func drawAnew(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.environment.theme
        let focused = workspace.focus == .research
        let pane = workspace.research
        grid.fill(rect, style: theme[.text])
        Chrome.title(title(of: pane), detail: detail(of: pane), focused: focused, in: rect, theme: theme, on: &grid)
        OutlineView.separator(x: rect.x, rect: rect, focused: focused, theme: theme, on: &grid)
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
        for index in firstVisible(workspace, height: inner.height)..<pane.hits.count {
            guard y < inner.maxY else { break }
            draw(index, of: pane, isFocused: focused, in: inner.rows(from: y), theme: theme, on: &grid)
            y += rowsPerHit
        }
    }

    /// One hit, at the top of `rect`.
    private static func draw(
        _ index: Int, of pane: ResearchPane, isFocused: Bool, in rect: Rect, theme: Theme, on grid: inout Grid
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

    /// The first hit drawn, so that the selected one is whole on the screen.
    static func firstVisible(_ workspace: Workspace, height: Int) -> Int {
        let fitting = max(1, height / rowsPerHit)
        return min(max(0, workspace.research.selected - fitting + 1), workspace.research.hits.count)
    }

    /// The hit under a row of the pane; row 0 is the title.
    static func index(atRow row: Int, in workspace: Workspace, rect: Rect) -> Int? {
        guard row > 0, !workspace.research.isPreviewing else { return nil }
        let index = firstVisible(workspace, height: rect.height - 1) + (row - 1) / rowsPerHit
        return workspace.research.hits.indices.contains(index) ? index : nil
    }

    private static func title(of pane: ResearchPane) -> String {
        let filter = pane.filter.map { " [\($0.line)]" } ?? ""
        return switch pane.source {
        case .paragraph: "Research" + filter
        // Behind a long question it would be cut off.
        case .lookup(let question): filter.isEmpty ? "Research: \(question)" : "Research\(filter): \(question)"
        }
    }

    private static func detail(of pane: ResearchPane) -> String {
        if case .waiting = pane.activity { return "…" }
        return pane.pinned.isEmpty ? "" : "\(pane.pinned.count) pinned"
    }

    private static func emptyText(_ workspace: Workspace) -> String {
        if case .failed(let sentence) = workspace.research.activity { return sentence }
        if case .indexing = workspace.library.activity { return "Reading your notes…" }
        if case .withheld(let refusal) = workspace.library.activity { return workspace.withheldText(refusal) }
        if workspace.library.passages == 0 {
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

/// One passage, whole, with the parts of its score.
enum PreviewView {
    static func draw(_ hit: Hit, pinned: Bool, scroll: Int, in rect: Rect, theme: Theme, on grid: inout Grid) {
        let passage = hit.passage
        var y = Chrome.paragraph(passage.title, in: rect, style: theme[.heading], on: &grid)
        let position = "\(passage.path):\(passage.line)" + (pinned ? "  * pinned" : "")
        y = Chrome.paragraph(position, from: y, in: rect, style: theme[.link], on: &grid)
        if !passage.heading.isEmpty {
            y = Chrome.paragraph(passage.heading, from: y, in: rect, style: theme[.dim], on: &grid)
        }
        y = Chrome.paragraph(explanation(of: hit), from: y, in: rect, style: theme[.similarity], on: &grid)
        let rows = Chrome.rows(of: passage.text, width: rect.width)
        y += 1
        for row in rows.dropFirst(scroll) {
            guard y < rect.maxY - 1 else { break }
            _ = grid.put(row, x: rect.x, y: y, style: theme[.text], maxWidth: rect.width)
            y += 1
        }
        _ = grid.put(
            "c cite  o open  p pin  Enter back", x: rect.x, y: rect.maxY - 1, style: theme[.dim], maxWidth: rect.width)
    }

    /// The parts of the score.
    static func explanation(of hit: Hit) -> String {
        var parts: [String] = []
        if let similarity = hit.similarity {
            parts.append(
                hit.strengthBar + " meaning \(decimal(similarity))" + (hit.vectorRank.map { " (#\($0))" } ?? ""))
        }
        if let score = hit.textScore {
            parts.append("words \(decimal(score))" + (hit.textRank.map { " (#\($0))" } ?? ""))
        }
        if let fused = hit.fused { parts.append("together \(decimal(fused))") }
        if hit.penalty >= 0.005 { parts.append("like one above -\(decimal(hit.penalty))") }
        if !hit.matchedTerms.isEmpty { parts.append(hit.matchedTerms.prefix(5).joined(separator: ", ")) }
        return parts.joined(separator: " · ")
    }

    /// Two decimals, without a number formatter.
    static func decimal(_ value: Double) -> String {
        // What a server's vectors come to may be anything.
        guard let hundredths = Int(exactly: (abs(value) * 100).rounded()) else { return "\(value)" }
        let fraction = hundredths % 100
        return (value < 0 && hundredths > 0 ? "-" : "") + "\(hundredths / 100)." + (fraction < 10 ? "0" : "")
            + "\(fraction)"
    }
}
