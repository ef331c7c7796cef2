import Foundation
import Hashing
import Manuscript
import Workbench

/// The folder in which the versions of one article are, and its list.
package struct VersionFolder {
    package typealias Version = VersionStore.Version

    package let path: String

    /// Takes the right to change the list, which ends with closing what is returned.
    ///
    /// - Returns: nil where another has it and this one doesn't wait.
    package func lock(waiting: Bool) throws(FileError) -> Int32? {
        // A file of its own, since the list is replaced while it is locked.
        let path = path + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
        while flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            let number = errno
            if number == EINTR { continue }
            close(descriptor)
            if number == EWOULDBLOCK { return nil }
            throw .cannotWrite(path: path, reason: String(cString: strerror(number)))
        }
        return descriptor
    }

    package func object(_ hash: String) -> String { path + "/" + hash }

    package func has(_ hash: String) -> Bool { access(object(hash), F_OK) == 0 }

    /// The versions, the oldest first: those of the list, and those that are there without it.
    ///
    /// - Returns: also whether the list was whole; where it wasn't, nothing is to be thrown away by what it says.
    /// - Throws: where anything but absence keeps it from being read.
    package func read() throws(FileError) -> (versions: [Version], isWhole: Bool) {
        let objects = try self.objects()
        guard let bytes = try AtomicFile.read(path + "/list") ?? (objects.isEmpty ? nil : []) else { return ([], true) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let listed = lines.compactMap { Self.version($0) }
        // A line whose version isn't there is damaged, too.
        var versions = listed.filter { objects.contains($0.hash) }
        let unnamed = objects.subtracting(listed.map(\.hash))
        guard !unnamed.isEmpty || versions.count < lines.count else { return (versions, true) }
        for hash in unnamed.sorted() {
            // One that is damaged itself can't be listed; it stays where it is.
            guard let bytes = try self.bytes(hash) else { continue }
            let time = Int((FileStamp(of: object(hash))?.modifiedNanoseconds ?? 0) / 1_000_000_000)
            versions.append(Version(time: time, hash: hash, bytes: bytes.count, summary: VersionSummary(bytes: bytes)))
        }
        return (
            versions.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element),
            false
        )
    }

    /// The bytes of a version; nil where they are damaged or gone.
    package func bytes(_ hash: String) throws(FileError) -> [UInt8]? {
        guard let small = try AtomicFile.read(object(hash)), let bytes = Deflate.expand(small[...]),
            ContentHash.hexadecimal(of: bytes) == hash
        else { return nil }
        return bytes
    }

    /// Writes the list anew and throws away what was dropped from it, and nothing else: what the list doesn't name may be what a damaged one has lost.
    package func write(_ versions: [Version], dropping dropped: [Version]) throws(FileError) {
        let lines = versions.map { version in
            let parts = version.summary.parts.map { part in
                "\t" + String(part.digest, radix: 16) + " "
                    + part.title.replacing("\t", with: " ").replacing("\n", with: " ")
            }
            return "\(version.time) \(version.hash) \(version.bytes) \(version.summary.words)" + parts.joined() + "\n"
        }
        try AtomicFile.write(Array(lines.joined().utf8), to: path + "/list", isPrivate: true)
        for hash in Set(dropped.map(\.hash)).subtracting(versions.map(\.hash)) { unlink(object(hash)) }
    }

    /// The hashes of the versions that are there.
    private func objects() throws(FileError) -> Set<String> {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return [] }
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        defer { closedir(directory) }
        var found: Set<String> = []
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if Self.isHash(name) { found.insert(name) }
            errno = 0
        }
        guard errno == 0 else { throw .cannotRead(path: path, reason: String(cString: strerror(errno))) }
        return found
    }

    private static func isHash(_ name: some StringProtocol) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static let times = 0...(1 << 40)

    /// Nil for what isn't a line of a list.
    private static func version(_ line: Substring) -> Version? {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        let head = fields[0].split(separator: " ")
        guard head.count == 4, let time = Int(head[0]), times.contains(time), let size = Int(head[2]),
            let words = Int(head[3]), isHash(head[1]),
            (0...FileStore.limit).contains(size), (0...FileStore.limit).contains(words)
        else { return nil }
        let parts = fields.dropFirst().compactMap { field -> VersionSummary.Part? in
            let words = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard words.count == 2, let digest = UInt64(words[0], radix: 16) else { return nil }
            return VersionSummary.Part(title: String(words[1]), digest: digest)
        }
        return Version(
            time: time, hash: String(head[1]), bytes: size, summary: VersionSummary(words: words, parts: parts))
    }
}
