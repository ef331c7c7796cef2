/// A journal that was read: the changes of an article that may not be in its file.
///
/// Reading takes any bytes. It ends at the first record that isn't whole or whose checksum is another; what stands before is right.
///
/// Known limits: the checksums find damage, not intent; who can write the journal can make it say anything, but not make reading trap.
public struct Journal: Sendable {
    /// What the journal says of its article and of the text that its changes begin with.
    public let header: JournalHeader
    /// The records that are whole and undamaged, in the order they were written.
    public private(set) var records: [JournalRecord] = []
    /// Something behind the last record is damaged. A last record that is merely cut short is none: it never was written whole.
    public private(set) var isDamaged = false

    /// - Returns: nil where the bytes aren't a journal or its header is damaged.
    public init?(_ bytes: [UInt8]) {
        let start = JournalWriter.magic + [JournalWriter.version]
        guard bytes.starts(with: start) else { return nil }
        var checksum = Checksum()
        checksum.add(start[...])
        var reader = RecordReader(rest: bytes.dropFirst(start.count))
        guard case .whole(JournalWriter.headerKind, let body) = Self.frame(&reader, &checksum),
            let header = Self.header(body)
        else { return nil }
        self.header = header
        while !reader.rest.isEmpty {
            switch Self.frame(&reader, &checksum) {
            case .whole(let kind, let body):
                guard let record = Self.record(kind, body) else {
                    isDamaged = true
                    return
                }
                records.append(record)
            case .cut: return
            case .damaged:
                isDamaged = true
                return
            }
        }
    }

    /// Whether the bytes begin as a journal does, of whatever version.
    public static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: JournalWriter.magic) }

    /// The hash of the text that the changes begin with; nil where the journal doesn't have it.
    public var baseHash: String? {
        if !header.baseHash.isEmpty { return header.baseHash }
        for case .base(let hash) in records { return hash }
        return nil
    }

    /// Whether there is any change in it.
    public var hasChanges: Bool { records.contains { if case .change = $0 { true } else { false } } }

    // MARK: Using it

    /// The version of the document that a text with this hash is, where it was saved while the journal was kept; the latest one.
    public func savedVersion(hash: String) -> Int? {
        for case .saving(let version, hash) in records.reversed() { return version }
        return nil
    }

    /// `text` with the changes made to it.
    ///
    /// - Parameters:
    ///   - text: the one the changes begin with, or the one that was saved as `version`.
    ///   - version: changes up to this one are in the text already.
    /// - Returns: the text and whether all changes fitted it; those from the first that doesn't are left out. Nil where none
    ///   fits, since the text then is another.
    public func replayed(on text: Text, after version: Int? = nil) -> (text: Text, isWhole: Bool)? {
        guard version != nil || text.utf8Count == header.baseLength else { return nil }
        var text = text
        var isFirst = true
        for case .change(let changes, let changed) in records {
            if let version, changed <= version { continue }
            // A record that doesn't fit ends what can be recovered, which the answer says.
            guard Self.fits(changes, text), (try? changes.apply(to: &text)) != nil else {
                return isFirst ? nil : (text, false)
            }
            isFirst = false
        }
        return (text, true)
    }

    /// Whether a change cuts no scalar of this text.
    private static func fits(_ changes: ChangeSet, _ text: Text) -> Bool {
        guard changes.lengthBefore == text.utf8Count else { return false }
        var position = 0
        for operation in changes.operations {
            switch operation {
            case .retain(let count), .delete(let count): position += count
            case .insert: break
            }
            guard text.isScalarBoundary(position) else { return false }
        }
        return true
    }

    // MARK: Reading

    private enum Frame {
        case whole(kind: UInt8, body: ArraySlice<UInt8>)
        case cut, damaged
    }

    private static func frame(_ reader: inout RecordReader, _ checksum: inout Checksum) -> Frame {
        let start = reader.rest
        guard let kind = reader.rest.popFirst() else { return .cut }
        guard let count = reader.number() else { return reader.rest.isEmpty ? .cut : .damaged }
        guard let body = reader.take(count), let end = reader.take(Checksum.length) else { return .cut }
        checksum.add(start[start.startIndex..<body.endIndex])
        guard checksum.bytes.elementsEqual(end) else { return .damaged }
        checksum.add(end)
        return .whole(kind: kind, body: body)
    }

    private static func header(_ body: ArraySlice<UInt8>) -> JournalHeader? {
        var reader = RecordReader(rest: body)
        guard let path = reader.string(), let format = reader.string(), let stamp = reader.string(),
            let hash = reader.string(),
            let length = reader.number(), let hasBase = reader.rest.popFirst()
        else { return nil }
        var header = JournalHeader(path: path, format: format, stamp: stamp, baseLength: length, baseHash: hash)
        if hasBase == 1 {
            guard let base = reader.string(), base.utf8.count == length else { return nil }
            header.base = base
        }
        return reader.rest.isEmpty && hasBase <= 1 ? header : nil
    }

    private static func record(_ kind: UInt8, _ body: ArraySlice<UInt8>) -> JournalRecord? {
        var reader = RecordReader(rest: body)
        switch kind {
        case JournalWriter.changeKind:
            guard let version = reader.number(), let changes = changes(&reader) else { return nil }
            return .change(changes, version: version)
        case JournalWriter.savingKind:
            guard let version = reader.number(), let hash = reader.string(), reader.rest.isEmpty else { return nil }
            return .saving(version: version, hash: hash)
        case JournalWriter.baseKind:
            guard let hash = reader.string(), reader.rest.isEmpty else { return nil }
            return .base(hash: hash)
        default: return nil
        }
    }

    /// A change whose runs come to the length it says, so that making a `ChangeSet` of it can't trap.
    private static func changes(_ reader: inout RecordReader) -> ChangeSet? {
        guard let length = reader.number() else { return nil }
        var replacing: [(range: Range<Int>, with: String)] = []
        var position = 0
        while let kind = reader.rest.popFirst() {
            switch kind {
            case 0, 1:
                guard let count = reader.number(), count <= length - position else { return nil }
                if kind == 1 { replacing.append((position..<position + count, "")) }
                position += count
            case 2:
                guard let string = reader.string() else { return nil }
                if let last = replacing.last, last.range.upperBound == position, last.with.isEmpty {
                    replacing[replacing.count - 1].with = string
                } else {
                    replacing.append((position..<position, string))
                }
            default: return nil
            }
        }
        return position == length ? ChangeSet(length: length, replacing: replacing) : nil
    }
}
