import Manuscript
import Screen
import TextCore

/// What the bottom row says of lengths and targets.
extension ProgressState {
    /// Bytes of a selection that are counted at every key; a longer one is counted when asked for.
    private static let quickSelection = 16_000

    func statusParts(_ core: StudioCore) -> [StatusPart] { lengths(core).map { StatusPart($0, rank: 40) } }

    private func lengths(_ core: StudioCore) -> [String] {
        guard let counts = core.counts else { return ["\(core.headings.words.grouped) words"] }
        var parts: [String] = []
        let selection = core.editor.document.selection.range
        let total: String
        if let target = counts.target {
            total = "\(counts.total.total.grouped)/\(target.grouped) \(counts.total.unit)"
        } else {
            total = counts.total.short
        }
        if !selection.isEmpty, selection.count <= Self.quickSelection {
            parts.append("\(TextLength(core.editor.text.slice(selection)).total.grouped) of \(total)")
        } else {
            parts.append(total)
        }
        if let target = counts.target {
            parts.append(ProgressBar(value: counts.total.total, of: target, cells: 8).labelled)
        }
        if let target = counts.sessionTarget ?? core.environment.sessionTarget {
            parts.append("session \(max(0, sessionWords).grouped)/\(target.grouped)")
        } else if sessionWords > 0 {
            parts.append("\(sessionWords.signed) here")
        }
        return parts
    }
}
