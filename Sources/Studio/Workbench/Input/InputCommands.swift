import Screen

extension CommandTable {
    static let leaving: [Command] = [
        Command(
            "suspend", "Suspend", "Return to the shell; `fg` comes back.", in: .everywhere, [.control("z")],
            .input(.suspend)),
        Command("redraw", "Redraw", "Paint the whole screen anew.", in: .everywhere, [.control("l")], .input(.redraw)),
        Command(
            "quit", "Quit", "Leave; asks when something is not saved.", in: .everywhere, [.control("q")],
            .saving(.quit)),
    ]

    static let panes: [Command] = [
        Command("help", "Help", "Every key, by pane.", in: .everywhere, [.function(1)], .input(.help)),
        Command(
            "palette", "Find a command", "Type part of any command's name.", in: .everywhere, [.control("p")],
            .input(.palette)),
        Command(
            "next-pane", "Next pane", "Move the focus to the next pane.", in: .everywhere, [.function(6), .alt("o")],
            .input(.moveFocus(by: 1))),
        Command(
            "previous-pane", "Previous pane", "Move the focus to the pane before.", in: .everywhere, [.function(18)],
            .input(.moveFocus(by: -1))),
        Command(
            "focus-editor", "Go to the editor", "Give the editor the keys.", in: .everywhere, [.alt("1")],
            .input(.focus(.editor))),
        Command(
            "focus-outline", "Go to the outline", "Show the article's headings.", in: .everywhere,
            [.function(2), .alt("2")], .input(.focus(.outline))),
        Command(
            "focus-research", "Go to research", "Show the passages of your notes.", in: .everywhere,
            [.function(3), .alt("3")], .input(.focus(.research))),
    ]

    /// What has to do with keys themselves.
    static let keys: [Command] = [
        Command(
            "cancel", "Cancel", "Close or let go of one thing: a preview, a selection, a side pane.", in: .everywhere,
            [.escape], .input(.cancel)),
        Command(
            "repeat-count", "Repeat the next command",
            "Then digits: how often. Without them four times, again sixteen times.", in: .editor, [],
            .input(.repeatCount)),
    ]
}
