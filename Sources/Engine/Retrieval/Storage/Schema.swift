import Foundation
import GRDB
import TextAnalysis

/// The library's tables, as the steps that led to them: a library of any older version takes those it lacks.
///
/// `PRAGMA user_version` is the number of steps taken.
enum Schema {
    static func version(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }

    /// Takes the steps that are missing. Inside a transaction: another process may have taken them since.
    static func bringUp(_ db: Database) throws {
        let version = try version(db)
        guard version < steps.count else { return }
        for step in steps[version...] { try db.execute(sql: step) }
        if version < 3 { try NoteWriter.refillFullText(db) }
        if version < 2 {
            try db.execute(
                sql: "INSERT OR REPLACE INTO meta VALUES ('library', ?)", arguments: [UUID().uuidString])
        }
        try db.execute(sql: "PRAGMA user_version = \(steps.count)")
    }

    /// The id of the model with a key, as a part of a query with the key for its argument.
    static let modelID = "(SELECT id FROM models WHERE key = ?)"

    static let steps = [
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
        INSERT INTO meta VALUES ('generation', 1), ('chunker', '');
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,
            mtime INTEGER NOT NULL, size INTEGER NOT NULL, hash TEXT NOT NULL,
            title TEXT NOT NULL, date TEXT, tags TEXT NOT NULL, fields TEXT NOT NULL,
            problemLine INTEGER, problem TEXT);
        CREATE TABLE leftOut (
            path TEXT PRIMARY KEY, mtime INTEGER NOT NULL, size INTEGER NOT NULL,
            reason TEXT NOT NULL);
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY,
            note INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            hash TEXT NOT NULL, line INTEGER NOT NULL, endLine INTEGER NOT NULL,
            heading TEXT NOT NULL, text TEXT NOT NULL);
        CREATE INDEX passagesByNote ON passages (note);
        CREATE INDEX passagesByHash ON passages (hash);
        CREATE TABLE vectors (
            hash TEXT NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (hash, model));
        CREATE VIRTUAL TABLE fullText USING fts5 (
            heading, body, pairs, singles, tokenize = 'porter unicode61 remove_diacritics 2');
        """,
        // Ids that never come back, so that a reader sees by them alone what is new and what is gone. A model's
        // key is long, and stands once.
        """
        CREATE TABLE newNotes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE,
            mtime INTEGER NOT NULL, size INTEGER NOT NULL, hash TEXT NOT NULL,
            title TEXT NOT NULL, date TEXT, tags TEXT NOT NULL, fields TEXT NOT NULL,
            problemLine INTEGER, problem TEXT);
        INSERT INTO newNotes SELECT * FROM notes;
        CREATE TABLE newPassages (
            id INTEGER PRIMARY KEY AUTOINCREMENT, note INTEGER NOT NULL,
            hash TEXT NOT NULL, line INTEGER NOT NULL, endLine INTEGER NOT NULL,
            heading TEXT NOT NULL, text TEXT NOT NULL);
        INSERT INTO newPassages SELECT * FROM passages;
        CREATE TABLE models (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        INSERT INTO models (key) SELECT DISTINCT model FROM vectors;
        CREATE TABLE newVectors (
            id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL,
            model INTEGER NOT NULL, vector BLOB NOT NULL, UNIQUE (hash, model));
        INSERT INTO newVectors (hash, model, vector)
            SELECT hash, (SELECT id FROM models WHERE key = model), vector FROM vectors ORDER BY rowid;
        DROP TABLE passages;
        DROP TABLE notes;
        DROP TABLE vectors;
        ALTER TABLE newNotes RENAME TO notes;
        ALTER TABLE newPassages RENAME TO passages;
        ALTER TABLE newVectors RENAME TO vectors;
        CREATE INDEX passagesByNote ON passages (note);
        CREATE INDEX passagesByHash ON passages (hash);
        """,
        // Words folded and stemmed by `Terms`, runs of characters as pairs in their places among the words.
        """
        DROP TABLE fullText;
        CREATE VIRTUAL TABLE fullText USING fts5 (heading, body, forms, tokenize = 'ascii');
        """,
        // What the failure of a file that was left out depended on beside its content: it is tried again when that changes.
        """
        ALTER TABLE leftOut ADD COLUMN attempt TEXT;
        """,
        // The language of each passage; found when the notes are read again, which a newer reader does anyway.
        """
        ALTER TABLE passages ADD COLUMN language TEXT;
        """,
        // A passage's Markdown where its text leaves marks out; found when the notes are read again, as they are by this reader.
        """
        ALTER TABLE passages ADD COLUMN markup TEXT;
        """,
    ]
}
