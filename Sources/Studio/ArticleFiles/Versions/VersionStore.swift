import Foundation
import Hashing
import Manuscript
import Workbench

/// The versions of articles, among the program's state: a folder an article, in it `list` with a line a version, the oldest first, and the
/// bytes of each under their SHA-256, compressed. Equal ones are stored once.
///
/// A line is `TIME HASH BYTES WORDS` and, behind tabs, the digest and title of each section. What the list doesn't name, since a line of it is
/// damaged or all of it is gone, is read from the versions themselves; what can't be read at all is an error and never an empty list, which
/// the next save would take for the truth. Several Longhands may keep versions at once: who changes a list holds its lock.
package struct VersionStore {
    package struct Version: Equatable {
        /// Seconds since 1970.
        package var time: Int
        /// SHA-256 in hexadecimal.
        package var hash: String
        package var bytes: Int
        package var summary: VersionSummary
    }

    package let folder: String
    /// Bytes that all versions of all articles may take; what is oldest goes first.
    package var limit: Int

    package init(folder: String, limit: Int) {
        self.folder = folder
        self.limit = limit
    }

    /// Keeps what is in the file at `path`, unless it is what was kept last.
    ///
    /// - Parameter apart: seconds that must lie between it and the one before.
    /// - Returns: whether there is a new version.
    @discardableResult
    package func keep(_ path: String, at now: Date = Date(), apart: Int = 0) throws(FileError) -> Bool {
        guard let bytes = try AtomicFile.read(path) else { return false }
        return try keep(bytes, of: path, at: now, apart: apart)
    }

    @discardableResult
    package func keep(_ bytes: [UInt8], of path: String, at now: Date = Date(), apart: Int = 0) throws(FileError)
        -> Bool
    {
        let folderPath = folderPath(of: path)
        StateName.makeFolder(folderPath)
        let list = VersionFolder(path: folderPath)
        let lock = try list.lock(waiting: true)
        defer { lock.map { _ = close($0) } }
        let hash = ContentHash.hexadecimal(of: bytes)
        let (known, isWhole) = try list.read()
        guard known.last?.hash != hash || !list.has(hash) else { return false }
        // A clock that was set back must not keep versions from being made.
        if apart > 0, let last = known.last?.time, (0..<apart).contains(Int(now.timeIntervalSince1970) &- last) {
            return false
        }
        if !list.has(hash) {
            guard let small = Deflate.compress(bytes) else {
                throw .cannotWrite(path: list.object(hash), reason: "it can't be compressed")
            }
            try AtomicFile.write(small, to: list.object(hash), isPrivate: true)
        }
        let version = Version(
            time: Int(now.timeIntervalSince1970), hash: hash, bytes: bytes.count, summary: VersionSummary(bytes: bytes))
        let all = known + [version]
        let keeps = isWhole ? VersionThinning.kept(all.map(\.time), now: version.time) : all.map { _ in true }
        try list.write(zip(all, keeps).filter(\.1).map(\.0), dropping: zip(all, keeps).filter { !$0.1 }.map(\.0))
        thin(holding: folderPath)
        return true
    }

    /// The article is called otherwise: its versions come to those that are kept under its new name.
    package func move(_ from: String, to: String) throws(FileError) {
        let (old, new) = (VersionFolder(path: folderPath(of: from)), VersionFolder(path: folderPath(of: to)))
        guard access(old.path, F_OK) == 0 else { return }
        StateName.makeFolder(new.path)
        let locks = [try old.lock(waiting: true), try new.lock(waiting: true)]
        defer { for lock in locks { lock.map { _ = close($0) } } }
        let moved = try old.read().versions
        let known = try new.read().versions
        for hash in Set(moved.map(\.hash)) where rename(old.object(hash), new.object(hash)) != 0 {
            throw .cannotWrite(path: new.object(hash), reason: String(cString: strerror(errno)))
        }
        // The versions that are there already are read without the list, should this end in the middle.
        let all = (moved + known).enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        try new.write(all, dropping: [])
        unlink(old.path + "/list")
        unlink(old.path + "/lock")
        rmdir(old.path)
    }

    /// The versions of an article, the oldest first.
    ///
    /// - Throws: `VersionError.unreadable`; an article of which none is kept has none.
    package func versions(of path: String) throws(VersionError) -> [Version] {
        do throws(FileError) { return try VersionFolder(path: folderPath(of: path)).read().versions } catch {
            throw .unreadable(path: path, reason: error.message)
        }
    }

    /// The bytes of a version.
    ///
    /// - Parameter number: 1 is the newest.
    package func bytes(_ number: Int, of path: String) throws(VersionError) -> [UInt8] {
        let all = try versions(of: path)
        guard !all.isEmpty else { throw .none(path: path) }
        guard number > 0, number <= all.count else {
            throw .noSuchVersion(String(number), path: path, count: all.count)
        }
        return try bytes(of: all[all.count - number], number, path)
    }

    /// The bytes of the version with this hash, whatever was kept since.
    package func bytes(id: String, of path: String) throws(VersionError) -> [UInt8] {
        let all = try versions(of: path)
        guard let index = all.lastIndex(where: { $0.hash == id }) else { throw .gone(path: path) }
        return try bytes(of: all[index], all.count - index, path)
    }

    private func bytes(of version: Version, _ number: Int, _ path: String) throws(VersionError) -> [UInt8] {
        let read: [UInt8]?
        do throws(FileError) { read = try VersionFolder(path: folderPath(of: path)).bytes(version.hash) } catch {
            throw .unreadable(path: path, reason: error.message)
        }
        guard let read else { throw .damaged(path: path, number: number) }
        return read
    }

    private func folderPath(of path: String) -> String { "\(folder)/\(StateName.of(path))" }

    /// Throws away the oldest versions of all articles until the rest fits, but never the newest of an article. What can't be read whole, or is
    /// another Longhand's just now, is left alone.
    ///
    /// - Parameter held: the folder whose lock is held already.
    private func thin(holding held: String) {
        // Without the list of folders nothing is known to be too much.
        let folderPaths = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map {
            "\(folder)/\($0)"
        }
        var total = 0
        var candidates: [(time: Int, folderPath: String, hash: String, size: Int)] = []
        for folderPath in folderPaths {
            // A list that can't be read is left alone.
            guard let (all, isWhole) = try? VersionFolder(path: folderPath).read(), isWhole, let newest = all.last
            else { continue }
            var seen: Set<String> = []
            for version in all where seen.insert(version.hash).inserted {
                guard let size = FileStamp(of: folderPath + "/" + version.hash)?.size else { continue }
                total += size
                if version.hash != newest.hash { candidates.append((version.time, folderPath, version.hash, size)) }
            }
        }
        guard total > limit else { return }
        var doomed: [String: Set<String>] = [:]
        for candidate in candidates.sorted(by: { $0.time < $1.time }) where total > limit {
            doomed[candidate.folderPath, default: []].insert(candidate.hash)
            total -= candidate.size
        }
        for (folderPath, hashes) in doomed {
            let list = VersionFolder(path: folderPath)
            // Not waiting, since two that thin at once would wait for each other.
            var lock: Int32?
            if folderPath != held {
                // One that another has, or that can't be locked, is thinned at a later save.
                lock = try? list.lock(waiting: false)
                guard lock != nil else { continue }
            }
            defer { lock.map { _ = close($0) } }
            // What can't be thrown away now is at the next save.
            guard let (all, isWhole) = try? list.read(), isWhole, let newest = all.last?.hash else { continue }
            let dropped = all.filter { hashes.contains($0.hash) && $0.hash != newest }
            try? list.write(all.filter { !hashes.contains($0.hash) || $0.hash == newest }, dropping: dropped)
        }
    }
}
