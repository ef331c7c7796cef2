import Screen
import TextCore

/// The state of the vim keymap: a value of the workspace, which other keymaps leave alone.
///
/// Composed: the mode; the keys of a command that isn't whole yet; what a command leaves for later ones
/// (registers, marks, the last search, the last change for `.`, macros).
///
/// In the editor each key goes to `vimTake` before the keymap. `VimParser` makes a `VimCommand` of the keys so far,
/// or says that more must come, without looking at the text. `vimTarget` says where a motion leads and
/// `VimCursor.object` what a text object takes, both from the text alone. `vimSpan` applies vim's rules of what is
/// linewise or inclusive, and `vimOperate` makes the `Edit`. `.` runs the last `VimCommand` again with the keys typed
/// in insert mode; an insertion is one undo group of `History`.
///
/// `vim-cases.json` among the fixtures of the tests has what vim made of over 700 cases; `Scripts/vim-cases.vim`
/// records it. `VimTableTests` hold the keymap to it, and ask vim again where it is installed.
struct VimState: Sendable {
    enum Mode: Sendable, Equatable {
        case normal, insert, replace
        case visual(linewise: Bool)
    }

    /// What a register holds; whole lines end with a line feed.
    struct Register: Sendable, Equatable {
        var text: String
        var isLinewise: Bool
    }

    /// The last change, as `.` does it again.
    struct Change: Sendable {
        var command: VimCommand
        /// What was typed in insert or replace mode behind it.
        var typed: [Key] = []
        /// For a change of a visual selection: how much text it was.
        var visual: VisualSize?
    }

    struct VisualSize: Sendable, Equatable {
        var isLinewise: Bool
        var lines: Int
        /// Graphemes in the last line, or in the one line there is.
        var characters: Int
    }

    var mode = Mode.normal
    /// The keys of a command that goes on.
    var pending: [Key] = []
    /// Where the visual selection began.
    var anchor = 0
    /// The last visual selection, for `gv`.
    var lastVisual: (anchor: Int, head: Int, linewise: Bool)?
    /// The cell column that `j` and `k` keep; `Int.max` behind `$`.
    var wantedColumn: Int?

    var registers: [Character: Register] = [:]
    /// By file: where the writer put marks. They move with the text.
    var marks: [String: [Character: AnchorID]] = [:]

    var search: VimSearch?
    /// `f`, `t`, `F`, `T` and their character, for `;` and `,`.
    var lastFind: (motion: String, character: Character)?
    /// What waits for the pattern of `/` or `?`.
    var searching: VimCommand?
    var lastSubstitution: VimSubstitution?
    /// A long one is under way, for this version of this article.
    var substituting: (ticket: Ticket, version: Int, path: String)?
    /// What was last typed behind `:`.
    var lastLine: String?

    var change: Change?
    /// The change under way: it becomes `change` when insert mode ends.
    var running: Change?
    /// How often the text of this insert mode is inserted.
    var insertCount = 1
    /// Where this insert mode began, which Ctrl-U and Ctrl-W respect.
    var insertStart = 0
    /// In replace mode: what each typed character replaced, for Backspace.
    var replaced: [String] = []
    /// One normal command is run from insert mode, behind Ctrl-O.
    var isOneShot = false
    /// The caret was behind the line's end when Ctrl-O was pressed, and is at its last character meanwhile: here.
    var oneShotEnd: Int?
    var isRepeating = false

    var recording: Character?
    var recorded: [Key] = []
    var macros: [Character: [Key]] = [:]
    var lastMacro: Character?
    var playback = VimPlayback()
    /// The keys that come are a macro's.
    var isPlaying = false
    var hasFailed = false

    /// Where the visual selection and the insertion began, as a change by whatever else moves them: a paste, undo, another program.
    mutating func map(through changes: ChangeSet) {
        if isVisual { anchor = changes.map(min(anchor, changes.lengthBefore), bias: .before) }
        insertStart = changes.map(min(insertStart, changes.lengthBefore), bias: .before)
    }

    var isVisual: Bool { if case .visual = mode { true } else { false } }

    /// What the status line says of the mode.
    var shown: String {
        var text =
            switch mode {
            case .normal: isOneShot ? "(INSERT)" : "NORMAL"
            case .insert: "INSERT"
            case .replace: "REPLACE"
            case .visual(let linewise): linewise ? "VISUAL LINE" : "VISUAL"
            }
        if let recording { text += " @\(recording)" }
        if !pending.isEmpty { text += " " + pending.map(\.name).joined() }
        return text
    }
}
