import Screen
import TextCore

/// The core, as the keymaps and the drawing name it.
extension Workspace {
    /// What was configured; it never changes.
    public var environment: StudioEnvironment { _read { yield core.environment } }
    /// The window's width in cells.
    public var width: Int { core.width }
    /// The window's height in cells.
    public var height: Int { core.height }
    /// The open articles. Never empty.
    public var editors: [Editor] { core.editors }
    /// The index in `editors` of the article in the middle pane.
    public var activeIndex: Int { core.activeIndex }
    var session: SessionRecord { core.session }
    var hasUnsavedChanges: Bool { core.hasUnsavedChanges }
    /// The article in the middle pane.
    public var editor: Editor { _read { yield core.editor } }
    var view: ViewOptions { core.view }
    var theme: Theme { core.theme }
    var clipboard: String { core.clipboard }
    var keyHints: String { core.keyHints }
    var isReviewing: Bool { core.isReviewing }
    var paths: ArticlePaths { core.paths }
    var plan: ScreenLayout { core.plan }
    var textArea: Rect { core.textArea }
    var textAreaWidth: Int { core.textAreaWidth }
    var textAreaHeight: Int { core.textAreaHeight }

    /// The pane that has the keys while nothing lies over the panes.
    public internal(set) var focus: Pane {
        get { core.focus }
        set { core.focus = newValue }
    }
    /// What lies over the panes and has the keys; nil for nothing.
    public internal(set) var modal: Modal? {
        _read { yield core.modal }
        _modify { yield &core.modal }
    }
    var notice: Notice? {
        _read { yield core.notice }
        _modify { yield &core.notice }
    }
    var vim: VimState {
        _read { yield core.vim }
        _modify { yield &core.vim }
    }
    var typing: TypingState {
        _read { yield core.typing }
        _modify { yield &core.typing }
    }
    var pasting: PendingPaste? {
        _read { yield core.pasting }
        _modify { yield &core.pasting }
    }
    var pendingKeys: PendingKeys {
        _read { yield core.pendingKeys }
        _modify { yield &core.pendingKeys }
    }

    @discardableResult
    mutating func withEditor<Result>(_ body: (inout Editor) -> Result) -> Result { core.withEditor(body) }

    @discardableResult
    mutating func withEditor<Result>(path: String, _ body: (inout Editor) -> Result) -> Result? {
        core.withEditor(path: path, body)
    }

    mutating func ticket() -> Ticket { core.ticket() }
    mutating func say(_ text: String, _ kind: Notice.Kind = .information) { core.say(text, kind) }

    @discardableResult
    mutating func say(_ failure: Failure) -> [Effect] {
        core.say(failure)
        return []
    }

    mutating func apply(_ edit: Edit) -> [Effect] { core.apply(edit) }
    mutating func insert(_ string: String, origin: Origin) -> [Effect] { core.insert(string, origin: origin) }
    mutating func caretMovedByRows(_ delta: Int) -> Int { core.caretMovedByRows(delta) }
    func rowBounds() -> Range<Int> { core.rowBounds() }
    mutating func scrollCaret(to rows: Int) { core.scrollCaret(to: rows) }
}
