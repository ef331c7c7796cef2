import Foundation
import GRDB

/// The library's SQLite file: its schema, and the one place where GRDB's errors become ours.
///
/// Vectors are kept by (hash of text, model), not by passage: text that moves, or a note that is
/// renamed, finds its vector again. `meta.generation` grows with every change, so that a reader,
/// in this process or another, knows when its copy in memory is old.
struct Store: Sendable {
    static let schemaVersion = 1

    let path: String
    private let pool: DatabasePool

    init(layout: ProjectLayout) throws(LibraryError) {
        path = layout.databasePath
        do {
            try FileManager.default.createDirectory(
                atPath: layout.dataDirectory, withIntermediateDirectories: true)
        } catch {
            throw .cannotOpen(path: layout.dataDirectory, reason: "the folder can't be made")
        }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.label = "library"
            pool = try DatabasePool(path: path, configuration: configuration)
            let version = try pool.read(Store.version)
            if version > Store.schemaVersion { throw LibraryError.newerSchema(path: path) }
            if version < Store.schemaVersion {
                try pool.write { db in
                    // Another process may have made the tables since.
                    if try Store.version(db) == 0 { try db.execute(sql: Store.schema) }
                }
            }
        } catch {
            throw LibraryError(error, path: layout.databasePath)
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws(LibraryError) -> T {
        do { return try pool.read(body) } catch { throw LibraryError(error, path: path) }
    }

    /// Runs `body` in one transaction, and counts the generation up when it says it changed something.
    func write<T>(_ body: (Database) throws -> T) throws(LibraryError) -> T {
        do {
            return try pool.write { db in
                let before = db.totalChangesCount
                let result = try body(db)
                if db.totalChangesCount != before {
                    try db.execute(
                        sql: "UPDATE meta SET value = value + 1 WHERE key = 'generation'")
                }
                return result
            }
        } catch {
            throw LibraryError(error, path: path)
        }
    }

    static func generation(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'generation'") ?? 0
    }

    private static func version(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }

    private static let schema = """
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
        PRAGMA user_version = 1;
        """
}
