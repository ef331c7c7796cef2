import Manuscript
import Notes

/// A piece of a note: the unit that is embedded and found.
public struct Passage: Sendable, Equatable, Codable {
    /// A hash of `text` in hexadecimal digits; the same words in two notes have the same id.
    public var id: String
    /// The note's path, relative to the project's root, with `/`.
    public var path: String
    /// The note's title.
    public var title: String
    /// The headings above the passage, outermost first, joined by ` › `; empty above the first.
    public var heading: String
    /// The first line in the file, counted from 1.
    public var line: Int
    /// The last line in the file, counted from 1.
    public var endLine: Int
    /// The passage as written, without the `>` of quotations; lines end in `\n`.
    public var text: String
    /// The note's tags, from its front matter and its `#tags`, without `#`.
    public var tags: [String]
    /// `yyyy-MM-dd`, when the note says one.
    public var date: String?
    /// What the project allows with the note's folder.
    public var scope: Scope
    /// Two letters of ISO 639-1, when it can be told (see `Language`).
    public var language: String?
    /// The passage as Markdown, with the marks of quotations and the fences that `text` leaves out; nil where it is the text.
    public var markup: String?

    /// A passage of these values.
    public init(
        id: String, path: String, title: String, heading: String = "", line: Int, endLine: Int,
        text: String, tags: [String] = [], date: String? = nil, scope: Scope = .index,
        language: String? = nil, markup: String? = nil
    ) {
        self.id = id
        self.path = path
        self.title = title
        self.heading = heading
        self.line = line
        self.endLine = endLine
        self.text = text
        self.tags = tags
        self.date = date
        self.scope = scope
        self.language = language
        self.markup = markup
    }
}

/// A passage that was found, and why.
public struct Hit: Sendable, Equatable {
    /// The passage that was found.
    public var passage: Passage
    /// 1 is the best.
    public var rank: Int
    /// What the hits are ordered by: the similarity (semantic), the text score (text), or `fused` less `penalty`
    /// (hybrid). Comparable within one answer only.
    public var score: Double
    /// From 0 to 1: how far the passage stands out among all of the library, with any model. What the nearest of
    /// passages that are beside the point may come to by chance is about 1/3. nil without vectors, or where there are too
    /// few passages to tell.
    public var strength: Double?
    /// How near the passage's vector is to the query's, in the query's metric; nil without vectors.
    public var similarity: Double?
    /// BM25, larger is better; nil when the full text didn't match.
    public var textScore: Double?
    /// How far the similarity is above that of most passages, in standard deviations; nil without vectors.
    public var zScore: Double?
    /// Standing and text score together; nil where only one of the two was asked.
    public var fused: Double?
    /// What was taken off `fused` because a better hit says nearly the same.
    public var penalty: Double
    /// The place among the nearest vectors, from 1.
    public var vectorRank: Int?
    /// The place among the full-text matches, from 1.
    public var textRank: Int?
    /// The passage's sentence that answers best, on one line: the one with most of the query's terms, or the nearest to it
    /// (`Library.withNearestSentences`).
    public var sentence: String
    /// The query's terms that the passage or its heading contains, each once, in the query's order.
    public var matchedTerms: [String]

    /// A hit of these values.
    public init(
        passage: Passage, rank: Int, score: Double, strength: Double? = nil, similarity: Double? = nil,
        textScore: Double? = nil, zScore: Double? = nil, fused: Double? = nil, penalty: Double = 0,
        vectorRank: Int? = nil, textRank: Int? = nil, sentence: String = "", matchedTerms: [String] = []
    ) {
        self.passage = passage
        self.rank = rank
        self.score = score
        self.strength = strength
        self.similarity = similarity
        self.textScore = textScore
        self.zScore = zScore
        self.fused = fused
        self.penalty = penalty
        self.vectorRank = vectorRank
        self.textRank = textRank
        self.sentence = sentence
        self.matchedTerms = matchedTerms
    }
}
