import FileAccess
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A download's file while it isn't whole: `PATH.part`, and beside it what its server called the
/// version, without which a rest can't be told from another file's.
final class PartFile {
    let path: String
    private let descriptor: Int32
    private(set) var size: Int

    private var partPath: String { path + ".part" }
    private var versionPath: String { path + ".part.version" }

    /// Opens or creates it.
    init(for path: String) throws(TransferError) {
        self.path = path
        if let obstacle = RegularFile.obstacle(at: path + ".part") {
            throw .disk(path: path + ".part", reason: obstacle.reason)
        }
        descriptor = open(path + ".part", O_NONBLOCK | O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .disk(path: path + ".part", reason: String(cString: strerror(errno)))
        }
        size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    }

    deinit { close(descriptor) }

    /// The version noted for what is here; nil when none was, and then nothing can be continued.
    var version: String? {
        // One that can't be read only costs loading from the start.
        (try? RegularFile.read(versionPath, atMost: 1_024)).map { String(decoding: $0, as: UTF8.self) }
    }

    func append(_ bytes: [UInt8]) throws(TransferError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
        size += bytes.count
    }

    /// Throws away what is here; what comes is of `version`.
    func restart(version: String?) throws(TransferError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw failure()
        }
        size = 0
        unlink(versionPath)
        guard let version else { return }
        _ = FileManager.default.createFile(atPath: versionPath, contents: Data(version.utf8))
    }

    func remove() {
        unlink(partPath)
        unlink(versionPath)
    }

    /// Hands all bytes over, in order.
    func read(_ body: ([UInt8]) -> Void) throws(TransferError) {
        var offset = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            if count == 0 { return }
            body(Array(buffer[..<count]))
            offset += count
        }
    }

    /// Gives it its own name, once it is safely on the disk.
    func finish() throws(TransferError) {
        guard fsync(descriptor) == 0, rename(partPath, path) == 0 else { throw failure() }
        unlink(versionPath)
    }

    private func failure() -> TransferError {
        .disk(path: partPath, reason: String(cString: strerror(errno)))
    }
}
