import Diagnostics
import Manuscript

/// What a reference says of a note.
public struct NoteReference: Sendable, Hashable {
    /// The note's title, without control characters, as the other texts here are.
    public var title: String
    /// Who wrote the note, as it says; nil where it doesn't.
    public var author: String?
    /// When, as the note says; nil where it doesn't.
    public var date: String?
    /// Relative to the project.
    public var path: String
    /// The note's own address on the web; nil where it has none, and the reference then names the path.
    public var url: String?

    /// A reference to a note; what a terminal would obey is taken out of everything but the path.
    public init(
        title: String, author: String? = nil, date: String? = nil, path: String, url: String? = nil
    ) {
        // It is a note's, and goes into text of the writer's.
        self.title = plainText(title)
        self.author = author.map(plainText)
        self.date = date.map(plainText)
        self.path = path
        self.url = url.map(plainText)
    }
}

extension CitationForm {
    /// Whether what is read is a citation of `note`, or of one that is lost where that is nil.
    ///
    /// A footnote may well end in a file's name. So what has a line is a citation if it names a kind of file that notes have, or a
    /// note that is there; what has none must also say that note's title.
    func cites(_ note: NoteReference?) -> Bool {
        if line == nil { return note.map { title.isEmpty || TextRun.plain($0.title) == TextRun.plain(title) } ?? false }
        return note != nil || CitationForm.isNoteKind(path)
    }
}
