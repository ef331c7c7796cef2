/// What is quoted, and where it stands in the notes.
public struct QuotationSource: Sendable, Equatable {
    /// The Markdown to quote; its lines, levels, lists and code are kept.
    public var markdown: String
    /// The note's title.
    public var title: String
    /// The note's path in the project.
    public var path: String
    /// The note's line, counted from 1.
    public var line: Int
    /// The titles of the headings above it; may be empty.
    public var heading: String
    /// What the edit's origin names.
    public var passageID: String

    /// What is quoted, with its place in the notes.
    public init(markdown: String, title: String, path: String, line: Int, heading: String, passageID: String) {
        self.markdown = markdown
        self.title = title
        self.path = path
        self.line = line
        self.heading = heading
        self.passageID = passageID
    }
}
