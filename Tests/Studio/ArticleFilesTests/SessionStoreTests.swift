import Foundation
import Testing
import TextCore
import Workbench

@testable import ArticleFiles

/// What was open last, as its file has it.
@Suite struct SessionStoreTests {
    @Test func aSessionIsReadBackHoweverDamaged() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-session-\(UInt64.random(in: 0 ... .max))"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let memory = SessionStore(folder: folder, root: "/home/me/项目")
        #expect(try memory.recall() == nil)
        let record = SessionRecord(
            articles: [
                ArticlePosition(
                    path: "/a b/c.md", selection: Selection(anchor: 3, head: 9), scroll: ScrollPosition(line: 4, row: 1)
                ),
                ArticlePosition(path: "/词.md"),
            ], active: 1, recent: ["/词.md", "/a b/c.md"])
        try memory.remember(record)
        #expect(try memory.recall() == record)
        let mode = try #require(
            try FileManager.default.attributesOfItem(atPath: memory.path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        let bytes = try #require(try AtomicFile.read(memory.path))
        for index in bytes.indices {
            for damaged in [
                Array(bytes[..<index]), bytes.enumerated().map { $0.offset == index ? $0.element ^ 0x11 : $0.element },
            ] {
                try AtomicFile.write(damaged, to: memory.path)
                // Read or refused in a sentence, and never a crash.
                _ = try? memory.recall()
            }
        }
    }
}
