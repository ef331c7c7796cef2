import Screen
import TextCore

/// What covers the panes and takes the keys. What is asked, chosen or answered comes as the event that its feature gave
/// along.
public enum Modal: Sendable {
    case prompt(Prompt)
    case palette(Palette)
    case help(scroll: Int)
    case confirm(Confirmation)
    case comparison(Comparison)
    case menu(Menu)
    case report(Report)
    case panel(any Panel)
}

/// What a feature lays over the panes itself.
public protocol Panel: Sendable {
    /// What a key means while it has the keys.
    func press(_ key: Key) -> Event
    /// What pasted text means; nil for nothing.
    func paste(_ text: String) -> Event?
    /// It has the bottom row, and the panes stay to be seen.
    var isRow: Bool { get }
    /// Draws it over the panes, or in the bottom row.
    func draw(_ workspace: Workspace, in row: Rect, on grid: inout Grid)
}

extension Panel {
    /// Pasted text means nothing, where a panel doesn't say otherwise.
    public func paste(_ text: String) -> Event? { nil }
    /// It lies over the panes, where a panel doesn't say otherwise.
    public var isRow: Bool { false }
}

/// A line of input at the bottom of the screen.
public struct Prompt: Sendable {
    var label: String
    var field: TextField
    /// What Enter means, for the text there is.
    let answer: @Sendable (String) -> Event
    /// What each change of the text means; nil for nothing.
    var change: (@Sendable (String) -> Event)?
    /// What keys mean here that are no keys of a field.
    var keys: [Key: Event] = [:]
    /// Backspace before the first character closes it, as it closes vim's.
    var isVims = false
    /// What stands beside the field: the keys that mean something here and how it goes, of which the second matters more.
    var detail: Detail?

    struct Detail: Sendable {
        var hints = ""
        var summary = ""
        var isProblem = false
    }

    init(_ label: String, _ text: String = "", answer: @escaping @Sendable (String) -> Event) {
        self.label = label
        field = TextField(text)
        self.answer = answer
    }
}

/// The list of every command, narrowed by what is typed.
public struct Palette: Sendable {
    var field = TextField("")
    var selected = 0
    init() {}
}

/// A question with one-key answers.
public struct Confirmation: Sendable {
    struct Answer: Sendable {
        var key: Character
        var title: String
        let event: Event

        init(_ key: Character, _ title: String, _ event: Event) {
            self.key = key
            self.title = title
            self.event = event
        }
    }

    var question: String
    var answers: [Answer]
    /// What Esc does, in a word, and the event that does it; nil where closing the question is all.
    var escape = "cancel"
    var escaped: Event?
}

/// Two texts compared, over the panes; the keys are those of the question it belongs to, to which Esc goes back.
public struct Comparison: Sendable {
    var title: String
    /// Nil until they are known.
    var pieces: [DiffPiece]?
    var question: Confirmation
    var scroll = 0
}

/// A short list to choose from, over the panes.
public struct Menu: Sendable {
    struct Item: Sendable {
        var title: String
        let event: Event
        /// What the choice of it means before it is taken.
        var preview: Event?

        init(_ title: String, _ event: Event, preview: Event? = nil) {
            self.title = title
            self.event = event
            self.preview = preview
        }
    }

    var title: String
    var items: [Item]
    var selected = 0
    /// What giving it up means.
    var escaped: Event?
    /// It stands under the word at the caret, and not in the corner.
    var isAtCaret = false

    init(title: String, items: [Item], selected: Int = 0) {
        self.title = title
        self.items = items
        self.selected = selected
    }
}

/// Lines to read, over the panes: counts, a history.
public struct Report: Sendable {
    struct Line: Sendable {
        var text: String
        var role: ThemeRole
        init(_ text: String, _ role: ThemeRole = .overlay) {
            self.text = text
            self.role = role
        }
    }

    var title: String
    var lines: [Line]
    var scroll = 0

    init(title: String, lines: [Line]) {
        self.title = title
        self.lines = lines
    }
}

extension StudioCore {
    /// The panel that has the keys, where it is one of this kind.
    func panel<Kind: Panel>(_: Kind.Type) -> Kind? {
        if case .panel(let panel) = modal { panel as? Kind } else { nil }
    }

    /// The prompt that has the keys.
    var prompt: Prompt? { if case .prompt(let prompt) = modal { prompt } else { nil } }
}
