import Diagnostics
import Foundation
import TextCore
import Workbench

/// Files as the studio opens and saves them, with the unsaved text that an earlier run left.
struct FileStore: Sendable {
    /// The project's folder, absolute.
    let root: String
    /// Where journals are kept: see `JournalStore`.
    let journalFolder: String

    /// Reads the file at `path`; one that does not exist is an empty new one.
    ///
    /// - Throws: `FileError` where it is a folder, unreadable, or not UTF-8.
    func open(_ path: String) throws(FileError) -> OpenedFile {
        let bytes = try AtomicFile.read(path)
        var body = (bytes ?? [])[...]
        let hasMark = body.starts(with: [0xEF, 0xBB, 0xBF])
        if hasMark { body = body.dropFirst(3) }
        let check = UTF8Check(body)
        if let invalid = check.firstInvalid { throw .notUTF8(path: path, offset: invalid + (hasMark ? 3 : 0)) }
        let usesCRLF = check.usesCRLF
        let text = Text(utf8: usesCRLF ? Self.withoutCR(body) : hasMark ? Array(body) : bytes ?? [])
        let (recovered, format, remark) = journals.recall(for: path, file: text)
        var editor = Editor(
            path: path, displayName: displayName(of: path), libraryPath: relativePath(of: path), text: text,
            stamp: stamp(of: path), isReadOnly: bytes != nil && access(path, W_OK) != 0,
            usesCRLF: usesCRLF, hasByteOrderMark: hasMark)
        if bytes == nil, let format { (editor.usesCRLF, editor.hasByteOrderMark) = (format.usesCRLF, format.hasByteOrderMark) }
        return OpenedFile(editor: editor, journal: recovered, remark: remark)
    }

    /// Writes `text` to `path`, in the form the file had.
    ///
    /// - Parameter expecting: what the file must still look like; nil writes in any case.
    /// - Throws: `FileError.changedOnDisk` where it looks different, or the reason it cannot be written.
    func save(_ text: Text, to path: String, format: FileFormat, expecting: FileStamp?) throws(FileError) -> FileStamp {
        if let expecting, let now = stamp(of: path), now != expecting { throw .changedOnDisk(path: path) }
        var content = text.string
        if format.usesCRLF { content = content.replacing("\n", with: "\r\n") }
        try AtomicFile.write((format.hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + Array(content.utf8), to: path)
        guard let stamp = stamp(of: path) else { throw .cannotRead(path: path, reason: "it is gone again") }
        return stamp
    }

    func stamp(of path: String) -> FileStamp? { FileStamp(of: path) }

    // MARK: Journals

    private var journals: JournalStore { JournalStore(folder: journalFolder) }

    func hasJournal(for path: String) -> Bool { journals.hasJournal(for: path) }

    // MARK: Names

    func relativePath(of path: String) -> String? {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : nil
    }

    private func displayName(of path: String) -> String { relativePath(of: path) ?? path }

    /// Line feeds in place of CR LF.
    private static func withoutCR(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for index in bytes.indices where bytes[index] != 0x0D || index + 1 == bytes.endIndex || bytes[index + 1] != 0x0A { result.append(bytes[index]) }
        return result
    }
}

extension FileStamp {
    /// How the file at `path` looks now; nil where there is none.
    init?(of path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        let modified = Int64(info.st_mtim.tv_sec) * 1_000_000_000 + Int64(info.st_mtim.tv_nsec)
        self.init(size: Int(info.st_size), modifiedNanoseconds: modified, inode: UInt64(info.st_ino))
    }
}
