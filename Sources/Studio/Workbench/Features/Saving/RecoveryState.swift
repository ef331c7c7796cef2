import TextCore

/// What the journal of an article hasn't been given yet, and the text that it builds on.
///
/// Noting a change costs the same whatever the text's length: changes are kept as they come and joined where they are written.
struct PendingJournal: Sendable {
    /// What the file holds, as text.
    private(set) var base: Text
    private(set) var changes: [ChangeSet] = []

    init(base: Text) { self.base = base }

    mutating func note(_ change: ChangeSet) { changes.append(change) }

    /// The changes up to now, which are then no debt any more.
    mutating func settle() -> [ChangeSet] {
        defer { changes = [] }
        return changes
    }

    /// Begins anew: the file holds `text`, or what was changed is given up.
    mutating func begin(with text: Text) {
        base = text
        changes = []
    }
}

/// Changes for an article's journal, with what is needed to begin one.
public struct JournalPart: Sendable {
    /// What the file holds, how it is written and what it looked like.
    public var base: Text
    public var format: FileFormat
    public var stamp: FileStamp?
    /// Those since the last part, the first made for what that one led to.
    public var changes: [ChangeSet]
    /// The document's version and text behind them.
    public var version: Int
    public var text: Text

    public init(base: Text, format: FileFormat, stamp: FileStamp?, changes: [ChangeSet], version: Int, text: Text) {
        self.base = base
        self.format = format
        self.stamp = stamp
        self.changes = changes
        self.version = version
        self.text = text
    }
}

/// Unsaved text of an earlier run, as its journal has it.
public struct RecoveredText: Sendable, Equatable {
    /// What its journal is called among the others.
    public var id: String
    public var text: Text
    /// What the file holds, and the change from that to the text.
    public var file: Text
    public var changes: ChangeSet
    /// The file was changed by another program since the text was written.
    public var isFileChanged: Bool
    /// The journal is damaged: what came behind the damage is missing.
    public var isCut: Bool
    /// When both were written last, where the file was changed.
    public var dates: Dates?

    /// Two moments in words, as the writer's clock has them.
    public struct Dates: Sendable, Equatable {
        public var text: String
        public var file: String
        public var isFileNewer: Bool

        public init(text: String, file: String, isFileNewer: Bool) {
            self.text = text
            self.file = file
            self.isFileNewer = isFileNewer
        }
    }

    /// Compares the two texts; O(n).
    public init(id: String, text: Text, file: Text, isFileChanged: Bool = false, isCut: Bool = false) {
        self.id = id
        self.text = text
        self.file = file
        changes = ChangeSet.turning(file, into: text)
        self.isFileChanged = isFileChanged
        self.isCut = isCut
    }

    /// The lines around what differs, as the file has them and as the text does: the rest is the same.
    ///
    /// - Parameter context: bytes to take along before and after, up to the next line's end.
    public func surroundings(context: Int = 1_000) -> (file: String, text: String) {
        var (before, after) = (0, 0)
        if case .retain(let count)? = changes.operations.first { before = count }
        if changes.operations.count > 1, case .retain(let count)? = changes.operations.last { after = count }
        guard !changes.isIdentity else { return ("", "") }
        let start = file.lineStart(file.line(at: max(0, before - context)))
        let end = file.lineRange(file.line(at: min(file.utf8Count, file.utf8Count - after + context))).upperBound
        return (file.slice(start..<end), text.slice(start..<text.utf8Count - (file.utf8Count - end)))
    }
}

/// What the studio wants done with recovered text outside itself.
public enum RecoveryRequest: Sendable {
    /// Show how it differs from the file.
    case compare(RecoveredText)
    /// It is not wanted: its journal can go.
    case discard(id: String)
    /// It is in the article now: its journal can go once the article's own has it.
    case taken(id: String, path: String)
}
