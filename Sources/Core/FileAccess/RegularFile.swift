#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads regular files and nothing else: whatever a name has come to mean since it was listed, reading it doesn't block and ends.
///
/// Only `absent` means that there is none. A store (versions, undo, session, writing log) whose file can't be read
/// for any other reason throws, and is neither replaced nor swept.
public enum RegularFile {
    /// Why a file isn't read.
    public enum Failure: Error, Equatable, Sendable {
        /// There is nothing of that name.
        case absent
        case notAllowed
        case folder
        /// It is a pipe, a socket or a device; what it is, in words.
        case special(String)
        /// It has more bytes than it may have; a file may grow while it is read.
        case tooLarge
        case unreadable(reason: String)

        /// The failure as the end of a sentence: “could not be read: …”.
        public var reason: String {
            switch self {
            case .absent: "there is no such file"
            case .notAllowed: "permission denied"
            case .folder: "it is a folder"
            case .special(let kind): "it is \(kind), not a file"
            case .tooLarge: "it is too large"
            case .unreadable(let reason): reason
            }
        }

        /// The failure that `errno` tells of.
        init(_ number: Int32) {
            self =
                switch number {
                case ENOENT, ENOTDIR: .absent
                case EACCES, EPERM: .notAllowed
                case EISDIR: .folder
                // What opening a socket says, and a device that nothing stands behind.
                case ENXIO, ENODEV: .special("a socket or a device")
                default: .unreadable(reason: String(cString: strerror(number)))
                }
        }
    }

    /// Opens a file for reading; who calls closes it.
    public static func open(_ path: String) throws(Failure) -> (descriptor: Int32, size: Int) {
        // A pipe without a writer would wait in `open` otherwise, and a terminal would become this process's; for regular files it means nothing.
        let descriptor = systemOpen(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw Failure(errno) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else {
            let number = errno
            close(descriptor)
            throw Failure(number)
        }
        guard info.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw refusal(of: info.st_mode)
        }
        return (descriptor, Int(info.st_size))
    }

    /// Why something of this mode isn't read.
    private static func refusal(of mode: mode_t) -> Failure {
        switch mode & S_IFMT {
        case S_IFDIR: .folder
        case S_IFIFO: .special("a named pipe")
        case S_IFSOCK: .special("a socket")
        case S_IFCHR, S_IFBLK: .special("a device")
        default: .special("something else")
        }
    }

    /// What is at `path` where it is neither a regular file nor nothing; nil otherwise.
    public static func obstacle(at path: String) -> Failure? {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT != S_IFREG else { return nil }
        return refusal(of: info.st_mode)
    }

    /// The bytes of the file at `path`.
    ///
    /// - Parameter limit: in bytes.
    public static func read(_ path: String, atMost limit: Int) throws(Failure) -> [UInt8] {
        let (descriptor, size) = try open(path)
        defer { close(descriptor) }
        if size > limit { throw .tooLarge }
        var bytes: [UInt8] = []
        // One more, to see the end at once.
        var room = size + 1
        while true {
            let before = bytes.count
            var number: Int32 = 0
            // Into room that nobody has filled with zeros first.
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var got: Int
                repeat {
                    got = systemRead(descriptor, buffer.baseAddress, buffer.count)
                } while got < 0 && errno == EINTR
                if got < 0 { number = errno }
                count = max(0, got)
            }
            if number != 0 { throw .unreadable(reason: String(cString: strerror(number))) }
            if before == 0 { bytes = piece } else { bytes += piece }
            if piece.isEmpty { return bytes }
            if bytes.count > limit { throw .tooLarge }
            // A regular file of the promised size is at its end but for one that grows.
            room = max(1 << 16, size + 1 - bytes.count)
        }
    }

    /// Reads no more of a file than shows whether it can be read.
    public static func probe(_ path: String) throws(Failure) {
        let descriptor = try open(path).descriptor
        defer { close(descriptor) }
        var byte: UInt8 = 0
        var got: Int
        repeat { got = systemRead(descriptor, &byte, 1) } while got < 0 && errno == EINTR
        if got < 0 { throw Failure(errno) }
    }

    private static func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Darwin)
            return Darwin.open(path, flags)
        #elseif canImport(Musl)
            return Musl.open(path, flags)
        #else
            return Glibc.open(path, flags)
        #endif
    }

    private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            return Darwin.read(descriptor, buffer, count)
        #elseif canImport(Musl)
            return Musl.read(descriptor, buffer, count)
        #else
            return Glibc.read(descriptor, buffer, count)
        #endif
    }
}
