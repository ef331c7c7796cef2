import TextCore

/// A file that was read.
public struct OpenedFile: Sendable {
    /// The file's text, ready to be edited.
    public var editor: Editor
    /// Text from a journal that isn't in the file, offered for recovery.
    public var journal: RecoveredText?
    /// What is to be said of it, though it was opened.
    public var remark: Failure?
    /// A file with nothing to recover and nothing to be said of it, as far as nothing else is given.
    public init(editor: Editor, journal: RecoveredText? = nil, remark: Failure? = nil) {
        self.editor = editor
        self.journal = journal
        self.remark = remark
    }
}

/// Unsaved text of an earlier run, as its journal has it.
public struct RecoveredText: Sendable, Equatable {
    /// What its journal is called among the others.
    public var id: String
    /// The unsaved text, whole.
    public var text: Text
    /// What the file holds, and the change from that to the text.
    var file: Text
    var changes: ChangeSet
    /// The file was changed by another program since the text was written.
    public var isFileChanged: Bool
    /// The journal is damaged: what came behind the damage is missing.
    var isCut: Bool
    /// When both were written last, where the file was changed.
    public var dates: Dates?

    /// Two moments in words, as the writer's clock has them.
    public struct Dates: Sendable, Equatable {
        /// When the unsaved text was written.
        public var text: String
        /// When the file was written.
        public var file: String
        /// The file was written after the unsaved text.
        public var isFileNewer: Bool

        /// Both dates are shown as they are given.
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
