import Manuscript
import Screen
import TextCore

/// What every feature may change: the open articles, the focus, the window, what lies over the panes, what is said.
///
/// What changes here that others must know of is announced. Announcements, and events for later, wait in one queue that
/// `Workspace` empties behind each event.
public struct StudioCore: Sendable {
    /// What was configured; it never changes.
    let environment: StudioEnvironment
    /// What the bottom row says of the keys while one writes.
    let keyHints: String
    var width: Int
    var height: Int
    /// How the page looks.
    var theme: Theme
    var view: ViewOptions
    var focus = Pane.editor
    /// The open files. Never empty; `activeIndex` points into it.
    var editors: [Editor]
    private(set) var activeIndex = 0
    /// The absolute paths of articles, open or not, in the order in which the writer was in them, the latest first.
    var recent: [String] = []
    /// The headings of the active article, and its lengths as of the last pause; nil until they were counted.
    var headings = Headings()
    var counts: ArticleCounts?
    /// A sentence on the proposals that are left waiting where the studio is left; nil where none is.
    var proposalsLeft: String?
    /// A proposal has the middle pane.
    public internal(set) var isReviewing = false
    var modal: Modal?
    var notice: Notice?
    /// What was cut or copied last, and the footnotes that go with it.
    var clipboard = ""
    var carried: CarriedFootnotes?
    /// What was pressed of a chord or a count, and what ran last.
    var pendingKeys = PendingKeys()
    var typing = TypingState()
    /// A paste that waits for what the system's clipboard holds.
    var pasting: PendingPaste?
    var vim = VimState()
    private var nextTicket = 1
    private var queue: [Message] = []

    init(environment: StudioEnvironment, editor: Editor, width: Int, height: Int) {
        self.environment = environment
        keyHints = StatusView.editorHints(environment.keymap)
        theme = environment.theme
        view = environment.view
        view.textWidth = min(max(view.textWidth, ViewOptions.textWidths.lowerBound), ViewOptions.textWidths.upperBound)
        editors = [editor]
        self.width = width
        self.height = height
        visit(editor.path)
        announce(.articleOpened(path: editor.path))
    }

    // MARK: The queue

    mutating func announce(_ announcement: Announcement) { queue.append(.announcement(announcement)) }

    /// Has an event handled behind all that is announced already.
    mutating func post(_ event: Event) { queue.append(.event(event)) }

    mutating func nextMessages() -> [Message] {
        guard !queue.isEmpty else { return [] }
        defer { queue = [] }
        return queue
    }

    /// A number that no earlier effect carried; an answer with an older one is late.
    mutating func ticket() -> Ticket {
        defer { nextTicket += 1 }
        return Ticket(number: nextTicket)
    }

    // MARK: Saying

    mutating func say(_ text: String, _ kind: Notice.Kind = .information) {
        notice = Notice(text: text, kind: kind)
    }

    mutating func say(_ failure: Failure) {
        notice = Notice(text: failure.sentence, kind: .error)
    }

    /// The key by which a sentence names a command.
    func hint(_ command: Command.ID) -> String { environment.keymap.hint(command) }

    /// The key that undoes, in the keymap in use.
    var undoHint: String { environment.keymap.base == .vim ? "u" : hint(.undo) }

    // MARK: The open articles

    /// The editor that has the middle pane.
    var editor: Editor {
        _read { yield editors[activeIndex] }
        _modify { yield &editors[activeIndex] }
    }

    /// Changes the active editor in place, so that no document is copied on a keystroke.
    @discardableResult
    mutating func withEditor<Result>(_ body: (inout Editor) -> Result) -> Result {
        body(&editors[activeIndex])
    }

    /// The editor that holds the file at `path`, changed in place; nil where it is not open.
    mutating func withEditor<Result>(path: String, _ body: (inout Editor) -> Result) -> Result? {
        guard let index = index(of: path) else { return nil }
        return body(&editors[index])
    }

    /// Which of the open articles is the file at `path`.
    func index(of path: String) -> Int? { editors.firstIndex { $0.path == path } }

    var paths: ArticlePaths { ArticlePaths(root: environment.root, home: environment.home) }

    var hasUnsavedChanges: Bool { editors.contains { $0.document.isModified } }

    /// Opens `editor` behind the others without going to it.
    mutating func add(_ editor: Editor) {
        editors.append(editor)
        announce(.articleOpened(path: editor.path))
    }

    /// What stood for a file that wasn't open yet is that file now.
    mutating func replaceEditor(at index: Int, by editor: Editor) {
        editors[index] = editor
        announce(.articleOpened(path: editor.path))
    }

    /// Shows `editor`, reusing the open one of the same path.
    mutating func show(_ editor: Editor) {
        if index(of: editor.path) == nil { add(editor) }
        if let index = index(of: editor.path) { goToEditor(index) }
    }

    /// Gives an open article the middle pane, and the keys.
    ///
    /// This is the only way from one article to another; `leaveArticle` settles what was begun in the one that is
    /// left.
    mutating func goToEditor(_ index: Int) {
        if index != activeIndex { leaveArticle() }
        activeIndex = index
        showActive()
    }

    /// Goes to the article at `path`, which is opened where it isn't yet.
    mutating func openArticle(_ path: String, line: Int? = nil) {
        guard let index = editors.firstIndex(where: { $0.path == path && $0.undecided == nil }) else {
            return announce(.articleWanted(path: path, line: line))
        }
        goToEditor(index)
        if let line { goTo(line: line) }
    }

    private mutating func showActive() {
        focus = .editor
        headings = Headings()
        visit(editor.path)
        announce(.articleShown)
    }

    /// Takes down that the writer is in an article.
    private mutating func visit(_ path: String) {
        if recent.first == path { return }
        recent.removeAll { $0 == path }
        recent.insert(path, at: 0)
        if recent.count > Self.recentLimit { recent.removeLast() }
    }

    private static let recentLimit = 100

    /// The articles at `paths` come first, in that order; the active one stays the active one.
    mutating func arrange(before paths: [String]) {
        let active = editor.path
        let first = paths.compactMap { path in editors.first { $0.path == path } }
        editors = first + editors.filter { editor in !paths.contains(editor.path) }
        activeIndex = editors.firstIndex { $0.path == active } ?? 0
    }

    /// Closes the article at `path` unless it is the only one. Returns whether it closed.
    /// Where the active one closes, the one used before is gone to.
    @discardableResult
    mutating func close(path: String) -> Bool {
        guard editors.count > 1, let index = index(of: path) else { return false }
        guard index == activeIndex else {
            announce(.articleClosed(editors.remove(at: index)))
            if index < activeIndex { activeIndex -= 1 }
            return true
        }
        leaveArticle()
        announce(.articleClosed(editors.remove(at: index)))
        let next = recent.lazy.compactMap { [editors] path in editors.firstIndex { $0.path == path } }.first
        activeIndex = next ?? max(0, index - 1)
        showActive()
        return true
    }

    /// Leaves the active article as one comes back to it: nothing half typed, nothing half selected by vim.
    private mutating func leaveArticle() {
        if environment.keymap.base == .vim { leaveVimModes() }
        withEditor { $0.sealHistory() }
        // A proposal belongs to the article it was made for, and is looked at again by its command.
        isReviewing = false
        announce(.articleLeft(path: editor.path))
    }

    /// Puts the caret at the start of a line, 1-based; past the end means the last line.
    mutating func goTo(line: Int) {
        withEditor { $0.go(toLine: line) }
    }
}

/// The panes, in the order in which focus moves through them.
public enum Pane: Sendable, Equatable, CaseIterable {
    case outline, editor, research
}
