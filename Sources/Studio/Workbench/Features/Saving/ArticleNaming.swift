import TextCore

/// Another name for an article, as the writer wants it.
public struct ArticleNaming: Sendable, Equatable {
    /// What the other name is for.
    public enum Kind: Sendable, Equatable {
        /// The text goes into another file, and the article is that one from then on.
        case saveAs
        /// The file gets another name.
        case rename
        /// The text goes into another file, which is opened beside this one.
        case duplicate
        /// The article is to be written into another file; neither is touched before it is saved.
        case nameOnly
        /// An article is begun; where the file is there, it is opened.
        case new
        /// An article is begun under the first name that is free.
        case untitled
    }

    /// What the name is for, and so what is done with the files.
    public var kind: Kind
    /// The article's path when it was asked for; absolute.
    public var from: String
    /// The path that the article shall have; absolute.
    public var to: String
    /// The article's text when it was asked for.
    public var text: Text
    var version: Int
    /// How that text is to be written.
    public var format: FileFormat
    /// The writer agreed that what is there is replaced.
    public var isOverwriting: Bool
}

/// What came of it.
public enum NamingOutcome: Sendable, Equatable {
    /// It is done; what the file looks like, where there is one.
    case done(FileStamp?)
    /// There is a file of that name, and nothing was touched.
    case exists
    case failed(Failure)
}

extension Editor {
    /// The article is at another place from now on.
    mutating func move(to path: String, root: String) {
        let inProject = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : nil
        (self.path, displayName, libraryPath) = (path, inProject ?? path, inProject)
    }
}
