import Manuscript

/// How far the writer has come: the article's length, and what this session added.
///
/// A session's words are those that were typed. `noteWords` sees every edit with its origin, and `BorrowedWords` has
/// what came otherwise, by the step of the history that brought it, so that undo takes it back uncounted. Each change
/// goes to `WritingLog`, from which `longhand stats` adds up the days.
struct ProgressState: Feature {
    /// The lengths at the start of the session and at the last count, by path.
    private var lengths: [String: (first: Int, last: Int)] = [:]
    /// Files that other programs changed since they were last counted.
    private var foreign: Set<String> = []
    /// Words that weren't typed, by path, and how many there were in the text that is being counted.
    var borrowed: [String: BorrowedWords] = [:]
    var asked: (ticket: Ticket, borrowed: Int)?
    /// What was cut lately and not pasted yet.
    var cuts: [String] = []

    init() {}

    /// Words typed in this session, over all files; what was deleted is taken off. What was quoted, pasted or taken from a
    /// draft isn't typed, and neither is its undoing.
    var sessionWords: Int { lengths.values.reduce(0) { $0.saturatingAdd($1.last - $1.first) } }

    /// - Parameter borrowed: how many of the words weren't typed.
    /// - Returns: how many words were typed since the file was last counted; below zero where more were deleted.
    mutating func note(_ counts: ArticleCounts, path: String, borrowed: Int = 0) -> Int {
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
