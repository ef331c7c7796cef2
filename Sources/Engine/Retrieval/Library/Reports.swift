import Notes

/// How far indexing is.
public struct IndexProgress: Sendable, Equatable {
    public enum Phase: String, Sendable { case waiting, scanning, reading, embedding, linking, finished }
    public var phase: Phase
    /// Of `total`: notes while reading, passages while embedding, vectors while a graph over them is made.
    public var done: Int
    public var total: Int
    /// Passages embedded in this run.
    public var embedded: Int
    /// The process that is waited for, if it is known.
    public var writer: Int?
    /// An estimate; nil until there is something to estimate from.
    public var secondsRemaining: Double?

    public init(
        phase: Phase, done: Int, total: Int, embedded: Int = 0, secondsRemaining: Double? = nil, writer: Int? = nil
    ) {
        self.writer = writer
        self.phase = phase
        self.done = done
        self.total = total
        self.embedded = embedded
        self.secondsRemaining = secondsRemaining
    }
}

extension IndexProgress {
    /// `about 40 s left`; nil when it isn't known or no longer worth saying.
    public var timeLeft: String? {
        // Nobody waits for longer than a few years, or for what isn't a number.
        guard let secondsRemaining, secondsRemaining >= 1, secondsRemaining < 1e8 else { return nil }
        return switch secondsRemaining {
        case ..<90: "about \(Int(secondsRemaining.rounded())) s left"
        case ..<5_400: "about \(Int((secondsRemaining / 60).rounded())) min left"
        default: "about \(Int((secondsRemaining / 3_600).rounded())) h left"
        }
    }
}

/// What is about to be embedded, for somebody to agree to before it is sent to another machine.
public struct EmbeddingPlan: Sendable, Equatable {
    /// Different texts without a vector that the encoder may see.
    public var passages = 0
    /// Notes that these are of.
    public var notes = 0
    /// Passages without a vector that stay here because of their folder's scope.
    public var stayingPassages = 0
    /// Notes that these are of.
    public var stayingNotes = 0

    public init(passages: Int = 0, notes: Int = 0, stayingPassages: Int = 0, stayingNotes: Int = 0) {
        self.passages = passages
        self.notes = notes
        self.stayingPassages = stayingPassages
        self.stayingNotes = stayingNotes
    }
}

/// What an indexing run did.
public struct IndexReport: Sendable, Equatable, Codable {
    /// Notes in the library now.
    public var notes: Int
    /// Passages in the library now.
    public var passages: Int
    /// Texts embedded in this run.
    public var embedded: Int
    /// Passages whose vector was there already.
    public var reused: Int
    /// Notes that left the library in this run.
    public var removed: Int
    /// Files that were new, changed or gone.
    public var changed: Int
    /// Passages that have no vector because their folder's scope keeps them on this machine.
    public var staying: Int
    public var problems: [NoteProblem]
    /// What isn't installed, and how many files are left out for it.
    public var missing: [MissingProgram]
    public var tookMs: Int

    public init(
        notes: Int, passages: Int, embedded: Int, reused: Int, removed: Int, changed: Int = 0,
        staying: Int = 0, problems: [NoteProblem], missing: [MissingProgram] = [], tookMs: Int
    ) {
        self.notes = notes
        self.passages = passages
        self.embedded = embedded
        self.reused = reused
        self.removed = removed
        self.changed = changed
        self.staying = staying
        self.problems = problems
        self.missing = missing
        self.tookMs = tookMs
    }
}

extension IndexReport {
    /// A run that changed nothing.
    init(_ counts: Library.Counts, reused: Int) {
        self.init(
            notes: counts.notes, passages: counts.passages, embedded: 0, reused: reused, removed: 0, problems: [],
            tookMs: 0)
    }
}

/// The state of a library against its project on disk.
public struct LibraryStatus: Sendable, Equatable, Codable {
    public var notes: Int
    public var passages: Int
    /// Passages with a vector of the current model.
    public var embedded: Int
    /// nil when the library was opened without a model.
    public var model: String?
    public var modelFingerprint: String?
    /// Notes that are new, changed or gone on disk since they were indexed.
    public var stale: Int
    public var problems: [NoteProblem]
    /// What isn't installed, and how many files are left out for it.
    public var missing: [MissingProgram]
    public var root: String
    public var databasePath: String
    /// What is passed over for a name that begins with a full stop.
    public var hidden = HiddenCount()
    /// Whether a check found the library damaged.
    public var isDamaged = false
    /// Where an earlier, damaged library is kept.
    public var damagedCopy: String?

    public init(
        notes: Int, passages: Int, embedded: Int, model: String?, modelFingerprint: String?,
        stale: Int, problems: [NoteProblem], missing: [MissingProgram] = [], root: String, databasePath: String
    ) {
        self.notes = notes
        self.passages = passages
        self.embedded = embedded
        self.model = model
        self.modelFingerprint = modelFingerprint
        self.stale = stale
        self.problems = problems
        self.missing = missing
        self.root = root
        self.databasePath = databasePath
    }
}
