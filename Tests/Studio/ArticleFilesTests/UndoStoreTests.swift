import Foundation
import Testing
import TextCore

@testable import ArticleFiles

/// What can be undone, from one run to the next.
@Suite struct UndoStoreTests {
    @Test func whatIsDamagedOrTooLargeGoes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-undo-\(UInt64.random(in: 0 ... .max))"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var store = UndoStore(folder: folder)
        func made(_ count: Int) throws -> Document {
            var document = Document(Text("start\n"))
            for number in 0..<count {
                let changes = ChangeSet(
                    length: document.text.utf8Count, replacing: [(range: 0..<0, with: "词 \(number) ")])
                try document.apply(Edit(changes: changes, selection: Selection(0), origin: .command("test")))
            }
            document.markSaved()
            return document
        }
        let document = try made(40)
        try store.keep(document, for: "/a.md")
        #expect(try store.recall(for: "/a.md", document.text) != nil)
        #expect(try store.recall(for: "/a.md", Text("start\n")) == nil)
        #expect(try store.recall(for: "/b.md", document.text) == nil)
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let mode = try #require(
            try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        var bytes = try #require(try AtomicFile.read(folder + "/" + name))
        bytes[bytes.count / 2] ^= 4
        try AtomicFile.write(bytes, to: folder + "/" + name)
        #expect(try store.recall(for: "/a.md", document.text) == nil)
        store.totalLimit = bytes.count + 10
        try store.keep(document, for: "/b.md")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        #expect(try store.recall(for: "/b.md", document.text) != nil)
        store.limit = 300
        try store.keep(document, for: "/c.md")
        #expect(try store.recall(for: "/c.md", document.text)?.canUndo == true)
    }
}
