/// What a file looked like on disk, to notice that someone else wrote it.
public struct FileStamp: Sendable, Equatable {
    /// The length in bytes.
    public var size: Int
    /// When it was last written, in nanoseconds since 1970.
    public var modifiedNanoseconds: Int64
    var inode: UInt64
    /// Takes a file's size, time and number as the system gives them.
    public init(size: Int, modifiedNanoseconds: Int64, inode: UInt64) {
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.inode = inode
    }
}

/// The process that has an article open for writing.
public struct LockOwner: Sendable, Equatable {
    /// The number the system gave it; 0 where the lock file doesn't say.
    public var processID: Int
    /// Its terminal, `pts/3`; nil where it has none.
    public var terminal: String?
    /// The machine it runs on; nil for this one.
    public var host: String?
    /// Since when, as a sentence says it: `10:02`.
    public var since: String

    /// An owner on this machine, unless `host` names another; an empty `since` is left out of `words`.
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

/// How the bytes of a file spell its text.
public enum FileEncoding: String, Sendable, Equatable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case gb18030 = "GB18030"
    case windows1252 = "Windows-1252"
    /// UTF-8 as far as it is, and each other byte a character of its own.
    case bytes = "bytes"
}

/// How a file's text differs from the document's: kept when it is written back.
public struct FileFormat: Sendable, Equatable {
    /// Every line ends in CR LF in the file. Where only some do, the CRs are in the text.
    public var usesCRLF: Bool
    /// UTF-16 always has one.
    public var hasByteOrderMark: Bool
    /// How the text is spelled when the file is written.
    public var encoding: FileEncoding

    /// UTF-8 with line feeds and without a byte order mark, as far as nothing else is given.
    public init(usesCRLF: Bool = false, hasByteOrderMark: Bool = false, encoding: FileEncoding = .utf8) {
        self.usesCRLF = usesCRLF
        self.hasByteOrderMark = hasByteOrderMark
        self.encoding = encoding
    }
}

/// A file that isn't UTF-8, of which the writer says how it is to be opened.
public struct UndecidedEncoding: Sendable, Equatable {
    /// Absolute.
    public var path: String
    /// The first line that isn't UTF-8, 1-based.
    public var line: Int
    /// What its bytes look like; nil where nothing is certain enough.
    public var recognised: FileEncoding?
    /// Reading and writing it in that encoding gives the same bytes.
    public var isLossless: Bool
    /// The line to go to once it is open.
    public var target: Int?

    /// Nothing is read: what is given is what was found in the file.
    public init(path: String, line: Int, recognised: FileEncoding?, isLossless: Bool, target: Int? = nil) {
        self.path = path
        self.line = line
        self.recognised = recognised
        self.isLossless = isLossless
        self.target = target
    }
}

/// How a file that isn't UTF-8 is opened.
public enum EncodingChoice: Sendable, Equatable {
    /// Read in this encoding and saved as UTF-8.
    case converted(FileEncoding)
    /// Read and saved in this encoding.
    case kept(FileEncoding)

    /// What it is read as.
    public var encoding: FileEncoding {
        switch self {
        case .converted(let encoding), .kept(let encoding): encoding
        }
    }
}
