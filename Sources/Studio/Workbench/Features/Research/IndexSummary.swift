/// What an indexing run came to.
public struct IndexSummary: Sendable, Equatable {
    var notes: Int
    var passages: Int
    var embedded: Int
    var problems: [String]
    /// - Parameters:
    ///   - notes: the notes in the library.
    ///   - passages: the passages in the library.
    ///   - embedded: the passages that this run embedded.
    ///   - problems: a line for each note that couldn't be read, safe to show.
    public init(notes: Int, passages: Int, embedded: Int, problems: [String]) {
        self.notes = notes
        self.passages = passages
        self.embedded = embedded
        self.problems = problems
    }
}
