import Testing

@testable import Watching

@Suite struct GatheringTests {
    private let start = ContinuousClock.now

    @Test func aSingleSaveRestsForAMomentOnly() {
        var gatherer = ChangeGatherer()
        #expect(gatherer.due == nil)
        gatherer.add("a.md", at: start)
        #expect(gatherer.take(at: start + .milliseconds(20)) == nil)
        gatherer.add("a.md", at: start + .milliseconds(20))
        #expect(gatherer.take(at: start + .milliseconds(40)) == nil)
        #expect(gatherer.take(at: start + .milliseconds(50)) == FolderChanges(paths: ["a.md"]))
        #expect(gatherer.due == nil && gatherer.take(at: start + .seconds(9)) == nil)
    }

    @Test func aBurstIsOneBatch() {
        var gatherer = ChangeGatherer()
        var now = start
        for index in 0..<5_000 {
            now += .microseconds(150)
            gatherer.add("n\(index).md", at: now)
            // A stall of the disk in the middle.
            if index == 2_500 { now += .milliseconds(150) }
            #expect(index < 8 || gatherer.take(at: now) == nil)
        }
        #expect(gatherer.take(at: now + .milliseconds(199)) == nil)
        #expect(gatherer.take(at: now + .milliseconds(200))?.paths.count == 5_000)
    }

    @Test func whatNeverRestsIsTakenAllTheSame() {
        var gatherer = ChangeGatherer()
        var now = start
        while gatherer.take(at: now) == nil, now < start + .seconds(60) {
            gatherer.add("log.md", at: now)
            now += .milliseconds(10)
        }
        #expect(now - start == .seconds(3))
    }

    @Test func tooManyChangesAreEverything() {
        var changes = FolderChanges()
        for index in 0...FolderChanges.mostPaths { changes.add("\(index)") }
        #expect(changes == FolderChanges(isEverything: true))
        changes.add("one more")
        #expect(changes.paths.isEmpty)
        var few = FolderChanges(paths: ["a"])
        few.merge(FolderChanges(paths: ["b"]))
        #expect(few.paths == ["a", "b"] && !few.isEverything)
        few.merge(changes)
        #expect(few == FolderChanges(isEverything: true))
    }

    @Test func mountsTellWhichFileSystemAFolderIsOn() {
        let table = MountTable(
            """
            overlay / overlay rw,relatime 0 0
            server:/home /home nfs4 rw 0 0
            /dev/sda1 /home/me/local\\040disk ext4 rw 0 0
            host /mnt/c 9p rw 0 0
            tmpfs /mnt/c/tmp tmpfs rw 0 0
            broken line
            """)
        #expect(table.kind(of: "/srv/notes") == "overlay")
        #expect(table.kind(of: "/home/me/notes") == "nfs4")
        #expect(table.kind(of: "/homes") == "overlay")
        #expect(table.kind(of: "/home/me/local disk/notes") == "ext4")
        #expect(table.kind(of: "/mnt/c") == "9p")
        #expect(table.kind(of: "/mnt/c/tmp/x") == "tmpfs")
        #expect(MountTable("").kind(of: "/") == nil)
        for kind in ["nfs4", "9p", "fuse.sshfs", "cifs"] { #expect(MountTable.isShared(kind)) }
        for kind in ["ext4", "overlay", "tmpfs", "btrfs"] { #expect(!MountTable.isShared(kind)) }
    }
}
