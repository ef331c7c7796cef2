import Assistant
import Manuscript
import Retrieval
import Screen
import TextCore

/// All state of the studio: a plain value that the main thread owns.
///
/// `handle(_:_:)` is the only way it changes while the program runs and `render(_:)` the only way
/// it becomes cells; both are pure, so that any state can be built, driven and drawn in a test.
///
/// Composed, from the outside in: the environment (what was configured), the editors (one an open
/// file), the three panes' own states, at most one modal on top, and a notice in the status line.
public struct Workspace: Sendable {
    public var environment: StudioEnvironment
    public var width: Int
    public var height: Int
    public var focus: Pane = .editor
    /// The open files. Never empty; `activeIndex` points into it.
    public internal(set) var editors: [Editor]
    public private(set) var activeIndex = 0
    public var articles = OpenArticles()
    public var outline = OutlinePane()
    public var research = ResearchPane() {
        didSet { researchVersion += 1 }
    }
    /// Raised by every change of the research pane.
    private(set) var researchVersion = 0
    /// The side panes as they were last drawn.
    var researchCache: ResearchRenderCache?
    var outlineCache: OutlineRenderCache?
    var editorCache: EditorRenderCache?
    var hintCache: HintRenderCache?
    public var library = LibraryState()
    public var view: ViewOptions
    public var spelling = SpellingState()
    public var progress = WritingProgress()
    public var modal: Modal?
    public var notice: Notice?
    public var find = FindState()
    public var clipboard = ""
    /// The footnotes of what was cut or copied last.
    var carried: CarriedFootnotes?
    /// What was pressed of a chord or a count, and what ran last.
    var pendingKeys = PendingKeys()
    var killRing = KillRing()
    var vim = VimState()
    var typing = TypingState()
    /// A paste that waits for what the system's clipboard holds.
    var pasting: PendingPaste?
    /// What a refused edit asks of the world outside. The edit itself has no effects, by which whoever made it knows.
    var refusal: [Effect] = []
    /// Changes will be written to the journal shortly.
    var isJournalAwaited = false
    /// What arrives of a draft will be kept shortly.
    var isProposalTimerSet = false
    /// What became of drafts when their articles were closed.
    var proposalLeavings: [Effect] = []
    /// Quit once what is being saved is saved.
    var isQuitting = false
    private var nextTicket = 1

    public init(environment: StudioEnvironment, editor: Editor, width: Int, height: Int) {
        self.environment = environment
        self.view = environment.view
        view.textWidth = min(max(view.textWidth, ViewOptions.textWidths.lowerBound), ViewOptions.textWidths.upperBound)
        self.environment.tabWidth = max(1, environment.tabWidth)
        self.editors = [editor]
        self.width = width
        self.height = height
        articles.visit(editor.path)
    }

    /// The editor that has the middle pane.
    public var editor: Editor {
        get { editors[activeIndex] }
        set { editors[activeIndex] = newValue }
    }

    /// Changes the active editor in place, so that no document is copied on a keystroke.
    @discardableResult
    mutating func withEditor<Result>(_ body: (inout Editor) -> Result) -> Result {
        body(&editors[activeIndex])
    }

    mutating func applyToEditor(_ edit: Edit) throws(ChangeError) {
        let before = (editor.text, editor.document.history.stepCount)
        try editors[activeIndex].apply(edit)
        if !edit.changes.isIdentity { noteWords(of: edit, index: activeIndex, before: before) }
    }

    /// The editor that holds the file at `path`, changed in place; nil where it is not open.
    mutating func withEditor<Result>(path: String, _ body: (inout Editor) -> Result) -> Result? {
        guard let index = editors.firstIndex(where: { $0.path == path }) else { return nil }
        return body(&editors[index])
    }

    /// A number that no earlier effect carried; an answer with an older one is late.
    mutating func ticket() -> Ticket {
        defer { nextTicket += 1 }
        return Ticket(number: nextTicket)
    }

    /// Shows `editor`, reusing the open one of the same path.
    mutating func show(_ editor: Editor) {
        if !editors.contains(where: { $0.path == editor.path }) { add(editor) }
        if let index = editors.firstIndex(where: { $0.path == editor.path }) { goToEditor(index) }
    }

    /// Opens `editor` behind the others without going to it.
    mutating func add(_ editor: Editor) {
        editors.append(editor)
        articles.generation += 1
    }

    /// Gives an open article the middle pane.
    mutating func goToEditor(_ index: Int) {
        if index != activeIndex { leaveArticle() }
        activeIndex = index
        noteVisit()
    }

    /// The articles at `paths` come first, in that order; the active one stays the active one.
    mutating func arrange(before paths: [String]) {
        let active = editor.path
        let first = paths.compactMap { path in editors.first { $0.path == path } }
        editors = first + editors.filter { editor in !paths.contains(editor.path) }
        activeIndex = editors.firstIndex { $0.path == active } ?? 0
        articles.generation += 1
    }

    /// Closes the active article unless it is the only one, and goes to the one used before. Returns whether it closed.
    mutating func closeActive() -> Bool { close(path: editor.path) }

    /// Closes the article at `path` unless it is the only one. Returns whether it closed.
    mutating func close(path: String) -> Bool {
        guard editors.count > 1, let index = editors.firstIndex(where: { $0.path == path }) else { return false }
        guard index == activeIndex else {
            noteClosed(editors.remove(at: index))
            if index < activeIndex { activeIndex -= 1 }
            articles.generation += 1
            return true
        }
        leaveArticle()
        noteClosed(editors.remove(at: index))
        let left = editors.map(\.path)
        let next = articles.recent.first { left.contains($0) }
        activeIndex = next.flatMap { left.firstIndex(of: $0) } ?? max(0, index - 1)
        noteVisit()
        return true
    }

