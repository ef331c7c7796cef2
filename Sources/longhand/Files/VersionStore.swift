import Diagnostics
import Foundation
import Kernels
import Manuscript

/// Why a version can't be had.
enum VersionError: SpokenError {
    case damaged(path: String, number: Int)
    case none(path: String)
    /// It was thinned out meanwhile.
    case gone(path: String)
    case noSuchVersion(String, path: String, count: Int)

    var message: String {
        switch self {
        case .damaged(let path, let number): "Version \(number) of \(terminalSafe(path)) is damaged and can't be read."
        case .gone(let path): "That version of \(terminalSafe(path)) is no longer kept."
        case .none(let path): "No version of \(terminalSafe(path)) is kept."
        case .noSuchVersion(let name, let path, let count): "\(terminalSafe(path)) has no version \(terminalSafe(name)): there are \(count), 1 is the newest."
        }
    }

    var hint: String? {
        switch self {
        case .gone: nil
        case .damaged: "The others are not touched by that."
        case .none: "Longhand keeps one at each save, unless versions = \"off\" is set."
        case .noSuchVersion: "longhand versions FILE lists them."
        }
    }

    var status: ExitStatus {
        switch self {
        case .none: .nothingFound
        case .damaged, .gone, .noSuchVersion: .badInput
        }
    }
}

/// The versions of articles, among the program's state: a folder an article, in it `list` with a line a version, the oldest first, and the
/// bytes of each under their SHA-256, compressed. Equal ones are stored once.
///
/// A line is `TIME HASH BYTES WORDS` and, behind tabs, the digest and title of each section. Lines that can't be read are passed over.
/// Several Longhands may keep versions at once: who changes a list holds its lock.
///
/// Known limits: the path is the article's name, so one that was moved begins anew.
struct VersionStore {
    struct Version: Equatable {
        /// Seconds since 1970.
        var time: Int
        /// SHA-256 in hexadecimal.
        var hash: String
        var bytes: Int
        var summary: VersionSummary
    }

    let folder: String
    /// Bytes that all versions of all articles may take; what is oldest goes first.
    var limit: Int

    /// Keeps what is in the file at `path`, unless it is what was kept last.
    ///
    /// - Parameter apart: seconds that must lie between it and the one before.
    /// - Returns: whether there is a new version.
    @discardableResult
    func keep(_ path: String, at now: Date = Date(), apart: Int = 0) throws(FileError) -> Bool {
        guard let bytes = try AtomicFile.read(path) else { return false }
        return try keep(bytes, of: path, at: now, apart: apart)
    }

    @discardableResult
    func keep(_ bytes: [UInt8], of path: String, at now: Date = Date(), apart: Int = 0) throws(FileError) -> Bool {
        let place = place(of: path)
        StateName.makeFolder(place)
        // A file of its own, since the list is replaced while it is locked.
        let lock = place + "/lock"
        let descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: lock, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        flock(descriptor, LOCK_EX)
        let hash = ContentHash.hexadecimal(of: bytes)
        let object = place + "/" + hash
        let known = versions(in: place)
        guard known.last?.hash != hash || access(object, F_OK) != 0 else { return false }
        // A clock that was set back must not keep versions from being made.
        if apart > 0, let last = known.last?.time, (0..<apart).contains(Int(now.timeIntervalSince1970) - last) { return false }
        if access(object, F_OK) != 0 {
            guard let small = Deflate.compress(bytes) else { throw .cannotWrite(path: object, reason: "it can't be compressed") }
            try AtomicFile.write(small, to: object)
            chmod(object, 0o600)
        }
        let version = Version(time: Int(now.timeIntervalSince1970), hash: hash, bytes: bytes.count, summary: VersionSummary(bytes: bytes))
        let all = known + [version]
        let keeps = VersionThinning.kept(all.map(\.time), now: version.time)
        try write(zip(all, keeps).filter(\.1).map(\.0), to: place)
        thin()
        return true
    }

