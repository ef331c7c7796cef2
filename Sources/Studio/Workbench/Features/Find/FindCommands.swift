import Screen
import TextCore

extension CommandTable {
    static let findCommands: [Command] = [
        Command("find", "Find", "Find text as you type; Enter stays there.", in: .everywhere, [.control("f")]) {
            $0.openFind(backwards: false)
        },
        Command("find-next", "Find next", "Go to the next match.", in: .everywhere, [.control("g")]) {
            $0.findNext(backwards: false)
        },
        Command("find-previous", "Find previous", "Go to the match before.", in: .everywhere, [.alt("g")]) {
            $0.findNext(backwards: true)
        },
        Command(
            "replace", "Find and replace", "Ask at each match, or replace all in one step.", in: .everywhere,
            [.control("r")]
        ) {
            $0.openReplace()
        },
        Command(
            "go-to-heading", "Go to a heading",
            "Type part of it, or of one it is under; the text shows the place at once.", in: .everywhere, [.alt("#")]
        ) {
            $0.pickHeading()
        },
        Command("go-to-line", "Go to line", "Jump to a line by its number.", in: .everywhere, [.alt("l")]) {
            $0.modal = .prompt(Prompt(purpose: .goToLine, field: TextField("")))
            return []
        },
    ]
}
