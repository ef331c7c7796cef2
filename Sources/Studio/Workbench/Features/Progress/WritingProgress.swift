import Manuscript

/// How far the writer has come: the article's length, and what this session added.
public struct WritingProgress: Sendable {
    /// The active article's, as of the last pause; nil until it was counted.
    public internal(set) var counts: ArticleCounts?
    /// The lengths at the start of the session and at the last count, by path.
    private var lengths: [String: (first: Int, last: Int)] = [:]
    /// Files that other programs changed since they were last counted.
    private var foreign: Set<String> = []
    /// Words that weren't typed, by path, and how many there were in the text that is being counted.
    var borrowed: [String: BorrowedWords] = [:]
    var asked: (ticket: Ticket, borrowed: Int)?
    /// What was cut lately and not pasted yet.
    var cuts: [String] = []

    public init() {}

    /// Words typed in this session, over all files; what was deleted is taken off. What was quoted, pasted or taken from a
    /// draft isn't typed, and neither is its undoing.
    public var sessionWords: Int { lengths.values.reduce(0) { $0.saturatingAdd($1.last - $1.first) } }

    /// - Parameter borrowed: how many of the words weren't typed.
    /// - Returns: how many words were typed since the file was last counted; below zero where more were deleted.
    mutating func count(_ counts: ArticleCounts, path: String, borrowed: Int = 0) -> Int {
        self.counts = counts
        let length = counts.total.total - borrowed
        guard let known = lengths[path] else {
            lengths[path] = (length, length)
            return 0
        }
        guard foreign.remove(path) == nil else {
            lengths[path] = (known.first + length - known.last, length)
            return 0
        }
        lengths[path] = (known.first, length)
        return length - known.last
    }

    /// What the next count of the file finds more or less isn't the writer's work.
    mutating func noteForeignChange(of path: String) { foreign.insert(path) }

    /// The file is called otherwise now.
    mutating func rename(_ from: String, to: String) {
        if let known = lengths.removeValue(forKey: from) { lengths[to] = known }
        if foreign.remove(from) != nil { foreign.insert(to) }
    }
}

/// What was written on each day.
public struct WritingHistory: Sendable, Equatable {
    public struct Day: Sendable, Equatable {
        /// `yyyy-MM-dd`, where the writer was.
        public var date: String
        /// Words more than the day before; below zero where more was cut than written.
        public var words: Int

        public init(date: String, words: Int) {
            self.date = date
            self.words = words
        }
    }

    /// The days on which something was written, the oldest first.
    public var days: [Day]
    public var today: String
    /// Days in a row up to today, or to yesterday while nothing is written today.
    public var streak: Int

    public init(days: [Day], today: String, streak: Int) {
        self.days = days
        self.today = today
        self.streak = streak
    }

    public var total: Int { days.reduce(0) { $0.saturatingAdd($1.words) } }
    public var best: Day? { days.max { $0.words < $1.words } }
    public var wordsToday: Int { days.last { $0.date == today }?.words ?? 0 }
    /// Words a day on which something was written.
    public var average: Int { days.isEmpty ? 0 : total / days.count }
}
