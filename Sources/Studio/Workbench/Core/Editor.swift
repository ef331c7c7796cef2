import Manuscript
import TextCore

/// One open file: its document, where it is scrolled, and what is known of its lines.
///
/// Known limits: a hit-test and a move by screen line wrap one line at a time, so a single line of
/// many megabytes is slow; highlighting looks back `Highlighting.lookBack` lines for an open fence.
public struct Editor: Sendable {
    /// The absolute path; the file need not exist yet.
    public internal(set) var path: String
    /// The path as the status line says it: relative to the project where it can be.
    var displayName: String
    /// The path relative to the project, or nil outside it: how the library names this file.
    var libraryPath: String?
    /// The text with its selection, its history and what of it is saved.
    public private(set) var document: Document
    /// What the file on disk looked like when it was read or written.
    public var stamp: FileStamp?
    /// Its text can't be changed here, since the file may not be written or is open in another Longhand.
    public var isReadOnly: Bool
    /// How the file will be written.
    public var format: FileFormat
    /// How the bytes on the disk spell the text, which may differ from how it will be saved.
    var encodingOnDisk: FileEncoding
    /// The other Longhand that has this file; it is read only here until that one ends.
    public var lockOwner: LockOwner?
    /// The file isn't UTF-8 and isn't opened until the writer has said how; the editor shows nothing.
    public var undecided: UndecidedEncoding?
    /// The mark is set: moves extend the selection.
    var isMarking = false
    /// What the first row of the pane shows.
    public var scroll = ScrollPosition()
    /// The text's lines and the pane's rows when the page was last placed.
    var revealed = (lines: 0, height: 0)
    /// The cell column that moves up and down try to keep.
    var preferredColumn: Int?
    var highlighting = Highlighting()
    var prepared = LineLayoutCache()

    /// An unchanged document of `text`, with the caret at its start; nothing is read from `path`.
    public init(
        path: String, displayName: String, libraryPath: String?, text: Text,
        stamp: FileStamp? = nil, isReadOnly: Bool = false, format: FileFormat = FileFormat()
    ) {
        self.path = path
        self.displayName = displayName
        self.libraryPath = libraryPath
        self.document = Document(text)
        self.stamp = stamp
        self.isReadOnly = isReadOnly
        self.format = format
        encodingOnDisk = format.encoding
    }

    /// The text as it is now, saved or not.
    public var text: Text { document.text }
    /// Where the selection's moving end is, in UTF-8 bytes from the start of the text.
    public var caret: Int { document.selection.head }

    /// The one road by which text changes.
    mutating func apply(_ edit: Edit) throws(ChangeError) {
        let (version, touched, count) = (document.version, text.lines(touchedBy: edit.changes), text.lineCount)
        try document.apply(edit)
        carry(over: edit.changes, touched, from: version, growth: text.lineCount - count)
        preferredColumn = nil
        isMarking = false
    }

    mutating func undo() -> ChangeSet? { replay { $0.undo() } }
    mutating func redo() -> ChangeSet? { replay { $0.redo() } }

    private mutating func replay(_ step: (inout Document) -> ChangeSet?) -> ChangeSet? {
        let (version, before) = (document.version, text)
        guard let changes = step(&document) else { return nil }
        carry(over: changes, before.lines(touchedBy: changes), from: version, growth: text.lineCount - before.lineCount)
        preferredColumn = nil
        isMarking = false
        return changes
    }

    mutating func select(_ selection: Selection, keepingColumn: Bool = false) {
        document.select(selection)
        if !keepingColumn { preferredColumn = nil }
    }

    /// Moves the caret; the selection grows when `extending` or while the mark is set.
    mutating func moveCaret(to offset: Int, extending: Bool = false, keepingColumn: Bool = false) {
        if extending || isMarking {
            select(Selection(anchor: document.selection.anchor, head: offset), keepingColumn: keepingColumn)
        } else {
            select(Selection(offset), keepingColumn: keepingColumn)
        }
    }

    mutating func beginUndoGroup() { document.beginGroup() }
    mutating func endUndoGroup() { document.endGroup() }
    mutating func sealHistory() { document.sealHistory() }
    mutating func markSaved() { document.markSaved() }
    mutating func forgetSaved() { document.forgetSaved() }
    mutating func adopt(_ history: History) { document.adopt(history) }
    mutating func addAnchor(_ offset: Int, bias: Bias) -> AnchorID {
        document.addAnchor(offset, bias: bias)
    }
    mutating func removeAnchor(_ id: AnchorID) { document.removeAnchor(id) }

    /// Takes what is known of lines and words over a change.
    private mutating func carry(over changes: ChangeSet, _ touched: ClosedRange<Int>, from version: Int, growth: Int) {
        highlighting.invalidate(from: touched.lowerBound)
        prepared.map(from: version, to: document.version, changed: touched, growth: growth)
    }

    /// Puts the caret at the start of a line, 1-based; past the end means the last line.
    mutating func go(toLine line: Int) {
        let target = min(max(1, line), text.lineCount) - 1
        moveCaret(to: text.lineStart(target))
        scroll = ScrollPosition(line: max(0, target - 2), row: 0)
    }

    /// The paragraph under the caret, as the research pane looks it up: without quotation marks of
    /// Markdown, at most `limit` bytes around the caret's line.
    func paragraphUnderCaret(limit: Int = 4_000) -> (range: Range<Int>, text: String) {
        let range = text.paragraph(at: caret)
        guard range.count > limit else { return (range, text.slice(range)) }
        var start = max(range.lowerBound, caret - limit / 2)
        var end = min(range.upperBound, caret + limit / 2)
        while start > range.lowerBound, !text.isScalarBoundary(start) { start -= 1 }
        while end < range.upperBound, !text.isScalarBoundary(end) { end += 1 }
        return (start..<end, text.slice(start..<end))
    }
}

/// The first screen row: a line of the document and a wrapped row within it.
public struct ScrollPosition: Sendable, Equatable {
    /// A line of the document, from 0.
    public var line = 0
    /// A row of that line as it is wrapped, from 0.
    public var row = 0
    /// Rows left empty above it, in typewriter mode at the start of a text.
    public var blankRows = 0

    /// The top of the document, as far as nothing else is given.
    public init(line: Int = 0, row: Int = 0, blankRows: Int = 0) {
        self.line = line
        self.row = row
        self.blankRows = blankRows
    }
}

extension Text {
    /// The lines of this text, the one before, that a change touches.
    func lines(touchedBy changes: ChangeSet) -> ClosedRange<Int> {
        let touched = changes.touched
        let first = line(at: touched.lowerBound)
        return first...max(first, line(at: touched.upperBound))
    }
}
