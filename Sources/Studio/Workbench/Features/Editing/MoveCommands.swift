import Screen

extension CommandTable {
    /// Paragraphs carried past their neighbours.
    static let paragraphMoves: [Command] = [
        Command(
            "move-paragraph-up", "Move the paragraph up",
            "Past the one above; with a selection, the paragraphs it touches.", in: .editor, [.altArrow(.pageUp)],
            .editing(.moveParagraph(up: true))),
        Command(
            "move-paragraph-down", "Move the paragraph down",
            "Past the one below; with a selection, the paragraphs it touches.", in: .editor, [.altArrow(.pageDown)],
            .editing(.moveParagraph(up: false))),
    ]
}
