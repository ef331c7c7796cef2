import Retrieval
import Review
import TextCore

extension Proposal where Source == Passage {
    /// One edit that puts the proposal in the section's place and defines the footnotes of the
    /// passages it cites at the article's end. Footnotes defined within the section are kept.
    ///
    /// - Parameters:
    ///   - text: the article as it is now; the edit fits this text only.
    ///   - range: the section's body (`Section.bodyRange`), in UTF-8 bytes of `text`.
    public func edit(in text: Text, replacing range: Range<Int>) -> Edit {
        let grounding = Grounding.resolve(body, passages: sources, in: text.string, firstNumber: firstCitation)
        return ProposalPlan(article: text, range: range)
            .edit(putting: grounding.text, defining: grounding.definitions, id: id)
    }
}