    /// The versions of an article, the oldest first.
    func versions(of path: String) -> [Version] { versions(in: place(of: path)) }

    /// The bytes of a version.
    ///
    /// - Parameter number: 1 is the newest.
    func bytes(_ number: Int, of path: String) throws(VersionError) -> [UInt8] {
        let all = versions(of: path)
        guard !all.isEmpty else { throw .none(path: path) }
        guard number > 0, number <= all.count else { throw .noSuchVersion(String(number), path: path, count: all.count) }
        return try bytes(of: all[all.count - number], number, path)
    }

    /// The bytes of the version with this hash, whatever was kept since.
    func bytes(id: String, of path: String) throws(VersionError) -> [UInt8] {
        let all = versions(of: path)
        guard let index = all.lastIndex(where: { $0.hash == id }) else { throw .gone(path: path) }
        return try bytes(of: all[index], all.count - index, path)
    }

    private func bytes(of version: Version, _ number: Int, _ path: String) throws(VersionError) -> [UInt8] {
        guard let small = try? AtomicFile.read(place(of: path) + "/" + version.hash), let bytes = Deflate.expand(small[...], count: version.bytes),
            ContentHash.hexadecimal(of: bytes) == version.hash
        else { throw .damaged(path: path, number: number) }
        return bytes
    }

    // MARK: Files

    private func place(of path: String) -> String { "\(folder)/\(StateName.of(path))" }

    private func versions(in place: String) -> [Version] {
        guard let bytes = try? AtomicFile.read(place + "/list") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let head = fields[0].split(separator: " ")
            guard head.count == 4, let time = Int(head[0]), let size = Int(head[2]), let words = Int(head[3]), head[1].utf8.count == 64,
                head[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }), size >= 0
            else { return nil }
            let parts = fields.dropFirst().compactMap { field -> VersionSummary.Part? in
                let words = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
                guard words.count == 2, let digest = UInt64(words[0], radix: 16) else { return nil }
                return VersionSummary.Part(title: String(words[1]), digest: digest)
            }
            return Version(time: time, hash: String(head[1]), bytes: size, summary: VersionSummary(words: words, parts: parts))
        }
    }

    /// Writes the list anew and throws away what it names no longer.
    private func write(_ versions: [Version], to place: String) throws(FileError) {
        let lines = versions.map { version in
            let parts = version.summary.parts.map { part in
                "\t" + String(part.digest, radix: 16) + " " + part.title.replacing("\t", with: " ").replacing("\n", with: " ")
            }
            return "\(version.time) \(version.hash) \(version.bytes) \(version.summary.words)" + parts.joined() + "\n"
        }
        try AtomicFile.write(Array(lines.joined().utf8), to: place + "/list")
        chmod(place + "/list", 0o600)
        let named = Set(versions.map(\.hash))
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] where name.utf8.count == 64 && !named.contains(name) {
            unlink(place + "/" + name)
        }
    }

    /// Throws away the oldest versions of all articles until the rest fits, but never the newest of an article.
    private func thin() {
        let places = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
        var total = 0
        var candidates: [(time: Int, place: String, hash: String, size: Int)] = []
        for place in places {
            let all = versions(in: place)
            for (index, version) in all.enumerated() {
                var info = stat()
                guard stat(place + "/" + version.hash, &info) == 0 else { continue }
                total += Int(info.st_size)
                if index + 1 < all.count, version.hash != all[all.count - 1].hash { candidates.append((version.time, place, version.hash, Int(info.st_size))) }
            }
        }
        guard total > limit else { return }
        var doomed: [String: Set<String>] = [:]
        for candidate in candidates.sorted(by: { $0.time < $1.time }) where total > limit {
            guard doomed[candidate.place, default: []].insert(candidate.hash).inserted else { continue }
            total -= candidate.size
        }
        for (place, hashes) in doomed { try? write(versions(in: place).filter { !hashes.contains($0.hash) }, to: place) }
    }
}
