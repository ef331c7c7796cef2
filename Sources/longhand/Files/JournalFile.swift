import Foundation
import TextCore

/// A journal that is being written: a file that only grows, locked for as long as it is, so that no other Longhand takes it for
/// what a crash left.
final class JournalFile {
    let place: String
    /// Bytes in it, all whole records.
    private(set) var length: Int
    private let descriptor: Int32
    private var writer: JournalWriter

    /// Makes the file at `place`, whole with its header or not at all.
    init(at place: String, _ header: JournalHeader) throws(FileError) {
        var writer = JournalWriter()
        let bytes = writer.begin(header)
        try AtomicFile.write(bytes, to: place)
        chmod(place, 0o600)
        descriptor = open(place, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: place, reason: String(cString: strerror(errno))) }
        flock(descriptor, LOCK_EX | LOCK_NB)
        self.place = place
        self.writer = writer
        length = bytes.count
    }

    deinit { close(descriptor) }

    /// Puts records on the disk, all of them or, where there is no room, none.
    func append(_ records: [JournalRecord]) throws(FileError) {
        var next = writer
        let bytes = records.flatMap { next.bytes(of: $0) }
        var written = 0
        while written < bytes.count {
            let rest = bytes.count - written
            let got = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, rest) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw undone() }
            written += got
        }
        guard fdatasync(descriptor) == 0 else { throw undone() }
        writer = next
        length += bytes.count
    }

    /// Takes back what was written of records that aren't whole.
    private func undone() -> FileError {
        let reason = String(cString: strerror(errno))
        ftruncate(descriptor, off_t(length))
        return .cannotWrite(path: place, reason: reason)
    }
}
