import Manuscript
import Retrieval
import Review
import TextCore

/// What a prompt about a section may draw on. All of it may leave this machine.
public struct DraftContext: Sendable, Equatable {
    /// The article's title.
    public var title: String
    /// The titles from the outermost heading to the section's.
    public var headingPath: [String]
    /// The end of what comes before the section.
    public var textBefore: String
    /// The section's text without its heading.
    public var sectionBody: String
    /// The start of what follows the section.
    public var textAfter: String
    /// The article's headings, indented by level.
    public var outline: [String]
    /// What the writer chose to send. Those of scope `.ignore` are dropped whatever is asked.
    public var passages: [Passage]
    /// What the writer wants, in their words.
    public var instruction: String?
    /// The number of the first passage; see `ChatRequest.firstCitation`.
    public var firstCitation: Int

    /// A context of these parts; `init(article:outline:section:passages:instruction:surroundings:)` takes them from an
    /// article.
    public init(
        title: String, headingPath: [String], textBefore: String = "", sectionBody: String = "",
        textAfter: String = "", outline: [String] = [], passages: [Passage] = [],
        instruction: String? = nil, firstCitation: Int = 1
    ) {
        self.title = title
        self.headingPath = headingPath
        self.textBefore = textBefore
        self.sectionBody = sectionBody
        self.textAfter = textAfter
        self.outline = outline
        self.passages = passages
        self.instruction = instruction
        self.firstCitation = firstCitation
    }

    /// The context of a section of an article.
    ///
    /// - Parameters:
    ///   - outline: `article`'s.
    ///   - index: a place in `outline.sections`.
    ///   - surroundings: the most UTF-8 bytes to take from before and from after the section, each.
    public init(
        article: Text, outline: Outline, section index: Int,
        passages: [Passage] = [], instruction: String? = nil, surroundings: Int = 2000
    ) {
        let section = outline.sections[index]
        let body = section.bodyRange
        var from = max(0, section.range.lowerBound - surroundings)
        while !article.isScalarBoundary(from) { from += 1 }
        var to = min(article.utf8Count, body.upperBound + surroundings)
        while !article.isScalarBoundary(to) { to -= 1 }
        let first = outline.sections.first { $0.level == 1 }?.title
        self.init(
            title: first ?? "", headingPath: outline.path(to: index),
            textBefore: article.slice(from..<max(from, section.range.lowerBound)),
            sectionBody: article.slice(ProposalPlan.replaceable(body, in: article)),
            textAfter: article.slice(body.upperBound..<max(to, body.upperBound)),
            outline: outline.sections.filter { $0.level > 0 }.map {
                String(repeating: "  ", count: $0.level - 1) + $0.title
            },
            passages: passages, instruction: instruction,
            firstCitation: Grounding.firstNumber(in: article.string))
    }
}
