import Retrieval

/// The research pane: passages that are close to the paragraph under the cursor, or to a question.
public struct ResearchState: Feature {
    public enum Source: Sendable, Equatable {
        case paragraph
        case lookup(String)
    }
    public enum Activity: Sendable, Equatable {
        case idle, waiting, failed(String)
    }
    public internal(set) var source = Source.paragraph
    /// Which passages may be shown, until it is cleared.
    public internal(set) var filter: ResearchFilter?
    public internal(set) var hits: [Hit] = []
    public internal(set) var selected = 0
    public internal(set) var top = 0
    public internal(set) var activity = Activity.idle
    /// The passages the writer chose for the next draft, in the order chosen.
    public internal(set) var pinned: [Passage] = []
    /// A hit shown whole, with the parts of its score.
    public internal(set) var isPreviewing = false
    public internal(set) var previewScroll = 0
    /// The library has changed while the writer was looking at the list.
    var isOutdated = false
    var ticket: Ticket?
    /// The paragraph last asked about, so that moving within it asks nothing.
    var askedText: String?
    /// The headings of the article are known, by which a short paragraph is asked about.
    var knowsHeadings = false
    public internal(set) var library = LibraryState()
    /// The embedding model's name, or nil when none can be used.
    public internal(set) var modelName: String?
    /// Where that model is when it isn't on this machine: every query goes there.
    public internal(set) var modelHost: String?

    init(_ environment: StudioEnvironment) {
        modelName = environment.modelName
        modelHost = environment.modelHost
    }

    public var selectedHit: Hit? { hits.indices.contains(selected) ? hits[selected] : nil }

    public func isPinned(_ passage: Passage) -> Bool {
        pinned.contains { $0.id == passage.id && $0.path == passage.path }
    }
}

/// A filter as the writer typed it.
public struct ResearchFilter: Sendable, Equatable {
    public var line: String
    public var filter: Filter
}

/// What the status line says of the library.
public struct LibraryState: Sendable, Equatable {
    public enum Activity: Sendable, Equatable {
        case idle
        /// `timeLeft` is a few words, nil until there's something to estimate from.
        case indexing(done: Int, total: Int, timeLeft: String?)
        /// Another Longhand writes the library.
        case waiting
        case paused
        /// Nothing is read, nor is the library opened, until the writer asks.
        case withheld(AutomaticIndexing.Refusal)
        case failed(String)
    }
    public internal(set) var activity = Activity.idle
    public internal(set) var passages: Int?
    public internal(set) var problems: [String] = []
    public init() {}

    /// Whether the library is left alone until the writer asks for it.
    var isWithheld: Bool { if case .withheld = activity { true } else { false } }
}
