import TextCore

/// A check of an article's file, to say how it differs from what is known.
public struct FileCheck: Sendable {
    public enum Purpose: Sendable, Equatable {
        /// It looks changed.
        case noticed
        /// A save was refused since it has changed.
        case saving
        /// The writer wants the text on the disk.
        case rereading
    }
    public var path: String
    public var purpose: Purpose
    public var encoding: FileEncoding
    /// The text of the file as it is known.
    public var known: Text
    /// The document's text, and its version.
    public var text: Text
    public var version: Int
    public var generation: Int
}

/// What a check found.
public enum FileFinding: Sendable {
    /// The text that is known; only the file's time or place is another.
    case same(FileReading)
    /// Another text, and the change from the document's to it.
    case changed(FileReading, ChangeSet)
    case gone
    case failed(Failure)
}

/// What is asked about files beside opening and saving them.
public enum DiskRequest: Sendable {
    /// Tell when one of these changes; others no more.
    case watch([String])
    /// See now whether any of those watched has changed.
    case look
    case examine(FileCheck)
    /// Compare the file's text with the document's.
    case compare(path: String, file: Text, text: Text)
    /// Open a file that isn't UTF-8 as the writer said.
    case open(UndecidedEncoding, EncodingChoice)
    /// Give the article another name, or begin one.
    case name(ArticleNaming)
    /// Others may have the file now.
    case release(path: String)
    /// Try whether the other Longhand has left.
    case takeOver(FileCheck)
}

public enum DiskAnswer: Sendable {
    /// What the files look like; nil for those that aren't there.
    case seen([String: FileStamp?])
    case examined(FileCheck, FileFinding)
    case compared(path: String, [DiffPiece])
    /// Nil for `lockOwner`: the file is this Longhand's now. `journal`: what the other left unsaved.
    case takenOver(path: String, lockOwner: LockOwner?, isReadOnly: Bool, journal: RecoveredText?)
    case named(ArticleNaming, NamingOutcome)
    /// The file at `path` is open as `other`.
    case isOpenAs(path: String, other: String)
}
