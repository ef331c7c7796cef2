import GRDB
import Hashing
import Kernels
import Manuscript
import Notes
import TextAnalysis

/// Writes notes and their passages. Every function expects to be inside a transaction.
enum NoteWriter {
    enum Entry {
        case note(Note, [Chunk])
        /// Only the file's date changed.
        case touched
        /// Why, and what has to change for another try (see `KnownFile.attempt`).
        case skipped(String, attempt: String?)
        /// Deleted meanwhile.
        case gone
    }

    static func write(_ db: Database, _ file: NoteFile, _ entry: Entry) throws {
        switch entry {
        case .note(let note, let chunks):
            try remove(db, file.path)
            try insert(db, file, note, chunks)
        case .touched:
            try db.execute(
                sql: "UPDATE notes SET mtime = ?, size = ? WHERE path = ?",
                arguments: [file.mtime, file.size, file.path])
        case .gone:
            try remove(db, file.path)
        case .skipped(let reason, let attempt):
            try remove(db, file.path)
            try db.execute(
                sql: "INSERT INTO leftOut (path, mtime, size, reason, attempt) VALUES (?, ?, ?, ?, ?)",
                arguments: [file.path, file.mtime, file.size, reason, attempt])
        }
    }

    /// Forgets a file. Its vectors stay: the same text may come back, under another name or later.
    static func remove(_ db: Database, _ path: String) throws {
        try db.execute(sql: "DELETE FROM leftOut WHERE path = ?", arguments: [path])
        guard let note = try Int64.fetchOne(db, sql: "SELECT id FROM notes WHERE path = ?", arguments: [path])
        else { return }
        try db.execute(
            sql: "DELETE FROM fullText WHERE rowid IN (SELECT id FROM passages WHERE note = ?)",
            arguments: [note])
        try db.execute(sql: "DELETE FROM passages WHERE note = ?", arguments: [note])
        try db.execute(sql: "DELETE FROM notes WHERE id = ?", arguments: [note])
    }

    private static func insert(
        _ db: Database, _ file: NoteFile, _ note: Note, _ chunks: [Chunk]
    ) throws {
        let facts = note.facts
        try db.execute(
            sql: """
                INSERT INTO notes
                    (path, mtime, size, hash, title, date, tags, fields, problemLine, problem)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                file.path, file.mtime, file.size, note.hash, facts.title, facts.date,
                try ColumnCoding.encode(facts.tags), try ColumnCoding.encode(facts.fields),
                note.problem?.line, note.problem?.reason,
            ])
        let id = db.lastInsertedRowID
        // A list of names tells no language; the note around it does.
        var ofNote: Language??
        let lines = SourceLines.split(Array(note.source.utf8)[...], firstLine: 1)
        for chunk in chunks {
            var language = Language.detect(chunk.text)
            if language == nil {
                if ofNote == nil { ofNote = .some(Language.detect(chunks.map(\.text).joined(separator: "\n"))) }
                language = ofNote ?? nil
            }
            try db.execute(
                sql: """
                    INSERT INTO passages (note, hash, line, endLine, heading, text, language, markup)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, passageID(chunk.text), chunk.line, chunk.endLine, chunk.heading, chunk.text,
                    language?.code, PassageMarkup.of(chunk, in: note, lines: lines),
                ])
            let row = db.lastInsertedRowID
            try insertFullText(db, row, heading: facts.title + " " + chunk.heading, body: chunk.text)
        }
    }

    private static func insertFullText(_ db: Database, _ row: Int64, heading: String, body: String) throws {
        let columns = TextAnalyzer.columns(heading: heading, body: body)
        try db.cachedStatement(sql: "INSERT INTO fullText (rowid, heading, body, forms) VALUES (?, ?, ?, ?)")
            .execute(arguments: [row, columns.heading, columns.body, columns.forms])
    }

    /// Makes the full-text table anew from the passages.
    static func refillFullText(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM fullText")
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT p.id, n.title, p.heading, p.text FROM passages p JOIN notes n ON n.id = p.note ORDER BY p.id")
        while let row = try rows.next() {
            let (title, heading): (String, String) = (row[1], row[2])
            try insertFullText(db, row[0], heading: title + " " + heading, body: row[3])
        }
    }

    /// A passage's id: half a SHA-256 is enough to name a text.
    static func passageID(_ text: String) -> String { String(ContentHash.hexadecimal(of: text).prefix(32)) }

    static func forgetAll(_ db: Database) throws {
        for table in ["fullText", "passages", "notes", "leftOut", "vectors"] {
            try db.execute(sql: "DELETE FROM \(table)")
        }
    }

    /// Whether there may be enough old vectors for `dropOldVectors`, which takes longer to say it for certain.
    static func mayDropVectors(_ db: Database) throws -> Bool {
        let vectors = try Int.fetchOne(db, sql: "SELECT count(*) FROM vectors") ?? 0
        let passages = try Int.fetchOne(db, sql: "SELECT count(*) FROM passages") ?? 0
        return vectors > 2 * passages
    }

    /// Deletes vectors whose text is gone, once there are more of them than passages: until then they
    /// make it free for a note to come back (another branch, an undone deletion).
    ///
    /// Returns whether there were any.
    static func dropOldVectors(_ db: Database) throws -> Bool {
        let old = "hash NOT IN (SELECT hash FROM passages)"
        let dead = try Int.fetchOne(db, sql: "SELECT count(*) FROM vectors WHERE \(old)") ?? 0
        let live = try Int.fetchOne(db, sql: "SELECT count(*) FROM passages") ?? 0
        guard dead > live else { return false }
        try db.execute(sql: "DELETE FROM vectors WHERE \(old)")
        return true
    }
}
