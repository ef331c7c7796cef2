import Screen

extension CommandTable {
    /// Cutting and pasting with a ring of what was cut. The default keymap leaves them to the palette.
    static let kills: [Command] = [
        Command(
            "kill-line", "Kill to the line's end", "Cut the rest of the line, or its break, into the kill ring.",
            in: .editor, [], .editing(.kill(.line))),
        Command(
            "kill-word-forward", "Kill word forward", "Cut to the end of the word into the kill ring.", in: .editor, [],
            .editing(.kill(.wordForward))),
        Command(
            "kill-word-backward", "Kill word backward", "Cut to the start of the word into the kill ring.", in: .editor,
            [], .editing(.kill(.wordBackward))),
        Command(
            "kill-region", "Kill the selection", "Cut the selection into the kill ring.", in: .editor, [],
            .editing(.kill(.region))),
        Command(
            "copy-region", "Copy into the kill ring", "Copy the selection for a yank.", in: .editor, [],
            .editing(.copyRegion)),
        Command("yank", "Yank", "Insert what was killed or copied last.", in: .editor, [], .editing(.yank)),
        Command(
            "yank-pop", "Yank what was killed before", "Right behind a yank: put an older kill in its place.",
            in: .editor, [], .editing(.yankPop)),
        Command(
            "exchange-mark", "Exchange caret and mark", "Put the caret at the other end of the selection.", in: .editor,
            [], .editing(.exchangeMark)),
    ]
}
