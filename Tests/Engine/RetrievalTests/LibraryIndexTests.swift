import Foundation
import Notes
import Synchronization
import TestProjects
import Testing

@testable import Retrieval

@Suite struct LibraryIndexTests {
    private func filled(_ project: TestProject, notes: Int = 3) throws {
        var source = WordSource(seed: 21)
        for index in 0..<notes {
            let body = (0..<3).map { "## Part \($0)\n\n\(source.sentence(25)) Mark\(index)x\($0).\n" }
            try project.write("notes/n\(index).md", "# Note \(index)\n\n" + body.joined(separator: "\n"))
        }
    }

    @Test func aSecondRunEmbedsNothing() throws {
        let project = try TestProject()
        try filled(project)
        let encoder = HashingEncoder()
        let first = try project.library(encoder).index()
        #expect((first.notes, first.passages, first.embedded, first.reused) == (3, 9, 9, 0))
        // Another process, later.
        let second = try project.library(encoder).index()
        #expect((second.passages, second.embedded, second.reused, second.removed) == (9, 0, 9, 0))
        #expect(encoder.texts.count == 9)
    }

    /// A vector gives away much of its text.
    @Test func onlyItsOwnerLooksIntoALibrary() throws {
        let project = try TestProject()
        try filled(project)
        _ = try project.library(HashingEncoder()).index()
        let folder = project.layout.dataDirectory
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions]
        #expect(mode as? Int == 0o700)
    }

    @Test func aChangedNoteEmbedsItsChangedPassagesOnly() throws {
        let project = try TestProject()
        try filled(project)
        let encoder = HashingEncoder()
        let library = try project.library(encoder)
        _ = try library.index()
        let path = project.layout.root + "/notes/n1.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try project.write("notes/n1.md", text.replacingOccurrences(of: "Mark1x1", with: "Altered"))
        #expect(try library.status().stale == 1)
        let report = try library.index()
        #expect((report.embedded, report.passages, report.reused) == (1, 9, 8))
        #expect(encoder.texts.last?.contains("Altered") == true)
        #expect(try library.status().stale == 0)
        #expect(try library.search(Query(text: "Mark1x1", mode: .text)).isEmpty)
        #expect(try library.search(Query(text: "altered", mode: .text)).count == 1)
    }

    @Test func aRenamedNoteEmbedsNothing() throws {
        let project = try TestProject()
        try filled(project)
        let library = try project.library()
        _ = try library.index()
        try project.move("notes/n0.md", to: "notes/renamed.md")
        let report = try library.index()
        #expect((report.embedded, report.removed, report.notes) == (0, 1, 3))
        #expect(try library.passages(path: "notes/n0.md").isEmpty)
        #expect(try library.passages(path: project.layout.root + "/notes/renamed.md").count == 3)
    }

    @Test func aRemovedNoteIsGone() throws {
        let project = try TestProject()
        try filled(project)
        let library = try project.library()
        _ = try library.index()
        let id = try #require(try library.passages(path: "notes/n2.md").first?.id)
        #expect(try library.passage(id: id)?.path == "notes/n2.md")
        try project.remove("notes/n2.md")
        #expect(try library.index().removed == 1)
        #expect(try library.passage(id: id) == nil)
        for mode in SearchMode.allCases {
            let hits = try library.search(Query(text: "Mark2x0", mode: mode))
            #expect(!hits.contains { $0.passage.path == "notes/n2.md" })
        }
    }

    @Test func aCancelledRunLeavesAUsableLibraryAndIsFinishedLater() throws {
        let project = try TestProject()
        var source = WordSource(seed: 5)
        for index in 0..<45 { try project.write("n\(index).md", source.sentence(12) + " Mark\(index).") }
        let encoder = HashingEncoder()
        let library = try project.library(encoder)
        let stop = Mutex(false)
        #expect(throws: LibraryError.cancelled) {
            try library.index(
                progress: { step in if step.phase == .embedding { stop.withLock { $0 = true } } },
                isCancelled: { stop.withLock { $0 } })
        }
        #expect(try library.status().embedded == 32)
        #expect(try library.search(Query(text: "mark44", mode: .text)).count == 1)
        #expect(try library.search(Query(text: "winter garden", mode: .semantic)).count == 10)
        let report = try library.index()
        #expect((report.embedded, report.reused, report.passages) == (13, 32, 45))
        #expect(encoder.texts.count == 45)
        #expect(throws: LibraryError.cancelled) { try library.index(isCancelled: { true }) }
    }

    @Test func anotherModelEmbedsAnewAndTheFirstIsKept() throws {
        let project = try TestProject()
        try filled(project)
        _ = try project.library(HashingEncoder()).index()
        let other = HashingEncoder(dimension: 16, fingerprint: "hashing-2")
        #expect(try project.library(other).index().embedded == 9)
        #expect(try project.library(HashingEncoder()).index().embedded == 0)
        #expect(try project.library(other).index(rebuild: true).embedded == 9)
    }

    @Test func problemsAreReportedAndTheRestIsIndexed() throws {
        let project = try TestProject()
        try project.write("good.md", "A good note.")
        try project.write("odd.md", bytes: Array("caf".utf8) + [0x81, 0x20, 0x61])
        try project.write("broken.md", "---\ntitle: T\ndate: never\n---\n\nThe body counts.\n")
        let library = try project.library()
        let report = try library.index()
        #expect(report.notes == 2)
        #expect(report.problems.map(\.path) == ["broken.md", "odd.md"])
        #expect(report.problems.map(\.line) == [3, nil])
        #expect(report.problems.last?.reason.contains("not UTF-8") == true)
        #expect(try library.status().problems == report.problems)
        #expect(try library.status().stale == 0)
        #expect(try library.search(Query(text: "body", mode: .text)).count == 1)
        // Once it is saved as UTF-8, the problem is gone.
        try project.write("odd.md", "café a")
        #expect(try library.index().problems.map(\.path) == ["broken.md"])
    }

    @Test func statusSeesNewChangedAndRemovedNotes() throws {
        let project = try TestProject()
        try filled(project)
        let library = try project.library()
        #expect(try library.status().stale == 3)
        _ = try library.index()
        try project.write("new.md", "New.")
        try project.write("notes/n0.md", "Changed.")
        try project.remove("notes/n1.md")
        // Written again with the same words: not stale.
        let path = project.layout.root + "/notes/n2.md"
        try project.write("notes/n2.md", try String(contentsOfFile: path, encoding: .utf8))
        let status = try library.status()
        #expect((status.stale, status.notes, status.passages, status.embedded) == (3, 3, 9, 9))
        #expect(status.model == "hashing")
    }

    @Test func aDamagedDatabaseIsNamedAndCanBeDiscarded() throws {
        let project = try TestProject()
        try filled(project)
        try FileManager.default.createDirectory(
            atPath: project.layout.dataDirectory, withIntermediateDirectories: true)
        let path = project.layout.databasePath
        try Data(repeating: 0x55, count: 8192).write(to: URL(fileURLWithPath: path))
        #expect(throws: LibraryError.corrupt(path: path)) { try project.library() }
        #expect(LibraryError.corrupt(path: path).status == .unavailable)
        try Library.discard(project: project.layout)
        #expect(try project.library().index().notes == 3)
    }

    @Test func aFolderThatCannotBeMadeIsSaid() throws {
        let project = try TestProject()
        var layout = project.layout
        layout.dataDirectory = "/proc/nowhere"
        #expect(throws: LibraryError.cannotOpen(path: "/proc/nowhere", reason: "the folder can't be made")) {
            try Library(project: layout, encoder: nil)
        }
    }

    @Test func libraryIDsKeepProjectsApart() {
        let a = ProjectLayout.libraryID(root: "/tmp/a/my notes")
        #expect(a.hasPrefix("my-notes-"))
        #expect(a != ProjectLayout.libraryID(root: "/tmp/b/my notes"))
        #expect(a == ProjectLayout.libraryID(root: "/tmp/a/./my notes/"))
    }
}
