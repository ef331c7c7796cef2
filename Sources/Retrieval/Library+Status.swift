import GRDB
import Kernels

extension Library {
    /// What is in the library, and how far it is behind the files.
    ///
    /// A file counts as stale when its size or its date differ from those indexed, and, when only
    /// the date does, its content too.
    public func status() throws(LibraryError) -> LibraryStatus {
        let found = try NoteFinder.find(project, programs: programs)
        let known = try store.read(KnownFile.fetch)
        var stale = 0
        var present: Set<String> = []
        for file in found.files {
            present.insert(file.path)
            guard let old = known[file.path] else {
                stale += 1
                continue
            }
            if old.isCurrent(file) { continue }
            if old.size == file.size, let hash = old.hash,
                let bytes = try? NoteReader.bytes(of: file), ContentHash.hexadecimal(of: bytes) == hash
            {
                continue
            }
            stale += 1
        }
        stale += known.keys.count { !present.contains($0) }
        let counts = try counts()
        return LibraryStatus(
            notes: counts.notes, passages: counts.passages, embedded: counts.embedded,
            model: encoder?.name, modelFingerprint: encoder?.fingerprint, stale: stale,
            problems: try problems(found.problems), missing: found.missing, root: project.root, databasePath: store.path)
    }

    struct Counts {
        var notes: Int
        var passages: Int
        /// Passages with a vector of the current model.
        var embedded: Int
    }

    func counts() throws(LibraryError) -> Counts {
        let model = modelKey
        let hasModel = encoder != nil
        return try store.read { db in
            func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
            }
            return Counts(
                notes: try count("SELECT count(*) FROM notes"),
                passages: try count("SELECT count(*) FROM passages"),
                embedded: !hasModel
                    ? 0
                    : try count(
                        """
                        SELECT count(*) FROM passages p
                        JOIN vectors v ON v.hash = p.hash AND v.model = \(Schema.modelID)
                        """, [model]))
        }
    }

    /// `found`, and what was wrong with the files when they were read, by path.
    func problems(_ found: [NoteProblem]) throws(LibraryError) -> [NoteProblem] {
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
        return (found + stored).sorted { $0.path < $1.path }
    }
}
