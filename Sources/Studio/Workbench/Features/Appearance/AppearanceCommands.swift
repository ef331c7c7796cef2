import Screen

extension CommandTable {
    static let appearance: [Command] = [
        Command(
            "theme", "Choose a theme", "See each theme at once; Enter keeps it, Esc goes back.", in: .everywhere, [],
            .appearance(.chooseTheme)),
        Command(
            "typewriter", "Typewriter mode", "Keep the caret's line in the middle of the pane, or let it go.",
            in: .everywhere, [.function(9)], .appearance(.toggle(.typewriter))),
        Command(
            "focus-mode", "Focus mode", "Dim all but the paragraph, then all but the sentence, then nothing.",
            in: .everywhere, [.function(8)], .appearance(.toggle(.focus))),
        Command(
            "line-numbers", "Line numbers", "Show or hide the numbers of the lines.", in: .everywhere, [],
            .appearance(.toggle(.lineNumbers))),
        Command(
            "smart-punctuation", "Smart punctuation",
            "Quotation marks, dashes and ellipses of the language as you type, or not.", in: .everywhere, [],
            .appearance(.toggle(.smartPunctuation))),
        Command(
            "chinese-punctuation", "Chinese punctuation", "Marks typed behind Chinese in their full width, or not.",
            in: .everywhere, [], .appearance(.toggle(.chinesePunctuation))),
        Command(
            "text-wider", "Wider text", "Make the column of prose wider.", in: .everywhere, [.alt("+"), .alt("=")],
            .appearance(.changeTextWidth(by: 4))),
        Command(
            "text-narrower", "Narrower text", "Make the column of prose narrower, with wider margins.", in: .everywhere,
            [.alt("-")], .appearance(.changeTextWidth(by: -4))),
    ]
}