    private mutating func noteVisit() {
        articles.visit(editor.path)
        articles.generation += 1
        outline = OutlinePane()
        greetArticle()
        if let file = articles.unclaimed.removeValue(forKey: editor.path), !editor.document.isModified {
            offerRecovery(of: file)
        }
    }

    mutating func say(_ text: String, _ kind: Notice.Kind = .information) {
        notice = Notice(text: text, kind: kind)
    }

    public mutating func say(_ failure: Failure) {
        notice = Notice(text: failure.sentence, kind: .error)
    }

    /// Puts the caret at the start of a line, 1-based; past the end means the last line.
    public mutating func goTo(line: Int) {
        withEditor { $0.go(toLine: line) }
    }

    public var hasUnsavedChanges: Bool { editors.contains { $0.document.isModified } }
}

/// The panes, in the order in which focus moves through them.
public enum Pane: Sendable, Equatable, CaseIterable {
    case outline, editor, research
}

/// Identifies one request to the outside, so that a late answer can be told from the current one.
public struct Ticket: Sendable, Hashable {
    public let number: Int
    public init(number: Int) { self.number = number }
}

/// One line under the status line, until the next key.
public struct Notice: Sendable, Equatable {
    public enum Kind: Sendable { case information, success, error }
    public var text: String
    public var kind: Kind
}

/// A failure as the screen says it: what went wrong and the cure.
public struct Failure: Error, Sendable, Equatable {
    public var message: String
    public var hint: String?

    public init(message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var sentence: String {
        guard let hint else { return message }
        return message + " " + hint
    }
}

/// What was configured when the studio opened; nothing here changes while it runs.
public struct StudioEnvironment: Sendable {
    /// The absolute path of the project folder.
    public var root: String
    /// The writer's home folder, for paths with `~`.
    public var home = "/"
    public var projectName: String
    public var theme: Theme
    /// How the page looks at the start.
    public var view: ViewOptions
    /// False where nothing can be told by colour, which is then told by signs.
    public var hasColour = true
    /// There is a program that says what other programs copied.
    public var readsClipboard = false
    /// The article that the project's settings name; nil where they name none.
    public var namedArticle: String?
    /// The user's own settings file, as a sentence names it.
    public var settingsPath = "config.toml"
    /// The languages to check the spelling in, `en_US,de_DE`; nil to go by the article and the system.
    public var spellingLanguages: String?
    /// The system's language, where nothing else names one: `en_US`.
    public var systemLanguage: String?
    /// Words to write in a session; nil for no target.
    public var sessionTarget: Int?
    /// Seconds that typing rests before what was written is saved; nil to save only when asked.
    public var autosave: Int?
    public var tabWidth: Int
    /// How long typing must rest before research follows, in milliseconds.
    public var researchPause: Int
    public var researchLimit: Int
    /// Where a request would go, or why none can: shown before anything is sent.
    public var provider: ProviderState
    /// Where that provider's address and key come from, as the panel says before anything is sent.
    public var providerTerms: ProviderDisclosure?
    /// Which keys mean which command.
    public var keymap: Keymap {
        didSet { keyHints = StatusView.editorHints(keymap) }
    }
    /// What the bottom row says of the keys while one writes.
    private(set) var keyHints: String
    /// Whether the notes are read from the start.
    public var automaticIndexing = AutomaticIndexing.allowed
    /// The embedding model's name, or nil when none can be used.
    public var modelName: String?
    /// Where that model is when it isn't on this machine: every query goes there.
    public var modelHost: String?

    public init(
        root: String, projectName: String, theme: Theme, view: ViewOptions = ViewOptions(), tabWidth: Int = 4,
        researchPause: Int = 250, researchLimit: Int = 12, provider: ProviderState,
        keymap: Keymap = .standard, modelName: String?, modelHost: String? = nil
    ) {
        self.root = root
        self.projectName = projectName
        self.theme = theme
        self.view = view
        self.tabWidth = tabWidth
        self.researchPause = researchPause
        self.researchLimit = researchLimit
        self.provider = provider
        self.keymap = keymap
        keyHints = StatusView.editorHints(keymap)
        self.modelName = modelName
        self.modelHost = modelHost
    }
}

/// The remote model, as far as the screen needs to know it. Never holds a key.
public enum ProviderState: Sendable, Equatable {
    /// The host, and what a request says where it has no value of its own.
    case ready(destination: String, defaults: RequestDefaults)
    /// A sentence that says what to set.
    case notConfigured(Failure)
}

/// What the writer is shown of a provider's origin.
public struct ProviderDisclosure: Sendable, Equatable {
    /// `https://api.example.com/v1`.
    public var address: String
    /// The file or variable that names the address.
    public var addressOrigin: String
    /// Where the key comes from, and which file says so.
    public var key: String
    /// Why the writer has to agree first; nil where there is nothing to agree to.
    public var question: String?

    public init(address: String, addressOrigin: String, key: String, question: String?) {
        self.address = address
        self.addressOrigin = addressOrigin
        self.key = key
        self.question = question
    }
}

/// What the status line says of the library.
public struct LibraryState: Sendable, Equatable {
    public enum Activity: Sendable, Equatable {
        case idle
        /// `timeLeft` is a few words, nil until there's something to estimate from.
        case indexing(done: Int, total: Int, timeLeft: String?)
        /// Another Longhand writes the library.
        case waiting
        case paused
        /// Nothing is read, nor is the library opened, until the writer asks.
        case withheld(AutomaticIndexing.Refusal)
        case failed(String)
    }
    public var activity = Activity.idle
    public var passages: Int?
    public var problems: [String] = []
    public init() {}
}
