import Manuscript
import Screen
import TextCore

/// What the status line and the outline say of lengths and targets.
enum LengthView {
    /// Bytes of a selection that are counted at every key; a longer one is counted when asked for.
    private static let quickSelection = 16_000

    /// The parts of the status line, the most needed first.
    static func parts(_ workspace: Workspace) -> [String] {
        guard let counts = workspace.progress.counts else { return ["\(workspace.outline.words.grouped) words"] }
        var parts: [String] = []
        let selection = workspace.editor.document.selection.range
        let total: String
        if let target = counts.target {
            total = "\(counts.total.total.grouped)/\(target.grouped) \(counts.total.unit)"
        } else {
            total = counts.total.short
        }
        if !selection.isEmpty, selection.count <= quickSelection {
            parts.append("\(TextLength(workspace.editor.text.slice(selection)).total.grouped) of \(total)")
        } else {
            parts.append(total)
        }
        if let target = counts.target {
            parts.append(ProgressBar(value: counts.total.total, of: target, cells: 8).labelled)
        }
        if let target = counts.sessionTarget ?? workspace.environment.sessionTarget {
            parts.append("session \(max(0, workspace.progress.sessionWords).grouped)/\(target.grouped)")
        } else if workspace.progress.sessionWords > 0 {
            parts.append("\(workspace.progress.sessionWords.signed) here")
        }
        return parts
    }

    /// A section's length in the outline: with its target, how much of it there is.
    ///
    /// - Parameter isNarrow: the title needs the room more than a bar does.
    static func section(_ index: Int, isNarrow: Bool, _ workspace: Workspace) -> String {
        let words = workspace.outline.sections[index].words
        guard let sections = workspace.progress.counts?.sections, sections.indices.contains(index),
            let target = sections[index].target
        else { return words == 0 ? "–" : words.grouped }
        let whole = sections[index].whole.total
        if isNarrow {
            return whole >= target
                ? "\(whole.grouped) ✓" : "\(ProgressBar(value: whole, of: target, cells: 1).percent)%"
        }
        return "\(whole.grouped)/\(target.grouped) "
            + (whole >= target ? "✓" : ProgressBar(value: whole, of: target, cells: 4).text)
    }
}
