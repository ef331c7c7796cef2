/// The words of an article that its writer didn't type in this session: quoted, pasted, accepted from a draft, copied by a
/// command, or written by another program. What undo takes away of them and redo brings back is known by the step.
///
/// Known limits: a part of them that is deleted by hand is taken off what was written; undo of an earlier session's steps
/// counts as deleting.
struct BorrowedWords: Sendable {
    private(set) var total = 0
    /// What each step of the history brought, by how many steps there were with it.
    private var steps: [Int: Int] = [:]

    /// Notes an edit that brought `words` and after which there are `step` steps; `before` were there before it.
    mutating func note(_ words: Int, step: Int, before: Int) {
        // What was undone can't be redone any more.
        if steps.contains(where: { $0.key > before }) { steps = steps.filter { $0.key <= before } }
        guard words != 0 else { return }
        steps[step, default: 0] += words
        total += words
    }

    /// The history went from `before` steps to `after` by undo or redo.
    mutating func noteReplay(from before: Int, to after: Int) {
        for (step, words) in steps {
            if step > after, step <= before { total -= words }
            if step > before, step <= after { total += words }
        }
    }

    /// An earlier session's `count` steps came before these.
    mutating func shift(by count: Int) {
        guard count != 0 else { return }
        steps = Dictionary(uniqueKeysWithValues: steps.map { ($0.key + count, $0.value) })
    }

    /// The article is closed, and its history with it.
    mutating func forgetSteps() { steps = [:] }
}
