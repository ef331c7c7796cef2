import Diagnostics
import FileAccess
import Foundation
import TextCore
import Workbench

/// The journals of unsaved text among the program's state: a file for each article and run that changed it, with the copy of the
/// text it began with in the file itself or, of a long one, beside it.
///
/// One that holds no change offers nothing; one older than its file says so.
///
/// What an earlier run left belongs to nobody until the writer recovers or discards it; a new run's journal has another name.
///
/// Known limits: the path is the article's name, so what is left of one that was moved isn't offered.
package struct JournalStore {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// Texts up to so many bytes are copied into the journal itself, at once.
    package static let copiedAtOnce = 128 << 10
    private static let ending = ".journal"
    /// No journal is longer: one is begun anew once it is longer than its text, of which it may have a copy.
    private static let longest = 4 * FileStore.limit

    // MARK: Writing

    /// Begins a journal of changes to the text `base`, which the file holds.
    ///
    /// - Parameter wholly: `base` isn't what the file holds, so it is copied into the journal however long it is.
    package func begin(_ path: String, base: Text, format: FileFormat, stamp: FileStamp?, wholly: Bool = false)
        throws(FileError) -> JournalFile
    {
        StateName.makeFolder(folder)
        let id = "\(StateName.of(path)).\(String(UInt64.random(in: 0 ... .max), radix: 16))\(Self.ending)"
        let isCopied = wholly || base.utf8Count <= Self.copiedAtOnce
        let header = JournalHeader(
            path: path, format: Self.words(for: format),
            stamp: wholly ? "" : FileStamp(of: path) == stamp ? Self.exactStamp(of: path) : "unknown",
            baseLength: base.utf8Count, baseHash: isCopied ? TextHash.of(base) : "", base: isCopied ? base.string : nil)
        return try JournalFile(at: folder + "/" + id, header)
    }

    /// Puts a copy of the text that a journal begins with beside it.
    package func writeCopy(of base: Text, beside journalPath: String) throws(FileError) {
        try AtomicFile.write(base.bytes(in: 0..<base.utf8Count), to: Self.copy(of: journalPath), isPrivate: true)
    }

    /// Removes a journal: the copy first, since without it the rest can still be used.
    package func remove(_ journalPath: String) {
        unlink(Self.copy(of: journalPath))
        unlink(journalPath)
    }

    /// Removes one that is being written; where the folder doesn't let it go, nothing stays in it.
    package func remove(_ file: JournalFile) {
        remove(file.journalPath)
        if access(file.journalPath, F_OK) == 0 { file.empty() }
    }

    /// Removes what an earlier run left.
    package func discard(id: String) { remove(folder + "/" + id) }

    private static func copy(of journalPath: String) -> String { journalPath + ".base" }

    // MARK: Recovering

    package func hasJournal(for path: String) -> Bool { !ids(for: path).isEmpty }

    /// The newest unsaved text of an earlier run that differs from what the file holds. Journals with nothing more in them are removed.
    ///
    /// - Parameter file: what the file holds; empty where there is none.
    /// - Returns: the text, with the form its file had; and a sentence about a journal that can't be used, which is put aside.
    package func recall(for path: String, file: Text) -> (
        recovered: RecoveredText?, format: FileFormat?, remark: Failure?
    ) {
        var (newest, format, remark): (RecoveredText?, FileFormat?, Failure?)
        let ids = ids(for: path)
        let hash = ids.isEmpty ? "" : TextHash.of(file)
        for id in ids {
            let journalPath = folder + "/" + id
            let bytes: [UInt8]
            let found: Found?
            do throws(FileError) {
                guard let unlocked = try unlocked(journalPath) else { continue }
                bytes = unlocked
                found = try text(bytes, at: journalPath, path, file, hash)
            } catch {
                // What the disk refuses now may be read the next time.
                remark = Failure(
                    message: "A journal of unsaved changes can't be read, and is left as it is: "
                        + Failure(error).message)
                continue
            }
            guard let found else {
                remark = quarantine(journalPath, of: path)
                continue
            }
            // A crash right behind a recovery leaves two journals of one text.
            guard found.text != file, found.text != newest?.text else {
                if found.isCut, newest == nil {
                    remark = quarantine(journalPath, of: path)
                } else {
                    remove(journalPath)
                }
                continue
            }
            guard newest == nil else { continue }
            newest = RecoveredText(
                id: id, text: found.text, file: file, isFileChanged: found.isFileChanged, isCut: found.isCut)
            if found.isFileChanged { newest?.dates = dates(of: journalPath, and: path) }
            format = found.format
        }
        return (newest, format, remark)
    }

    /// When a journal and its file were written last; nil where one of them isn't there.
    private func dates(of journalPath: String, and path: String) -> RecoveredText.Dates? {
        var (journal, file) = (stat(), stat())
        guard stat(journalPath, &journal) == 0, stat(path, &file) == 0 else { return nil }
        func words(_ time: timespec) -> String {
            let time = LocalTime(time.tv_sec)
            return "\(time.date) \(time.clockWithSeconds)"
        }
        return RecoveredText.Dates(
            text: words(journal.st_mtim), file: words(file.st_mtim),
            isFileNewer: FileTime.nanoseconds(file.st_mtim) > FileTime.nanoseconds(journal.st_mtim))
    }

    private struct Found {
        var text: Text
        var format: FileFormat?
        var isFileChanged = false
        var isCut = false
    }

    /// - Returns: nil for what is no journal of the article, or can't be used.
    private func text(_ bytes: [UInt8], at journalPath: String, _ path: String, _ file: Text, _ hash: String)
        throws(FileError) -> Found?
    {
        // One that couldn't be removed was emptied instead.
        if bytes.isEmpty { return Found(text: file) }
        guard Journal.isOne(bytes) || journalPath.hasSuffix(Self.ending) else {
            // Before there were changes in it, a journal was the whole text.
            return String(validating: bytes, as: UTF8.self).map { Found(text: Text($0)) }
        }
        guard let journal = Journal(bytes), journal.header.path == path else { return nil }
        // What it begins with was in the file: without a change there is nothing that was not saved.
        if !journal.hasChanges, !journal.header.stamp.isEmpty { return Found(text: file, isCut: journal.isDamaged) }
        guard let found = try text(journal, at: journalPath, path, file, hash) else { return nil }
        return Found(
            text: found.text, format: Self.format(journal.header.format), isFileChanged: found.isFileChanged,
            isCut: journal.isDamaged || !found.isWhole)
    }

    /// What a journal leads to, from the file where it is the text it was made for, else from the copy.
    private func text(
        _ journal: Journal, at journalPath: String, _ path: String, _ file: Text, _ hash: String
    ) throws(FileError) -> (text: Text, isWhole: Bool, isFileChanged: Bool)? {
        let header = journal.header
        let isBase =
            file.utf8Count == header.baseLength
            && (journal.baseHash.map { $0 == hash } ?? (header.stamp == Self.exactStamp(of: path)))
        if isBase, let found = journal.replayed(on: file) { return (found.text, found.isWhole, false) }
        if let version = journal.savedVersion(hash: hash), let found = journal.replayed(on: file, after: version) {
            return (found.text, found.isWhole, false)
        }
        var base = header.base.map { Text($0) }
        if base == nil, let bytes = try AtomicFile.read(Self.copy(of: journalPath)),
            let string = String(validating: bytes, as: UTF8.self)
        {
            base = Text(string)
        }
        guard let base, let baseHash = journal.baseHash, TextHash.of(base) == baseHash,
            let found = journal.replayed(on: base)
        else { return nil }
        // One that was begun anew while it was kept doesn't build on what was in the file.
        return (found.text, found.isWhole, !header.stamp.isEmpty)
    }

    /// The bytes of a journal that no running Longhand writes; nil otherwise.
    private func unlocked(_ journalPath: String) throws(FileError) -> [UInt8]? {
        let descriptor = open(journalPath, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .cannotRead(path: journalPath, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        // A program that was just started may hold a lock of the one that ended, up to its first instruction.
        for attempt in 0..<4 {
            if attempt > 0 { usleep(5_000) }
            if flock(descriptor, LOCK_SH | LOCK_NB) == 0 {
                return try AtomicFile.read(journalPath, atMost: Self.longest)
            }
        }
        return nil
    }

    /// The journals of an article, the newest first.
    private func ids(for path: String) -> [String] {
        let name = StateName.of(path)
        // The folder isn't there before the first journal: nothing is left to be offered then.
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        // What a crash left of one that was being made has nothing in it.
        for name in names
        where name.hasPrefix(StateName.of(path) + ".") && name.hasSuffix(Self.ending + JournalFile.unfinished) {
            removeUnfinished(folder + "/" + name)
        }
        let own = names.filter {
            $0 == name || $0 == Self.oldName(of: path) || ($0.hasPrefix(name + ".") && $0.hasSuffix(Self.ending))
        }
        return own.map { (id: $0, time: FileStamp(of: folder + "/" + $0)?.modifiedNanoseconds ?? 0) }.sorted {
            ($0.time, $0.id) > ($1.time, $1.id)
        }.map(\.id)
    }

    private func removeUnfinished(_ journalPath: String) {
        let descriptor = open(journalPath, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { unlink(journalPath) }
        close(descriptor)
    }

    /// Earlier versions didn't shorten names.
    private static func oldName(of path: String) -> String {
        let hash = StateName.of(path).prefix { $0 != "-" }
        return hash + "-" + (path as NSString).lastPathComponent
    }

    private func quarantine(_ journalPath: String, of path: String) -> Failure {
        let kept = journalPath + ".unusable"
        rename(journalPath, kept)
        rename(Self.copy(of: journalPath), Self.copy(of: kept))
        return Failure(
            message:
                "A journal of unsaved changes to \(terminalSafe((path as NSString).lastPathComponent)) can't be used: it is damaged, or made for another text.",
            hint: "It is kept as \(terminalSafe(kept)).")
    }

    // MARK: What is said of a file

    private static func words(for format: FileFormat) -> String {
        [
            format.usesCRLF ? "crlf" : nil, format.hasByteOrderMark ? "bom" : nil,
            format.encoding == .utf8 ? nil : format.encoding.rawValue,
        ].compactMap { $0 }.joined(separator: " ")
    }

    private static func format(_ words: String) -> FileFormat {
        let words = words.split(separator: " ")
        let encoding = FileEncoding.allCases.first { words.contains(Substring($0.rawValue)) } ?? .utf8
        return FileFormat(usesCRLF: words.contains("crlf"), hasByteOrderMark: words.contains("bom"), encoding: encoding)
    }

    /// All the system says of when and where a file was last changed: a program that sets the time back still changes this. `none`
    /// where there is no file.
    private static func exactStamp(of path: String) -> String {
        var info = stat()
        guard stat(path, &info) == 0 else { return "none" }
        return [
            Int(info.st_size), Int(info.st_dev), Int(info.st_ino), info.st_mtim.tv_sec, info.st_mtim.tv_nsec,
            info.st_ctim.tv_sec, info.st_ctim.tv_nsec,
        ].map { String($0) }.joined(separator: " ")
    }
}
