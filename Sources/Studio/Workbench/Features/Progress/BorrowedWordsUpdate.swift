import Manuscript
import TextCore

extension Workspace {
    /// Notes which words of an edit the writer didn't type.
    ///
    /// - Parameter before: the article before the edit, and the steps of its history then.
    mutating func noteWords(of edit: Edit, index: Int, before: (text: Text, steps: Int)) {
        let editor = editors[index]
        let words: Int
        switch edit.origin {
        case .typing, .undo, .redo: words = 0
        case .deletion:
            noteCut(edit.changes, before.text)
            words = 0
        case .paste, .quotation, .proposal:
            words = takeCut(edit.changes) ? 0 : grown(edit.changes, before.text, editor.text)
        case .command(let name):
            noteCut(edit.changes, before.text)
            // A command that only takes away is the writer's deleting; a character by itself was typed, in whatever keymap.
            let isTyped = edit.changes.inserted.count == 1 && (edit.changes.inserted.first?.count ?? 0) <= 1
            let growth =
                isTyped || edit.changes.inserted.isEmpty || takeCut(edit.changes)
                ? 0 : grown(edit.changes, before.text, editor.text)
            words = name == "reload" ? growth : max(0, growth)
        }
        let step = editor.document.history.stepCount
        progress.borrowed[editor.path, default: BorrowedWords()].note(words, step: step, before: before.steps)
    }

    /// By how many words a change made the lines longer that it touched.
    private func grown(_ changes: ChangeSet, _ before: Text, _ after: Text) -> Int {
        func words(_ text: Text, _ range: Range<Int>) -> Int {
            let first = text.lineStart(text.line(at: range.lowerBound))
            let last = text.lineRange(text.line(at: range.upperBound)).upperBound
            return TextLength(text.slice(first..<last)).total
        }
        let touched = changes.touched
        let start = changes.map(touched.lowerBound, bias: .before)
        let end = max(start, changes.map(touched.upperBound, bias: .after))
        return words(after, start..<end) - words(before, touched)
    }

    /// Remembers what was cut: pasted again it is the writer's as it was.
    private mutating func noteCut(_ changes: ChangeSet, _ before: Text) {
        let touched = changes.touched
        guard changes.inserted.isEmpty, touched.count > 1, touched.count == changes.lengthBefore - changes.lengthAfter
        else { return }
        let cut = before.slice(touched).trimmed
        if cut.count > 1 { progress.cuts = progress.cuts.suffix(15) + [cut] }
    }

    /// Whether all that is inserted was cut before; it isn't any more then.
    private mutating func takeCut(_ changes: ChangeSet) -> Bool {
        guard changes.inserted.count == 1, changes.lengthAfter > changes.lengthBefore,
            let index = progress.cuts.lastIndex(of: changes.inserted[0].trimmed)
        else { return false }
        progress.cuts.remove(at: index)
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
