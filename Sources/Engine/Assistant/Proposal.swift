import Diagnostics
import Retrieval
import TextCore

/// Text a model offers for a section, not yet part of the article.
///
/// Limit: what is accepted is the whole of it; `edit` replaces the section's body.
public struct Proposal: Sendable, Equatable {
    public enum State: Sendable, Equatable {
        case streaming
        case complete
        /// The error's message; `text` keeps what arrived.
        case failed(String)
        case cancelled
    }

    public var id: Int
    public var sectionTitle: String
    /// The section's body when the proposal was asked for.
    public var original: String
    /// What arrived so far, without control characters.
    public private(set) var text: String
    public var state: State
    /// The passages the model was given, in the order of their numbers.
    public var sources: [Passage]
    /// The number of the first of `sources`; see `ChatRequest.firstCitation`.
    public var firstCitation: Int

    public init(
        id: Int, sectionTitle: String, original: String, text: String = "",
        state: State = .streaming, sources: [Passage] = [], firstCitation: Int = 1
    ) {
        self.id = id
        self.sectionTitle = sectionTitle
        self.original = original
        self.text = plainText(text)
        self.state = state
        self.sources = sources
        self.firstCitation = firstCitation
    }

    /// Adds what the provider sent next.
    public mutating func append(_ delta: String) {
        text += plainText(delta)
    }

    /// The text as it would stand in the article, citations aside: without the model's thoughts, a
    /// fence around all of it, or the section's heading repeated.
    public var body: String {
        AnswerText.body(of: text, sectionTitle: sectionTitle)
    }

    /// There is nothing in it to put into the article.
    public var isBlank: Bool { AnswerText.isBlank(body) }

    /// `original` compared with `body`, by sentence and then by word; blanks at both ends left out.
    public func diff() -> [DiffPiece] {
        TextDiff.between(AnswerText.trimmed(original), body)
    }

    /// One edit that puts the proposal in the section's place and defines the footnotes of the
    /// passages it cites at the article's end. Footnotes defined within the section are kept.
    ///
    /// - Parameters:
    ///   - text: the article as it is now; the edit fits this text only.
    ///   - range: the section's body (`Section.bodyRange`), in UTF-8 bytes of `text`.
    public func edit(in text: Text, replacing range: Range<Int>) -> Edit {
        ProposalPlan(article: text, range: range)
            .edit(body: body, sources: sources, firstCitation: firstCitation, id: id)
    }
}
