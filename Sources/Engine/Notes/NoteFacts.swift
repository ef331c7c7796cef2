/// What a filter reads of a note.
package struct NoteFacts: Sendable, Equatable {
    /// The note's path relative to the project's root.
    package var path: String
    /// The note's title, or the file's name without its ending.
    package var title: String
    /// The day of the note as `yyyy-MM-dd`; nil where it has none.
    package var date: String?
    /// The note's tags without `#`.
    package var tags: [String]
    /// By their key; lists as `field(_:)` writes them.
    package var fields: [String: String]

    /// Facts of these values.
    package init(path: String, title: String, date: String?, tags: [String], fields: [String: String]) {
        self.path = path
        self.title = title
        self.date = date
        self.tags = tags
        self.fields = fields
    }

    /// A list as the value of a field.
    package static func field(_ items: [String]) -> String { items.map { $0 + itemEnd }.joined() }

    /// The items of a field that is a list; nil for a text.
    package static func items(of field: String) -> [String]? {
        guard field.isEmpty || field.hasSuffix(itemEnd) else { return nil }
        return field.split(separator: itemEnd, omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// The unit separator: no text that anyone writes has it.
    private static let itemEnd = "\u{1F}"
}
