import Foundation
import GRDB
import Notes
import Synchronization
import TestProjects
import Testing
import Watching

@testable import Retrieval

/// A library that was brought up to date place by place is the one that is made anew.
@Suite struct IncrementalTests {
    /// All that a library says of its notes, ids aside.
    private func contents(_ library: Library) throws -> [String] {
        try library.store.read { db in
            var lines: [String] = []
            for sql in [
                """
                SELECT 'note', path, mtime, size, hash, title, date, tags, fields, problemLine, problem FROM notes ORDER BY path
                """,
                "SELECT 'left out', path, mtime, size, reason FROM leftOut ORDER BY path",
                """
                SELECT 'passage', n.path, p.hash, p.line, p.endLine, p.heading, p.text, v.vector, f.heading, f.body
                FROM passages p JOIN notes n ON n.id = p.note JOIN fullText f ON f.rowid = p.id
                LEFT JOIN vectors v ON v.hash = p.hash ORDER BY n.path, p.line, p.hash
                """,
                "SELECT 'words', count(*) FROM fullText",
            ] {
                lines += try Row.fetchAll(db, sql: sql).map { row in
                    row.databaseValues.map { "\($0)" }.joined(separator: " | ")
                }
            }
            return lines
        }
    }

    private func fresh(_ project: TestProject) throws -> (contents: [String], report: IndexReport) {
        var layout = project.layout
        layout.dataDirectory += "-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: layout.dataDirectory) }
        let library = try Library(project: layout, encoder: HashingEncoder())
        let report = try library.index()
        return (try contents(library), report)
    }

