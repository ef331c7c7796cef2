import Screen

extension CommandTable {
    /// Edits of lines and of Markdown's marks: each a pure function in `Manuscript`.
    static let markdown: [Command] = [
        Command(
            "move-line-up", "Move the line up", "Swap the line, or the selected ones, with the one above.",
            in: .editor, [.altArrow(.up)], .editing(.markdown(.moveLineUp))),
        Command(
            "move-line-down", "Move the line down", "Swap the line, or the selected ones, with the one below.",
            in: .editor, [.altArrow(.down)], .editing(.markdown(.moveLineDown))),
        Command(
            "duplicate", "Duplicate", "A copy of the line, or of the selection, behind it.", in: .editor, [.alt("y")],
            .editing(.markdown(.duplicate))),
        Command(
            "join-lines", "Join lines", "The next line joins this one.", in: .editor, [.alt("j")],
            .editing(.markdown(.joinLines))),
        Command(
            "outdent", "Set the list item out", "One level less; in a table to the cell before.", in: .editor,
            [.backTab], .editing(.markdown(.outdent))),
        Command(
            "align-table", "Align the table",
            "Columns equally wide, Chinese too; Tab does it on its way to the next cell.", in: .editor, [.alt("t")],
            .editing(.markdown(.alignTable))),
        Command(
            "renumber-list", "Renumber the list", "The numbers of the list at the caret, in order.", in: .editor, [],
            .editing(.markdown(.renumberList))),
        Command(
            "bold", "Bold", "** around the selection or the word, or away.", in: .editor, [.alt("*")],
            .editing(.markdown(.bold))),
        Command(
            "italic", "Italic", "* around the selection or the word, or away.", in: .editor, [.alt("/")],
            .editing(.markdown(.italic))),
        Command(
            "code", "Code", "` around the selection or the word, or away.", in: .editor, [.alt("`")],
            .editing(.markdown(.code))),
        Command(
            "strike", "Strike through", "~~ around the selection or the word, or away.", in: .editor, [.alt("~")],
            .editing(.markdown(.strike))),
        Command(
            "full-width-punctuation", "Full-width punctuation",
            "Marks beside Chinese, in the selection or the paragraph, in their full width.", in: .editor, [],
            .editing(.markdown(.fullWidthPunctuation))),
        Command(
            "link", "Insert a link", "The selection or the word becomes its text.", in: .editor, [.alt("a")],
            .editing(.markdown(.link))),
        Command(
            "footnote", "Insert a footnote", "The next number here, and its definition at the end.", in: .editor,
            [.alt("^")], .editing(.markdown(.footnote))),
        Command(
            "typeset-punctuation", "Quotes, dashes and ellipses",
            "Of the selection or the paragraph, as the language has them.", in: .editor, [],
            .editing(.markdown(.typesetPunctuation))),
        Command(
            "footnote-jump", "To the footnote and back", "From a footnote's mark to its text, and back.", in: .editor,
            [.alt("'")], .editing(.jumpToFootnote)),
    ]
}
