import Foundation
import GRDB
import TestProjects
import Testing

@testable import Retrieval

/// A library made by an older version is brought up to date when it is opened, and loses nothing.
@Suite struct LibraryMigrationsTests {
    @Test func aLibraryOfTheFirstVersionKeepsItsVectors() throws {
        let project = try TestProject()
        try project.write("notes/owl.md", "# Owl\n\nThe owl hunts at night, by ear.\n")
        try project.write("notes/sea.md", "# Sea\n\nThe tide comes in twice a day.\n")
        let encoder = HashingEncoder()
        _ = try project.library(encoder).index()
        try Self.makeOld(project.layout.databasePath)

        let library = try project.library(encoder)
        let before = encoder.texts.count
        let report = try library.index()
        #expect(report.embedded == 0)
        #expect(report.passages == 2)
        #expect(encoder.texts.count == before)
        #expect(try library.search(Query(text: "owl hunting by ear")).first?.passage.path == "notes/owl.md")
    }

    @Test func fullTextOfAnOlderVersionIsMadeAnew() throws {
        let project = try TestProject()
        try project.write("notes/bird.md", "# Café\n\nThe writers studied owls; 学校 is a school.\n")
        _ = try project.library(nil).index()
        try Self.makeOld(project.layout.databasePath)
        // Nothing is read again for it.
        let library = try project.library(nil)
        for query in ["cafe", "study", "学校", "校", "writ*", "\"owls 学校\""] {
            let hits = try library.search(Query(text: query, mode: .text, syntax: .operators))
            #expect(hits.map(\.passage.path) == ["notes/bird.md"], "\(query)")
        }
    }

    @Test func notesCutByAnOlderRuleAreCutAgainAndKeepTheirVectors() throws {
        let project = try TestProject()
        try project.write("a.md", "The owl hunts at night.\n\n# Links\n\nhttps://a.b\n")
        let encoder = HashingEncoder()
        let library = try project.library(encoder)
        #expect(try library.index().passages == 1)
        try library.store.write { db in
            try db.execute(sql: "UPDATE meta SET value = 'older' WHERE key = 'chunker'")
            try db.execute(
                sql:
                    "INSERT INTO passages (note, hash, line, endLine, heading, text) SELECT id, 'x', 5, 5, 'Links', 'https://a.b' FROM notes"
            )
        }
        let report = try project.library(encoder).index()
        #expect(report.passages == 1 && report.embedded == 0)
        #expect(encoder.texts == ["The owl hunts at night."])
    }

    @Test func idsNeverComeBack() throws {
        let project = try TestProject()
        try project.write("a.md", "The owl hunts at night.\n")
        let library = try project.library()
        _ = try library.index()
        func ids() throws -> [Int64] {
            try library.store.read { db in
                try Int64.fetchAll(
                    db, sql: "SELECT id FROM notes UNION ALL SELECT id FROM passages UNION ALL SELECT id FROM vectors")
            }
        }
        let first = try ids()
        #expect(first.count == 3)
        _ = try library.index(rebuild: true)
        #expect(try zip(first, ids()).allSatisfy { $0 < $1 })
    }

    @Test func aLibraryOfANewerVersionIsRefused() throws {
        for change in ["PRAGMA user_version = 99", "INSERT INTO grdb_migrations VALUES ('of tomorrow')"] {
            let project = try TestProject()
            _ = try project.library(nil)
            let queue = try DatabaseQueue(path: project.layout.databasePath)
            try queue.write { try $0.execute(sql: change) }
            try queue.close()
            #expect(throws: LibraryError.newerSchema(path: project.layout.databasePath)) { try project.library(nil) }
        }
    }

    @Test func everyStepIsTakenOnceAndCounted() throws {
        let project = try TestProject()
        for _ in 0..<2 {
            let library = try project.library(nil)
            let taken = try library.store.read { db in
                (
                    try String.fetchSet(db, sql: "SELECT identifier FROM grdb_migrations"),
                    try Int.fetchOne(db, sql: "PRAGMA user_version")
                )
            }
            #expect(taken.0 == Set(LibraryMigrations.steps.map(\.name)) && taken.1 == LibraryMigrations.steps.count)
        }
    }

    /// Puts the tables back to what the first version made, content included.
    private static func makeOld(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            for table in ["notes", "passages", "vectors", "models"] {
                try db.execute(sql: "CREATE TEMP TABLE old_\(table) AS SELECT * FROM \(table)")
            }
            for table in ["passages", "notes", "vectors", "models", "meta", "leftOut", "fullText", "grdb_migrations"] {
                try db.execute(sql: "DROP TABLE \(table)")
            }
            try db.execute(sql: LibraryMigrations.steps[0].sql)
            try db.execute(sql: "INSERT INTO notes SELECT * FROM old_notes")
            try db.execute(
                sql: "INSERT INTO passages SELECT id, note, hash, line, endLine, heading, text FROM old_passages")
            try db.execute(
                sql:
                    "INSERT INTO vectors SELECT hash, key, vector FROM old_vectors v JOIN old_models m ON m.id = v.model"
            )
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        try queue.close()
    }
}
