import Screen

extension CommandTable {
    /// One move, and the same move extending the selection where a terminal can send that key.
    private static func move(
        _ name: String, _ title: String, _ motion: Motion, _ keys: [Key], extending shifted: [Key] = []
    ) -> [Command] {
        let plain = Command(
            Command.ID(name), title, "Move; selects while the mark is set.", in: .editor, keys,
            .editing(.move(motion, isExtending: false)))
        guard !shifted.isEmpty else { return [plain] }
        let extended = Command(
            Command.ID("select." + name), "Select: " + title.lowercased(), "Move and extend the selection.",
            in: .editor, shifted, .editing(.move(motion, isExtending: true)))
        return [plain, extended]
    }

    static let movement: [Command] = [
        move("left", "Left", .left, [.left, .control("b")], extending: [.shift(.left)]),
        move("right", "Right", .right, [.right], extending: [.shift(.right)]),
        move("up", "Up a screen line", .up, [.up], extending: [.shift(.up)]),
        move("down", "Down a screen line", .down, [.down, .control("n")], extending: [.shift(.down)]),
        move("page-up", "Page up", .pageUp, [.pageUp, .alt("v")], extending: [.shift(.pageUp)]),
        move("page-down", "Page down", .pageDown, [.pageDown], extending: [.shift(.pageDown)]),
        move(
            "line-start", "Start of the screen line, then of the line", .lineStart, [.home], extending: [.shift(.home)]),
        move(
            "line-end", "End of the screen line, then of the line", .lineEnd, [.end, .control("e")],
            extending: [.shift(.end)]),
        move(
            "word-left", "Word left", .wordLeft, [.controlArrow(.left), .altArrow(.left), .alt("b")],
            extending: [.controlShift(.left)]),
        move(
            "word-right", "Word right", .wordRight, [.controlArrow(.right), .altArrow(.right), .alt("f")],
            extending: [.controlShift(.right)]),
        move(
            "paragraph-up", "Paragraph up", .paragraphUp, [.controlArrow(.up), .alt("{")],
            extending: [.controlShift(.up)]),
        move(
            "paragraph-down", "Paragraph down", .paragraphDown, [.controlArrow(.down), .alt("}")],
            extending: [.controlShift(.down)]),
        move("sentence-left", "Sentence back", .sentenceLeft, [.alt("(")]),
        move("sentence-right", "Sentence forward", .sentenceRight, [.alt(")")]),
        move(
            "section-up", "Section up", .sectionUp, [.controlArrow(.pageUp), .alt(",")],
            extending: [.controlShift(.pageUp)]),
        move(
            "section-down", "Section down", .sectionDown, [.controlArrow(.pageDown), .alt(".")],
            extending: [.controlShift(.pageDown)]),
        move(
            "text-start", "Start of the text", .textStart, [.controlArrow(.home), .alt("<")],
            extending: [.controlShift(.home)]),
        move(
            "text-end", "End of the text", .textEnd, [.controlArrow(.end), .alt(">")], extending: [.controlShift(.end)]),
    ].flatMap { $0 }
}
