import Screen

extension CommandTable {
    static let articles: [Command] = [
        Command(
            "open-file", "Open an article",
            "Find a file of the project by part of its name, or type a path; one that isn't there is begun.",
            in: .everywhere, [.control("o")], .articles(.pick(.open))),
        Command(
            "switch-article", "Go to an open article", "Choose among the open ones, the last used first.",
            in: .everywhere, [.alt("O")], .articles(.pick(.goTo))),
        Command(
            "next-article", "Next open article", "Move through the open articles.", in: .everywhere, [.alt("n")],
            .articles(.cycle(by: 1))),
        Command(
            "previous-article", "Previous open article", "Move through the open articles backwards.", in: .everywhere,
            [.alt("N")], .articles(.cycle(by: -1))),
        Command(
            "last-article", "Back to the last article", "Change between two articles.", in: .everywhere, [.alt("6")],
            .articles(.goToLast)),
    ]
}
