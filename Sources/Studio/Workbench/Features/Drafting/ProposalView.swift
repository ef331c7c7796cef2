import Retrieval
import Review
import Screen

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
        let width = min(workspace.view.textWidth, rect.width - 4)
        let x = rect.x + max(2, (rect.width - width) / 2)
        let rows = styledRows(of: proposal, width: width, theme: theme)
        // While text arrives the end is followed; afterwards the reader scrolls.
        let scroll = proposal.state == .streaming ? rows.count : workspace.drafting[workspace.editor.path].scroll
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

    private static func stateText(_ proposal: Proposal<Passage>) -> String {
        switch proposal.state {
        case .streaming: "arriving…"
        case .complete: "complete"
        case .failed: "incomplete"
        case .cancelled: "stopped"
        }
    }

    /// The difference broken into rows of `width`. While text still arrives it is shown as it is:
    /// a difference against half a text would mark as removed what has only not come yet.
    private static func styledRows(of proposal: Proposal<Passage>, width: Int, theme: Theme) -> [[DifferenceView.Piece]]
    {
        guard proposal.state == .streaming else {
            return DifferenceView.rows(of: proposal.diff(), width: width, theme: theme, plain: theme[.text])
        }
        return DifferenceView.rows(
            of: proposal.text, styles: [(proposal.text.utf8.count, theme[.text])], width: width, plain: theme[.text])
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
