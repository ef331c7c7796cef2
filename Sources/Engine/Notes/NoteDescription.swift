/// What a note says of itself, for those who refer to it: read by the same readers as for the library.
public struct NoteDescription: Sendable, Equatable {
    /// The title in the note's head, else its first main heading, else the file's name without its ending.
    public var title: String
    /// `yyyy-MM-dd`.
    public var date: String?
    /// The fields of its head by their key in lower case, the items of lists joined with ", ".
    public var fields: [String: String]

    /// - Parameters:
    ///   - bytes: the file's.
    ///   - path: its path, which says its format and is where the title comes from if nothing else says one.
    public init(_ bytes: [UInt8], path: String) {
        let name = path.split(separator: "/").last ?? Substring(path)
        title = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? String(name)
        fields = [:]
        // A document that a program has to convert, or bytes that are no text, have a name and no more.
        // What can't be read as a note has its file's name for a title.
        guard NoteFormat(path: path).program == nil, let note = try? NoteReader.read(bytes, path: path) else { return }
        title = note.facts.title
        fields = note.facts.fields.mapValues { value in
            guard let items = NoteFacts.items(of: value), !items.isEmpty else { return value }
            return items.joined(separator: ", ")
        }
        // A day in the file's name helps to find the note, but nobody wrote it as the date of what it says.
        date = fields["date"] == nil ? nil : note.facts.date
    }
}
