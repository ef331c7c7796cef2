/// What an indexing run came to.
public struct IndexSummary: Sendable, Equatable {
    public var notes: Int
    public var passages: Int
    public var embedded: Int
    public var problems: [String]
    public init(notes: Int, passages: Int, embedded: Int, problems: [String]) {
        self.notes = notes
        self.passages = passages
        self.embedded = embedded
        self.problems = problems
    }
}
