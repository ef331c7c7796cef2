import Manuscript
import TextCore

extension ProgressState {
    /// Notes which words of an edit the writer didn't type.
    mutating func noteWords(of change: TextChange) {
        let words: Int
        switch change.origin {
        case .undo, .redo:
            borrowed[change.path]?.noteReplay(from: change.stepsBefore, to: change.stepsAfter)
            return
        case .typing: words = 0
        case .deletion:
            noteCut(change.changes, change.before)
            words = 0
        case .paste, .quotation, .proposal:
            words = takeCut(change.changes) ? 0 : grown(change)
        case .command(let name):
            noteCut(change.changes, change.before)
            // A command that only takes away is the writer's deleting; a character by itself was typed, in whatever keymap.
            let isTyped = change.changes.inserted.count == 1 && (change.changes.inserted.first?.count ?? 0) <= 1
            let growth =
                isTyped || change.changes.inserted.isEmpty || takeCut(change.changes)
                ? 0 : grown(change)
            words = name == "reload" ? growth : max(0, growth)
        }
        borrowed[change.path, default: BorrowedWords()].note(
            words, step: change.stepsAfter, before: change.stepsBefore)
    }

    /// By how many words a change made the lines longer that it touched.
    private func grown(_ change: TextChange) -> Int {
        let changes = change.changes
        func words(_ text: Text, _ range: Range<Int>) -> Int {
            let first = text.lineStart(text.line(at: range.lowerBound))
            let last = text.lineRange(text.line(at: range.upperBound)).upperBound
            return TextLength(text.slice(first..<last)).total
        }
        let touched = changes.touched
        let start = changes.map(touched.lowerBound, bias: .before)
        let end = max(start, changes.map(touched.upperBound, bias: .after))
        return words(change.after, start..<end) - words(change.before, touched)
    }

    /// Remembers what was cut: pasted again it is the writer's as it was.
    private mutating func noteCut(_ changes: ChangeSet, _ before: Text) {
        let touched = changes.touched
        guard changes.inserted.isEmpty, touched.count > 1, touched.count == changes.lengthBefore - changes.lengthAfter
        else { return }
        let cut = before.slice(touched).trimmed
        if cut.count > 1 { cuts = cuts.suffix(15) + [cut] }
    }

    /// Whether all that is inserted was cut before; it isn't any more then.
    private mutating func takeCut(_ changes: ChangeSet) -> Bool {
        guard changes.inserted.count == 1, changes.lengthAfter > changes.lengthBefore,
            let index = cuts.lastIndex(of: changes.inserted[0].trimmed)
        else { return false }
        cuts.remove(at: index)
        return true
    }
}

extension ChangeSet {
    /// What is inserted, place by place.
    fileprivate var inserted: [String] {
        operations.compactMap { if case .insert(let string) = $0 { string } else { nil } }
    }
}

extension String {
    /// Without blanks and line ends around it.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
