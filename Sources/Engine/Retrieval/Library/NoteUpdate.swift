import GRDB
import Hashing
import Kernels
import Notes

/// One pass over the files: what changed is read, cut and stored, what is gone is forgotten.
///
/// A file whose time and size are those in the database isn't read; one that is read and has the same hash isn't cut
/// again, unless notes are cut otherwise by now.
struct NoteUpdate {
    private let store: LibraryDatabase
    private let chunker: Chunker
    private let converter: any DocumentConverter
    /// Whether the stored passages were cut as `chunker` would.
    private let isSameCut: Bool
    private let key: String
    private let known: [String: KnownFile]

    /// What a pass came to.
    struct Outcome {
        /// Files whose entry was written or forgotten.
        var changed = 0
        /// Notes that were forgotten.
        var removed = 0

        mutating func add(_ other: Outcome) {
            changed += other.changed
            removed += other.removed
        }
    }

    /// - Parameter paths: the files and folders that the pass is about; nil for everything.
    init(
        store: LibraryDatabase, chunker: Chunker, converter: any DocumentConverter, key: String, paths: [String]? = nil
    ) throws(LibraryError) {
        self.store = store
        self.chunker = chunker
        self.converter = converter
        self.key = key
        (known, isSameCut) = try store.read { db in
            let cut = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'chunker'")
            return (try paths.map { try KnownFile.fetch(db, at: $0) } ?? KnownFile.fetch(db), cut == key)
        }
    }

    /// Whether the stored passages are of the present cut; if not, a pass over everything has to come first.
    var canBePartial: Bool { isSameCut }

    /// - Parameters:
    ///   - files: all that there are, or all at the paths.
    ///   - isWhole: whether `files` are all of the project's.
    ///   - meanwhile: called between two transactions.
    func run(
        _ files: [NoteFile], isWhole: Bool = true, _ progress: (IndexProgress) -> Void,
        meanwhile: () throws(LibraryError) -> Void = {}, _ isCancelled: () -> Bool
    ) throws(LibraryError) -> Outcome {
        let present = Set(files.map(\.path))
        let gone = known.keys.filter { !present.contains($0) }.sorted()
        var outcome = Outcome(changed: gone.count, removed: gone.count { known[$0]?.isNote ?? false })
        for start in stride(from: 0, to: gone.count, by: 512) {
            try store.write { db in
                for path in gone[start..<min(start + 512, gone.count)] { try NoteWriter.remove(db, path) }
            }
        }
        // A cut that isn't recorded yet is recorded when it is complete: an interrupted pass starts over.
        let changed = files.filter { !isSameCut || !(known[$0.path]?.isCurrent($0, converter) ?? false) }
        outcome.changed += changed.count
        var rate = ProgressRate(start: .now)
        var done = 0
        while done < changed.count {
            if isCancelled() { throw .cancelled }
            let batch = changed[done..<min(done + 32, changed.count)]
            let entries = batch.map { ($0, entry(for: $0, isCancelled)) }
            // What was interrupted isn't wrong with the file.
            if isCancelled() { throw .cancelled }
            try store.write { db in
                for (file, entry) in entries { try NoteWriter.write(db, file, entry) }
            }
            done += batch.count
            rate.mark(done, at: .now)
            progress(
                IndexProgress(
                    phase: .reading, done: done, total: changed.count,
                    secondsRemaining: rate.seconds(for: changed.count - done)))
            try meanwhile()
        }
        if isWhole, !isSameCut {
            try store.write { db in
                try db.execute(sql: "UPDATE meta SET value = ? WHERE key = 'chunker'", arguments: [key])
            }
        }
        return outcome
    }

    private func entry(for file: NoteFile, _ isCancelled: () -> Bool) -> NoteWriter.Entry {
        do {
            let bytes = try NoteReader.bytes(of: file)
            if isSameCut, let old = known[file.path]?.hash, old == ContentHash.hexadecimal(of: bytes) {
                return .touched
            }
            let note = try NoteReader.read(bytes, of: file, converter, isCancelled)
            return .note(note, chunker.chunks(of: note))
        } catch {
            // Deleted since the folder was listed: then there's nothing to complain of.
            guard FileFacts.isThere(file.absolutePath) else { return .gone }
            return .skipped(error.reason, attempt: KnownFile.attempt(error.cause, file, converter))
        }
    }
}

/// What the library knows of a file.
struct KnownFile: Sendable {
    var mtime: Int64
    var size: Int64
    /// The content's hash; nil for a file that was left out.
    var hash: String?

    /// For a file that was left out, what its failure depended on beside its content; nil where that was all.
    var attempt: String?

    var isNote: Bool { hash != nil }

    /// Whether reading the file again would come to the same.
    func isCurrent(_ file: NoteFile, _ converter: any DocumentConverter) -> Bool {
        guard mtime == file.mtime, size == file.size else { return false }
        guard let attempt else { return true }
        let causes: [NoteReader.Refusal.Cause] =
            [.access] + (NoteFormat(path: file.path).program.map { [.program($0)] } ?? [])
        return causes.contains { Self.attempt($0, file, converter) == attempt }
    }

    /// What a failure depended on beside the file's content.
    static func attempt(
        _ cause: NoteReader.Refusal.Cause, _ file: NoteFile, _ converter: any DocumentConverter
    ) -> String? {
        switch cause {
        case .content: nil
        // Permissions that change leave the other date as it was.
        case .access: "access \(file.ctime)"
        case .program(let program): converter.identity(of: program)
        }
    }

    private static let columns = """
        SELECT path, mtime, size, hash, attempt FROM (
            SELECT path, mtime, size, hash, NULL AS attempt FROM notes
            UNION ALL SELECT path, mtime, size, NULL, attempt FROM leftOut)
        """

    static func fetch(_ db: Database) throws -> [String: KnownFile] {
        var known: [String: KnownFile] = [:]
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM notes") ?? 0
        known.reserveCapacity(count)
        try add(try Row.fetchCursor(db, sql: columns), to: &known)
        return known
    }

    /// Those at some paths: the file there, or all below the folder.
    static func fetch(_ db: Database, at paths: [String]) throws -> [String: KnownFile] {
        if paths.count > 2_000 {
            let covered = PathSet(paths)
            return try fetch(db).filter { covered.contains($0.key) }
        }
        var known: [String: KnownFile] = [:]
        // `0` comes after `/`.
        let statement = try db.makeStatement(
            sql: columns + " WHERE path = ?1 OR (path > ?1 || '/' AND path < ?1 || '0')")
        for index in paths {
            try add(try Row.fetchCursor(statement, arguments: [index]), to: &known)
        }
        return known
    }

    private static func add(_ rows: RowCursor, to known: inout [String: KnownFile]) throws {
        while let row = try rows.next() {
            known[row[0]] = KnownFile(mtime: row[1], size: row[2], hash: row[3], attempt: row[4])
        }
    }
}
