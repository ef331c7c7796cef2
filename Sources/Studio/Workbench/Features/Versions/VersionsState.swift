import Review
import Screen
import TextCore

/// A version of an article in a list.
public struct VersionRow: Sendable, Equatable {
    /// 1 is the newest: another save counts them anew.
    public var number: Int
    /// What the store calls it, which stays.
    var id: String
    /// When it was kept, by the writer's clock: `2026-11-24 14:05:12`.
    public var time: String
    /// How many words it has.
    public var words: Int
    /// Words more than in the version before; nil for the first.
    public var change: Int?
    /// The sections that differ from those of the version before.
    public var sections: [String]

    /// Nothing is counted here: who lists the versions has compared each with the one before it.
    public init(number: Int, id: String, time: String, words: Int, change: Int?, sections: [String]) {
        self.number = number
        self.id = id
        self.time = time
        self.words = words
        self.change = change
        self.sections = sections
    }
}

/// The versions of an article, over the panes; one of them compared with the text as it is.
struct VersionList: Panel {
    var path: String
    var rows: [VersionRow]
    var selected = 0
    /// From the chosen version to the text as it is.
    var difference: [DiffPiece]?
    var scroll = 0

    /// The difference with the unchanged text between two changes cut down to what is around them.
    var shownDifference: [DiffPiece] { (difference ?? []).abridged }
}
