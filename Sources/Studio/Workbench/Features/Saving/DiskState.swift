import TextCore

/// What is known of an article's file, beside the text that is edited.
public struct DiskState: Sendable {
    /// The text as it was last read or written; it shares its storage with the document's.
    public internal(set) var text: Text
    /// What is being written.
    var saving: Text?
    /// How the bytes on the disk spell the text, which may differ from how it will be saved.
    public internal(set) var encoding: FileEncoding
    /// What another program made of the file, not yet settled.
    public internal(set) var outside: ExternalChange?
    /// The file was looked at while it was being saved, so it must be looked at again.
    var mustLook = false
    /// Raised by each save and each reading: what was found for an earlier one is late.
    var generation = 0
    /// The other Longhand that has this file; it is read only here until that one ends.
    public var lockOwner: LockOwner?
    /// The file isn't UTF-8 and isn't opened until the writer has said how; the editor shows nothing.
    public var undecided: UndecidedEncoding?
    /// The writer didn't say, and isn't asked again while looking at it.
    var hasDeclined = false

    init(text: Text, encoding: FileEncoding) {
        self.text = text
        self.encoding = encoding
    }
}

/// A file as it is on the disk.
public struct FileReading: Sendable, Equatable {
    public var text: Text
    public var stamp: FileStamp
    public var format: FileFormat
    /// It may not be written.
    public var isReadOnly: Bool

    public init(text: Text, stamp: FileStamp, format: FileFormat, isReadOnly: Bool) {
        self.text = text
        self.stamp = stamp
        self.format = format
        self.isReadOnly = isReadOnly
    }
}

/// What another program made of an open article's file.
public struct ExternalChange: Sendable {
    public var file: FileReading
    /// From the document's text in this version to the file's.
    var changes: ChangeSet
    var version: Int
    /// The writer said to decide when saving.
    var isPutOff = false
}

/// The process that has an article open for writing.
public struct LockOwner: Sendable, Equatable {
    public var processID: Int
    /// Its terminal, `pts/3`; nil where it has none.
    public var terminal: String?
    /// The machine it runs on; nil for this one.
    public var host: String?
    /// Since when, as a sentence says it: `10:02`.
    public var since: String

    public init(processID: Int, terminal: String? = nil, host: String? = nil, since: String) {
        self.processID = processID
        self.terminal = terminal
        self.host = host
        self.since = since
    }

    /// `process 4711 on pts/3, since 10:02`.
    public var words: String {
        let positions = [terminal, host].compactMap(\.self).joined(separator: " of ")
        return "process \(processID)" + (positions.isEmpty ? "" : " on \(positions)")
            + (since.isEmpty ? "" : ", since \(since)")
    }
}

/// What must be at a path for a save to go ahead.
public enum FileExpectation: Sendable, Equatable {
    case anything
    /// No file, since none was there when it was last looked at.
    case nothing
    /// The file as it was read or written last. One that is gone is written anew.
    case this(FileStamp)
}

extension Editor {
    /// What a save expects to find.
    var expectation: FileExpectation { stamp.map { .this($0) } ?? .nothing }

    func fileCheck(_ purpose: FileCheck.Purpose) -> FileCheck {
        FileCheck(
            path: path, purpose: purpose, encoding: disk.encoding, known: disk.text, text: text,
            version: document.version, generation: disk.generation)
    }

    /// Takes down that the file now is what was read.
    mutating func adopt(_ file: FileReading) {
        stamp = file.stamp
        disk.text = file.text
        disk.outside = nil
        disk.generation += 1
    }

    /// Takes down that what was being saved is in the file.
    mutating func didSave(_ stamp: FileStamp, version: Int) {
        self.stamp = stamp
        savingVersion = nil
        disk.text = disk.saving ?? text
        disk.saving = nil
        disk.encoding = format.encoding
        disk.outside = nil
        disk.generation += 1
        if document.version == version { markSaved() }
    }

    /// The file's text takes the place of the document's as one step of undo; caret, selection and scroll stay where they were in what stays.
    mutating func reload(_ file: FileReading, by changes: ChangeSet) throws(ChangeError) {
        let selection = document.selection
        let top = min(scroll.line, text.lineCount - 1)
        let wasGrouped = document.isGrouped
        if wasGrouped { endUndoGroup() }
        sealHistory()
        let start = text.lineStart(top)
        let mapped = Selection(
            anchor: changes.map(selection.anchor, bias: .before), head: changes.map(selection.head, bias: .before))
        let column = preferredColumn
        try apply(Edit(changes: changes, selection: mapped, origin: .command("reload")))
        preferredColumn = column
        if scroll.line > 0 { scroll.line = text.line(at: changes.map(start, bias: .after)) }
        scroll.row = min(scroll.row, scroll.line == top ? scroll.row : 0)
        if wasGrouped { beginUndoGroup() }
        adopt(file)
        // What is to be converted when it is saved still is.
        let isConverting = format.encoding != disk.encoding && file.format.encoding == disk.encoding
        format = isConverting ? FileFormat(usesCRLF: file.format.usesCRLF, encoding: format.encoding) : file.format
        disk.encoding = file.format.encoding
        if disk.lockOwner == nil { isReadOnly = file.isReadOnly }
        markSaved()
    }
}
