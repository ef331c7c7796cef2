/// One change with its way back, and the selections before and after it.
struct Step: Sendable {
    var changes: ChangeSet
    var inverse: ChangeSet
    var before: Selection
    var after: Selection
}

/// What can be undone and redone.
///
/// Typing that goes on in one place is one step until a word ends, a line ends or the caret moves;
/// so is deleting. Every other edit is a step of its own.
///
/// Known limits: linear, not a tree: an edit after an undo forgets what was undone.
public struct History: Sendable {
    private(set) var done: [Step] = []
    private(set) var undone: [Step] = []
    /// How many steps were done when the text was last saved; nil where that state is gone.
    private var savedAt: Int? = 0
    /// The last step still takes typing or deletions of this kind.
    private var open: Origin?
    /// Edits join the last step, whatever they are; false within it before the first one.
    private var group: Bool?

    /// A history without a step, at a saved state.
    public init() {}

    /// A history at a saved state.
    init(done: [Step], undone: [Step]) {
        self.done = done
        self.undone = undone
        savedAt = done.count
    }

    /// How many steps can be undone.
    public var stepCount: Int { done.count }
    /// Whether there is nothing to undo and nothing to redo.
    public var isEmpty: Bool { done.isEmpty && undone.isEmpty }

    /// Puts an earlier session's history before this one, which began where that one ended.
    mutating func adopt(_ older: History) {
        if isEmpty { undone = older.undone }
        savedAt = savedAt.map { $0 + older.done.count }
        done = older.done + done
    }

    /// Which way the saved state lies: undo leads there, or redo; nil at it, or where it is gone.
    var wayToSaved: (isBack: Bool, steps: Int)? {
        guard let savedAt, savedAt != done.count else { return nil }
        return savedAt < done.count ? (true, done.count - savedAt) : (false, savedAt - done.count)
    }

    var isSavedStateGone: Bool { savedAt == nil }

    /// Whether the steps done are others than when the text was last saved, or the saved state is gone.
    public var isModified: Bool { savedAt != done.count }
    /// Whether there is a step to undo.
    public var canUndo: Bool { !done.isEmpty }
    /// Whether there is a step to redo.
    public var canRedo: Bool { !undone.isEmpty }

    mutating func record(_ step: Step, origin: Origin) {
        if let saved = savedAt, saved > done.count { savedAt = nil }
        undone = []
        let isJoined = group == nil ? joins(step, origin) : group == true && savedAt != done.count
        if isJoined, !done.isEmpty, done[done.count - 1].changes.goOn(with: step.changes) {
            done[done.count - 1].inverse.goOn(inverting: step.changes)
            done[done.count - 1].after = step.after
        } else if isJoined, let last = done.last,
            // Steps that don't fit each other stay two steps, which loses nothing.
            let changes = try? last.changes.composed(with: step.changes),
            let inverse = try? step.inverse.composed(with: last.inverse)
        {
            done[done.count - 1] = Step(changes: changes, inverse: inverse, before: last.before, after: step.after)
        } else {
            done.append(step)
        }
        if group != nil { group = true }
        open = origin == .typing || origin == .deletion ? origin : nil
    }

    /// Whether `step` goes on where the last one stopped.
    private func joins(_ step: Step, _ origin: Origin) -> Bool {
        // What was saved must stay reachable by undo.
        guard origin == open, let last = done.last, last.after == step.before, step.before.isEmpty,
            savedAt != done.count
        else { return false }
        guard origin == .typing else { return true }
        // A word typed after a space begins a step, and so does anything after a line's end.
        let typed = Self.insertion(of: step.changes)
        let previous = Self.insertion(of: last.changes)
        if previous.hasSuffix("\n") { return false }
        return !(previous.last?.isWhitespace == true && typed.first?.isWhitespace == false)
    }

    private static func insertion(of changes: ChangeSet) -> String {
        for case .insert(let string) in changes.operations { return string }
        return ""
    }

    mutating func undo() -> Step? {
        guard let step = done.popLast() else { return nil }
        undone.append(step)
        open = nil
        if group != nil { group = false }
        return step
    }

    mutating func redo() -> Step? {
        guard let step = undone.popLast() else { return nil }
        done.append(step)
        open = nil
        if group != nil { group = false }
        return step
    }

    /// The edits that follow are one step, until `endGroup`, an undo or a redo.
    mutating func beginGroup() {
        open = nil
        group = false
    }

    mutating func endGroup() {
        open = nil
        group = nil
    }

    var isGrouped: Bool { group != nil }

    /// The next edit begins a step of its own.
    public mutating func seal() { open = nil }

    mutating func markSaved() {
        savedAt = done.count
        open = nil
    }

    /// What was saved is gone: the text counts as modified, whatever is undone.
    mutating func forgetSaved() {
        savedAt = nil
        open = nil
    }
}
