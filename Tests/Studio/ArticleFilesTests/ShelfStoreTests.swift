import Foundation
import Testing
import Workbench

@testable import ArticleFiles

/// The files of a project's shelf.
@Suite final class ShelfStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "longhand-shelf-\(UInt64.random(in: 0 ... .max))"
    ).path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }  // The system clears its temporary folder too.

    @Test func piecesAreListedNewestFirstAndSurvive() throws {
        let store = ShelfStore(folder: folder, root: "/project")
        #expect(store.items().items.isEmpty && store.items().problem == nil)
        let old = ShelfPiece(text: "older\n\ntext 词", footnotes: "[^1]: A note.", article: "a.md")
        try store.keep(old, date: 1_000_000)
        try store.keep(ShelfPiece(text: "newer"), date: 2_000_000)
        let again = ShelfStore(folder: folder, root: "/project").items()
        #expect(again.items.map(\.piece) == [ShelfPiece(text: "newer"), old] && again.problem == nil)
        #expect(ShelfStore(folder: folder, root: "/other").items().items.isEmpty)
        try store.remove(again.items[0].id)
        try store.remove(again.items[0].id)
        #expect(store.items().items.map(\.piece) == [old])
    }

    @Test func onlyItsOwnerReadsIt() throws {
        let store = ShelfStore(folder: folder + "/shelf", root: "/project")
        try store.keep(ShelfPiece(text: "mine"))
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: store.folder).first)
        let mode = try FileManager.default.attributesOfItem(atPath: store.folder + "/" + name)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func aDamagedOneStaysAndTheOthersAreListed() throws {
        let store = ShelfStore(folder: folder, root: "/project")
        try store.keep(ShelfPiece(text: "good"), date: 5)
        for (name, text) in [
            ("1.json", "{"),
            ("2.json", "{\"format\": 9, \"date\": 1, \"article\": \"\", \"text\": \"\", \"footnotes\": \"\"}"),
            ("3.txt", "x"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: store.folder + "/" + name))
        }
        let found = store.items()
        #expect(found.items.map(\.piece.text) == ["good"])
        #expect(found.problem?.message.contains("2.json") == true)
        #expect(FileManager.default.fileExists(atPath: store.folder + "/1.json"))
    }

    @Test func aNameIsNoWayOutOfTheFolder() throws {
        let store = ShelfStore(folder: folder + "/shelf", root: "/project")
        let other = folder + "/other.json"
        try Data("x".utf8).write(to: URL(filePath: other))
        try store.remove("../../other.json")
        #expect(FileManager.default.fileExists(atPath: other))
    }
}
