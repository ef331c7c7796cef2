/// What is selected: from `anchor`, where the selection began, to `head`, where the caret is.
public struct Selection: Sendable, Equatable {
    /// The end that stays when the selection is extended, as a UTF-8 byte offset.
    public var anchor: Int
    /// The end where the caret is, as a UTF-8 byte offset; before or behind the anchor.
    public var head: Int

    /// A caret at a byte offset, with nothing selected.
    public init(_ caret: Int) {
        anchor = caret
        head = caret
    }

    /// A selection between two byte offsets, in either order.
    public init(anchor: Int, head: Int) {
        self.anchor = anchor
        self.head = head
    }

    /// The selected bytes, the smaller offset first.
    public var range: Range<Int> { min(anchor, head)..<max(anchor, head) }
    /// Whether nothing is selected, so that there is only a caret.
    public var isEmpty: Bool { anchor == head }
}

/// Where an edit came from.
public enum Origin: Sendable, Equatable {
    case typing
    case deletion
    case paste
    case command(String)
    case quotation(passage: String)
    case proposal(id: Int)
    case undo
    case redo
}

/// The one type by which a text changes, whatever the reason.
public struct Edit: Sendable, Equatable {
    /// The change of the text.
    public var changes: ChangeSet
    /// The selection in the text after.
    public var selection: Selection
    /// What the edit came from, by which the history decides whether it joins the step before.
    public var origin: Origin

    /// An edit of these three parts; `Document.apply` checks that it fits the text.
    public init(changes: ChangeSet, selection: Selection, origin: Origin) {
        self.changes = changes
        self.selection = selection
        self.origin = origin
    }
}

/// A text with all that points into it: selection, anchors and history.
///
/// `apply`, `undo` and `redo` are the only ways the text changes, and each maps every anchor once.
///
/// Known limits: one selection; history grows without bound.
public struct Document: Sendable {
    /// The text as it is now.
    public private(set) var text: Text
    /// The selection in the text as it is now, with both ends at scalar boundaries.
    public private(set) var selection = Selection(0)
    /// The positions that move along with the text.
    public private(set) var anchors = Anchors()
    /// The steps that can be undone and redone.
    public private(set) var history = History()
    /// Raised by every change of the text.
    public private(set) var version = 0

    /// A document that begins with this text as its saved state, the caret at 0 and an empty history.
    public init(_ text: Text) {
        self.text = text
    }

    /// Whether the text differs from what was last marked as saved.
    public var isModified: Bool { history.isModified }

    /// - Throws: `ChangeError.stale` where the edit was made for another text; nothing changes then.
    public mutating func apply(_ edit: Edit) throws(ChangeError) {
        guard edit.changes.lengthBefore == text.utf8Count else {
            throw .stale(expected: edit.changes.lengthBefore, actual: text.utf8Count)
        }
        guard !edit.changes.isIdentity else {
            select(edit.selection)
            return
        }
        let inverse = edit.changes.inverted(on: text)
        try change(edit.changes)
        history.record(
            Step(changes: edit.changes, inverse: inverse, before: selection, after: clamped(edit.selection)),
            origin: edit.origin)
        selection = clamped(edit.selection)
    }

    /// Takes the last step back. Returns the change that did so, or nil where there is none.
    @discardableResult
    public mutating func undo() -> ChangeSet? {
        guard let step = history.undo() else { return nil }
        return replay(step.inverse, step.before)
    }

    /// Does the last undone step again. Returns the change that did so, or nil where there is none.
    @discardableResult
    public mutating func redo() -> ChangeSet? {
        guard let step = history.redo() else { return nil }
        return replay(step.changes, step.after)
    }

    private mutating func replay(_ changes: ChangeSet, _ selection: Selection) -> ChangeSet? {
        // History holds exactly the changes between its texts, so none can be stale.
        guard (try? change(changes)) != nil else { return nil }
        self.selection = clamped(selection)
        return changes
    }

    private mutating func change(_ changes: ChangeSet) throws(ChangeError) {
        try changes.apply(to: &text)
        anchors.map(through: changes)
        version += 1
    }

    /// Takes up the history of an earlier session, which ended with the text that this document began with.
    ///
    /// What was undone then can be redone only while nothing has been edited since.
    public mutating func adopt(_ older: History) {
        let start =
            history.done.first?.changes.lengthBefore ?? history.undone.last?.changes.lengthBefore ?? text.utf8Count
        let end = older.done.last?.changes.lengthAfter ?? older.undone.last?.changes.lengthBefore ?? start
        guard start == end else { return }
        history.adopt(older)
    }

    /// This document undone or redone to what is saved, with the rest to be redone or undone; nil where that can't be reached.
    public func atSavedState() -> Document? {
        guard !history.isSavedStateGone else { return nil }
        guard let way = history.wayToSaved else { return self }
        var saved = self
        for _ in 0..<way.steps {
            guard (way.isBack ? saved.undo() : saved.redo()) != nil else { return nil }
        }
        return saved
    }

    /// Selects, without an entry in the history; each end moves into the text and back to a scalar boundary.
    public mutating func select(_ selection: Selection) {
        self.selection = clamped(selection)
    }

    private func clamped(_ selection: Selection) -> Selection {
        Selection(
            anchor: text.scalarBoundary(atOrBefore: selection.anchor),
            head: text.scalarBoundary(atOrBefore: selection.head))
    }

    /// Ends the step that typing would go on in.
    public mutating func sealHistory() { history.seal() }

    /// The edits from here to `endGroup` are one step of undo.
    public mutating func beginGroup() { history.beginGroup() }
    /// Ends the group: the next edit begins a step of its own.
    public mutating func endGroup() { history.endGroup() }
    /// Whether edits join one step until `endGroup`.
    public var isGrouped: Bool { history.isGrouped }

    /// The text as it is now counts as saved: `isModified` is false until it is left.
    public mutating func markSaved() { history.markSaved() }

    /// Nothing on the disk holds this text any more: it counts as modified.
    public mutating func forgetSaved() { history.forgetSaved() }

    /// Adds an anchor at a byte offset, which moves with the text until it is removed.
    ///
    /// - Parameters:
    ///   - offset: UTF-8 bytes from the text's start.
    ///   - bias: the side of an insertion at this very offset that the anchor keeps to.
    public mutating func addAnchor(_ offset: Int, bias: Bias) -> AnchorID { anchors.add(offset, bias: bias) }
    /// Forgets an anchor; one that isn't there is no error.
    public mutating func removeAnchor(_ id: AnchorID) { anchors.remove(id) }
    /// The byte offset of an anchor now; nil where it was removed.
    public func offset(of id: AnchorID) -> Int? { anchors.offset(of: id) }
}
