import Retrieval
import Review
import Screen
import TextCore

/// A proposal in the middle pane, as a difference from the section it would replace.
///
/// Added text is underlined and removed text is bracketed, so that it reads without colour too.
enum ProposalView {
    static func draw(_ workspace: Workspace, in rect: Rect, on grid: inout Grid) {
        let theme = workspace.environment.theme
        guard let proposal = workspace.assistant.proposal else { return }
        Chrome.title(
            "Proposal for “\(proposal.sectionTitle)”", detail: stateText(proposal), focused: workspace.focus == .editor,
            in: rect, theme: theme, on: &grid)
        let width = min(workspace.view.textWidth, rect.width - 4)
        let x = rect.x + max(2, (rect.width - width) / 2)
        let rows = styledRows(of: proposal, width: width, theme: theme)
        // While text arrives the end is followed; afterwards the reader scrolls.
        let scroll = proposal.state == .streaming ? rows.count : workspace.assistant.scroll
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

    struct Piece {
        var text: String
        var style: Style
    }

    /// The difference broken into rows of `width`. While text still arrives it is shown as it is:
    /// a difference against half a text would mark as removed what has only not come yet.
    private static func styledRows(of proposal: Proposal<Passage>, width: Int, theme: Theme) -> [[Piece]] {
        guard proposal.state == .streaming else {
            return rows(of: proposal.diff(), width: width, theme: theme, plain: theme[.text])
        }
        return rows(
            of: proposal.text, styles: [(proposal.text.utf8.count, theme[.text])], width: width, plain: theme[.text])
    }

    /// A difference broken into rows of `width`.
    static func rows(of difference: [DiffPiece], width: Int, theme: Theme, plain: Style) -> [[Piece]] {
        var text = ""
        var styles: [(end: Int, style: Style)] = []
        for piece in difference {
            switch piece.kind {
            case .same:
                text += piece.text
                styles.append((text.utf8.count, plain))
            case .added:
                text += piece.text
                styles.append((text.utf8.count, theme[.added]))
            case .removed:
                text += "[-" + piece.text + "-]"
                styles.append((text.utf8.count, theme[.removed]))
            }
        }
        return rows(of: text, styles: styles, width: width, plain: plain)
    }

    private static func rows(of text: String, styles: [(end: Int, style: Style)], width: Int, plain: Style) -> [[Piece]]
    {
        guard !text.isEmpty else { return [] }
        let layout = EditorLayout(width: width, tabWidth: 4)
        var rows: [[Piece]] = []
        var lineStart = 0
        var current = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let content = String(line)
            for row in LineBreaker.wrap(content, width: width) {
                var pieces: [Piece] = []
                var offset = row.range.lowerBound
                while offset < row.range.upperBound {
                    while current < styles.count, styles[current].end <= lineStart + offset { current += 1 }
                    let style = current < styles.count ? styles[current].style : plain
                    let end =
                        current < styles.count
                        ? min(row.range.upperBound, styles[current].end - lineStart) : row.range.upperBound
                    pieces.append(Piece(text: String(layout.bytes(offset..<end, of: content)), style: style))
                    offset = max(end, offset + 1)
                }
                rows.append(pieces)
            }
            lineStart += content.utf8.count + 1
        }
        return rows
    }
}
