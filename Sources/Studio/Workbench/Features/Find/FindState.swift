import Screen
import TextCore

/// What is searched in the article, where its matches are, and what shall happen with them.
///
/// It holds the matches of one version of a text. A short text is searched between two keys. For a longer one the
/// effect `.find` hands text and pattern to a `TextSearchService`, and what is to be done with the answer waits as a
/// `Jump`. Where matches are replaced one by one, those behind move along.
struct FindState: Feature {
    /// How the next pattern is meant.
    struct Options: Sendable, Equatable {
        var isRegex = false
        var letterCase = SearchPattern.Query.Case.smart
        var isWholeWord = false
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

    var options = Options()
    var text = ""
    /// What was searched before this.
    var lastText: String?
    /// What the last replacement put in.
    var replacement = ""
    var pattern: SearchPattern?
    /// Why there is no pattern.
    var problem: String?
    /// Only here; nil for everywhere.
    var scope: Range<Int>?
    /// What was selected when the search began, to return to.
    var before: Selection?
    /// In order; of the text `path` in its `version`.
    var matches: [Range<Int>] = []
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

    /// What is being typed at the bottom of the screen, from where the search goes on, and whether towards the start.
    var asking = Asking.find
    var origin: Int?
    var isBackwards = false

    enum Asking: Sendable { case find, replace, replacement }

    init() {}

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
struct ReplaceSession: Panel {
    var replacement: String
    /// Of `FindState.matches`.
    var index: Int
    /// Where the walk began; behind the text's end it goes on from the start to here.
    var origin: Int
    var hasWrapped = false
    var count = 0
}
