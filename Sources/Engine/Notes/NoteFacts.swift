/// What a filter reads of a note.
package struct NoteFacts: Sendable, Equatable {
    package var path: String
    package var title: String
    package var date: String?
    package var tags: [String]
    /// By their key; lists as `field(_:)` writes them.
    package var fields: [String: String]

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
