import TextCore

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
}

/// What must be at a path for a save to go ahead.
public enum FileExpectation: Sendable, Equatable {
    case anything
    /// No file, since none was there when it was last looked at.
    case nothing
    /// The file as it was read or written last. One that is gone is written anew.
    case this(FileStamp)
}

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
