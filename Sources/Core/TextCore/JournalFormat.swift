/// What a journal says of itself before its first record.
public struct JournalHeader: Sendable, Equatable {
    /// The article's absolute path.
    public var path: String
    /// How the article is written to disk, in the caller's words.
    public var format: String
    /// What the caller tells versions of the file by, for a text whose hash isn't known yet; empty where that says nothing.
    public var stamp: String
    /// The length in UTF-8 bytes of the text that the changes begin with.
    public var baseLength: Int
    /// The hash of that text in the caller's words; empty while it isn't known.
    public var baseHash: String
    /// That text itself, where it is kept in here.
    public var base: String?

    /// A header of these fields; only the path and the length must be known.
    public init(
        path: String, format: String = "", stamp: String = "", baseLength: Int, baseHash: String = "",
        base: String? = nil
    ) {
        self.path = path
        self.format = format
        self.stamp = stamp
        self.baseLength = baseLength
        self.baseHash = baseHash
        self.base = base
    }
}

/// One entry of a journal.
public enum JournalRecord: Sendable, Equatable {
    /// The text was changed; `version` is the document's behind it.
    case change(ChangeSet, version: Int)
    /// The text of this version is about to be written to the file: from here on the file may be the one or the other.
    case saving(version: Int, hash: String)
    /// The hash of the text that the changes begin with, which wasn't known at first.
    case base(hash: String)
}

/// Makes the bytes of a journal, which are only ever appended.
///
/// Composed: four bytes of magic, the format's version, the header, then records. Header and records alike are a kind, a length,
/// what it says, and a checksum of *everything* before it in the journal, so that a record of another journal or place fits nowhere.
public struct JournalWriter: Sendable {
    /// 0xFF is in no UTF-8: a journal can't be taken for a text.
    static let magic: [UInt8] = [0xFF] + Array("LHJ".utf8)
    static let version: UInt8 = 1
    static let headerKind: UInt8 = 1
    static let changeKind: UInt8 = 2
    static let savingKind: UInt8 = 3
    static let baseKind: UInt8 = 4

    private var checksum = Checksum()

    /// A writer that has written nothing yet; `begin` comes first.
    public init() {}

    /// The journal's first bytes; once, before any record.
    public mutating func begin(_ header: JournalHeader) -> [UInt8] {
        let start = Self.magic + [Self.version]
        checksum.add(start[...])
        var body: [UInt8] = []
        for string in [header.path, header.format, header.stamp, header.baseHash] { RecordBytes.put(string, &body) }
        RecordBytes.put(header.baseLength, &body)
        body.append(header.base == nil ? 0 : 1)
        if let base = header.base { RecordBytes.put(base, &body) }
        return start + framed(Self.headerKind, body)
    }

    /// The bytes of one record, to be appended to the journal after what this writer made before.
    ///
    /// Counts them into the running checksum, so each record must be made once and in order.
    public mutating func bytes(of record: JournalRecord) -> [UInt8] {
        var body: [UInt8] = []
        switch record {
        case .change(let changes, let version):
            RecordBytes.put(version, &body)
            Self.put(changes, &body)
            return framed(Self.changeKind, body)
        case .saving(let version, let hash):
            RecordBytes.put(version, &body)
            RecordBytes.put(hash, &body)
            return framed(Self.savingKind, body)
        case .base(let hash):
            RecordBytes.put(hash, &body)
            return framed(Self.baseKind, body)
        }
    }

    private mutating func framed(_ kind: UInt8, _ body: [UInt8]) -> [UInt8] {
        var bytes = [kind]
        RecordBytes.put(body.count, &bytes)
        bytes += body
        checksum.add(bytes[...])
        let end = checksum.bytes
        checksum.add(end[...])
        return bytes + end
    }

    private static func put(_ changes: ChangeSet, _ bytes: inout [UInt8]) {
        RecordBytes.put(changes.lengthBefore, &bytes)
        for operation in changes.operations {
            switch operation {
            case .retain(let count):
                bytes.append(0)
                RecordBytes.put(count, &bytes)
            case .delete(let count):
                bytes.append(1)
                RecordBytes.put(count, &bytes)
            case .insert(let string):
                bytes.append(2)
                RecordBytes.put(string, &bytes)
            }
        }
    }
}
