import Diagnostics
import TextCore

// This target holds what is offered for an article until the writer takes or rejects it, and puts it into the text.

/// Text a model offers for a section, not yet part of the article.
///
/// `Source` is what the model was given to cite; nothing here looks into it.
///
/// Limit: what is accepted is the whole of it; `ProposalPlan` replaces the section's body.
public struct Proposal<Source: Sendable & Equatable>: Sendable, Equatable {
    /// How much of it has arrived.
    public enum State: Sendable, Equatable {
        case streaming
        case complete
        /// The error's message; `text` keeps what arrived.
        case failed(String)
        case cancelled
    }

    /// The number that tells it from other proposals of the session.
    public var id: Int
    /// The title of the section it is for.
    public var sectionTitle: String
    /// The section's body when the proposal was asked for.
    public var original: String
    /// What arrived so far, without control characters.
    public private(set) var text: String
    /// Whether more text may come, and how it ended.
    public var state: State
    /// What the model was given, in the order of the numbers by which it cites.
    public var sources: [Source]
    /// The number of the first of `sources`.
    public var firstCitation: Int

    /// A proposal of which nothing has arrived, unless `text` is given.
    public init(
        id: Int, sectionTitle: String, original: String, text: String = "",
        state: State = .streaming, sources: [Source] = [], firstCitation: Int = 1
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
}
