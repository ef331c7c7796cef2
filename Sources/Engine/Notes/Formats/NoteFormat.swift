/// What a note is written in, by the end of its name.
package enum NoteFormat: String, Sendable, CaseIterable {
    case markdown, plain, org, html
    /// Text by `pdftotext`, page by page.
    case pdf
    /// Markdown by `pandoc`.
    case document

    /// Whatever has no known ending is read as Markdown: somebody included it on purpose.
    package init(path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        switch ending {
        case "txt": self = .plain
        case "org": self = .org
        case "html", "htm": self = .html
        case "pdf": self = .pdf
        case "docx", "epub", "odt": self = .document
        default: self = .markdown
        }
    }

    /// Reads a text of this format; for a document, the text that its program made of it.
    package func content(of source: String) -> NoteContent {
        switch self {
        case .markdown, .document: .markdown(source)
        case .plain: .plain(source)
        case .org: OrgReader.read(source)
        case .html: HTMLReader.read(source)
        case .pdf: .pages(source)
        }
    }

    /// The program that turns it into text; nil for a text.
    package var program: DocumentProgram? {
        switch self {
        case .pdf: .pdftotext
        case .document: .pandoc
        case .markdown, .plain, .org, .html: nil
        }
    }

    /// Larger files are left out, in megabytes: a larger text is data and no note, and a document has its
    /// pictures with it.
    package var largestMegabytes: Int64 { program == nil ? 8 : 64 }
}
