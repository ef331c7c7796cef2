import FileAccess
import Foundation

/// Reading a file whole and replacing one whole or not at all.
///
/// A new file is written beside the old one, is given all that the old one has (`FileAttributes`), and is renamed
/// into its place. Where that would make another file of an article, or isn't possible, `InPlaceSaves` overwrites the
/// old one.
package enum AtomicFile {
    /// The bytes of the file at `path`; nil where there is none.
    package static func read(_ path: String, atMost limit: Int = FileStore.limit) throws(FileError) -> [UInt8]? {
        do throws(RegularFile.Failure) {
            return try RegularFile.read(path, atMost: limit)
        } catch {
            if error == .absent { return nil }
            throw FileError(error, reading: path)
        }
    }

    /// Writes `bytes` to a temporary file beside the target, flushes it to the disk and renames it into place. Follows symbolic links,
    /// also one that leads to nothing yet.
    ///
    /// - Parameters:
    ///   - isPrivate: only its owner may read it.
    ///   - saves: for a file of the writer's, which stays the same file: all that it has beside its bytes is kept, and where renaming
    ///     would break that or isn't possible, it is written in place.
    package static func write(
        _ bytes: [UInt8], to path: String, isPrivate: Bool = false, keeping saves: InPlaceSaves? = nil
    ) throws(FileError) {
        let target = try self.target(of: path)
        if let obstacle = RegularFile.obstacle(at: target) { throw FileError(obstacle, reading: path) }
        var old: Int32 = -1
        defer { if old >= 0 { close(old) } }
        if saves != nil {
            old = open(target, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
            var info = stat()
            if stat(target, &info) == 0 {
                // With several names, one that can't be looked at, or attributes that can't be given, it can't be another file.
                guard info.st_nlink < 2, old >= 0 else { return try inPlace(bytes, target, saves, path, EPERM) }
            }
        }
        guard let number = try replaced(target, by: bytes, attributesOf: old, isPrivate: isPrivate, saying: path) else {
            return
        }
        try inPlace(bytes, target, saves, path, number)
    }

    private static func inPlace(
        _ bytes: [UInt8], _ target: String, _ saves: InPlaceSaves?, _ path: String, _ number: Int32
    ) throws(FileError) {
        guard let saves, access(target, F_OK) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(number)))
        }
        try saves.overwrite(target, with: bytes, saying: path)
    }

    /// Whether there is anything at `path`, if only a link to nothing.
    package static func isThere(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// Gives a file another name, but none that is there already.
    package static func rename(_ from: String, to: String) throws(FileError) {
        if try renameLink(from, to: to) { return }
        // Unlike a rename, a second name never takes another file's place.
        if Foundation.link(from, to) == 0 {
            guard unlink(from) == 0 else {
                let reason = String(cString: strerror(errno))
                unlink(to)
                throw .cannotWrite(path: from, reason: reason)
            }
        } else if errno == EEXIST {
            throw .exists(path: to)
        } else if errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK {
            // A file system without second names.
            guard !isThere(to) else { throw .exists(path: to) }
            guard Foundation.rename(from, to) == 0 else {
                throw .cannotWrite(path: to, reason: String(cString: strerror(errno)))
            }
        } else {
            throw .cannotWrite(path: to, reason: String(cString: strerror(errno)))
        }
        for path in [from, to] { syncFolder(of: path) }
    }

    /// Renames a symbolic link that leads from its folder on: in another folder it has to say the whole way, or it leads elsewhere.
    ///
    /// - Returns: false where a plain rename will do.
    private static func renameLink(_ from: String, to: String) throws(FileError) -> Bool {
        let folder = (from as NSString).deletingLastPathComponent
        guard folder != (to as NSString).deletingLastPathComponent, let link = link(at: from), !link.hasPrefix("/")
        else { return false }
        let destination = folder + "/" + link
        guard symlink(destination, to) == 0 else {
            if errno == EEXIST { throw .exists(path: to) }
            throw .cannotWrite(path: to, reason: String(cString: strerror(errno)))
        }
        guard unlink(from) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(to)
            throw .cannotWrite(path: from, reason: reason)
        }
        for path in [from, to] { syncFolder(of: path) }
        return true
    }

    /// What renaming may say where writing in place still is possible. A disk that is full or broken is none of it.
    private static let surmountable: Set<Int32> = [EACCES, EPERM, EROFS, EBUSY, EXDEV, ETXTBSY, ENAMETOOLONG]

    /// - Parameter old: the open file whose attributes the new one has to have; -1 where there is none.
    /// - Returns: nil once it is replaced; else why that isn't possible though writing in place may be.
    private static func replaced(
        _ target: String, by bytes: [UInt8], attributesOf old: Int32, isPrivate: Bool, saying path: String
    ) throws(FileError) -> Int32? {
        let folder = (target as NSString).deletingLastPathComponent
        // Short, since the name of the target may be as long as a name can be.
        var (temporary, descriptor): (String, Int32) = ("", -1)
        repeat {
            temporary = (folder.isEmpty ? "." : folder) + "/.lh-" + String(UInt32.random(in: 0 ... .max), radix: 36)
            descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        } while descriptor < 0 && errno == EEXIST
        func failed() throws(FileError) -> Int32 {
            let number = errno
            if descriptor >= 0 { unlink(temporary) }
            if number == ENOENT, descriptor < 0, !isThere(folder.isEmpty ? "." : folder) {
                throw .noFolder(path: path, folder: folder)
            }
            guard surmountable.contains(number) else {
                throw .cannotWrite(path: path, reason: String(cString: strerror(number)))
            }
            return number
        }
        guard descriptor >= 0 else { return try failed() }
        do {
            defer { close(descriptor) }
            guard attributes(of: descriptor, like: target, old, isPrivate) else {
                errno = EPERM
                return try failed()
            }
            guard put(bytes, into: descriptor), fsync(descriptor) == 0 else { return try failed() }
        }
        guard Foundation.rename(temporary, target) == 0 else { return try failed() }
        syncFolder(of: target)
        return nil
    }

    /// Gives a new file the attributes of the one that it replaces, or those of a new one. Only of a writer's file all of them must be kept.
    private static func attributes(of descriptor: Int32, like target: String, _ old: Int32, _ isPrivate: Bool) -> Bool {
        if isPrivate { return fchmod(descriptor, 0o600) == 0 }
        if old >= 0 { return FileAttributes.copy(from: old, to: descriptor) }
        var info = stat()
        if stat(target, &info) == 0 {
            // Only root may give a file away; everyone else's file keeps its writer's name.
            _ = fchown(descriptor, info.st_uid, info.st_gid)
            return fchmod(descriptor, info.st_mode & 0o7777) == 0
        }
        let mask = umask(0)
        umask(mask)
        return fchmod(descriptor, 0o666 & ~mask) == 0
    }

    /// Writes all of `bytes`; false with `errno` set.
    package static func put(_ bytes: [UInt8], into descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let rest = bytes.count - written
            let got = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress! + written, rest) }
            if got < 0 {
                if errno == EINTR { continue }
                return false
            }
            written += got
        }
        return true
    }

    /// A rename must survive a power cut too.
    package static func syncFolder(of path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        let directory = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// The file that a symbolic link leads to, though it may not be there yet; the path itself where it is none.
    private static func target(of path: String) throws(FileError) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        var current = path
        for _ in 0..<40 {
            guard let link = link(at: current) else { return current }
            let folder = (current as NSString).deletingLastPathComponent
            current = link.hasPrefix("/") || folder.isEmpty ? link : folder + "/" + link
        }
        throw .cannotWrite(path: path, reason: String(cString: strerror(ELOOP)))
    }

    /// What a symbolic link says; nil for what is none.
    private static func link(at path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
