import Foundation
import TextCore
import Testing
import Workbench

@testable import ArticleFiles

/// Who may write which article. Two tables of locks in one process lock each other out as two processes do.
@Suite final class ArticleLocksTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "longhand-locks-\(UInt64.random(in: 0 ... .max))"
    ).path
    private var path: String { folder + "/a.md" }

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try AtomicFile.write(Array("text\n".utf8), to: folder + "/a.md")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @Test func oneHasItUntilItLetsGo() throws {
        let mine = ArticleLocks(folder: folder + "/locks")
        let theirs = ArticleLocks(folder: folder + "/locks")
        #expect(mine.take(path) == .taken && mine.take(path) == .taken)
        guard case .held(let lockOwner) = theirs.take(path) else { return #expect(Bool(false), "two have it") }
        #expect(lockOwner.processID == Int(getpid()) && lockOwner.host == nil && lockOwner.since.count == 5)
        #expect(theirs.isHeldElsewhere(path) && !mine.isHeldElsewhere(path))
        mine.release(path)
        #expect(!theirs.isHeldElsewhere(path) && theirs.take(path) == .taken)
        #expect(mine.isHeldElsewhere(path))
        theirs.releaseAll()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/locks") == [])
    }

    @Test func linksLeadToTheSameArticle() throws {
        try FileManager.default.createSymbolicLink(atPath: folder + "/link.md", withDestinationPath: "a.md")
        try FileManager.default.createSymbolicLink(atPath: folder + "/way", withDestinationPath: ".")
        let mine = ArticleLocks(folder: folder + "/locks")
        let theirs = ArticleLocks(folder: folder + "/locks")
        #expect(mine.take(folder + "/link.md") == .taken)
        #expect(mine.take(path) == .openAs(folder + "/link.md"))
        guard case .held = theirs.take(folder + "/way/a.md") else { return #expect(Bool(false), "two have it") }
        // One that isn't there yet is known by its folder.
        #expect(mine.take(folder + "/new.md") == .taken)
        guard case .held = theirs.take(folder + "/way/new.md") else { return #expect(Bool(false), "two have it") }
    }

    @Test func whoHasItIsToldHoweverDamagedThatIs() {
        #expect(
            ArticleLocks.owner("pid 4711\ntty pts/3\nhost here\ntime 0\n", host: "here").words.hasPrefix(
                "process 4711 on pts/3, since 19"))
        #expect(ArticleLocks.owner("pid 4711\ntty \nhost there\n", host: "here").words == "process 4711 on there")
        #expect(ArticleLocks.owner("\u{1B}[2J\npid\ntime x", host: "here").words == "process 0")
    }

    @Test func whereNothingCanBeLockedAllIsOpenedAndToldOnce() throws {
        // A file is where the folder should be.
        try AtomicFile.write([], to: folder + "/state")
        let files = FileStore(
            root: folder, journalFolder: folder + "/journals", locks: ArticleLocks(folder: folder + "/state/locks"))
        let file = try files.open(path)
        #expect(
            !file.editor.isReadOnly
                && file.remark?.message.hasPrefix("Two Longhands could open the same article") == true)
    }

    @Test func theJournalOfAnotherOnesArticleIsLeftAlone() throws {
        let mine = FileStore(
            root: folder, journalFolder: folder + "/journals", locks: ArticleLocks(folder: folder + "/locks"))
        let theirs = FileStore(
            root: folder, journalFolder: folder + "/journals", locks: ArticleLocks(folder: folder + "/locks"))
        let opened = try mine.open(path)
        try leaveJournal(of: opened.editor.text)
        let file = try theirs.open(path)
        #expect(file.journal == nil && file.editor.isReadOnly && file.editor.lockOwner != nil)
        #expect(mine.hasJournal(for: path))
        mine.locks?.release(path)
        #expect(try theirs.open(path).journal?.text.string == "unsaved " + opened.editor.text.string)
    }

    /// What a Longhand that is no more had written.
    private func leaveJournal(of text: Text) throws {
        let store = JournalStore(folder: folder + "/journals")
        let file = try store.begin(path, base: text, format: FileFormat(), stamp: FileStamp(of: path))
        try file.append([
            .change(ChangeSet(length: text.utf8Count, replacing: [(range: 0..<0, with: "unsaved ")]), version: 1)
        ])
    }
}
