import Screen

extension CommandTable {
    static let find: [Command] = [
        Command(
            "find", "Find", "Find text as you type; Enter stays there.", in: .everywhere, [.control("f")],
            .find(.openFind(backwards: false))),
        Command(
            "find-next", "Find next", "Go to the next match.", in: .everywhere, [.control("g")],
            .find(.next(backwards: false))),
        Command(
            "find-previous", "Find previous", "Go to the match before.", in: .everywhere, [.alt("g")],
            .find(.next(backwards: true))),
        Command(
            "replace", "Find and replace", "Ask at each match, or replace all in one step.", in: .everywhere,
            [.control("r")], .find(.openReplace)),
    ]

    static let lines: [Command] = [
        Command(
            "go-to-line", "Go to line", "Jump to a line by its number.", in: .everywhere, [.alt("l")],
            .find(.askLine))
    ]

    static let findBackward: [Command] = [
        Command(
            "find-backward", "Find backward", "Find text as you type, towards the start.", in: .everywhere, [],
            .find(.openFind(backwards: true)))
    ]
}
