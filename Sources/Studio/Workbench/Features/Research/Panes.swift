import Assistant
import Manuscript
import Retrieval
import TextCore

/// The outline pane: the article's headings, found off the main thread.
public struct OutlinePane: Sendable {
    public var sections: [Section] = []
    public var words = 0
    public var selected = 0
    public var top = 0
    /// Shown over the editor on a narrow terminal.
    var ticket: Ticket?
    public init() {}

    /// Moves the sections' ranges along with an edit, until the next outline arrives.
    mutating func map(through changes: ChangeSet) {
        // A book has thousands of sections, of which a key changes the ends of a few; the others only move.
        let touched = changes.touched
        let growth = changes.lengthAfter - changes.lengthBefore
        var (starts, ends) = (PositionMapper(changes), PositionMapper(changes))
        func position(_ offset: Int, _ bias: Bias, _ mapper: inout PositionMapper) -> Int {
            if offset < touched.lowerBound { return offset }
            if offset > touched.upperBound { return offset + growth }
            return mapper.map(offset, bias: bias)
        }
        for index in sections.indices {
            let range = sections[index].range
            guard range.upperBound >= touched.lowerBound else { continue }
            if range.lowerBound > touched.upperBound {
                sections[index].range = range.lowerBound + growth..<range.upperBound + growth
            } else {
                let start = position(range.lowerBound, .before, &starts)
                sections[index].range = start..<max(start, position(range.upperBound, .after, &ends))
            }
        }
    }

    /// The index of the innermost section around `offset`.
    public func index(at offset: Int) -> Int? {
        var (low, high) = (0, sections.count)
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}

/// The research pane: passages that are close to the paragraph under the cursor, or to a question.
public struct ResearchPane: Sendable {
    public enum Source: Sendable, Equatable {
        case paragraph
        case lookup(String)
    }
    public enum Activity: Sendable, Equatable {
        case idle, waiting, failed(String)
    }
    public var source = Source.paragraph
    /// Which passages may be shown, until it is cleared.
    public var filter: ResearchFilter?
    public var hits: [Hit] = []
    public var selected = 0
    public var top = 0
    public var activity = Activity.idle
    /// The passages the writer chose for the next draft, in the order chosen.
    public var pinned: [Passage] = []
    /// A hit shown whole, with the parts of its score.
    public var isPreviewing = false
    public var previewScroll = 0
    /// The library has changed while the writer was looking at the list.
    var isOutdated = false
    var ticket: Ticket?
    /// The paragraph last asked about, so that moving within it asks nothing.
    var askedText: String?
    public init() {}

    public var selectedHit: Hit? { hits.indices.contains(selected) ? hits[selected] : nil }

    public func isPinned(_ passage: Passage) -> Bool {
        pinned.contains { $0.id == passage.id && $0.path == passage.path }
    }
}

/// A filter as the writer typed it.
public struct ResearchFilter: Sendable, Equatable {
    public var line: String
    public var filter: Filter
}

/// What covers the panes and takes the keys.
public enum Modal: Sendable {
    case prompt(Prompt)
    case palette(Palette)
    case help(scroll: Int)
    /// Exactly what will be sent, and where, before it is.
    case consent(scroll: Int)
    case confirm(Confirmation)
    case comparison(Comparison)
    case menu(Menu)
    case files(FilePicker)
    case headings(HeadingPicker)
    case versions(VersionList)
    case report(Report)
    case replacing(ReplaceSession)
    case substituting(SubstitutionWalk)
}

/// A line of input at the bottom of the screen.
public struct Prompt: Sendable {
    public enum Purpose: Sendable, Equatable {
        case lookup, find, replace, replacement, goToLine, instruction, filter, vimCommand, vimSearch(
            isBackwards: Bool), naming(ArticleNaming.Kind)
    }
    public var purpose: Purpose
    public var field: TextField
    /// Where the caret was, to return to when a search is given up.
    var origin: Int?
    /// A search looks towards the start.
    var isBackwards = false
    /// What to find, or what to put in its place.
    var isFinding: Bool { purpose == .find || purpose == .replace || purpose == .replacement }
    /// A name or a path is typed.
    var isNaming: Bool { if case .naming = purpose { true } else { false } }
    /// One of vim's: Backspace before the first character closes it.
    var isVims: Bool {
        switch purpose {
        case .vimCommand, .vimSearch: true
        default: false
        }
    }
}

/// The list of every command, narrowed by what is typed.
public struct Palette: Sendable {
    public var field = TextField("")
    public var selected = 0
    public init() {}
}

/// A question with one-key answers.
public struct Confirmation: Sendable {
    public enum Subject: Sendable, Equatable {
        case quit, close
        case recover(path: String, RecoveredText)
        /// Whether what was recovered shall be gone for good.
        case discard(path: String, RecoveredText)
        /// The file was changed by another program.
        case outside(path: String, isSaving: Bool)
        case encoding(UndecidedEncoding)
        /// Another file has the name that the article shall have.
        case replaceFile(ArticleNaming)
    }
    public var subject: Subject
    public var question: String
    public var answers: [(key: Character, title: String)]
    /// What Esc does.
    public var escape = "cancel"
}

/// Two texts compared, over the panes; the keys are those of the question it belongs to, to which Esc goes back.
public struct Comparison: Sendable {
    public var title: String
    /// Nil until they are known.
    public var pieces: [DiffPiece]?
    public var question: Confirmation
    public var scroll = 0
}

/// One line of text under edit, in grapheme steps.
public struct TextField: Sendable, Equatable {
    public private(set) var text: String
    /// The caret, in Characters from the start: a field is short.
    public private(set) var caret: Int

    public init(_ text: String) {
        self.text = text
        self.caret = text.count
    }

    mutating func insert(_ new: String) {
        let index = text.index(text.startIndex, offsetBy: caret)
        let line = new.replacing("\n", with: " ")
        let before = text.count
        text.insert(contentsOf: line, at: index)
        caret += text.count - before
    }
    mutating func deleteBackward() {
        guard caret > 0 else { return }
        text.remove(at: text.index(text.startIndex, offsetBy: caret - 1))
        caret = min(caret - 1, text.count)
    }
    mutating func deleteForward() {
        guard caret < text.count else { return }
        text.remove(at: text.index(text.startIndex, offsetBy: caret))
    }
    mutating func move(by delta: Int) { caret = min(max(0, caret + delta), text.count) }
    mutating func moveToStart() { caret = 0 }
    mutating func moveToEnd() { caret = text.count }
    mutating func clear() { self = TextField("") }
    /// The text before the caret, for placing the cursor.
    public var beforeCaret: String { String(text.prefix(caret)) }
}
