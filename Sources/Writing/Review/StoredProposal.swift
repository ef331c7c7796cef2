import Manuscript
import TextCore

/// A proposal as it outlives the program, with what it belongs to: the article, the text that was in it, and the place in
/// that text. By these it finds its section again, or is known to have none; it is never put into other text unasked.
///
/// This is the form that is stored. A change that an older Longhand would misread raises `currentFormat`.
///
/// It is kept once its text has arrived, every second before, when its article closes, and on leaving
/// (`ProposalKeeper`). On opening, `range(in:isSameText:)` finds its place again; where the section says something
/// else by now, the writer is warned before it is accepted.
public struct StoredProposal<Source: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
    /// What this Longhand writes, and the latest that it reads.
    public static var currentFormat: Int { 1 }

    /// How much of the answer there is.
    public enum State: String, Sendable, Codable {
        case complete
        /// The answer ended early.
        case incomplete
        /// The writer stopped it, or the program ended while it arrived.
        case stopped
    }

    /// The version of the form it is stored in.
    public var format = StoredProposal.currentFormat
    /// The article's absolute path.
    public var article: String
    /// SHA-256 of the article's text when the proposal was kept, in hexadecimal; empty until it is known.
    public var textHash = ""
    /// The title of the section it is for.
    public var section: String
    /// Where the section's body begins in that text, in UTF-8 bytes; nil where the section was gone already.
    public var start: Int?
    /// Where that body ends, in UTF-8 bytes.
    public var end: Int?
    /// The section's whole body when the draft was asked for.
    public var body: String
    /// The part of `body` that the proposal replaces.
    public var original: String
    /// What arrived of the answer.
    public var text: String
    /// How the answer ended.
    public var state: State
    /// Why the answer ended early.
    public var reason: String?
    /// What the writer asked for in their own words; nil where they added none.
    public var instruction: String?
    /// The model that answered; nil where it isn't known.
    public var model: String?
    /// What the model was given, in the order of the numbers by which it cites.
    public var sources: [Source]
    /// The number of the first of `sources`.
    public var firstCitation: Int

    /// - Parameters:
    ///   - place: the section's body in the article's text as it is now.
    ///   - body: the section's whole body when the draft was asked for.
    public init(
        _ proposal: Proposal<Source>, article: String, range: Range<Int>?, body: String, instruction: String?,
        model: String?
    ) {
        self.article = article
        section = proposal.sectionTitle
        start = range?.lowerBound
        end = range?.upperBound
        self.body = body
        original = proposal.original
        text = proposal.text
        switch proposal.state {
        case .complete: state = .complete
        case .failed(let reason):
            state = .incomplete
            self.reason = reason
        case .streaming, .cancelled: state = .stopped
        }
        self.instruction = instruction
        self.model = model
        sources = proposal.sources
        firstCitation = proposal.firstCitation
    }

    /// The section's body in the text that `textHash` is of; nil where no text has such a place.
    public var range: Range<Int>? {
        guard let start, let end, start >= 0, start <= end else { return nil }
        return start..<end
    }

    /// Where in `text` the section's body is for which it was kept: at the same place in the same text, else the only
    /// section of that name with the same body, else the only one of that name, whose body then is another. Nil where
    /// there is none.
    ///
    /// - Parameter isSameText: whether `text` is known to be the one that `textHash` is of.
    public func range(in text: Text, isSameText: Bool) -> Range<Int>? {
        if isSameText, let range, range.upperBound <= text.utf8Count, text.slice(range) == body { return range }
        let named = Outline(text).sections.filter { $0.title == section }.map(\.bodyRange)
        let same = named.filter { text.slice($0) == body }
        if same.count == 1 { return same[0] }
        return named.count == 1 ? named[0] : nil
    }

    /// The proposal again.
    public func proposal(id: Int) -> Proposal<Source> {
        let state: Proposal<Source>.State =
            switch self.state {
            case .complete: .complete
            case .incomplete: .failed(reason ?? "The answer ended early.")
            case .stopped: .cancelled
            }
        // A number no article has comes from a damaged file.
        let first = (1...1_000_000).contains(firstCitation) ? firstCitation : 1
        return Proposal(
            id: id, sectionTitle: section, original: original, text: text, state: state, sources: sources,
            firstCitation: first)
    }
}
