import GRDB
import Kernels

/// One pass over the files: what changed is read, cut and stored, what is gone is forgotten.
struct NoteUpdate {
    private let store: Store
    private let chunker: Chunker
    private let converter: any DocumentConverter
    /// Whether the stored passages were cut as `chunker` would.
    private let isSameCut: Bool
    private let key: String
    private var known: [String: KnownFile]

    init(store: Store, chunker: Chunker, converter: any DocumentConverter, key: String) throws(LibraryError) {
        self.store = store
        self.chunker = chunker
        self.converter = converter
        self.key = key
        (known, isSameCut) = try store.read { db in
            let cut = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'chunker'")
            return (try KnownFile.fetch(db), cut == key)
        }
    }

    /// Returns how many notes were removed.
    func run(
        _ files: [NoteFile], _ progress: (IndexProgress) -> Void, _ isCancelled: () -> Bool
    ) throws(LibraryError) -> Int {
        let present = Set(files.map(\.path))
        let gone = known.keys.filter { !present.contains($0) }.sorted()
        if !gone.isEmpty {
            try store.write { db in
                for path in gone { try NoteWriter.remove(db, path) }
            }
        }
        // A cut that isn't recorded yet is recorded when it is complete: an interrupted pass starts over.
        let changed = files.filter { !isSameCut || !(known[$0.path]?.isCurrent($0) ?? false) }
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
            progress(IndexProgress(phase: .reading, done: done, total: changed.count))
        }
        if !isSameCut {
            try store.write { db in
                try db.execute(sql: "UPDATE meta SET value = ? WHERE key = 'chunker'", arguments: [key])
            }
        }
        return gone.count { known[$0]?.isNote ?? false }
    }

    private func entry(for file: NoteFile, _ isCancelled: () -> Bool) -> NoteWriter.Entry {
        do {
            let bytes = try NoteReader.bytes(of: file)
            if isSameCut, let old = known[file.path]?.hash, old == ContentHash.hexadecimal(of: bytes) { return .touched }
            let note = try NoteReader.read(bytes, of: file, converter, isCancelled)
            return .note(note, chunker.chunks(of: note))
        } catch {
            return .leftOut(error.reason)
        }
    }
}

/// What the library knows of a file.
struct KnownFile: Sendable {
    var mtime: Int64
    var size: Int64
    /// The content's hash; nil for a file that was left out.
    var hash: String?

    var isNote: Bool { hash != nil }

    func isCurrent(_ file: NoteFile) -> Bool { mtime == file.mtime && size == file.size }

    static func fetch(_ db: Database) throws -> [String: KnownFile] {
        var known: [String: KnownFile] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT path, mtime, size, hash FROM notes
                UNION ALL SELECT path, mtime, size, NULL FROM leftOut
                """)
        while let row = try rows.next() {
            known[row[0]] = KnownFile(mtime: row[1], size: row[2], hash: row[3])
        }
        return known
    }
}
