import Manuscript
import Screen
import TextCore

/// A piece of text that is kept for later, with the footnotes it refers to.
public struct ShelfPiece: Sendable, Equatable {
    /// The text itself, as Markdown.
    public var text: String
    /// The definitions of those footnotes, as Markdown; empty where there are none.
    public var footnotes: String
    /// The article it was cut from, as the status line names it.
    public var article: String

    /// Takes the parts as they are.
    public init(text: String, footnotes: String = "", article: String = "") {
        self.text = text
        self.footnotes = footnotes
        self.article = article
    }

    /// A part of an article that is cut: what stands around it of blank lines isn't kept.
    init(_ range: Range<Int>, of editor: Editor) {
        let piece = editor.text.slice(range)
        let carried = CarriedFootnotes(piece, of: editor.text)
        let text = piece.contains("\n") ? piece.withoutBlankEnds : piece
        self.init(text: text, footnotes: carried?.footnotes ?? "", article: editor.displayName)
    }

    /// The first line with something on it, without a heading's marks.
    var firstLine: String {
        let line = text.split(separator: "\n").first { $0.contains { !$0.isWhitespace } } ?? ""
        return String(line.drop { $0 == "#" || $0 == " " })
    }

    /// Whole paragraphs, which stand by themselves wherever they are put.
    private var isBlock: Bool { text.contains("\n") || text.hasPrefix("#") }

    /// Puts the piece back: within the line a part of one, and behind the caret's paragraph what is whole paragraphs.
    ///
    /// - Returns: one edit, with the footnotes that `article` lacks behind its own.
    func edit(in article: Text, at selection: Selection) -> Edit {
        var (text, place) = (TerminalEvent.pasteable(self.text), selection)
        let footnotes = TerminalEvent.pasteable(self.footnotes)
        if isBlock { (text, place) = block(text, in: article, at: selection) }
        let source = Text(footnotes.isEmpty ? text : text + "\n\n" + footnotes + "\n")
        if let edit = CarriedFootnotes(text, of: source)?.pasted(into: article, place) { return edit }
        return Edit(
            changes: ChangeSet(length: article.utf8Count, replacing: [(range: place.range, with: text)]),
            selection: Selection(place.range.lowerBound + text.utf8.count), origin: .paste)
    }

    /// The piece with the blank lines it needs around it, and where it goes: over a blank line, before the line that the
    /// caret is at the start of, else behind its paragraph.
    private func block(_ text: String, in article: Text, at selection: Selection) -> (String, Selection) {
        guard selection.isEmpty else { return (text, selection) }
        let line = article.lineRange(article.line(at: selection.head))
        var place = selection.head..<selection.head
        if article.slice(line).allSatisfy(\.isWhitespace) {
            place = line
        } else if selection.head > line.lowerBound {
            let end = article.paragraph(at: selection.head).upperBound
            place = end..<end
        }
        let before = article.slice(max(0, place.lowerBound - 2)..<place.lowerBound)
        let after = article.slice(place.upperBound..<min(article.utf8Count, place.upperBound + 2))
        let lead =
            before.isEmpty || before == "\n" || before.hasSuffix("\n\n") ? "" : before.hasSuffix("\n") ? "\n" : "\n\n"
        let tail =
            after.isEmpty ? "\n" : after.hasPrefix("\n\n") || after == "\n" ? "" : after.hasPrefix("\n") ? "\n" : "\n\n"
        return (lead + text + tail, Selection(anchor: place.lowerBound, head: place.upperBound))
    }
}

/// A piece on the shelf.
public struct ShelfItem: Sendable, Equatable {
    /// What it is called among the others.
    public var id: String
    /// When it was put there, as the writer's clock had it: `2026-03-01 14:05`.
    var date: String
    /// The text with what goes along.
    public var piece: ShelfPiece

    /// - Parameter id: one that no other item on the shelf has.
    public init(id: String, date: String, piece: ShelfPiece) {
        self.id = id
        self.date = date
        self.piece = piece
    }
}

extension String {
    /// Without blank lines before and behind, and with no line end.
    fileprivate var withoutBlankEnds: String {
        var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
