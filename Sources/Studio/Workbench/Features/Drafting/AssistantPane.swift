import Assistant
import Retrieval
import Review
import TextCore

/// The assistant beside one article: at most one draft of it is asked for, shown or waiting at a time.
///
/// Each article has its own, which goes where the article goes. An answer arrives for whichever article's has its ticket.
struct AssistantPane: Sendable {
    /// What `request` is for, kept from asking until the proposal is settled.
    struct Target: Sendable {
        var sectionTitle: String
        var start: AnchorID
        var end: AnchorID
        /// The section's whole body, to notice that it was edited meanwhile.
        var body: String
        /// What of it a proposal replaces: footnote definitions stay.
        var original: String
    }
    /// Nil for a proposal of an earlier run whose section is gone.
    var target: Target?
    var request: ChatRequest?
    var proposal: Proposal<Passage>?
    var scroll = 0
    var ticket: Ticket?
    /// How the proposal differs from the section; nil until all of it is there and was compared.
    var difference: [DiffPiece]?
    /// The comparison that is under way.
    var comparing: Ticket?
    /// The passages that are looked for; nil where none are.
    var gathering: Ticket?
    /// What the draft may draw on, in the order in which it is numbered: gathered for it alone, or pinned by the writer.
    var sources: [Passage] = []
    var pendingInstruction: String?
    /// What the writer was told once before accepting: that the section was edited, that the answer isn't whole.
    var warned: Set<Warning> = []
    /// The proposal of an earlier run, as it was kept.
    var kept: StoredProposal<Passage>?
    /// The path under which the proposal is kept now; nil where it isn't.
    var keptPath: String?

    /// What an earlier run kept of one was asked for.
    var isRecalled = false

    enum Warning: Sendable { case edited, notWhole }

    init() {}
}
