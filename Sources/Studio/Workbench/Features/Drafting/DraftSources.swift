import Retrieval

/// What a draft may draw on: passages of the notes, gathered for the draft alone or pinned by the writer.
public struct DraftSources: Sendable {
    /// The passages that are looked for; nil where none are.
    var gathering: Ticket?
    /// What was gathered last, in the order in which it is numbered.
    public var passages: [Passage] = []

    public init() {}
}
