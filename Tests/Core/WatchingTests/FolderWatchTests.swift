import Foundation
import Testing

@testable import Watching

/// Against the kernel itself.
@Suite struct FolderWatchTests {
    private final class Folder {
        let path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/watching-\(UUID().uuidString)"
        init(_ folders: [String] = []) throws {
            for name in [""] + folders {
                try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
            }
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String) throws { try Data("text".utf8).write(to: URL(filePath: path + "/" + name)) }
        func move(_ name: String, to other: String) throws {
            try FileManager.default.moveItem(atPath: path + "/" + name, toPath: path + "/" + other)
        }
        func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
        func make(_ name: String) throws {
            try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: false)
        }
    }

    /// Everything that changes until `expected` has; fails by never returning less.
    private func changes(_ watch: FolderWatch, until expected: Set<String>) -> Set<String> {
        var seen: Set<String> = []
        while !seen.isSuperset(of: expected) {
            guard let next = watch.next(wait: true) else { break }
            seen.formUnion(next.paths)
            if next.isEverything { seen.insert("*") }
        }
        return seen
    }

    #if os(Linux)
        @Test func writesMovesAndDeletionsAreNoticed() throws {
            let folder = try Folder(["sub"])
            let watch = FolderWatch(root: folder.path)
            for name in ["", "sub"] { watch.watch(name) }
            #expect(watch.weakness == nil && watch.count == 2)
            #expect(watch.next(wait: false) == nil)
            try folder.write("a.md")
            #expect(changes(watch, until: ["a.md"]) == ["a.md"])
            try folder.write("sub/b.md")
            #expect(changes(watch, until: ["sub/b.md"]) == ["sub/b.md"])
            try folder.move("sub/b.md", to: "c.md")
            #expect(changes(watch, until: ["sub/b.md", "c.md"]) == ["sub/b.md", "c.md"])
            try folder.remove("a.md")
            #expect(changes(watch, until: ["a.md"]) == ["a.md"])
            // As editors save: the new text beside the old under a hidden name, then a renaming.
            try folder.write(".c.md.swp")
            try folder.remove("c.md")
            try folder.move(".c.md.swp", to: "c.md")
            #expect(changes(watch, until: ["c.md"]) == ["c.md"])
        }

        @Test func aFolderThatIsMovedKeepsItsEvents() throws {
            let folder = try Folder(["old", "old/deep"])
            let watch = FolderWatch(root: folder.path)
            for name in ["", "old", "old/deep"] { watch.watch(name) }
            try folder.move("old", to: "new")
            #expect(changes(watch, until: ["old", "new"]) == ["old", "new"])
            #expect(watch.count == 1)
            for name in ["new", "new/deep"] { watch.watch(name) }
            try folder.write("new/deep/a.md")
            #expect(changes(watch, until: ["new/deep/a.md"]) == ["new/deep/a.md"])
            // Seen under its new name before the move itself was heard of.
            try folder.move("new", to: "newer")
            watch.watch("newer")
            watch.watch("newer/deep")
            try folder.write("newer/deep/b.md")
            #expect(changes(watch, until: ["newer/deep/b.md"]).contains("newer/deep/b.md"))
            #expect(watch.count == 3)
            try folder.remove("newer")
            #expect(changes(watch, until: ["newer"]).contains("newer"))
            _ = watch.next(wait: false)
            #expect(watch.count == 1)
        }

        @Test func aLinkIsNoticedWhenItIsMade() throws {
            let folder = try Folder()
            let watch = FolderWatch(root: folder.path)
            watch.watch("")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/link.md", withDestinationPath: "/nowhere")
            #expect(changes(watch, until: ["link.md"]) == ["link.md"])
            try folder.write("a.md")
            try FileManager.default.linkItem(atPath: folder.path + "/a.md", toPath: folder.path + "/hard.md")
            #expect(changes(watch, until: ["hard.md"]).contains("hard.md"))
        }

        @Test func aWalkForgetsWhatItDoesNotComeBy() throws {
            let folder = try Folder(["a", "b"])
            let watch = FolderWatch(root: folder.path)
            for name in ["", "a", "b"] { watch.watch(name) }
            watch.beginWalk()
            for name in ["", "a"] { watch.watch(name) }
            watch.endWalk(isWhole: false)
            #expect(watch.count == 3)
            watch.beginWalk()
            for name in ["", "a"] { watch.watch(name) }
            watch.endWalk(isWhole: true)
            #expect(watch.count == 2)
            try folder.write("b/unseen.md")
            try folder.write("a/seen.md")
            #expect(changes(watch, until: ["a/seen.md"]) == ["a/seen.md"])
        }

        @Test func aRootThatGoesIsEverything() throws {
            let folder = try Folder(["root"])
            let watch = FolderWatch(root: folder.path + "/root")
            watch.watch("")
            try folder.remove("root")
            #expect(changes(watch, until: ["*"]) == ["*"])
        }

        @Test func lostEventsAreEverything() throws {
            var events: [Inotify.Event] = []
            func record(_ watch: Int32, _ mask: Int32, _ name: String = "") -> [UInt8] {
                var bytes: [UInt8] = []
                for value in [UInt32(bitPattern: watch), UInt32(bitPattern: mask), 0, name.isEmpty ? 0 : 16] {
                    bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
                }
                guard !name.isEmpty else { return bytes }
                return bytes + Array(name.utf8) + [UInt8](repeating: 0, count: 16 - name.utf8.count)
            }
            let bytes =
                record(-1, IN_Q_OVERFLOW) + record(3, IN_CLOSE_WRITE, "ä.md") + record(4, IN_IGNORED)
                + record(5, IN_MOVED_FROM | IN_ISDIR, "folder") + record(6, IN_MOVE_SELF)
            bytes.withUnsafeBytes { Inotify.parse($0, into: &events) }
            #expect(
                events == [
                    .overflow,
                    .changed(watch: 3, name: "ä.md", isFolder: false, isMovedAway: false, mayBeUnfinished: false),
                    .ended(watch: 4),
                    .changed(watch: 5, name: "folder", isFolder: true, isMovedAway: true, mayBeUnfinished: false),
                    .left(watch: 6),
                ])
            // What is cut off anywhere is never read past its end.
            for count in 0..<bytes.count {
                var events: [Inotify.Event] = []
                Array(bytes[..<count]).withUnsafeBytes { Inotify.parse($0, into: &events) }
                #expect(events.count <= 5)
            }
        }
    #endif

    @Test func withoutEventsEverythingIsLookedAtNowAndThen() throws {
        let folder = try Folder()
        let watch = FolderWatch(root: folder.path, onlyLooks: true)
        watch.watch("")
        #expect(watch.weakness == .unsupported && watch.count == 0)
        #expect(watch.next(wait: false) == nil)
        #expect(watch.next(wait: true) == FolderChanges(isEverything: true))
    }

    @Test func whoWaitsCanBeWoken() throws {
        let folder = try Folder()
        let watch = FolderWatch(root: folder.path)
        watch.watch("")
        watch.wake()
        #expect(watch.next(wait: true) == nil)
        let waker = Thread { watch.wake() }
        waker.start()
        #expect(watch.next(wait: true) == nil)
        // What came together with the waking isn't lost.
        watch.putBack(FolderChanges(paths: ["a"]))
        #expect(changes(watch, until: ["a"]) == ["a"])
    }
}
