import Foundation
import GRDB
import Notes

/// The library's SQLite file: its schema, and the one place where GRDB's errors become ours.
///
/// Vectors are kept by (hash of text, model), not by passage: text that moves, or a note that is
/// renamed, finds its vector again. `meta.generation` grows with every change, so that a reader,
/// in this process or another, knows when its copy in memory is old.
struct LibraryDatabase: Sendable {
    let path: String
    private let pool: DatabasePool
    /// Which file was opened at `path`.
    let identity: FileFacts.Identity?

    init(layout: ProjectLayout) throws(LibraryError) {
        path = layout.databasePath
        do {
            try FileManager.default.createDirectory(
                atPath: layout.dataDirectory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotOpen(path: layout.dataDirectory, reason: "the folder can't be made")
        }
        pool = try WriterLock.whileOpening(layout.dataDirectory) { () throws(LibraryError) in
            try LibraryDatabase.open(layout.databasePath)
        }
        identity = FileFacts(layout.databasePath)?.identity
    }

    private static func open(_ path: String) throws(LibraryError) -> DatabasePool {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.label = "library"
            let pool = try DatabasePool(path: path, configuration: configuration)
            if try pool.read(LibraryMigrations.areSuperseded) { throw LibraryError.newerSchema(path: path) }
            try LibraryMigrations.migrate(pool)
            return pool
        } catch {
            throw LibraryError(error, path: path)
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

    /// Writes what says nothing new of the notes: the generation stays.
    func note<T>(_ body: (Database) throws -> T) throws(LibraryError) -> T {
        do { return try pool.write(body) } catch { throw LibraryError(error, path: path) }
    }

    static func generation(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'generation'") ?? 0
    }
}
