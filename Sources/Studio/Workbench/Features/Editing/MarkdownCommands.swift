import Manuscript
import Screen
import TextCore

extension CommandTable {
    /// Edits of lines and of Markdown's marks: each a pure function in `Manuscript`.
    static let markdownCommands: [Command] = [
        edit(
            "move-line-up", "Move the line up", "Swap the line, or the selected ones, with the one above.",
            [.altArrow(.up)]
        ) { text, selection in
            LineEdits.move(text, selection, up: true).map { ListEdits.keepingNumbers($0, in: text) }
        },
        edit(
            "move-line-down", "Move the line down", "Swap the line, or the selected ones, with the one below.",
            [.altArrow(.down)]
        ) { text, selection in
            LineEdits.move(text, selection, up: false).map { ListEdits.keepingNumbers($0, in: text) }
        },
        edit("duplicate", "Duplicate", "A copy of the line, or of the selection, behind it.", [.alt("y")]) {
            ListEdits.keepingNumbers(LineEdits.duplicate($0, $1), in: $0)
        },
        edit("join-lines", "Join lines", "The next line joins this one.", [.alt("j")]) { text, selection in
            LineEdits.join(text, selection).map { ListEdits.keepingNumbers($0, in: text) }
        },
        edit("outdent", "Set the list item out", "One level less; in a table to the cell before.", [.backTab]) {
            TableEdits.align($0, $1, move: .previous) ?? ListEdits.indent($0, $1, out: true)
        },
        edit(
            "align-table", "Align the table",
            "Columns equally wide, Chinese too; Tab does it on its way to the next cell.", [.alt("t")]
        ) {
            TableEdits.align($0, $1)
        },
        edit("renumber-list", "Renumber the list", "The numbers of the list at the caret, in order.", []) {
            ListEdits.renumber($0, $1)
        },
        edit("bold", "Bold", "** around the selection or the word, or away.", [.alt("*")]) {
            InlineEdits.toggle("**", $0, $1)
        },
        edit("italic", "Italic", "* around the selection or the word, or away.", [.alt("/")]) {
            InlineEdits.toggle("*", $0, $1)
        },
        edit("code", "Code", "` around the selection or the word, or away.", [.alt("`")]) {
            InlineEdits.toggle("`", $0, $1)
        },
        edit("strike", "Strike through", "~~ around the selection or the word, or away.", [.alt("~")]) {
            InlineEdits.toggle("~~", $0, $1)
        },
        edit(
            "full-width-punctuation", "Full-width punctuation",
            "Marks beside Chinese, in the selection or the paragraph, in their full width.", []
        ) {
            PunctuationEdits.widen($0, $1)
        },
        edit("link", "Insert a link", "The selection or the word becomes its text.", [.alt("a")]) {
            InlineEdits.link($0, $1)
        },
        edit("footnote", "Insert a footnote", "The next number here, and its definition at the end.", [.alt("^")]) {
            InlineEdits.footnote($0, $1)
        },
        Command(
            "typeset-punctuation", "Quotes, dashes and ellipses",
            "Of the selection or the paragraph, as the language has them.", in: .editor, []
        ) { workspace in
            let (text, selection) = (workspace.editor.text, workspace.editor.document.selection)
            return PunctuationEdits.typeset(text, selection, language: workspace.articleLanguage).map {
                workspace.apply($0)
            } ?? []
        },
        Command(
            "footnote-jump", "To the footnote and back", "From a footnote's mark to its text, and back.", in: .editor,
            [.alt("'")]
        ) { workspace in
            guard let position = InlineEdits.otherEnd(ofFootnoteAt: workspace.editor.caret, in: workspace.editor.text)
            else {
                workspace.say("There is no footnote at the caret.")
                return []
            }
            workspace.withEditor { $0.moveCaret(to: position) }
            return workspace.requestResearchSoon()
        },
    ]

    private static func edit(
        _ name: String, _ title: String, _ help: String, _ keys: [Key],
        make: @escaping @Sendable (Text, Selection) -> Edit?
    ) -> Command {
        Command(name, title, help, in: .editor, keys) { workspace in
            guard let edit = make(workspace.editor.text, workspace.editor.document.selection) else { return [] }
            return workspace.apply(edit)
        }
    }
}
