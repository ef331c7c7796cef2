import Foundation

extension AtomicFile {
    /// Writes to a path that somebody gave to put something out: a file is replaced whole, a pipe or a device is written into, and so is
    /// what `/dev/stdout` stands for.
    ///
    /// - Parameters:
    ///   - saves: as for `write(_:to:isPrivate:keeping:)`.
    ///   - waits: whether a pipe that nobody reads yet is waited for, as a shell does.
    package static func write(
        _ bytes: [UInt8], toOutput path: String, keeping saves: InPlaceSaves? = nil, waits: Bool
    ) throws(FileError) {
        switch OutputDestination(path) {
        case .file(let target): try write(bytes, to: target, keeping: saves)
        case .stream(let target): try write(bytes, toStream: target, saying: path, waits: waits)
        case .descriptor(let number): try send(bytes, to: number, saying: path)
        case .folder: throw .isDirectory(path: path)
        }
    }

    private static func write(_ bytes: [UInt8], toStream target: String, saying path: String, waits: Bool)
        throws(FileError)
    {
        let descriptor = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY | (waits ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else {
            throw .cannotSend(
                path: path, reason: errno == ENXIO ? "nobody reads from it" : String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        if !waits { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) }
        try send(bytes, to: descriptor, saying: path)
    }

    /// Writes to a descriptor that is open already, behind what was written there before.
    private static func send(_ bytes: [UInt8], to descriptor: Int32, saying path: String) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let got = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw .cannotSend(path: path, reason: String(cString: strerror(errno))) }
            written += got
        }
    }
}
