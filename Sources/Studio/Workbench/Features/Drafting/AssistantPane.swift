import Assistant
import Retrieval
import Review
import TextCore

/// The assistant beside one article: at most one draft of it is asked for, shown or waiting at a time.
///
/// It is a part of the article's `Editor`, so that each article has its own and it goes where the article goes. The answer
/// arrives for whichever editor has its ticket.
public struct AssistantPane: Sendable {
    /// What `request` is for, kept from asking until the proposal is settled.
    public struct Target: Sendable {
        public var sectionTitle: String
        var start: AnchorID
        var end: AnchorID
        /// The section's whole body, to notice that it was edited meanwhile.
        var body: String
        /// What of it a proposal replaces: footnote definitions stay.
        public var original: String
    }
    /// Nil for a proposal of an earlier run whose section is gone.
    public var target: Target?
    public var request: ChatRequest?
    public var proposal: Proposal<Passage>?
    /// The proposal takes the middle pane.
    public var isReviewing = false
    public var scroll = 0
    var ticket: Ticket?
    public var sources = DraftSources()
    var pendingInstruction: String?
    /// What the writer was told once before accepting: that the section was edited, that the answer isn't whole.
    var warned: Set<Warning> = []
    /// The proposal of an earlier run, as it was kept.
    var kept: StoredProposal<Passage>?
    /// The path under which the proposal is kept now; nil where it isn't.
    var keptPath: String?

    enum Warning: Sendable { case edited, notWhole }

    public init() {}
}

/// What is to be done with proposals outside the studio.
public enum ProposalRequest: Sendable {
    /// Keep it for the next run; `text` is the article's, which the place in it belongs to.
    case keep(StoredProposal<Passage>, text: Text)
    /// It was accepted or rejected.
    case remove(path: String)
    /// Read what an earlier run kept for the article, whose text is `text` in this version.
    case recall(path: String, text: Text, version: Int)
}

public enum ProposalAnswer: Sendable {
    /// `version`: that of the document whose text is the one the proposal was kept with; nil where it is another text.
    case recalled(StoredProposal<Passage>, version: Int?)
    case failed(Failure)
}
