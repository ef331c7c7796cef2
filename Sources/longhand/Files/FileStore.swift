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
        guard let valid = String(validating: body, as: UTF8.self) else {
            throw .notUTF8(path: path, offset: Self.firstInvalidByte(in: body) + (hasMark ? 3 : 0))
        }
        let usesCRLF = Self.everyLineEndsInCRLF(body)
        let text = Text(usesCRLF ? valid.replacing("\r\n", with: "\n") : valid)
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

    private static func everyLineEndsInCRLF(_ bytes: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        var found = false
        for byte in bytes {
            if byte == 0x0A {
                guard previous == 0x0D else { return false }
                found = true
            }
            previous = byte
        }
        return found
    }

    /// Where valid UTF-8 ends: the length of the longest valid prefix.
    private static func firstInvalidByte(in bytes: ArraySlice<UInt8>) -> Int {
        var low = 0
        var high = bytes.count
        // A prefix cut inside a scalar is invalid too, so the search settles within 3 bytes.
        while low < high {
            let middle = (low + high + 1) / 2
            let cut = bytes.prefix(middle)
            let isValid = (0..<4).contains { cut.count >= $0 && String(validating: cut.dropLast($0), as: UTF8.self) != nil }
            if isValid { low = middle } else { high = middle - 1 }
        }
        return low
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
