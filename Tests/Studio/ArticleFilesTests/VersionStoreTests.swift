import Foundation
import TestSupport
import Testing

@testable import ArticleFiles

/// The versions of articles, in the store.
@Suite(.serialized) final class VersionStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "longhand-versions-\(UInt64.random(in: 0 ... .max))"
    ).path
    private let now = Date(timeIntervalSince1970: 1_772_366_400)

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func place() throws -> String {
        folder + "/" + (try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first))
    }

    @Test func equalOnesAreKeptOnceAndComeBackToTheByte() throws {
        let store = VersionStore(folder: folder, limit: 1 << 30)
        let odd: [UInt8] = [0xEF, 0xBB, 0xBF, 0x61, 0x0D, 0x0A, 0xFF, 0x00, 0x0A]
        #expect(try store.keep(odd, of: "/a.md", at: now))
        #expect(try !store.keep(odd, of: "/a.md", at: now + 1))
        #expect(try store.keep(Array("two\n".utf8), of: "/a.md", at: now + 2))
        #expect(try store.keep(odd, of: "/a.md", at: now + 3))
        #expect(try store.keep([], of: "/a.md", at: now + 4))
        #expect(try store.versions(of: "/a.md").count == 4)
        #expect(
            try store.bytes(1, of: "/a.md") == [] && store.bytes(2, of: "/a.md") == odd
                && store.bytes(4, of: "/a.md") == odd)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place()).count == 5)
        for path in try [folder, place(), place() + "/list"] {
            let mode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(path)")
        }
        #expect(throws: VersionError.self) { try store.bytes(5, of: "/a.md") }
        #expect(throws: VersionError.self) { try store.bytes(1, of: "/b.md") }
    }

    @Test func whatIsSavedByItselfIsAVersionEveryTenMinutesAtMost() throws {
        let store = VersionStore(folder: folder, limit: 1 << 30)
        #expect(try store.keep(Array("one".utf8), of: "/a.md", at: now, apart: 600))
        #expect(try !store.keep(Array("two".utf8), of: "/a.md", at: now + 599, apart: 600))
        #expect(try store.keep(Array("three".utf8), of: "/a.md", at: now + 600, apart: 600))
        #expect(try store.keep(Array("four".utf8), of: "/a.md", at: now + 601))
        // A clock that was set back.
        #expect(try store.keep(Array("five".utf8), of: "/a.md", at: now - 5_000, apart: 600))
    }

    @Test func theOldestGoWhereThereIsNoRoomAndWithTime() throws {
        var store = VersionStore(folder: folder, limit: 1 << 30)
        /// Bytes that can't be made smaller.
        func text(_ number: Int) -> [UInt8] {
            var random = SeededGenerator(seed: UInt64(number))
            return (0..<2_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }
        for number in 0..<20 { try store.keep(text(number), of: "/a.md", at: now + Double(number)) }
        try store.keep(text(99), of: "/b.md", at: now - 9_999)
        #expect(try store.versions(of: "/a.md").count == 20)
        store.limit = 9_000
        try store.keep(text(20), of: "/a.md", at: now + 20)
        let left = try store.versions(of: "/a.md")
        #expect(left.count > 1 && left.count < 8 && left.last?.time == Int(now.timeIntervalSince1970) + 20)
        #expect(try store.versions(of: "/b.md").count == 1)
        // Years later one of them is left, and the new one.
        store.limit = 1 << 30
        try store.keep(text(21), of: "/a.md", at: now + 86_400 * 400)
        #expect(try store.versions(of: "/a.md").count == 2)
    }

    @Test func damageIsSaidInOneSentenceAndStopsNothing() throws {
        let store = VersionStore(folder: folder, limit: 1 << 30)
        for number in 0..<3 {
            try store.keep(Array("# T\n\ntext \(number)\n".utf8), of: "/a.md", at: now + Double(number))
        }
        let list = try place() + "/list"
        let bytes = try #require(try AtomicFile.read(list))
        for index in stride(from: 0, to: bytes.count, by: 3) {
            for damaged in [
                Array(bytes[..<index]), bytes.enumerated().map { $0.offset == index ? $0.element ^ 0x31 : $0.element },
            ] {
                try AtomicFile.write(damaged, to: list)
                // What the list has lost is read from the versions themselves.
                let read = try (1...3).map { String(decoding: try store.bytes($0, of: "/a.md"), as: UTF8.self) }
                #expect(Set(read) == ["# T\n\ntext 0\n", "# T\n\ntext 1\n", "# T\n\ntext 2\n"])
            }
        }
        try AtomicFile.write(bytes, to: list)
        let newest = try #require(try store.versions(of: "/a.md").last)
        var object = try #require(try AtomicFile.read(try place() + "/" + newest.hash))
        object[object.count / 2] ^= 8
        try AtomicFile.write(object, to: try place() + "/" + newest.hash)
        do {
            _ = try store.bytes(1, of: "/a.md")
            Issue.record("a damaged version was read")
        } catch {
            #expect(error.message == "Version 1 of /a.md is damaged and can't be read.")
        }
        #expect(try store.keep(Array("next\n".utf8), of: "/a.md", at: now + 9))
        #expect(try store.bytes(3, of: "/a.md") == Array("# T\n\ntext 1\n".utf8))
    }

    @Test(arguments: ["a line", "the list", "all of it"]) func savingAfterDamageThrowsNoVersionAway(damage: String)
        throws
    {
        let store = VersionStore(folder: folder, limit: 1 << 30)
        for number in 0..<3 { try store.keep(Array("text \(number)\n".utf8), of: "/a.md", at: now + Double(number)) }
        let list = try place() + "/list"
        var lines = String(decoding: try #require(try AtomicFile.read(list)), as: UTF8.self).split(separator: "\n").map
        { String($0) }
        switch damage {
        case "a line": lines[1] = "?" + lines[1]
        case "the list": lines = [String(lines[0].prefix(30))]
        default: lines = []
        }
        try AtomicFile.write(Array(lines.joined(separator: "\n").utf8), to: list)
        #expect(try store.keep(Array("text 3\n".utf8), of: "/a.md", at: now + 86_400 * 365 * 10))
        let texts = try store.versions(of: "/a.md").indices.map {
            String(decoding: try store.bytes($0 + 1, of: "/a.md"), as: UTF8.self)
        }
        // Ten years later it would be thinned, but not by a list that had lost something.
        #expect(texts.count == 4 && Set(texts) == ["text 0\n", "text 1\n", "text 2\n", "text 3\n"])
        #expect(try AtomicFile.read(list).map { $0.count { $0 == 0x0A } } == 4)
    }

    @Test func aListThatCannotBeReadIsNoneThatIsEmpty() throws {
        let store = VersionStore(folder: folder, limit: 1)
        for number in 0..<3 { try store.keep(Array("text \(number)\n".utf8), of: "/b.md", at: now + Double(number)) }
        try store.keep(Array("text of a\n".utf8), of: "/a.md", at: now)
        let place = folder + "/" + StateName.of("/a.md")
        let names = try Set(FileManager.default.contentsOfDirectory(atPath: place))
        let list = try #require(try AtomicFile.read(place + "/list"))
        unlink(place + "/list")
        // A link to itself is what no right can open: reading it fails as with a broken disk.
        #expect(symlink(place + "/list", place + "/list") == 0)
        do {
            _ = try store.versions(of: "/a.md")
            Issue.record("a list that can't be read was read")
        } catch {
            #expect(
                error.message.hasPrefix("The versions of /a.md can't be read: ")
                    && error.message.contains("Too many levels"))
        }
        #expect(throws: FileError.self) { try store.keep(Array("next\n".utf8), of: "/a.md", at: now + 9) }
        // Neither does thinning because of another article touch it.
        try store.keep(Array("next\n".utf8), of: "/b.md", at: now + 10)
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: place)) == names)
        unlink(place + "/list")
        try AtomicFile.write(list, to: place + "/list")
        #expect(try store.versions(of: "/a.md").count == 1)
    }
}
