import Screen

extension CommandTable {
    /// Changes of the word or the characters at the caret. The default keymap leaves them to the palette.
    static let words: [Command] = [
        Command(
            "upper-case-word", "Upper-case the word", "From the caret to the word's end.", in: .editor, [],
            .editing(.recase(.upper))),
        Command(
            "lower-case-word", "Lower-case the word", "From the caret to the word's end.", in: .editor, [],
            .editing(.recase(.lower))),
        Command(
            "capitalize-word", "Capitalize the word", "The first letter large, the others small.", in: .editor, [],
            .editing(.recase(.capitals))),
        Command(
            "transpose-characters", "Swap characters", "Swap the characters around the caret.", in: .editor, [],
            .editing(.transposeCharacters)),
        Command(
            "transpose-words", "Swap words", "Swap the words around the caret.", in: .editor, [],
            .editing(.transposeWords)),
        Command(
            "open-line", "Open a line", "Break the line and stay before the break.", in: .editor, [],
            .editing(.openLine)),
        Command(
            "center", "Center the caret's line", "Scroll so that the caret is in the middle, and paint anew.",
            in: .editor, [], .editing(.centre)),
    ]
}
