import Screen

extension CommandTable {
    static let outline: [Command] = [
        Command(
            "outline.up", "Previous heading", "Select the heading above.", in: .outline, [.up, .character("k")],
            .outline(.select(by: -1))),
        Command(
            "outline.down", "Next heading", "Select the heading below.", in: .outline, [.down, .character("j")],
            .outline(.select(by: 1))),
        Command(
            "outline.jump", "Go to the heading", "Put the caret at the selected heading.", in: .outline, [.enter],
            .outline(.jump)),
    ]

    static let headings: [Command] = [
        Command(
            "go-to-heading", "Go to a heading",
            "Type part of it, or of one it is under; the text shows the place at once.", in: .everywhere, [.alt("#")],
            .outline(.chooseHeading))
    ]

    /// Sections carried past their neighbours.
    static let sectionMoves: [Command] = [
        Command(
            "move-section-up", "Move the section up",
            "With all below its heading, past the one of its level before it.", in: .editor, [],
            .outline(.moveSection(up: true))),
        Command(
            "move-section-down", "Move the section down", "With all below its heading, past the next one of its level.",
            in: .editor, [], .outline(.moveSection(up: false))),
        Command(
            "outline.move-up", "Move the heading up", "With its whole section, past the one of its level before it.",
            in: .outline, [.altArrow(.up), .character("K")], .outline(.moveSelected(up: true))),
        Command(
            "outline.move-down", "Move the heading down", "With its whole section, past the next one of its level.",
            in: .outline, [.altArrow(.down), .character("J")], .outline(.moveSelected(up: false))),
    ]
}
