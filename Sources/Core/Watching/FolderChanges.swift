/// What has changed below a watched folder since one last asked.
public struct FolderChanges: Sendable, Equatable {
    /// Files and folders that were written, made, moved or deleted, relative to the root. A folder stands for all
    /// that is in it.
    public var paths: Set<String> = []
    /// Nobody can say any more what changed: everything has to be looked at.
    public var isEverything = false

    /// Changes of these paths, relative to the root; none unless any are given.
    public init(paths: Set<String> = [], isEverything: Bool = false) {
        self.paths = paths
        self.isEverything = isEverything
    }

    /// Whether nothing has changed.
    public var isEmpty: Bool { paths.isEmpty && !isEverything }

    /// Above this many paths, to look at everything costs no more than to look at each.
    static let mostPaths = 20_000

    mutating func add(_ path: String) {
        guard !isEverything else { return }
        paths.insert(path)
        if paths.count > Self.mostPaths { self = FolderChanges(isEverything: true) }
    }

    /// Takes up the changes of `other`; beyond 20,000 paths all counts as changed.
    public mutating func merge(_ other: FolderChanges) {
        if other.isEverything { self = FolderChanges(isEverything: true) }
        for path in other.paths { add(path) }
    }
}

/// Gathers changes until there are no more for a moment, so that a checkout of a thousand files is one batch and
/// a single save waits hardly at all.
///
/// A value without a clock: who uses it says what time it is.
struct ChangeGatherer {
    typealias Instant = ContinuousClock.Instant

    /// How long few changes must rest: an editor that saves by renaming needs some milliseconds for it.
    static let shortRest = Duration.milliseconds(30)
    /// How long many must rest.
    static let longRest = Duration.milliseconds(200)
    /// Up to how many changes are few.
    static let few = 8
    /// What changes without end is taken after this time all the same.
    static let longestWait = Duration.seconds(3)

    private var changes = FolderChanges()
    private var first: Instant?
    private var last: Instant?

    mutating func add(_ path: String, at now: Instant) {
        changes.add(path)
        note(now)
    }

    mutating func addEverything(at now: Instant) {
        changes.merge(FolderChanges(isEverything: true))
        note(now)
    }

    private mutating func note(_ now: Instant) {
        if first == nil { first = now }
        last = now
    }

    /// When the changes may be taken; nil while there are none.
    var due: Instant? {
        guard let first, let last else { return nil }
        let isFew = !changes.isEverything && changes.paths.count <= Self.few
        return min(last + (isFew ? Self.shortRest : Self.longRest), first + Self.longestWait)
    }

    /// The changes, if they have rested; none are left then.
    mutating func take(at now: Instant) -> FolderChanges? {
        guard let due, due <= now else { return nil }
        defer { self = ChangeGatherer() }
        return changes
    }
}
