import TextCore

/// A file as it is on the disk.
public struct FileReading: Sendable, Equatable {
    /// What it holds, decoded as `format` says.
    public var text: Text
    /// What it looked like when it was read.
    public var stamp: FileStamp
    var format: FileFormat
    /// It may not be written.
    var isReadOnly: Bool

    /// Nothing is read: the values come from one reading of one file.
    public init(text: Text, stamp: FileStamp, format: FileFormat, isReadOnly: Bool) {
        self.text = text
        self.stamp = stamp
        self.format = format
        self.isReadOnly = isReadOnly
    }
}

/// What another program made of an open article's file.
struct ExternalChange: Sendable {
    var file: FileReading
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
    /// Why the file is checked.
    public enum Purpose: Sendable, Equatable {
        /// It looks changed.
        case noticed
        /// A save was refused since it has changed.
        case saving
        /// The writer wants the text on the disk.
        case rereading
    }
    /// The file's path; absolute.
    public var path: String
    /// Why it is checked, which decides what follows.
    public var purpose: Purpose
    /// What the file is read as.
    public var encoding: FileEncoding
    /// The text of the file as it is known.
    public var known: Text
    /// The document's text, and its version.
    public var text: Text
    var version: Int
    var generation: Int
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
