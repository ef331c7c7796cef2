/// What the studio knows of articles beyond the open ones.
struct ArticlesState: Feature {
    /// The project's text files, relative to it, as they were last listed.
    var files: [String] = []
    /// What is open isn't what was last remembered.
    var isOutdated = true
    /// Articles that were closed or saved, whose history is to be kept.
    var unkept: [KeptHistory] = []
    /// Articles whose history of earlier sessions was asked for, with the version for which it was kept.
    var histories: [String: Int] = [:]
    /// The folder that was asked for.
    var listing: Ticket?

    init() {}
}

/// Why the files of a folder aren't known.
public struct FolderProblem: Error, Sendable, Equatable {
    /// A clause, as the system says it: `Permission denied`.
    var reason: String
    /// There is no such folder, so nothing in it can be opened either.
    var isMissing: Bool

    /// - Parameter reason: a clause without a full stop.
    public init(reason: String, isMissing: Bool) {
        self.reason = reason
        self.isMissing = isMissing
    }
}
