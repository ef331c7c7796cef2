import Screen

extension CommandTable {
    static let editing: [Command] = [
        Command(
            "newline", "New line", "Break the line; lists and quotations go on.", in: .editor, [.enter],
            .editing(.newline)),
        Command(
            "tab", "Indent", "Set a list item in, go to the next cell of a table; elsewhere insert spaces.",
            in: .editor, [.tab], .editing(.tab)),
        Command(
            "delete-backward", "Delete backward",
            "Delete the selection or the character before; right behind a mark that was converted, what was typed comes back.",
            in: .editor, [.backspace], .editing(.deleteBackward)),
        Command(
            "delete-forward", "Delete forward", "Delete the selection or the character after.", in: .editor,
            [.delete, .control("d")], .editing(.delete(.forward))),
        Command(
            "delete-word-backward", "Delete word backward", "Delete to the start of the word.", in: .editor,
            [.altBackspace, .alt("h")], .editing(.delete(.wordBackward))),
        Command(
            "delete-word-forward", "Delete word forward", "Delete to the end of the word.", in: .editor,
            [.controlDelete, .alt("k")], .editing(.delete(.wordForward))),
        Command(
            "delete-to-line-end", "Delete to the line's end", "Delete the rest of the line, or the line break.",
            in: .editor, [.control("k")], .editing(.delete(.toLineEnd))),
        Command(
            "undo", "Undo", "Take back the last step.", in: .editor, [.control("u"), .alt("u"), .control("_")],
            .editing(.undo)),
        Command("redo", "Redo", "Do again what was undone.", in: .editor, [.control("y")], .editing(.redo)),
        Command(
            "mark", "Set the mark", "Moves select from here until Esc.", in: .editor, [.control(" ")],
            .editing(.toggleMark)),
        Command(
            "select-all", "Select all", "Select the whole text.", in: .editor, [.control("a")], .editing(.selectAll)),
        Command("copy", "Copy", "Copy the selection.", in: .editor, [.control("c")], .editing(.copy)),
        Command("cut", "Cut", "Cut the selection, or the line.", in: .editor, [.control("x")], .editing(.cut)),
        Command(
            "paste", "Paste", "Insert what was cut or copied, here or in another program.", in: .editor,
            [.control("v")], .editing(.paste)),
        Command(
            "repeat", "Repeat", "Do the last change again: what was typed, or the last command that changed the text.",
            in: .editor, [.function(4)], .input(.repeatLast)),
    ]
}
