import Retrieval

/// The research pane: passages that are close to the paragraph under the cursor, or to a question.
struct ResearchState: Feature {
    enum Source: Sendable, Equatable {
        case paragraph
        case lookup(String)
    }
    enum Activity: Sendable, Equatable {
        case idle, waiting, failed(String)
    }
    var source = Source.paragraph
    /// Which passages may be shown, until it is cleared.
    var filter: ResearchFilter?
    var hits: [Hit] = []
    var selected = 0
    var top = 0
    var activity = Activity.idle
    /// The passages the writer chose for the next draft, in the order chosen.
    var pinned: [Passage] = []
    /// A hit shown whole, with the parts of its score.
    var isPreviewing = false
    var previewScroll = 0
    /// The library has changed while the writer was looking at the list.
    var isOutdated = false
    var ticket: Ticket?
    /// The paragraph last asked about, so that moving within it asks nothing.
    var askedText: String?
    /// The headings of the article are known, by which a short paragraph is asked about.
    var knowsHeadings = false
    var library = LibraryState()
    /// The embedding model's name, or nil when none can be used.
    var modelName: String?
    /// Where that model is when it isn't on this machine: every query goes there.
    var modelHost: String?

    init(_ environment: StudioEnvironment) {
        modelName = environment.modelName
        modelHost = environment.modelHost
    }

    var selectedHit: Hit? { hits.indices.contains(selected) ? hits[selected] : nil }

    func isPinned(_ passage: Passage) -> Bool {
        pinned.contains { $0.id == passage.id && $0.path == passage.path }
    }
}

/// A filter as the writer typed it.
struct ResearchFilter: Sendable, Equatable {
    var line: String
    var filter: Filter
}

/// What the status line says of the library.
struct LibraryState: Sendable, Equatable {
    enum Activity: Sendable, Equatable {
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
    var activity = Activity.idle
    var passages: Int?
    var problems: [String] = []
    init() {}

    /// Whether the library is left alone until the writer asks for it.
    var isWithheld: Bool { if case .withheld = activity { true } else { false } }
}
