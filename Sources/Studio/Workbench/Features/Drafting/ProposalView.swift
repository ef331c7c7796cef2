import Retrieval
import Review
import Screen
import TextCore

/// A proposal in the middle pane, as a difference from the section it would replace.
///
/// Added text is underlined and removed text is bracketed, so that it reads without colour too.
enum ProposalView {
    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.theme
        guard let proposal = workspace.drafting[workspace.editor.path].proposal else { return }
        Chrome.title(
            "Proposal for “\(proposal.sectionTitle)”", detail: stateText(proposal), focused: workspace.focus == .editor,
            in: rect, theme: theme, on: &grid)
        let width = width(in: rect, workspace.core)
        let x = rect.x + max(2, (rect.width - width) / 2)
        // While text arrives the end is followed; afterwards the reader scrolls.
        let isArriving = proposal.state == .streaming
        let rows: [[DifferenceView.Piece]]
        if isArriving {
            rows = lastRows(of: proposal.text, count: rect.height, width: width, theme: theme)
        } else if let cache = workspace.caches.proposal, cache.fits(workspace, width: width) {
            rows = cache.rows
        } else {
            rows = ProposalRowCache(workspace, width: width).rows
        }
        let scroll = isArriving ? rows.count : workspace.drafting[workspace.editor.path].scroll
        for (offset, row) in rows[VisibleRows.from(scroll, of: rows.count, height: rect.height - 1)].enumerated() {
            var column = x
            for piece in row {
                column += grid.put(
                    piece.text, x: column, y: rect.y + 1 + offset, style: piece.style, maxWidth: x + width - column)
            }
        }
        if rows.isEmpty {
            _ = grid.put(
                "Waiting for the first words… Esc stops.", x: x, y: rect.y + 1, style: theme[.dim], maxWidth: width)
        }
    }

    /// The cells that a row has.
    static func width(in rect: Rect, _ core: StudioCore) -> Int { min(core.view.textWidth, rect.width - 4) }

    private static func stateText(_ proposal: Proposal<Passage>) -> String {
        switch proposal.state {
        case .streaming: "arriving…"
        case .complete: "complete"
        case .failed: "incomplete"
        case .cancelled: "stopped"
        }
    }

    /// The last rows of a text that still arrives, of which only as much is broken as may be seen: a difference against half
    /// a text would mark as removed what has only not come yet.
    private static func lastRows(of text: String, count: Int, width: Int, theme: Theme) -> [[DifferenceView.Piece]] {
        // A cell seldom takes more than four bytes. What is cut begins with a line where one begins soon enough.
        let bytes = max(1, count) * max(1, width) * 4
        var tail = Substring(text)
        if text.utf8.count > 2 * bytes {
            tail = text[text.utf8.index(text.endIndex, offsetBy: -2 * bytes)...]
            let enough = text.utf8.index(text.endIndex, offsetBy: -bytes)
            if let line = tail.firstIndex(of: "\n"), line < enough { tail = tail[line...].dropFirst() }
        }
        let shown = String(tail)
        return DifferenceView.rows(
            of: shown, styles: [(shown.utf8.count, theme[.text])], width: width, plain: theme[.text])
    }
}

/// A proposal that is all there, broken into rows once for a width and a theme, and not for each key.
struct ProposalRowCache: Sendable {
    let rows: [[DifferenceView.Piece]]
    private let id: Int?
    private let difference: [DiffPiece]?
    private let width: Int
    private let theme: Theme

    init(_ workspace: Workspace, width: Int) {
        let pane = workspace.drafting[workspace.editor.path]
        let theme = workspace.theme
        id = pane.proposal?.id
        difference = pane.difference
        self.width = width
        self.theme = theme
        if let difference {
            rows = DifferenceView.rows(of: difference, width: width, theme: theme, plain: theme[.text])
        } else {
            let text = pane.proposal?.text ?? ""
            rows = DifferenceView.rows(
                of: text, styles: [(text.utf8.count, theme[.text])], width: width, plain: theme[.text])
        }
    }

    /// Whether it is this proposal's, as it is seen now.
    func fits(_ workspace: Workspace, width: Int) -> Bool {
        let pane = workspace.drafting[workspace.editor.path]
        return id == pane.proposal?.id && width == self.width && theme == workspace.theme
            && difference == pane.difference
    }
}

extension Workspace {
    /// Breaks the proposal that is reviewed into rows where that wasn't done for this width.
    mutating func prepareProposal() {
        guard isReviewing, let proposal = drafting[editor.path].proposal else {
            caches.proposal = nil
            return
        }
        let width = ProposalView.width(in: plan.editor, core)
        guard proposal.state != .streaming, caches.proposal?.fits(self, width: width) != true else { return }
        caches.proposal = ProposalRowCache(self, width: width)
    }
}

extension DraftingState {
    func statusParts(_ core: StudioCore) -> [StatusPart] {
        var parts: [StatusPart] = []
        if let proposal = panes[core.editor.path]?.proposal {
            parts.append(StatusPart(proposal.state == .streaming ? "drafting…" : "1 proposal", rank: 30))
        }
        if case .ready(let destination, let defaults) = core.environment.provider {
            parts.append(StatusPart("\(defaults.model) at \(destination)", rank: 80))
        }
        return parts
    }

    /// What the keys do beside a proposal.
    func keyHints(_ core: StudioCore) -> String {
        "a accept · r reject · Esc \(self[core.editor.path].proposal?.state == .streaming ? "stop" : "later") · ↑↓ scroll"
    }
}
