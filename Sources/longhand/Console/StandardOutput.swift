import Diagnostics
import Foundation
import Synchronization

/// Standard output was closed by its reader, as `head` does.
struct BrokenPipe: Error {}

/// Standard output can't take what is written, or standard input can't be read.
enum StreamError: UserFacingError, Equatable {
    case cannotWrite(reason: String)
    case cannotRead(reason: String)

    var message: String {
        switch self {
        case .cannotWrite(let reason): "Standard output could not be written: \(reason)."
        case .cannotRead(let reason): "Standard input could not be read: \(reason)."
        }
    }

    var status: ExitStatus { .badInput }
}

/// The one way to standard output: whatever of it isn't taken is told.
///
/// The first failure stays: after it nothing more is written, so that a disk that has room again can't get an output
/// with a hole in it, and whoever asks later hears of it.
final class StandardOutput: Sendable {
    private let descriptor: Int32
    private let failure = Mutex<(any Error)?>(nil)

    init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    /// - Throws: `BrokenPipe`, `StreamError.cannotWrite`.
    func write(_ bytes: [UInt8]) throws {
        try failure.withLock { failure in
            if let failure { throw failure }
            do {
                try Streams.write(bytes, to: descriptor)
            } catch {
                failure = error
                throw error
            }
        }
    }

    /// Closes it, since some file systems tell only then that what was written found no room.
    ///
    /// - Throws: as `write`, and what it threw before.
    func finish() throws {
        try failure.withLock { failure in
            if let failure { throw failure }
            guard close(descriptor) != 0, errno != EINTR, errno != EBADF else { return }
            throw Streams.writingError(errno)
        }
    }
}

/// The three streams a program is started with, as descriptors.
enum Streams {
    /// Keeps the places of streams that the program was started without, so that no file of its own gets the number of
    /// standard output and what is said there. Using such a stream fails, as it should.
    static func keepPlaces() {
        for (descriptor, wrongWay) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)] {
            guard fcntl(descriptor, F_GETFD) < 0 else { continue }
            // The lowest free number, which is this one: those below are taken by now.
            let opened = open("/dev/null", wrongWay)
            if opened >= 0, opened != descriptor { close(opened) }
        }
    }

    /// Writes all of `bytes`.
    ///
    /// - Throws: `BrokenPipe`, `StreamError.cannotWrite`.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch count < 0 ? errno : EIO {
            case EINTR: continue
            // Somebody else made it one that doesn't wait: then this does.
            case EAGAIN:
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            case let number: throw writingError(number)
            }
        }
    }

    static func writingError(_ number: Int32) -> any Error {
        switch number {
        case EPIPE: BrokenPipe()
        case EBADF: StreamError.cannotWrite(reason: "it is closed")
        default: StreamError.cannotWrite(reason: String(cString: strerror(number)))
        }
    }

    /// All that `descriptor` gives; nil where that is more than `limit` bytes.
    ///
    /// - Throws: `StreamError.cannotRead`.
    static func readAll(from descriptor: Int32, atMost limit: Int) throws(StreamError) -> [UInt8]? {
        var bytes: [UInt8] = []
        let room = 1 << 16
        while true {
            var count = 0
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                count = Foundation.read(descriptor, buffer.baseAddress, room)
                filled = max(0, count)
            }
            if count == 0 { return bytes }
            if count > 0 {
                bytes += piece
                if bytes.count > limit { return nil }
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, -1)
            case EBADF: throw .cannotRead(reason: "it is closed")
            case let number: throw .cannotRead(reason: String(cString: strerror(number)))
            }
        }
    }
}
