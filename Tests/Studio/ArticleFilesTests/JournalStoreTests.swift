import Foundation
import Testing
import TextCore
import Workbench

@testable import ArticleFiles

/// Journals on the disk: what they lead to from the file, from a saved one, from a copy, and what is never offered.
@Suite(.serialized) final class JournalStoreTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "longhand-journals-\(UInt64.random(in: 0 ... .max))"
    ).path
    private var path: String { folder + "/article.md" }
    private var store: JournalStore { JournalStore(folder: folder + "/journals") }

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ text: Text) throws { try AtomicFile.write(text.bytes(in: 0..<text.utf8Count), to: path) }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: store.folder) }

    /// A journal of `base` with "one ", "two " and so on put before it, as a run that was killed leaves it.
    @discardableResult
    private func leave(_ base: Text, words: [String], savedBehind: Int? = nil, copied: Bool = false, hash: Bool = true)
        throws -> Text
    {
        let file = try store.begin(path, base: base, format: FileFormat(usesCRLF: true), stamp: FileStamp(of: path))
        var text = base
        for (index, word) in words.enumerated() {
            let changes = ChangeSet(length: text.utf8Count, replacing: [(range: 0..<0, with: word + " ")])
            try changes.apply(to: &text)
            try file.append([.change(changes, version: index + 1)])
            if savedBehind == index + 1 { try file.append([.saving(version: index + 1, hash: TextHash.of(text))]) }
        }
        if hash, base.utf8Count > JournalStore.copiedAtOnce { try file.append([.base(hash: TextHash.of(base))]) }
        if copied { try store.writeCopy(of: base, beside: file.journalPath) }
        return text
    }

    private let long = Text(String(repeating: "A line of a long article. 词语。\n", count: 6_000))

    @Test(arguments: [false, true])
    func changesComeBackFromTheFileAndFromACopy(isLong: Bool) throws {
        let base: Text = isLong ? long : "The text.\n"
        try write(base)
        let text = try leave(base, words: ["one", "two"])
        var found = store.recall(for: path, file: base)
        #expect(
            found.recovered?.text == text && found.recovered?.isFileChanged == false && found.format?.usesCRLF == true
                && found.remark == nil)
        // Looking takes nothing away; another file's journal is none of this one's.
        #expect(store.hasJournal(for: path) && !store.hasJournal(for: folder + "/other.md"))
        let id = try #require(found.recovered?.id)
        if isLong { try store.writeCopy(of: base, beside: store.folder + "/" + id) }
        for name in try names() {
            let mode = try #require(
                try FileManager.default.attributesOfItem(atPath: store.folder + "/" + name)[.posixPermissions] as? Int)
            #expect(mode == 0o600)
        }
        try write("Something else.\n")
        found = store.recall(for: path, file: "Something else.\n")
        #expect(found.recovered?.text == text && found.recovered?.isFileChanged == true)
        // A file that is gone, too.
        unlink(path)
        #expect(store.recall(for: path, file: "").recovered?.text == text)
        store.discard(id: id)
        #expect(try names() == [])
    }

    @Test func aSaveInTheMiddleIsSeenWhicheverSideOfItTheCrashWas() throws {
        let before = long
        try write(before)
        let text = try leave(before, words: ["one", "two", "three"], savedBehind: 2)
        #expect(store.recall(for: path, file: before).recovered?.text == text)
        var saved = before
        saved.replace(0..<0, with: "two one ")
        try write(saved)
        #expect(store.recall(for: path, file: saved).recovered?.text == text)
        // All of it is in the file: nothing is to be recovered, and the journal goes.
        try write(text)
        let found = store.recall(for: path, file: text)
        #expect(found.recovered == nil && found.remark != nil)
        // That file was none the journal knows, and there is no copy: what isn't understood is put aside, never applied.
        #expect(try names().count == 1 && names()[0].hasSuffix(".unusable"))
    }

    @Test func whatIsInTheFileAlreadyIsNotOffered() throws {
        try write("The text.\n")
        let text = try leave("The text.\n", words: ["one"], savedBehind: 1)
        try write(text)
        let found = store.recall(for: path, file: text)
        #expect(found.recovered == nil && found.remark == nil)
        #expect(try names() == [])
    }

    @Test func aLongTextIsKnownByItsStampUntilItsHashIsThere() throws {
        try write(long)
        let text = try leave(long, words: ["one"], hash: false)
        #expect(store.recall(for: path, file: long).recovered?.text == text)
        // The same bytes written again are another file, and nothing says that they are the same text.
        try write(long)
        let found = store.recall(for: path, file: long)
        #expect(found.recovered == nil && found.remark != nil)
    }

    @Test func aRunningLonghandsJournalIsNoCrash() throws {
        try write("The text.\n")
        let file = try store.begin(path, base: "The text.\n", format: FileFormat(), stamp: FileStamp(of: path))
        try file.append([.change(ChangeSet(length: 10, replacing: [(range: 0..<3, with: "My")]), version: 1)])
        #expect(store.recall(for: path, file: "The text.\n").recovered == nil)
        withExtendedLifetime(file) {}
    }

    @Test func journalsOfEarlierVersionsAreWholeTexts() throws {
        try write("The text.\n")
        StateName.makeFolder(store.folder)
        let old = store.folder + "/" + StateName.of(path)
        try AtomicFile.write(Array("The text and more. 词\n".utf8), to: old)
        let found = store.recall(for: path, file: "The text.\n")
        #expect(found.recovered?.text == "The text and more. 词\n")
        store.discard(id: try #require(found.recovered?.id))
        #expect(try names() == [])
        try AtomicFile.write(Array("The text.\n".utf8), to: old)
        #expect(store.recall(for: path, file: "The text.\n").recovered == nil)
        #expect(try names() == [])
    }

    @Test func whatWasLeftTwiceIsOfferedTheNewestFirst() throws {
        try write("The text.\n")
        let first = try leave("The text.\n", words: ["first"])
        let name = try #require(try names().first)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -100)], ofItemAtPath: store.folder + "/" + name)
        let second = try leave("The text.\n", words: ["second"])
        let newest = try #require(store.recall(for: path, file: "The text.\n").recovered)
        #expect(newest.text == second)
        store.discard(id: newest.id)
        #expect(store.recall(for: path, file: "The text.\n").recovered?.text == first)
    }

    @Test func whateverBecameOfAJournalTheTextIsOneThatWas() throws {
        try write("The text.\n")
        let words = (0..<12).map { "word\($0)" }
        try leave("The text.\n", words: words, savedBehind: 5)
        var states: Set<String> = []
        for count in 0...12 { states.insert(words.prefix(count).reversed().map { $0 + " " }.joined() + "The text.\n") }
        let place = store.folder + "/" + (try #require(try names().first))
        let bytes = try #require(try AtomicFile.read(place))
        for index in bytes.indices {
            for damaged in [
                Array(bytes[..<index]), bytes.enumerated().map { $0.offset == index ? $0.element ^ 0x10 : $0.element },
            ] {
                try AtomicFile.write(damaged, to: place)
                for file: Text in ["The text.\n", "Another.\n"] {
                    let found = store.recall(for: path, file: file)
                    if let text = found.recovered?.text.string {
                        #expect(states.contains(text), "byte \(index): \(text)")
                    }
                }
                for name in try names() { unlink(store.folder + "/" + name) }
            }
        }
    }

    @Test func anAppendThatFailsLeavesWholeRecords() throws {
        try write("The text.\n")
        let file = try store.begin(path, base: "The text.\n", format: FileFormat(), stamp: FileStamp(of: path))
        let length = file.length
        // A limit on the size of files is what a full disk is, for a test without one.
        var old = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
        signal(SIGXFSZ, SIG_IGN)
        var small = rlimit(rlim_cur: rlim_t(length + 20), rlim_max: old.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small)
        let changes = ChangeSet(length: 10, replacing: [(range: 0..<0, with: String(repeating: "x", count: 100))])
        #expect(throws: FileError.self) { try file.append([.change(changes, version: 1)]) }
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
        #expect(file.length == length && FileStamp(of: file.journalPath)?.size == length)
        try file.append([.change(changes, version: 1)])
        #expect(Journal(try #require(try AtomicFile.read(file.journalPath)))?.records.count == 1)
    }

    @Test func aJournalWithoutChangesIsNeverOffered() throws {
        try write("Saved since.\n")
        // A disk that was full when it had been begun: the old text and nothing else.
        _ = try store.begin(path, base: "The old text.\n", format: FileFormat(), stamp: FileStamp(of: path))
        #expect(try names().count == 1)
        let found = store.recall(for: path, file: "Saved since.\n")
        #expect(found.recovered == nil && found.remark == nil)
        #expect(try names() == [])
        // One that couldn't be removed was emptied.
        try AtomicFile.write([], to: store.folder + "/" + StateName.of(path) + ".1.journal")
        let next = store.recall(for: path, file: "Saved since.\n")
        #expect(next.recovered == nil && next.remark == nil)
        #expect(try names() == [])
        // One begun anew while it was kept has all of the text that isn't saved, and no change.
        _ = try store.begin(path, base: "Not saved.\n", format: FileFormat(), stamp: nil, wholly: true)
        #expect(store.recall(for: path, file: "Saved since.\n").recovered?.text == "Not saved.\n")
    }

    @Test func oneThatIsOlderThanTheFileSaysSo() throws {
        try write("The text.\n")
        try leave("The text.\n", words: ["one"])
        let journal = store.folder + "/" + (try #require(try names().first))
        try write("Saved later.\n")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_772_366_400)], ofItemAtPath: journal)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_772_366_461)], ofItemAtPath: path)
        let dates = try #require(store.recall(for: path, file: "Saved later.\n").recovered?.dates)
        #expect(dates.isFileNewer && dates.text < dates.file && dates.text.hasPrefix("2026-03-01 "))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_772_366_399)], ofItemAtPath: path)
        #expect(store.recall(for: path, file: "Saved later.\n").recovered?.dates?.isFileNewer == false)
        // Where the file is what the journal knows there is nothing to say.
        #expect(store.recall(for: path, file: "The text.\n").recovered?.dates == nil)
    }

    @Test func whatTheDiskRefusesStaysForTheNextTime() throws {
        try write(long)
        try leave(long, words: ["one"], copied: true)
        let journal = store.folder + "/" + (try #require(try names().first { $0.hasSuffix(".journal") }))
        try write("Something else.\n")
        let copy = try #require(try AtomicFile.read(journal + ".base"))
        unlink(journal + ".base")
        #expect(symlink(journal + ".base", journal + ".base") == 0)
        var found = store.recall(for: path, file: "Something else.\n")
        #expect(found.recovered == nil && found.remark?.message.contains("can't be read, and is left as it is") == true)
        unlink(journal + ".base")
        try AtomicFile.write(copy, to: journal + ".base")
        found = store.recall(for: path, file: "Something else.\n")
        #expect(found.recovered?.text.string.hasPrefix("one A line") == true && found.remark == nil)
    }

    @Test func whatACrashLeavesOfBeginningOneGoes() throws {
        try write("The text.\n")
        StateName.makeFolder(store.folder)
        try AtomicFile.write(
            [1, 2, 3], to: store.folder + "/" + StateName.of(path) + ".1.journal" + JournalFile.unfinished)
        #expect(store.recall(for: path, file: "The text.\n").remark == nil)
        #expect(try names() == [])
    }
}
