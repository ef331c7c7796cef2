import GRDB
import Hashing
import Kernels
import Notes

extension Library {
    /// What is in the library, and how far it is behind the files.
    ///
    /// A file counts as stale when its size or its date differ from those indexed, and, when only
    /// the date does, its content too. One that can't be read isn't stale: reading it again changes nothing, so it is a problem.
    public func status() throws(LibraryError) -> LibraryStatus {
        let found = try LibraryError.translating { () throws(NoteError) in
            try NoteScanner.scan(project, programs: programs)
        }
        let known = try store.read(KnownFile.fetch)
        var stale = 0
        var unreadable: [NoteProblem] = []
        var present: Set<String> = []
        for file in found.files {
            present.insert(file.path)
            let old = known[file.path]
            if let old, old.isCurrent(file, converter) { continue }
            if let refusal = NoteReader.refusal(of: file) {
                unreadable.append(NoteProblem(path: file.path, reason: refusal.reason))
                continue
            }
            // A file that can't be read after all counts as stale, and indexing says what is wrong.
            if let old, old.size == file.size, let hash = old.hash,
                let bytes = try? NoteReader.bytes(of: file), ContentHash.hexadecimal(of: bytes) == hash
            {
                continue
            }
            stale += 1
        }
        stale += known.keys.count { !present.contains($0) }
        let counts = try counts()
        var status = LibraryStatus(
            notes: counts.notes, passages: counts.passages, embedded: counts.embedded,
            model: encoder?.name, modelFingerprint: encoder?.fingerprint, stale: stale,
            problems: try problems(found.problems, unreadable: unreadable), missing: found.missing, root: project.root,
            databasePath: store.path)
        status.hidden = found.hidden
        status.isDamaged = try !isWhole()
        status.damagedCopy = Library.damagedCopy(of: project)
        return status
    }

    struct Counts {
        var notes: Int
        var passages: Int
        /// Passages with a vector of the current model.
        var embedded: Int
    }

    /// - Parameter embedded: how many have a vector, where that is known already: it takes the longest to count.
    func counts(embedded: Int? = nil) throws(LibraryError) -> Counts {
        let model = modelKey
        let known = encoder == nil ? 0 : embedded
        return try store.read { db in
            func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
            }
            return Counts(
                notes: try count("SELECT count(*) FROM notes"),
                passages: try count("SELECT count(*) FROM passages"),
                embedded: try known
                    ?? count(
                        """
                        SELECT count(*) FROM passages p
                        JOIN vectors v ON v.hash = p.hash AND v.model = \(LibraryMigrations.modelID)
                        """, [model]))
        }
    }

    /// The counts that the last run came to, if it came to its end and nothing has changed since.
    func settled() throws(LibraryError) -> Counts? {
        let key = settledKey
        return try store.read { db in
            guard let text = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'settled'") else {
                return nil
            }
            let fields = text.split(separator: " ")
            let numbers = fields.prefix(4).compactMap { Int($0) }
            guard fields.count == 5, numbers.count == 4, fields[4] == key,
                try Int64(numbers[0]) == LibraryDatabase.generation(db)
            else { return nil }
            return Counts(notes: numbers[1], passages: numbers[2], embedded: numbers[3])
        }
    }

    /// Remembers that everything was brought up to date, and what came of it, for the next start to be quick.
    func settle(_ counts: Counts) throws(LibraryError) {
        // What a remote model may see depends on the settings, so there it is looked at each time.
        guard encoder == nil || counts.embedded == counts.passages, encoder?.leavesMachine != true else { return }
        let key = settledKey
        try store.note { db in
            let value =
                "\(try LibraryDatabase.generation(db)) \(counts.notes) \(counts.passages) \(counts.embedded) \(key)"
            try db.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('settled', ?)", arguments: [value])
        }
    }

    /// For which model, and which way of cutting notes, a library can be settled.
    private var settledKey: String {
        ContentHash.hexadecimal(of: modelKey + "/" + chunkerKey(Chunker(encoder: encoder)))
    }

    /// `found`, and what was wrong with the files when they were read, by path.
    ///
    /// - Parameter unreadable: files that can't be read now, whatever was wrong with them before.
    func problems(_ found: [NoteProblem], unreadable: [NoteProblem] = []) throws(LibraryError) -> [NoteProblem] {
        let stored = try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT path, problemLine AS line, problem AS reason FROM notes
                    WHERE problem IS NOT NULL
                    UNION ALL SELECT path, NULL, reason FROM leftOut
                    """
            ).map { NoteProblem(path: $0["path"], line: $0["line"], reason: $0["reason"]) }
        }
        let now = Set(unreadable.map(\.path))
        return (found + unreadable + stored.filter { !now.contains($0.path) }).sorted { $0.path < $1.path }
    }
}
