import Notes

/// How far indexing is.
public struct IndexProgress: Sendable, Equatable {
    /// What is being done. `waiting` is for another process, `linking` is making a graph over the vectors.
    public enum Phase: String, Sendable { case waiting, scanning, reading, embedding, linking, finished }
    /// What is being done now.
    public var phase: Phase
    /// Of `total`: notes while reading, passages while embedding, vectors while a graph over them is made.
    public var done: Int
    /// How many there are to do; 0 where that isn't known.
    public var total: Int
    /// Passages embedded in this run.
    public var embedded: Int
    /// The process that is waited for, if it is known.
    public var writer: Int?
    /// An estimate; nil until there is something to estimate from.
    public var secondsRemaining: Double?

    /// Progress of these numbers.
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

    /// A plan of these counts; nothing to embed unless they are given.
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
    /// Files that were left out, or read with something missing, by path.
    public var problems: [NoteProblem]
    /// What isn't installed, and how many files are left out for it.
    public var missing: [MissingProgram]
    /// How long the run took, in milliseconds.
    public var tookMs: Int

    /// A report of these counts.
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
    /// Notes in the library.
    public var notes: Int
    /// Passages in the library.
    public var passages: Int
    /// Passages with a vector of the current model.
    public var embedded: Int
    /// nil when the library was opened without a model.
    public var model: String?
    /// The model's `PassageEncoder.fingerprint`; nil when the library was opened without a model.
    public var modelFingerprint: String?
    /// Notes that are new, changed or gone on disk since they were indexed.
    public var stale: Int
    /// Files that can't be read, or were read with something missing, by path.
    public var problems: [NoteProblem]
    /// What isn't installed, and how many files are left out for it.
    public var missing: [MissingProgram]
    /// The project's folder.
    public var root: String
    /// The library's SQLite file.
    public var databasePath: String
    /// What is passed over for a name that begins with a full stop.
    public var hidden = HiddenCount()
    /// Whether a check found the library damaged.
    public var isDamaged = false
    /// Where an earlier, damaged library is kept.
    public var damagedCopy: String?

    /// A status of these values; nothing hidden and no damage unless set later.
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
