import TextCore

/// Which of the two searches answers.
public enum SearchMode: String, CaseIterable, Sendable, Codable {
    /// Vectors and full text, fused.
    case hybrid
    case semantic
    case text
}

/// How the nearest vectors are found.
public enum IndexKind: String, CaseIterable, Sendable, Codable {
    /// Every vector is compared: exact.
    case flat
    /// A navigable small-world graph: approximate, for large libraries.
    case hnsw
}

/// How near two vectors are. Vectors have length one, so all three order passages alike;
/// they differ in the number shown and compared with `Query.minimumScore`.
public enum Metric: String, CaseIterable, Sendable, Codable {
    case cosine
    /// The inner product.
    case ip
    /// 1 / (1 + the Euclidean distance): 1 for the same vector, smaller when farther.
    case l2
}

/// A question to a `Library`.
public struct Query: Sendable {
    /// Words, a sentence or a whole paragraph. Any text is safe.
    public var text: String
    /// Whether something in the text may be an operator.
    public var syntax: QuerySyntax
    /// How many hits at most; `Query.all` for every passage that `minimumScore` lets through.
    public var limit: Int
    /// Which searches are asked; without a model, `hybrid` is full text alone.
    public var mode: SearchMode
    /// Which passages may be answered with.
    public var filter: Filter
    /// Leaves out hits whose similarity is smaller (in text mode: whose text score is).
    public var minimumScore: Double?
    /// A project-relative path whose passages are left out: the article being written.
    public var excludingPath: String?
    /// The measure of the similarities shown.
    public var metric: Metric
    /// nil chooses `flat` in small libraries and `hnsw` in large ones.
    public var index: IndexKind?
    /// Passages that are part of one of these texts, or contain one, are left out: what the
    /// article quotes already.
    public var excludingText: [String]
    /// The article being written: what its block quotations say is left out, as `excludingText` is.
    public var article: Text?
    /// How the two lists of a hybrid search become one.
    package var fusion = FusionRule.standard
    /// How near copies are kept from filling the list.
    package var diversity = Diversity.standard

    /// As a limit: no limit. Near copies of a passage are answered with too then.
    public static let all = Int.max

    /// A question; by default for the ten best hits of a hybrid search over everything.
    public init(
        text: String, limit: Int = 10, mode: SearchMode = .hybrid, filter: Filter = Filter(),
        minimumScore: Double? = nil, excludingPath: String? = nil, metric: Metric = .cosine,
        index: IndexKind? = nil, excludingText: [String] = [], syntax: QuerySyntax = .plain
    ) {
        self.text = text
        self.limit = limit
        self.mode = mode
        self.filter = filter
        self.minimumScore = minimumScore
        self.excludingPath = excludingPath
        self.metric = metric
        self.index = index
        self.excludingText = excludingText
        self.syntax = syntax
    }
}
