import Screen

extension CommandTable {
    static let spelling: [Command] = [
        Command(
            "spelling.next", "Next misspelt word", "Select the next word no dictionary has.", in: .everywhere,
            [.function(7)], .spelling(.findNext(backwards: false))),
        Command(
            "spelling.previous", "Previous misspelt word", "Select the one before.", in: .everywhere, [.function(19)],
            .spelling(.findNext(backwards: true))),
        Command(
            "spelling.suggest", "Correct this word", "Choose what was meant, or add the word to a dictionary.",
            in: .editor, [.alt("$")], .spelling(.suggest)),
        Command(
            "spelling", "Check the spelling, or not", "Underline misspelt words as you write.", in: .everywhere, [],
            .spelling(.toggle)),
    ]
}
