#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads regular files and nothing else: whatever a name has come to mean since it was listed, reading it doesn't block.
enum RegularFile {
    enum Failure: Error { case notAllowed, notRegular, tooLarge, unreadable }

    /// - Parameter limit: in bytes; a file may grow while it is read.
    static func read(_ path: String, atMost limit: Int64) throws(Failure) -> [UInt8] {
        // A pipe without a writer would wait in `open` otherwise; for regular files it means nothing.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            // A socket.
            if errno == ENXIO { throw .notRegular }
            throw errno == EACCES || errno == EPERM ? .notAllowed : .unreadable
        }
        defer { close(descriptor) }
        guard let facts = FileFacts(of: descriptor), facts.isRegular else { throw .notRegular }
        if facts.size > limit { throw .tooLarge }
        var bytes: [UInt8] = []
        // One more, to see the end at once.
        var room = Int(facts.size) + 1
        while true {
            let before = bytes.count
            var failed = false
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var got: Int
                repeat { got = systemRead(descriptor, buffer.baseAddress, buffer.count) } while got < 0 && errno == EINTR
                failed = got < 0
                count = max(0, got)
            }
            if failed { throw .unreadable }
            if before == 0 { bytes = piece } else { bytes += piece }
            if piece.isEmpty { return bytes }
            if bytes.count > limit { throw .tooLarge }
            room = max(1 << 16, Int(facts.size) + 1 - bytes.count)
        }
    }

    private static func systemRead(_ descriptor: Int32, _ place: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            return Darwin.read(descriptor, place, count)
        #elseif canImport(Musl)
            return Musl.read(descriptor, place, count)
        #else
            return Glibc.read(descriptor, place, count)
        #endif
    }
}
