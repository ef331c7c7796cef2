import TextCore

/// What is searched in the article, where its matches are, and what shall happen with them.
public struct FindState: Sendable {
    /// How the next pattern is meant.
    public struct Options: Sendable, Equatable {
        public var isRegex = false
        public var letterCase = SearchPattern.Query.Case.smart
        public var isWholeWord = false
    }

    /// What waits for the matches.
    enum Jump: Sendable, Equatable {
        /// To the first match at or after an offset, or the last one at or before it.
        case from(Int, backwards: Bool)
        /// Beyond the selection.
        case next(backwards: Bool)
        /// Through the matches, each with a question.
        case replacing(with: String)
        case nothing
    }

    public var options = Options()
    public internal(set) var text = ""
    /// What was searched before this.
    var lastText: String?
    /// What the last replacement put in.
    var replacement = ""
    var pattern: SearchPattern?
    /// Why there is no pattern.
    public internal(set) var problem: String?
    /// Only here; nil for everywhere.
    public internal(set) var scope: Range<Int>?
    /// What was selected when the search began, to return to.
    var before: Selection?
    /// In order; of the text `path` in its `version`.
    public internal(set) var matches: [Range<Int>] = []
    /// There are more matches than are kept.
    var isPartial = false
    var path = ""
    var version = -1
    /// The matches are marked on the screen.
    var isShown = false
    var ticket: Ticket?
    var waiting = Jump.nothing
    /// All matches of a version are being replaced, after some that were replaced one by one.
    var replacing: (ticket: Ticket, version: Int, earlier: Int)?

    /// Matches kept: sixteen megabytes.
    static let matchLimit = 1_000_000

    public init() {}

    var query: SearchPattern.Query {
        SearchPattern.Query(
            text, isRegex: options.isRegex, letterCase: options.letterCase, isWholeWord: options.isWholeWord)
    }

    mutating func forgetMatches() {
        matches = []
        isPartial = false
        version = -1
        ticket = nil
    }

    /// The first match that doesn't end before `offset`.
    func index(at offset: Int) -> Int {
        var low = 0
        var high = matches.count
        while low < high {
            let middle = (low + high) / 2
            if matches[middle].lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A walk through the matches with a question at each.
public struct ReplaceSession: Sendable, Equatable {
    public var replacement: String
    /// Of `FindState.matches`.
    var index: Int
    /// Where the walk began; behind the text's end it goes on from the start to here.
    var origin: Int
    var hasWrapped = false
    var count = 0
}

/// A search too long to be made between two keys.
public enum FindRequest: Sendable {
    case matches(Ticket, SearchPattern, Text, range: Range<Int>)
    /// What is known already is replaced too.
    case replaceAll(Ticket, SearchPattern, Text, range: Range<Int>, known: [Range<Int>], with: String)
    case substitute(Ticket, VimSubstitution, VimPattern, Text, lines: ClosedRange<Int>)
    /// What is under way is not wanted any more.
    case giveUp(Ticket)

    public var ticket: Ticket {
        switch self {
        case .matches(let ticket, _, _, _), .replaceAll(let ticket, _, _, _, _, _), .substitute(let ticket, _, _, _, _),
            .giveUp(let ticket):
            ticket
        }
    }

    /// Does it; nil where it was given up.
    public func answer(isCancelled: () -> Bool) -> FindAnswer? {
        switch self {
        case .matches(let ticket, let pattern, let text, let range):
            let found = pattern.matches(in: text, range: range, limit: FindState.matchLimit, isCancelled: isCancelled)
            return isCancelled() ? nil : .matches(ticket, found.ranges, isPartial: !found.isComplete)
        case .replaceAll(let ticket, let pattern, let text, let range, let known, let replacement):
            let made = pattern.replacingAll(
                in: text, range: range, known: known, with: replacement, isCancelled: isCancelled)
            return made.map { .replacements(ticket, $0.changes, count: $0.count) }
        case .substitute(let ticket, let substitution, let pattern, let text, let lines):
            return substitution.edits(pattern, in: text, lines: lines, isCancelled: isCancelled).map {
                .substitutions(ticket, substitution, $0)
            }
        case .giveUp: return nil
        }
    }
}

public enum FindAnswer: Sendable {
    case matches(Ticket, [Range<Int>], isPartial: Bool)
    case replacements(Ticket, ChangeSet, count: Int)
    case substitutions(Ticket, VimSubstitution, [(range: Range<Int>, with: String)])
}
