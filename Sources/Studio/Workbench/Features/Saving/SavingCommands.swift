import Screen

extension CommandTable {
    static let saving: [Command] = [
        Command(
            "save", "Save", "Write the file to disk, whole or not at all.", in: .everywhere, [.control("s")],
            .saving(.save)),
        Command(
            "save-as-utf-8", "Save as UTF-8", "Write the file in UTF-8 from now on, whatever it was in.",
            in: .everywhere, [], .saving(.saveAsUTF8)),
    ]

    static let closing: [Command] = [
        Command(
            "close-article", "Close this article", "Go back to the one used before; asks when it isn't saved.",
            in: .everywhere, [.control("w")], .saving(.close))
    ]

    static let naming: [Command] = [
        Command(
            "new-article", "New article",
            "Begin an article: a name or a path, in the project's folder unless it says otherwise.", in: .everywhere,
            [],
            .saving(.askName(.new))),
        Command(
            "save-as", "Save as",
            "Write the article into another file, and go on with that one; asks before it replaces a file.",
            in: .everywhere, [.alt("S")], .saving(.askName(.saveAs))),
        Command(
            "rename-article", "Rename this article",
            "Give the file another name or folder; its versions and its undo go with it.", in: .everywhere, [],
            .saving(.askName(.rename))),
        Command(
            "duplicate-article", "Duplicate this article",
            "Write the text into another file and open that beside this one.", in: .everywhere, [],
            .saving(.askName(.duplicate))),
    ]
}
