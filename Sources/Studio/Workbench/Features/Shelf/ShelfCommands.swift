import Screen

extension CommandTable {
    static let shelf: [Command] = [
        Command(
            "shelf", "The shelf", "What was cut for later: search it, and put a piece back at the caret.",
            in: .everywhere, [.alt("s")], .shelf(.show)),
        Command(
            "cut-to-shelf", "Cut to the shelf", "Keep the selection, else the paragraph, for later on the shelf.",
            in: .editor, [.alt("z")], .shelf(.cut)),
        Command(
            "outline.shelve", "Move the section to the shelf", "With all below its heading.", in: .outline,
            [.character("x")], .shelf(.cutSection)),
    ]
}
