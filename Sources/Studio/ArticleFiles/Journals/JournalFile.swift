import Foundation
import TextCore

/// A journal that is being written: a file that only grows, locked for as long as it is, so that no other Longhand takes it for
/// what a crash left.
package final class JournalFile {
    package let journalPath: String
    /// Bytes in it, all whole records.
    package private(set) var length: Int
    private let descriptor: Int32
    private var writer: JournalWriter

    /// What a journal is called until it is whole.
    package static let unfinished = ".new"

    /// Makes the file at `place`, whole with its header or not at all. It is opened once: a journal that is there can be written.
    package init(at journalPath: String, _ header: JournalHeader) throws(FileError) {
        var writer = JournalWriter()
        let bytes = writer.begin(header)
        let temporary = journalPath + Self.unfinished
        let descriptor = open(temporary, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: journalPath, reason: String(cString: strerror(errno))) }
        flock(descriptor, LOCK_EX | LOCK_NB)
        guard AtomicFile.put(bytes, into: descriptor), fsync(descriptor) == 0, rename(temporary, journalPath) == 0
        else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            close(descriptor)
            throw .cannotWrite(path: journalPath, reason: reason)
        }
        AtomicFile.syncFolder(of: journalPath)
        self.descriptor = descriptor
        self.journalPath = journalPath
        self.writer = writer
        length = bytes.count
    }

    deinit { close(descriptor) }

    /// Puts records on the disk, all of them or, where there is no room, none.
    package func append(_ records: [JournalRecord]) throws(FileError) {
        var next = writer
        let bytes = records.flatMap { next.bytes(of: $0) }
        guard AtomicFile.put(bytes, into: descriptor), fdatasync(descriptor) == 0 else {
            let reason = String(cString: strerror(errno))
            // What was written of records that aren't whole is taken back.
            ftruncate(descriptor, off_t(length))
            throw .cannotWrite(path: journalPath, reason: reason)
        }
        writer = next
        length += bytes.count
    }

    /// Leaves nothing in it: for where it can't be removed.
    package func empty() {
        ftruncate(descriptor, 0)
        fsync(descriptor)
    }
}
