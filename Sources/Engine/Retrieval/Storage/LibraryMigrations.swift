import Foundation
import GRDB
import Notes

/// The library's tables, as the migrations that led to them: a library of any older version takes those it lacks.
///
/// A version of Longhand before these migrations counted its steps in `PRAGMA user_version` alone. The number is still
/// kept, so that such a version refuses a library that it doesn't know, and so that its libraries are taken over.
enum LibraryMigrations {
    /// The id of the model with a key, as a part of a query with the key for its argument.
    static let modelID = "(SELECT id FROM models WHERE key = ?)"

    /// Whether a newer version of Longhand has written to the library.
    static func areSuperseded(_ db: Database) throws -> Bool {
        try stepsTaken(db) > steps.count || migrator.hasBeenSuperseded(db)
    }

    /// Takes the steps that are missing. While no other process opens the library.
    static func migrate(_ writer: some DatabaseWriter) throws {
        if try writer.read(migrator.hasCompletedMigrations) { return }
        try writer.write(adoptSteps)
        try migrator.migrate(writer)
    }

    private static func stepsTaken(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }

    /// What an older version counted becomes names of migrations.
    private static func adoptSteps(_ db: Database) throws {
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        for step in steps.prefix(try stepsTaken(db)) {
            try db.execute(sql: "INSERT OR IGNORE INTO grdb_migrations VALUES (?)", arguments: [step.name])
        }
    }

    private static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        for (index, step) in steps.enumerated() {
            migrator.registerMigration(step.name) { db in
                try db.execute(sql: step.sql)
                try step.fill?(db)
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        return migrator
    }()

    struct Step: Sendable {
        /// Kept in the library: it never changes.
        let name: String
        let sql: String
        /// What SQL alone can't fill in.
        var fill: (@Sendable (Database) throws -> Void)?
    }

    static let steps = [
        Step(
            name: "tables",
            sql: """
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
                """),
        // Ids that never come back, so that a reader sees by them alone what is new and what is gone. A model's
        // key is long, and stands once.
        Step(
            name: "ids that never come back",
            sql: """
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
            fill: { db in
                let id = UUID().uuidString
                try db.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('library', ?)", arguments: [id])
            }),
        // Words folded and stemmed by `TextAnalyzer`, runs of characters as pairs in their places among the words.
        Step(
            name: "terms as forms",
            sql: """
                DROP TABLE fullText;
                CREATE VIRTUAL TABLE fullText USING fts5 (heading, body, forms, tokenize = 'ascii');
                """,
            fill: NoteWriter.refillFullText),
        // What the failure of a file that was left out depended on beside its content: it is tried again when that changes.
        Step(
            name: "attempts",
            sql: """
                ALTER TABLE leftOut ADD COLUMN attempt TEXT;
                """),
        // The language of each passage; found when the notes are read again, which a newer reader does anyway.
        Step(
            name: "languages",
            sql: """
                ALTER TABLE passages ADD COLUMN language TEXT;
                """),
        // A passage's Markdown where its text leaves marks out; found when the notes are read again, as they are by this reader.
        Step(
            name: "markup",
            sql: """
                ALTER TABLE passages ADD COLUMN markup TEXT;
                """),
    ]
}
