import Manuscript

/// An entry of the references.
struct ReferenceEntry {
    var note: NoteReference
    /// From the file that is written to the note.
    var link = ""
    /// The footnotes that cite it, as places among the definitions.
    var definitions: [Int]

    init(note: NoteReference, definitions: [Int]) {
        self.note = note
        self.definitions = definitions
    }

    /// `Author. *Title*. 2024-05-01. <https://…>. Remark`; a note without an address is linked by its path.
    ///
    /// - Parameter remarks: what the writer added to the citations of the note.
    func markdown(remarks: [String]) -> String {
        var parts: [String] = []
        if let author = note.author, !author.isEmpty { parts.append(CitationForm.escaped(author)) }
        let title = CitationForm.escaped(note.title)
        if !title.isEmpty { parts.append("*\(title)*") }
        if let date = note.date, !date.isEmpty { parts.append(CitationForm.escaped(date)) }
        if let url = note.url, !url.isEmpty {
            parts.append(
                ReferenceEntry.isWeb(url)
                    ? "<\(ReferenceEntry.encoded(url, keeping: "#?%"))>" : CitationForm.escaped(url))
        } else {
            let path = CitationForm.oneLine(note.path)
            // A colon in the first part of a path would make an address of it.
            let isAddress = link.prefix { $0 != "/" }.contains(":")
            let target = ReferenceEntry.encoded((isAddress ? "./" : "") + link, keeping: "")
            let isPlain = target.utf8.allSatisfy { !"()".utf8.contains($0) }
            parts.append("[\(CitationForm.escaped(path))](\(isPlain && target == link ? target : "<\(target)>"))")
        }
        parts += remarks
        return parts.joined(separator: ". ").replacing("?. ", with: "? ").replacing("!. ", with: "! ")
    }

    /// Nothing a note says becomes an address but one of the web: `javascript:` is one too.
    private static func isWeb(_ url: String) -> Bool {
        let start = url.lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }

    /// `text` with what would end or change an address percent-encoded.
    private static func encoded(_ text: String, keeping kept: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case " ": result += "%20"
            case "<": result += "%3C"
            case ">": result += "%3E"
            case "\\": result += "%5C"
            case "#" where !kept.contains("#"): result += "%23"
            case "?" where !kept.contains("?"): result += "%3F"
            case "%" where !kept.contains("%"): result += "%25"
            case "\u{0}"..."\u{1F}", "\u{7F}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
