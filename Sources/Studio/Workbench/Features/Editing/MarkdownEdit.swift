import Manuscript
import TextCore

/// An edit of lines or of Markdown's marks; each is a pure function in `Manuscript`.
public enum MarkdownEdit: Sendable {
    case moveLineUp, moveLineDown, duplicate, joinLines, outdent, alignTable, renumberList, bold, italic, code, strike,
        fullWidthPunctuation, link, footnote, typesetPunctuation

    /// Nil where there is nothing to do.
    ///
    /// - Parameter language: the article's, which has its own quotation marks.
    func edit(_ text: Text, _ selection: Selection, language: @autoclosure () -> String) -> Edit? {
        switch self {
        case .moveLineUp:
            LineEdits.move(text, selection, up: true).map { ListEdits.keepingNumbers($0, in: text) }
        case .moveLineDown:
            LineEdits.move(text, selection, up: false).map { ListEdits.keepingNumbers($0, in: text) }
        case .duplicate: ListEdits.keepingNumbers(LineEdits.duplicate(text, selection), in: text)
        case .joinLines: LineEdits.join(text, selection).map { ListEdits.keepingNumbers($0, in: text) }
        case .outdent:
            TableEdits.align(text, selection, move: .previous) ?? ListEdits.indent(text, selection, out: true)
        case .alignTable: TableEdits.align(text, selection)
        case .renumberList: ListEdits.renumber(text, selection)
        case .bold: InlineEdits.toggle("**", text, selection)
        case .italic: InlineEdits.toggle("*", text, selection)
        case .code: InlineEdits.toggle("`", text, selection)
        case .strike: InlineEdits.toggle("~~", text, selection)
        case .fullWidthPunctuation: PunctuationEdits.widen(text, selection)
        case .link: InlineEdits.link(text, selection)
        case .footnote: InlineEdits.footnote(text, selection)
        case .typesetPunctuation: PunctuationEdits.typeset(text, selection, language: language())
        }
    }
}
