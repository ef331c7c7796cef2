import Manuscript
import TextCore

/// What the studio asks of the spelling checker, which works outside of it.
public enum SpellingRequest: Sendable {
    /// Which of these are misspelt?
    case check(Ticket, words: [String], languages: String)
    /// The next misspelt word behind `from`, or before it, around the text's end. A newer one replaces an older.
    case find(Ticket, Text, from: Int, backwards: Bool, languages: String)
    case suggest(Ticket, word: String, languages: String)
    case add(word: String, toProject: Bool)
    /// Takes the word for right until the studio ends.
    case ignore(word: String)
}

public enum SpellingAnswer: Sendable {
    case checked(Ticket, words: [String], misspelt: Set<String>)
    case found(Ticket, Range<Int>?)
    case suggestions(Ticket, [String])
    /// A word is right from now on; a sentence says where it was written, if it was.
    case accepted(word: String, sentence: String?)
    /// There is no dictionary for a language, or it cannot be read.
    case unavailable(Failure)
    case failed(Failure)
}

/// What is known of the spelling of the words that were on the screen.
public struct SpellingState: Sendable {
    /// Whether a word is misspelt.
    var verdicts: [String: Bool] = [:]
    /// The languages the verdicts are of.
    var languages = ""
    /// Why nothing is checked.
    var problem: Failure?
    /// The writer wanted it, and so wants to hear why it isn't done.
    var isAsked = false
    var seen: Viewport?
    var checking: Ticket?
    var finding: Ticket?
    var suggesting: (ticket: Ticket, word: String, range: Range<Int>)?

    /// What was on the screen when its words were last looked at.
    struct Viewport: Equatable {
        var path: String
        var version: Int
        var scroll: ScrollPosition
        var height: Int
    }

    /// A book has fewer different words than this.
    static let mostVerdicts = 60_000

    public init() {}
}

/// What is offered for a misspelt word.
public struct SpellingMenu: Sendable {
    public var word: String
    public var range: Range<Int>
    public var suggestions: [String]
    static let actions = ["Add to your dictionary", "Add to the project's dictionary", "Ignore until Longhand ends"]
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
