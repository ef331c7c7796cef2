import Foundation
import Testing
import Workbench

@testable import ArticleFiles

/// What was written on each day, and how the page looked.
@Suite final class WritingMemoryTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "longhand-memory-\(UInt64.random(in: 0 ... .max))"
    ).path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @Test func wordsAreAddedUpByDayAndProject() throws {
        let log = WritingLog(path: folder + "/written")
        #expect(try log.history().days.isEmpty)
        let noon = Date(timeIntervalSince1970: 1_772_366_400)
        let day = { (back: Double) in noon.addingTimeInterval(-86_400 * back) }
        try log.add(100, to: "/a/one.md", on: day(2))
        try log.add(50, to: "/a/one.md", on: day(1))
        try log.add(-20, to: "/a/two words.md", on: day(1))
        try log.add(7, to: "/b/x.md", on: day(0))
        let all = try log.history(today: noon)
        #expect(all.days.map(\.words) == [100, 30, 7] && all.streak == 3 && all.wordsToday == 7 && all.total == 137)
        let one = try log.history(below: "/a", today: noon)
        // What was written up to yesterday isn't broken off before the day is over.
        #expect(one.days.map(\.words) == [100, 30] && one.streak == 2 && one.wordsToday == 0)
        #expect(try log.history(below: "/a", today: noon.addingTimeInterval(86_400)).streak == 0)
        // A line that isn't one is passed over.
        let file = try #require(FileHandle(forWritingAtPath: folder + "/written"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("rubbish\n2026-01-01 many /a\n\u{0}\n".utf8))
        #expect(try log.history(today: noon) == all)
    }

    @Test func aLongLogIsAddedUpAndLosesNothing() throws {
        let log = WritingLog(path: folder + "/written")
        let noon = Date(timeIntervalSince1970: 1_772_366_400)
        let file = "/home/me/" + String(repeating: "long-name-", count: 40) + ".md"
        for _ in 0..<1_000 { try log.add(3, to: file, on: noon) }
        #expect(try log.history(today: noon).total == 3_000)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: folder + "/written")[.size] as? Int)
        #expect(size <= 260 << 10)
    }

    @Test func aLogThatCannotBeReadIsNotReplaced() throws {
        let log = WritingLog(path: folder + "/written")
        let noon = Date(timeIntervalSince1970: 1_772_366_400)
        // A line that isn't one, of a length at which the others are added up.
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let odd = "rubbish " + String(repeating: "x", count: 300 << 10)
        try Data((odd + "\n2026-01-01 +9223372036854775807 /a\n").utf8).write(to: URL(filePath: log.path))
        try log.add(3, to: "/a.md", on: noon)
        try log.add(4, to: "/a.md", on: noon)
        #expect(try log.history(today: noon).total == 7)
        let kept = try String(contentsOfFile: log.path, encoding: .utf8)
        #expect(kept.contains(odd) && kept.contains("+9223372036854775807") && kept.split(separator: "\n").count == 3)
        unlink(log.path)
        #expect(symlink(log.path, log.path) == 0)
        #expect(throws: FileError.self) { try log.history(today: noon) }
        #expect(throws: FileError.self) { try log.add(3, to: "/a.md", on: noon) }
        let memory = ViewStateStore(path: log.path)
        #expect(memory.recall(configured: ViewOptions()) == ViewOptions())
        #expect(throws: FileError.self) { try memory.remember(ViewOptions(), configured: ViewOptions()) }
    }

    @Test func whatWasChosenCountsUntilTheSettingsSayOtherwise() throws {
        let memory = ViewStateStore(path: folder + "/view.json")
        var configured = ViewOptions()
        #expect(memory.recall(configured: configured) == configured)
        var chosen = ViewOptions(
            theme: "paper", typewriter: true, focus: .sentence, lineNumbers: true, textWidth: 64, checksSpelling: false)
        chosen.smartPunctuation = true
        try memory.remember(chosen, configured: configured)
        #expect(memory.recall(configured: configured) == chosen)
        configured.chinesePunctuation = true
        #expect(
            memory.recall(configured: configured).chinesePunctuation
                && memory.recall(configured: configured).smartPunctuation)
        configured.chinesePunctuation = false
        configured.theme = "fern"
        let view = memory.recall(configured: configured)
        #expect(view.theme == "fern" && view.typewriter && view.textWidth == 64)
        try Data("{".utf8).write(to: URL(filePath: memory.path))
        #expect(memory.recall(configured: configured) == configured)
    }
}
