import Manuscript
import Screen
import TextCore

/// The ways in which the text of the active article changes and its caret moves, for every feature and keymap.
extension StudioCore {
    /// Applies one edit to the active editor. Every change of text by the writer or on their word ends here.
    ///
    /// - Returns: none where the edit was refused: text and caret are then what they were.
    mutating func apply(_ edit: Edit) -> [Effect] {
        guard !editor.isReadOnly else {
            announce(.editRefused)
            return []
        }
        let (before, steps) = (editor.text, editor.document.history.stepCount)
        do {
            try editors[activeIndex].apply(edit)
        } catch {
            say("That edit no longer fits the text, so nothing was changed.", .error)
            return []
        }
        if !edit.changes.isIdentity { didChange(activeIndex, edit.changes, edit.origin, from: before, steps) }
        return afterChange
    }

    /// Undoes or does again. `nothing` is said where there is no step.
    mutating func replay(_ step: (inout Editor) -> ChangeSet?, redo: Bool, nothing: String) -> [Effect] {
        let (before, steps) = (editor.text, editor.document.history.stepCount)
        guard !editor.isReadOnly, let changes = withEditor({ step(&$0) }) else {
            say(nothing)
            return []
        }
        didChange(activeIndex, changes, redo ? .redo : .undo, from: before, steps)
        return afterChange
    }

    /// Takes what lies in the text along with a change of the article at `index`, and has it heard of.
    mutating func didChange(
        _ index: Int, _ changes: ChangeSet, _ origin: Origin, from before: Text, _ stepsBefore: Int
    ) {
        if index == activeIndex {
            headings.map(through: changes)
            vim.map(through: changes)
        }
        let editor = editors[index]
        announce(
            .textChanged(
                TextChange(
                    path: editor.path, changes: changes, origin: origin, before: before, after: editor.text,
                    stepsBefore: stepsBefore, stepsAfter: editor.document.history.stepCount)))
    }

    /// Once typing rests, what follows is a step of undo of its own.
    var afterChange: [Effect] { [.wait("undoStep", milliseconds: 1_000, then: .editing(.typingRested))] }

    /// Replaces the selection with `string`.
    mutating func insert(_ string: String, origin: Origin) -> [Effect] {
        let range = editor.document.selection.range
        let end = range.lowerBound + string.utf8.count
        let edit = Edit(
            changes: ChangeSet(length: editor.text.utf8Count, replacing: [(range: range, with: string)]),
            selection: Selection(end),
            origin: origin)
        return apply(origin == .paste ? ListEdits.keepingNumbers(edit, in: editor.text) : edit)
    }

    /// Replaces a range as one step of undo, with the caret behind it.
    mutating func replace(_ range: Range<Int>, with string: String, origin: Origin) -> [Effect] {
        guard editor.text.slice(range) != string else {
            withEditor { $0.select(Selection(range.upperBound)) }
            return []
        }
        return apply(
            Edit(
                changes: ChangeSet(length: editor.text.utf8Count, replacing: [(range: range, with: string)]),
                selection: Selection(range.lowerBound + string.utf8.count), origin: origin))
    }

    /// Deletes the selection, or where there is none what `range` says.
    mutating func deleteSelection(or range: (Editor) -> Range<Int>) -> [Effect] {
        let selected = editor.document.selection.range
        let doomed = selected.isEmpty ? range(editor) : selected
        guard !doomed.isEmpty else { return [] }
        let edit = Edit(
            changes: ChangeSet(length: editor.text.utf8Count, replacing: [(range: doomed, with: "")]),
            selection: Selection(doomed.lowerBound), origin: .deletion)
        // Within a line no list loses an item; a number that is being changed stays as it is.
        let text = editor.text
        return apply(
            text.line(at: doomed.lowerBound) == text.line(at: doomed.upperBound)
                ? edit : ListEdits.keepingNumbers(edit, in: text))
    }

    // MARK: Moving

    mutating func move(to offset: Int, extending: Bool, keepingColumn: Bool) {
        withEditor { editor in
            let selection = editor.document.selection
            // An arrow out of a selection made with shift lands at the selection's edge.
            if !extending, !editor.isMarking, !selection.isEmpty, abs(offset - selection.head) <= 4, !keepingColumn {
                let edge = offset < selection.head ? selection.range.lowerBound : selection.range.upperBound
                editor.moveCaret(to: edge)
            } else {
                editor.moveCaret(to: offset, extending: extending, keepingColumn: keepingColumn)
            }
            editor.sealHistory()
        }
    }

    var editorLayout: EditorLayout { EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth) }

    /// The caret moved by screen rows, keeping the column it set out from.
    mutating func caretMovedByRows(_ delta: Int) -> Int {
        let layout = editorLayout
        return withEditor { editor in
            let position = layout.position(of: editor.caret, in: editor.text)
            let column = editor.preferredColumn ?? position.column
            editor.preferredColumn = column
            let row = layout.row(position.row, movedBy: delta, in: editor.text)
            guard let row else { return delta < 0 ? 0 : editor.text.utf8Count }
            return layout.offset(at: column, of: row, in: editor.text)
        }
    }

    /// The bytes of the screen row that the caret is in.
    func rowBounds() -> Range<Int> {
        let layout = editorLayout
        let position = layout.position(of: editor.caret, in: editor.text)
        return layout.bounds(of: position.row, in: editor.text)
    }

    /// Scrolls so that the caret's row is `rows` below the top, as far as the text has rows above it.
    mutating func scrollCaret(to rows: Int) {
        let layout = editorLayout
        withEditor { editor in
            let row = layout.position(of: editor.caret, in: editor.text).row
            let top = rows == 0 ? row : layout.row(row, movedBy: -rows, in: editor.text)
            editor.scroll = top.map { ScrollPosition(line: $0.line, row: $0.index) } ?? ScrollPosition()
        }
    }

    // MARK: Language

    /// What the article says of its language: known with its counts, and before the first count read from its front matter.
    var declaredLanguage: String? {
        let declared = counts.map(\.language) ?? FrontMatter.language(of: editor.text)
        return declared?.isEmpty == false ? declared : nil
    }

    /// The language of the active article: its own, else the spelling's, else the system's.
    var articleLanguage: String {
        declaredLanguage ?? environment.spellingLanguages ?? environment.systemLanguage ?? "en"
    }
}
