import Foundation
import Testing
import TextCore
import Workbench

@testable import ArticleFiles

/// How articles are written: replaced where that keeps all they are, in place where it doesn't.
@Suite(.serialized) final class SavingTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "longhand-saving-\(UInt64.random(in: 0 ... .max))"
    ).path
    private var saves: InPlaceSaves { InPlaceSaves(folder: folder + "/saves") }
    private var path: String { folder + "/article.md" }

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func left() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: saves.folder)) ?? [] }

    private func info(_ path: String) -> stat {
        var info = stat()
        stat(path, &info)
        return info
    }

    @Test func aFileWithSeveralNamesStaysOne() throws {
        try AtomicFile.write(bytes("old text, and longer\n"), to: path)
        #expect(link(path, folder + "/other.md") == 0)
        let before = info(path)
        for text in ["new\n", "new, and longer than what was there\n", ""] {
            try AtomicFile.write(bytes(text), to: path, keeping: saves)
            #expect(try AtomicFile.read(folder + "/other.md") == bytes(text))
        }
        let after = info(path)
        #expect(after.st_ino == before.st_ino && after.st_nlink == 2 && left() == [])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["article.md", "other.md", "saves"])
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let missing = folder + "/nowhere"
        do throws(FileError) {
            try AtomicFile.write(bytes("text"), to: missing + "/a.md", keeping: saves)
            Issue.record("written")
        } catch {
            #expect(error.message == "\(missing)/a.md could not be written: there is no folder \(missing).")
            #expect(error.hint == "Make the folder, then save again, or name another file.")
        }
        #expect(!AtomicFile.isThere(missing))
    }

    @Test(arguments: ["real.md", "../saved/real.md", "/absolute"]) func aLinkThatIsRenamedLeadsWhereItLed(link: String)
        throws
    {
        let sub = folder + "/sub"
        for path in [sub, folder + "/saved"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let real = link == "real.md" ? sub + "/real.md" : folder + "/saved/real.md"
        try AtomicFile.write(bytes("text\n"), to: real)
        #expect(symlink(link.hasPrefix("/") ? real : link, sub + "/link.md") == 0)
        try AtomicFile.rename(sub + "/link.md", to: folder + "/moved.md")
        #expect(try AtomicFile.read(folder + "/moved.md") == bytes("text\n"))
        try AtomicFile.write(bytes("new\n"), to: folder + "/moved.md", keeping: saves)
        #expect(try AtomicFile.read(real) == bytes("new\n") && !AtomicFile.isThere(sub + "/link.md"))
        // And never over what is there.
        try AtomicFile.write(bytes("other\n"), to: sub + "/there.md")
        #expect(throws: FileError.self) { try AtomicFile.rename(folder + "/moved.md", to: sub + "/there.md") }
        #expect(
            try AtomicFile.read(sub + "/there.md") == bytes("other\n")
                && AtomicFile.read(folder + "/moved.md") == bytes("new\n"))
    }

    @Test func whatIsReplacedKeepsItsPermissionsAndOwner() throws {
        try AtomicFile.write(bytes("old\n"), to: path)
        chmod(path, 0o4751)
        // Only root may give a file away.
        if geteuid() == 0 { chown(path, 65_534, 65_534) }
        chmod(path, 0o640)
        let before = info(path)
        try AtomicFile.write(bytes("new\n"), to: path, keeping: saves)
        let after = info(path)
        #expect(after.st_mode == before.st_mode && after.st_uid == before.st_uid && after.st_gid == before.st_gid)
        #expect(after.st_ino != before.st_ino)
    }

    @Test func extendedAttributesStay() throws {
        typealias Set =
            @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32) -> Int32
        typealias Get = @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer, Int) -> Int
        guard let set = dlsym(nil, "setxattr").map({ unsafeBitCast($0, to: Set.self) }),
            let get = dlsym(nil, "getxattr").map({ unsafeBitCast($0, to: Get.self) })
        else { return }
        try AtomicFile.write(bytes("old\n"), to: path)
        // A file system without attributes has none to lose.
        guard set(path, "user.longhand", "kept", 4, 0) == 0 else { return }
        try AtomicFile.write(bytes("new\n"), to: path, keeping: saves)
        var value = [UInt8](repeating: 0, count: 8)
        #expect(get(path, "user.longhand", &value, 8) == 4 && value.starts(with: "kept".utf8))
    }

    @Test func namesMayBeAsLongAsTheSystemAllows() throws {
        let name = String(repeating: "词", count: 84) + ".md"
        #expect(name.utf8.count == 255)
        let files = FileStore(root: folder, journalFolder: folder + "/journals", saves: saves)
        for text: Text in ["one\n", "two\n"] {
            _ = try files.save(text, to: folder + "/" + name, format: FileFormat(), expecting: .anything)
        }
        #expect(try AtomicFile.read(folder + "/" + name) == bytes("two\n"))
    }

    @Test func linksAreFollowedToWhereNothingIsYet() throws {
        #expect(symlink("below/real.md", path) == 0)
        try FileManager.default.createDirectory(atPath: folder + "/below", withIntermediateDirectories: true)
        for text in ["one\n", "two\n"] {
            try AtomicFile.write(bytes(text), to: path, keeping: saves)
            #expect(try AtomicFile.read(folder + "/below/real.md") == bytes(text))
        }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "below/real.md")
        unlink(path)
        #expect(symlink(path, path) == 0)
        #expect(throws: FileError.self) { try AtomicFile.write([], to: self.path, keeping: self.saves) }
    }

    @Test func whatIsNoFileIsNotReplaced() throws {
        #expect(mkfifo(path, 0o600) == 0)
        do {
            try AtomicFile.write(bytes("x"), to: path, keeping: saves)
            Issue.record("a pipe was replaced")
        } catch {
            #expect(error.message == "\(path) is a named pipe, not a file.")
        }
        #expect(info(path).st_mode & S_IFMT == S_IFIFO)
    }

    /// A file in memory that refuses to grow or to shrink, as a full disk does.
    private func sealed(_ text: String, _ seals: Int32) throws -> Int32? {
        typealias Create = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
        guard let create = dlsym(nil, "memfd_create").map({ unsafeBitCast($0, to: Create.self) }) else { return nil }
        let (allowSealing, addSeals): (UInt32, Int32) = (2, 1_033)
        let descriptor = create("longhand", allowSealing)
        guard descriptor >= 0, AtomicFile.put(bytes(text), into: descriptor), fcntl(descriptor, addSeals, seals) == 0
        else { return nil }
        return descriptor
    }

    @Test(arguments: [(Int32(4), "new text that is longer than the old one"), (Int32(2), "new")])
    func whereItFailsInTheMiddleTheOldTextIsPutBack(seals: Int32, text: String) throws {
        // A system without such files has nothing to try this with.
        guard let descriptor = try sealed("the old text\n", seals) else { return }
        defer { close(descriptor) }
        let target = "/proc/self/fd/\(descriptor)"
        do {
            try saves.overwrite(target, with: bytes(text), saying: "a.md")
            Issue.record("it was written")
        } catch {
            #expect(
                error.message.hasPrefix("a.md could not be written: ")
                    && error.message.hasSuffix("what was there is untouched."), "\(error.message)")
        }
        #expect(try AtomicFile.read(target) == bytes("the old text\n") && left() == [])
    }

    // MARK: After a crash

    /// Leaves a save of `after` over `before` as a crash does, with `torn` in the file.
    private func interrupt(_ before: String, _ after: String, torn: String) throws {
        StateName.makeFolder(saves.folder)
        let head = "longhand save 1 \(before.utf8.count) \(after.utf8.count)\n\(path)\n"
        try AtomicFile.write(bytes(head + before + after), to: saves.folder + "/" + StateName.of(path))
        try AtomicFile.write(bytes(torn), to: path)
    }

    @Test(arguments: [
        ("abcdef", "ABCDEFGH", "ABCdefGH"), ("abcdef", "ABC", "ABCdef"), ("abc", "ABCDEF", "abc\0\0F"),
        ("", "ABC", "AB"), ("abc", "", "ab"),
    ])
    func aSaveInTheMiddleIsFinished(before: String, after: String, torn: String) throws {
        try interrupt(before, after, torn: torn)
        let files = FileStore(root: folder, journalFolder: folder + "/journals", saves: saves)
        let opened = try files.open(path)
        #expect(
            opened.editor.text.string == after
                && opened.remark?.message == "The last save of article.md was interrupted; it is finished now.")
        #expect(try AtomicFile.read(path) == bytes(after) && left() == [])
        #expect(try files.open(path).remark == nil)
    }

    @Test(arguments: ["abcdef", "ABCDEFGH"]) func oneThatBeganNotOrIsDoneNeedsNoWord(file: String) throws {
        try interrupt("abcdef", "ABCDEFGH", torn: file)
        #expect(saves.finish(path) == nil && left() == [])
        #expect(try AtomicFile.read(path) == bytes(file))
    }

    @Test func whatAnotherProgramWroteSinceIsLeftAlone() throws {
        try interrupt("abcdef", "ABCDEFGH", torn: "something else")
        let remark = try #require(saves.finish(path))
        #expect(
            remark.message == "A save of article.md was interrupted, and the file was changed since."
                && remark.hint?.contains(".kept") == true)
        #expect(try AtomicFile.read(path) == bytes("something else") && left().count == 1)
        #expect(saves.finish(path) == nil)
    }

    @Test func damagedRecordsDoNoHarm() throws {
        try interrupt("abcdef", "ABCDEFGH", torn: "ABCdefGH")
        let place = saves.folder + "/" + (try #require(left().first))
        let record = try #require(try AtomicFile.read(place))
        for index in record.indices {
            for damaged in [
                Array(record[..<index]),
                record.enumerated().map { $0.offset == index ? $0.element ^ 0x11 : $0.element },
            ] {
                try AtomicFile.write(damaged, to: place)
                try AtomicFile.write(bytes("ABCdefGH"), to: path)
                _ = saves.finish(path)
                for name in left() { unlink(saves.folder + "/" + name) }
                #expect(try AtomicFile.read(path)?.count == 8)
            }
        }
        for numbers in ["9223372036854775807 1", "-1 15", "99 99", "1 9223372036854775807"] {
            try AtomicFile.write(bytes("longhand save 1 \(numbers)\n\(path)\nabcdefABCDEFGH"), to: place)
            #expect(saves.finish(path)?.message.contains("changed since") == true)
        }
    }
}
