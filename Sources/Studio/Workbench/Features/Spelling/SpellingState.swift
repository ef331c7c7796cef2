import TextCore

/// What is known of the spelling of the words that were on the screen.
///
/// After a pause of 120 ms `checkVisibleSpelling` takes the words of the lines on the screen (`ProseWords`) and looks
/// up what is known of them; unknown ones go to `SpellingService` as one effect. The misspelt ones are
/// `Misspellings`, ranges that move along with edits, so that drawing looks nothing up. Only the search for the next
/// misspelt word reads the whole text, on a queue of its own.
struct SpellingState: Feature {
    /// Whether a word is misspelt.
    var verdicts: [String: Bool] = [:]
    /// The languages the verdicts are of.
    var languages = ""
    /// Why nothing is checked.
    var problem: Failure?
    /// The writer wanted it, and so wants to hear why it isn't done.
    var isAsked = false
    /// What was on the screen when its words were last looked at.
    var seen: Page?
    var checking: Ticket?
    var finding: Ticket?
    var suggesting: (ticket: Ticket, word: String, range: Range<Int>)?

    /// A book has fewer different words than this.
    static let mostVerdicts = 60_000

    /// The misspelt words of each article, as far as its pages were seen.
    var marks: [String: Misspellings] = [:]

    init() {}
}

/// The misspelt words on the screen, as ranges of the document that edits move along.
struct Misspellings: Sendable {
    private(set) var ranges: [Range<Int>] = []

    init(_ ranges: [Range<Int>] = []) { self.ranges = ranges }

    /// A word that was edited is no longer known to be wrong.
    mutating func map(through changes: ChangeSet) {
        guard !ranges.isEmpty else { return }
        var (starts, ends) = (PositionMapper(changes), PositionMapper(changes))
        ranges = ranges.compactMap { range in
            let start = starts.map(range.lowerBound, bias: .after)
            let end = ends.map(range.upperBound, bias: .before)
            return end - start == range.count ? start..<end : nil
        }
    }

    func at(_ offset: Int) -> Range<Int>? { ranges.first { $0.lowerBound <= offset && offset <= $0.upperBound } }
}
