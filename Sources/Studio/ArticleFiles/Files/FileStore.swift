import Diagnostics
import FileAccess
import Foundation
import TextCore
import Workbench

/// Files as the studio opens and saves them, with the unsaved text that an earlier run left.
///
/// `ArticleFiles` keeps articles, and all that belongs to them from one run to the next, on the disk.
package struct FileStore: Sendable {
    /// The project's folder, absolute.
    package let root: String
    /// Where journals are kept: see `JournalStore`.
    package let journalFolder: String

    /// Who may write which article; nil where everyone may.
    package var locks: ArticleLocks?

    /// How files are written that can't be replaced; without it those can't be saved.
    package var saves: InPlaceSaves?

    package init(root: String, journalFolder: String, locks: ArticleLocks? = nil, saves: InPlaceSaves? = nil) {
        self.root = root
        self.journalFolder = journalFolder
        self.locks = locks
        self.saves = saves
    }

    /// No file is larger: a text is held in memory, more than once while it is read or written.
    package static let limit = 1 << 30

    /// Reads the file at `path`, and takes it for this Longhand; one that does not exist is an empty new one. One that isn't UTF-8 is an empty editor
    /// with `disk.undecided` set, until the writer has said what it is.
    ///
    /// - Parameter choice: what the writer said it is.
    /// - Throws: `FileError` where it is a folder, unreadable, larger than `limit`, or open already by another path.
    package func open(_ path: String, as choice: EncodingChoice? = nil) throws(FileError) -> OpenedFile {
        let lock = locks?.take(path) ?? .taken
        if case .openAs(let other) = lock { throw .openAs(path: path, other: other) }
        var file: OpenedFile
        // Before it is read: what another Longhand is in the middle of writing is its own.
        var remark: Failure?
        if case .held = lock {} else { remark = saves?.finish(path) }
        do throws(FileError) {
            file = OpenedFile(editor: try editor(path, as: choice), remark: remark)
        } catch {
            locks?.release(path)
            throw error
        }
        switch lock {
        case .held(let owner):
            // Its unsaved text is no remainder of a crash.
            file.editor.lockOwner = owner
            file.editor.isReadOnly = true
            return file
        case .unavailable(let reason):
            file.remark =
                remark
                ?? Failure(
                    message:
                        "Two Longhands could open the same article, since none can be locked (\(terminalSafe(reason)))."
                )
        case .taken, .openAs: break
        }
        if file.editor.undecided == nil { recall(&file) }
        return file
    }

    private func editor(_ path: String, as choice: EncodingChoice?) throws(FileError) -> Editor {
        let stamp = stamp(of: path)
        guard let bytes = try read(path) else {
            return Editor(
                path: path, displayName: displayName(of: path), libraryPath: relativePath(of: path), text: Text())
        }
        func made(_ text: Text, _ format: FileFormat, isReadOnly: Bool) -> Editor {
            Editor(
                path: path, displayName: displayName(of: path), libraryPath: relativePath(of: path), text: text,
                stamp: stamp, isReadOnly: isReadOnly,
                format: format)
        }
        guard let decoded = FileCodec.decode(bytes, as: choice?.encoding ?? .utf8) else {
            var editor = made(Text(), FileFormat(), isReadOnly: true)
            editor.undecided = FileCodec.undecided(bytes, path: path)
            return editor
        }
        var editor = made(decoded.text, decoded.format, isReadOnly: access(path, W_OK) != 0)
        if case .converted = choice { editor.format = FileFormat(usesCRLF: decoded.format.usesCRLF) }
        return editor
    }

    private func read(_ path: String) throws(FileError) -> [UInt8]? {
        try AtomicFile.read(path, atMost: Self.limit)
    }

    /// The file at `path` as it is now; nil where there is none.
    ///
    /// - Parameter encoding: what it was when it was last looked at.
    package func reading(_ path: String, likely encoding: FileEncoding) throws(FileError) -> FileReading? {
        // The stamp is taken first: what is written meanwhile then is noticed later.
        guard let stamp = stamp(of: path), let bytes = try read(path) else { return nil }
        let decoded = FileCodec.decode(bytes, likely: encoding)
        return FileReading(
            text: decoded.text, stamp: stamp, format: decoded.format, isReadOnly: access(path, W_OK) != 0)
    }

    /// Writes `text` to `path`, in the form the file had.
    ///
    /// - Parameter expecting: what must be there.
    /// - Throws: `FileError.changedOnDisk` where something else is, or the reason it cannot be written.
    package func save(_ text: Text, to path: String, format: FileFormat, expecting: FileExpectation) throws(FileError)
        -> FileStamp
    {
        let now = stamp(of: path)
        switch expecting {
        case .anything: break
        case .nothing: if now != nil { throw .changedOnDisk(path: path) }
        case .this(let stamp): if let now, now != stamp { throw .changedOnDisk(path: path) }
        }
        try AtomicFile.write(try FileCodec.encode(text, format, for: path), to: path, keeping: saves)
        guard let stamp = stamp(of: path) else { throw .cannotRead(path: path, reason: "it is gone again") }
        return stamp
    }

    package func stamp(of path: String) -> FileStamp? { FileStamp(of: path) }

    // MARK: Journals

    private var journals: JournalStore { JournalStore(folder: journalFolder) }

    package func hasJournal(for path: String) -> Bool { journals.hasJournal(for: path) }

    /// What an earlier run left unsaved of the article at `path`, of which the file holds `text`.
    package func recovered(for path: String, file text: Text) -> RecoveredText? {
        journals.recall(for: path, file: text).recovered
    }

    private func recall(_ file: inout OpenedFile) {
        let (recovered, format, remark) = journals.recall(for: file.editor.path, file: file.editor.text)
        file.journal = recovered
        // One that isn't on the disk is written as it was going to be.
        if file.editor.stamp == nil, let format { file.editor.format = format }
        file.remark = remark ?? file.remark
    }

    // MARK: Names

    package func relativePath(of path: String) -> String? {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : nil
    }

    private func displayName(of path: String) -> String { relativePath(of: path) ?? path }
}
