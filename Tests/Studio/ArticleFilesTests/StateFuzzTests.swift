import Foundation
import TestSupport
import Testing
import TextCore
import Workbench

@testable import ArticleFiles

/// Whatever became of the program's own files: reading them ends, without a crash, in what they say or in a sentence.
@Suite(.serialized) final class StateFuzzTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "longhand-fuzz-\(UInt64.random(in: 0 ... .max))"
    ).path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func put(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    @Test func sessions() throws {
        let article = folder + "/a.md"
        try Data("one\ntwo\n".utf8).write(to: URL(filePath: article))
        let memory = SessionStore(folder: folder, root: "/root")
        let whole =
            "longhand session 1\nactive 0\nopen 3 3 1 2 \(article)\nencoding GB18030 \(article)\nrecent \(article)\n"
        for bytes in damagedVariants(of: whole, seed: 1) {
            try Data(bytes).write(to: URL(filePath: memory.path))
            guard let record = try memory.recall() else { continue }
            for place in record.articles {
                #expect(
                    place.scroll.line >= 0 && place.scroll.line <= FileStore.limit && place.scroll.row >= 0
                        && place.scroll.row <= FileStore.limit)
                #expect(
                    place.selection.anchor <= FileStore.limit && place.selection.head <= FileStore.limit
                        && record.active <= FileStore.limit)
            }
        }
    }

    @Test func whatWasWritten() throws {
        let log = WritingLog(path: folder + "/written")
        for bytes in damagedVariants(of: "2026-11-24 +120 /a.md\n2026-11-24 -20 /b.md\n2026-11-25 +7 /a.md\n", seed: 2)
        {
            _ = try put(bytes, "written")
            let history = try log.history()
            #expect(abs(history.total) <= 400_000_000)
            try log.add(5, to: "/a.md")
        }
    }

    @Test func views() throws {
        let memory = ViewStateStore(path: folder + "/view.json")
        try memory.remember(ViewOptions(), configured: ViewOptions())
        let whole = try String(contentsOfFile: memory.path, encoding: .utf8)
        for bytes in damagedVariants(of: whole, seed: 3) {
            _ = try put(bytes, "view.json")
            #expect(ViewOptions.textWidths.contains(memory.recall(configured: ViewOptions()).textWidth))
        }
    }

    @Test func listsOfVersions() throws {
        let store = VersionStore(folder: folder + "/versions", limit: 1 << 30)
        for number in 0..<2 { try store.keep(Array("# A\n\ntext \(number)\n".utf8), of: "/a.md") }
        let list = folder + "/versions/" + StateName.of("/a.md") + "/list"
        let whole = try String(contentsOfFile: list, encoding: .utf8)
        for bytes in damagedVariants(of: whole, seed: 4) {
            try Data(bytes).write(to: URL(filePath: list))
            let rows = VersionRow.rows(try store.versions(of: "/a.md"))
            #expect(rows.count == 2)
            try store.keep(Array("# A\n\ntext 1\n".utf8), of: "/a.md", apart: 600)
            #expect(Set(try (1...2).map { try store.bytes($0, of: "/a.md") }).count == 2)
        }
    }

    @Test func locksAndTheirTimes() {
        for bytes in damagedVariants(of: "pid 4711\ntty pts/3\nhost here\ntime 1772366400\n", seed: 5) {
            _ = ArticleLocks.owner(String(decoding: bytes, as: UTF8.self), host: "here").words
        }
        for seconds in [time_t.max, .min, 67_768_036_191_676_799, 67_767_976_233_532_799, -67_768_040_609_740_800, 0] {
            let time = LocalTime(seconds)
            _ = (time.date, time.clockWithSeconds)
        }
    }

    @Test func datesOfFilesBeyondAllCalendars() throws {
        let article = try put(Array("text\n".utf8), "a.md")
        var times = [timespec(tv_sec: 253_370_764_800, tv_nsec: 0), timespec(tv_sec: 253_370_764_800, tv_nsec: 0)]
        // Where the file system has no such year it takes the nearest it has.
        utimensat(AT_FDCWD, article, &times, 0)
        let files = FileStore(root: folder, journalFolder: folder + "/journals")
        let opened = try files.open(article)
        #expect(opened.editor.text == "text\n")
        _ = try files.save(
            "more\n", to: article, format: FileFormat(), expecting: opened.editor.stamp.map { .this($0) } ?? .nothing)
    }
}
