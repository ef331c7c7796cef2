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
    /// What the file holds, as text.
    public var base: Text
    /// How the file is written.
    public var format: FileFormat
    /// What the file looked like when it was read or written; nil where there is none yet.
    public var stamp: FileStamp?
    /// Those since the last part, the first made for what that one led to.
    public var changes: [ChangeSet]
    /// The document's version behind them.
    public var version: Int
    /// The document's text in that version.
    public var text: Text

    init(base: Text, format: FileFormat, stamp: FileStamp?, changes: [ChangeSet], version: Int, text: Text) {
        self.base = base
        self.format = format
        self.stamp = stamp
        self.changes = changes
        self.version = version
        self.text = text
    }
}