    private func expectSame(
        _ library: Library, _ report: IndexReport, _ project: TestProject, _ history: [String],
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try fresh(project)
        let actual = try contents(library)
        let story = Comment(rawValue: history.joined(separator: "; "))
        #expect(actual == expected.contents, story, sourceLocation: place)
        #expect(report.problems == expected.report.problems, story, sourceLocation: place)
        #expect(
            [report.notes, report.passages] == [expected.report.notes, expected.report.passages], story,
            sourceLocation: place)
        let embedded = try library.status().embedded
        #expect(embedded == report.passages, story, sourceLocation: place)
    }

    /// One random thing that people and programs do with files. Returns the places it touched.
    private func act(_ project: TestProject, _ random: inout WordSource, _ history: inout [String]) throws -> Set<
        String
    > {
        let files = FileManager.default
        let root = project.layout.root
        let all = (try files.subpathsOfDirectory(atPath: root)).filter { !$0.hasPrefix(".") }.sorted()
        let folders = ["", "a", "a/b", "c", "secret", "node_modules", ".hidden"]
        func folder() -> String { folders[random.below(folders.count)] }
        func name() -> String {
            ["one.md", "two.md", "three.txt", "four.png", "five.html", "b", ".six.md"][random.below(7)]
        }
        func joined(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }
        func exists(_ path: String) -> Bool { files.fileExists(atPath: root + "/" + path) }
        let place: String
        let target = joined(folder(), name())
        switch random.below(8) {
        case 0...2:
            place = target
            guard
                (try? project.write(place, "# Note\n\n" + random.sentence(8) + "\n\n## More\n\n" + random.sentence(20)))
                    != nil
            else { return [] }
            history.append("write \(place)")
            // A folder that had to be made is what is heard of.
            return Set([place] + folders.filter { !$0.isEmpty && place.hasPrefix($0 + "/") })
        case 3:
            place = target
            guard (try? project.write(place, bytes: [0x63, 0x81, 0x20, 0x00, 0x61])) != nil else { return [] }
            history.append("break \(place)")
            return Set([place] + folders.filter { !$0.isEmpty && place.hasPrefix($0 + "/") })
        case 4:
            guard !all.isEmpty else { return [] }
            place = all[random.below(all.count)]
            try project.remove(place)
            history.append("remove \(place)")
            return [place]
        case 5, 6:
            guard !all.isEmpty else { return [] }
            place = all[random.below(all.count)]
            guard !exists(target), rename(root + "/" + place, root + "/" + target) == 0 else { return [] }
            history.append("move \(place) to \(target)")
            return [place, target]
        default:
            place = target
            guard !exists(place),
                (try? files.createSymbolicLink(atPath: root + "/" + place, withDestinationPath: "nowhere")) != nil
            else { return [] }
            history.append("link \(place)")
            return [place]
        }
    }

    private func project() throws -> TestProject {
        let project = try TestProject(scopes: [FolderScope("secret", .ignore)])
        try project.write("a/b/one.md", "# One\n\nThe first note.\n")
        try project.write("c/two.md", "# Two\n\nThe second note.\n")
        return project
    }

    /// Who waited for another to write hears when its own turn has come, also where there is nothing to do then.
    @Test func waitingForAnotherEnds() throws {
        let project = try project()
        let library = try Library(project: project.layout, encoder: HashingEncoder())
        _ = try library.index()
        let other = open(project.layout.dataDirectory + "/writer", O_RDWR | O_CLOEXEC)
        defer { close(other) }
        #expect(other >= 0 && flock(other, LOCK_EX) == 0)
        let phases = Mutex<[IndexProgress.Phase]>([])
        _ = try library.index(
            FolderChanges(paths: ["a/b/one.md"]),
            progress: { progress in
                phases.withLock { $0.append(progress.phase) }
                if progress.phase == .waiting { flock(other, LOCK_UN) }
            })
        #expect(phases.withLock { $0 } == [.waiting, .scanning])
    }

    @Test(arguments: UInt64(1)...8)
    func placeByPlaceIsAnew(seed: UInt64) throws {
        let project = try project()
        var random = WordSource(seed: seed)
        var history: [String] = []
        let library = try project.library()
        _ = try library.index()
        for _ in 0..<12 {
            var places: Set<String> = []
            for _ in 0...random.below(4) { places.formUnion(try act(project, &random, &history)) }
            let report = try library.index(FolderChanges(paths: places))
            try expectSame(library, report, project, history)
        }
    }

    #if os(Linux)
        @Test(arguments: UInt64(1)...6)
        func whatTheSystemTellsIsEnough(seed: UInt64) throws {
            let project = try project()
            var random = WordSource(seed: 100 + seed)
            var history: [String] = []
            let library = try project.library()
            let watch = FolderWatch(root: project.layout.root)
            _ = try library.index(watch: watch)
            for round in 0..<8 {
                for _ in 0...random.below(6) { _ = try act(project, &random, &history) }
                // Events come in order, so behind this one there are none of ours.
                let last = "zz-\(round).md"
                try project.write(last, "The last of round \(round).")
                var report: IndexReport?
                while try library.passages(path: last).isEmpty, let changes = watch.next(wait: true) {
                    report = try library.index(changes, watch: watch)
                }
                try expectSame(library, try #require(report), project, history)
            }
        }

        @Test func hiddenExcludedAndIgnoredFoldersAreNotWatched() throws {
            let project = try project()
            for folder in ["secret/deep", ".hidden", "node_modules/x", "empty"] {
                try FileManager.default.createDirectory(
                    atPath: project.layout.root + "/" + folder, withIntermediateDirectories: true)
            }
            let watch = FolderWatch(root: project.layout.root)
            _ = try project.library().index(watch: watch)
            // The root, a, a/b, c, empty.
            #expect(watch.count == 5)
        }
    #endif

    @Test func linksToFoldersAreLookedAtAsAWhole() throws {
        let project = try project()
        let library = try project.library()
        _ = try library.index()
        try FileManager.default.createSymbolicLink(
            atPath: project.layout.root + "/A-link", withDestinationPath: project.layout.root + "/a")
        var report = try library.index(FolderChanges(paths: ["A-link"]))
        try expectSame(library, report, project, ["link"])
        #expect(try !library.passages(path: "A-link/b/one.md").isEmpty)
        try project.write("a/b/one.md", "# One\n\nChanged.\n")
        report = try library.index(FolderChanges(paths: ["a/b/one.md"]))
        try expectSame(library, report, project, ["change"])
        try FileManager.default.removeItem(atPath: project.layout.root + "/A-link")
        report = try library.index(FolderChanges(paths: ["A-link"]))
        try expectSame(library, report, project, ["unlink"])
    }

    @Test func aSecondStartSettlesAtOnceAndLooksAnewWhereItMust() throws {
        let project = try project()
        let encoder = HashingEncoder()
        let first = try project.library(encoder).index()
        #expect((first.embedded, first.changed) == (2, 2))
        let library = try project.library(encoder)
        #expect(try library.settled() != nil)
        let second = try library.index()
        #expect((second.notes, second.passages, second.embedded, second.reused, second.changed) == (2, 2, 0, 2, 0))
        // Another model, no model, a cut that was given up: nothing of what was settled holds.
        #expect(try project.library(HashingEncoder(fingerprint: "other")).settled() == nil)
        #expect(try project.library(nil).settled() == nil)
        #expect(try project.library(HashingEncoder(fingerprint: "other")).index().embedded == 2)
        try library.store.write { try $0.execute(sql: "DELETE FROM vectors") }
        #expect(try library.settled() == nil)
        #expect(try library.index().embedded == 2)
    }

    @Test func aSaveIsTakenInBeforeTheRestOfALongRun() throws {
        let project = try TestProject()
        for index in 0..<80 { try project.write("n\(index).md", "Note number \(index) of many.") }
        let encoder = HashingEncoder()
        let library = try project.library(encoder)
        let watch = FolderWatch(root: project.layout.root)
        let state = Mutex((batches: 0, foundAt: 0))
        let report = try library.index(
            watch: watch,
            progress: { step in
                guard step.phase == .embedding else { return }
                let batch = state.withLock { state in
                    state.batches += 1
                    return state.batches
                }
                if batch == 1 {
                    try? project.write("urgent.md", "Something urgent.")
                    // Until it has rested.
                    while watch.next(wait: false).map({ watch.putBack($0) }) == nil { usleep(1_000) }
                    usleep(50_000)
                }
                if encoder.texts.contains("Something urgent."), batch < 3 { state.withLock { $0.foundAt = batch } }
            })
        #expect(state.withLock { $0.foundAt } == 2)
        #expect((report.notes, report.embedded, report.passages) == (81, 81, 81))
        #expect(try library.settled() != nil)
    }
}
