import Manuscript
import Screen
import TextCore

extension CommandTable {
    static let editingCommands: [Command] = [
        Command("newline", "New line", "Break the line; lists and quotations go on.", in: .editor, [.enter]) {
            $0.insertNewline()
        },
        Command(
            "tab", "Indent", "Set a list item in, go to the next cell of a table; elsewhere insert spaces.",
            in: .editor, [.tab]
        ) {
            let (text, selection) = ($0.editor.text, $0.editor.document.selection)
            if let edit = TableEdits.align(text, selection, move: .next)
                ?? ListEdits.indent(text, selection, out: false)
            {
                return $0.apply(edit)
            }
            return $0.insert(String(repeating: " ", count: $0.environment.tabWidth), origin: .typing)
        },
        Command(
            "delete-backward", "Delete backward",
            "Delete the selection or the character before; right behind a mark that was converted, what was typed comes back.",
            in: .editor, [.backspace]
        ) {
            if let effects = $0.takeBackConversion() { return effects }
            return $0.deleteSelection { editor in editor.text.previousGrapheme(before: editor.caret)..<editor.caret }
        },
        Command(
            "delete-forward", "Delete forward", "Delete the selection or the character after.", in: .editor,
            [.delete, .control("d")]
        ) {
            $0.deleteSelection { editor in editor.caret..<editor.text.nextGrapheme(after: editor.caret) }
        },
        Command(
            "delete-word-backward", "Delete word backward", "Delete to the start of the word.", in: .editor,
            [.altBackspace, .alt("h")]
        ) {
            $0.deleteSelection { editor in editor.text.previousWord(before: editor.caret)..<editor.caret }
        },
        Command(
            "delete-word-forward", "Delete word forward", "Delete to the end of the word.", in: .editor,
            [.controlDelete, .alt("k")]
        ) {
            $0.deleteSelection { editor in editor.caret..<editor.text.nextWord(after: editor.caret) }
        },
        Command(
            "delete-to-line-end", "Delete to the line's end", "Delete the rest of the line, or the line break.",
            in: .editor, [.control("k")]
        ) {
            $0.deleteSelection { editor in
                let end = editor.text.lineRange(editor.text.line(at: editor.caret)).upperBound
                return editor.caret..<(end > editor.caret ? end : editor.text.nextGrapheme(after: editor.caret))
            }
        },
        Command("undo", "Undo", "Take back the last step.", in: .editor, [.control("u"), .alt("u"), .control("_")]) {
            $0.replay({ $0.undo() }, nothing: "Nothing to undo.")
        },
        Command("redo", "Redo", "Do again what was undone.", in: .editor, [.control("y")]) {
            $0.replay({ $0.redo() }, nothing: "Nothing to redo.")
        },
        Command("mark", "Set the mark", "Moves select from here until Esc.", in: .editor, [.control(" ")]) {
            workspace in
            workspace.withEditor { editor in
                editor.select(Selection(editor.caret))
                editor.isMarking.toggle()
            }
            workspace.say(workspace.editor.isMarking ? "Mark set: moves select." : "Mark cleared.")
            return []
        },
        Command("select-all", "Select all", "Select the whole text.", in: .editor, [.control("a")]) { workspace in
            workspace.withEditor { $0.select(Selection(anchor: 0, head: $0.text.utf8Count)) }
            return []
        },
        Command("copy", "Copy", "Copy the selection.", in: .editor, [.control("c")]) {
            $0.copySelection()
        },
        Command("cut", "Cut", "Cut the selection, or the line.", in: .editor, [.control("x")]) {
            $0.cutSelection()
        },
        Command(
            "paste", "Paste", "Insert what was cut or copied, here or in another program.", in: .editor, [.control("v")]
        ) {
            $0.paste(.paste)
        },
        Command(
            "repeat", "Repeat", "Do the last change again: what was typed, or the last command that changed the text.",
            in: .editor, [.function(4)]
        ) {
            $0.repeatLastChange()
        },
    ]
}

extension Workspace {
    /// Applies one edit to the active editor and asks for what follows from it: the outline
    /// and the research. Every change of text by the writer or on their word ends here.
    ///
    /// - Returns: none where the edit was refused: text and caret are then what they were.
    mutating func apply(_ edit: Edit) -> [Effect] {
        guard !editor.isReadOnly else {
            refusal = refuseEdit()
            return []
        }
        do {
            try applyToEditor(edit)
        } catch {
            say("That edit no longer fits the text, so nothing was changed.", .error)
            return []
        }
        outline.map(through: edit.changes)
        vim.map(through: edit.changes)
        return effectsOfChange()
    }

    func effectsOfChange() -> [Effect] {
        [
            .wait(.outline, milliseconds: 200), .wait(.research, milliseconds: environment.researchPause),
            .wait(.undoStep, milliseconds: 1_000),
        ]
    }

    mutating func replay(_ step: (inout Editor) -> ChangeSet?, nothing: String) -> [Effect] {
        let steps = editor.document.history.stepCount
        guard !editor.isReadOnly, let changes = withEditor({ step(&$0) }) else {
            say(nothing)
            return []
        }
        let (path, left) = (editor.path, editor.document.history.stepCount)
        progress.borrowed[path]?.noteReplay(from: steps, to: left)
        outline.map(through: changes)
        vim.map(through: changes)
        return effectsOfChange()
    }

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

    mutating func copySelection() -> [Effect] {
        let range = editor.document.selection.range
        guard !range.isEmpty else {
            say("Nothing is selected.")
            return []
        }
        clipboard = editor.text.slice(range)
        carried = CarriedFootnotes(clipboard, of: editor.text)
        withEditor { $0.isMarking = false }
        say("Copied.")
        return [.copy(clipboard)]
    }

    mutating func cutSelection() -> [Effect] {
        var range = editor.document.selection.range
        if range.isEmpty {
            let line = editor.text.line(at: editor.caret)
            let start = editor.text.lineStart(line)
            let end = line + 1 < editor.text.lineCount ? editor.text.lineStart(line + 1) : editor.text.utf8Count
            range = start..<end
        }
        guard !range.isEmpty else { return [] }
        clipboard = editor.text.slice(range)
        carried = CarriedFootnotes(clipboard, of: editor.text)
        let edit = Edit(
            changes: ChangeSet(length: editor.text.utf8Count, replacing: [(range: range, with: "")]),
            selection: Selection(range.lowerBound), origin: .command("cut"))
        return [.copy(clipboard)] + apply(ListEdits.keepingNumbers(edit, in: editor.text))
    }

    /// Breaks the line; lists and quotations go on, and an item or a line of a quotation with no text ends them.
    mutating func insertNewline() -> [Effect] {
        guard editor.document.selection.isEmpty, let edit = ListEdits.newline(editor.text, at: editor.caret) else {
            return insert("\n", origin: .typing)
        }
        return apply(edit)
    }
}
