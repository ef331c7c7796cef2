import Configuration
import Diagnostics
import Foundation
import Workbench

/// Files of the writer's that are overwritten where they are, since another file in their place wouldn't do: one with several names, of
/// another owner, or in a folder where none can be made.
///
/// What was there and what is to be there is kept among the program's state until it is done, in one file, `longhand save 1 COUNT COUNT`
/// and a path in two lines and the bytes of both. A crash in the middle leaves a file of which each byte is the one's or the other's, by which it is known.
///
/// First both texts go into the state folder, then what needs new room on the disk is written, then the rest. An
/// interrupted save is finished when the file is next opened.
package struct InPlaceSaves: Sendable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    private static let word = "longhand save 1"

    /// What there is to write, and what was there.
    private struct Record {
        var path: String
        var before: [UInt8]
        var after: [UInt8]
    }

    /// Writes `bytes` over what is in the file at `target`; puts back what was there where that fails.
    package func overwrite(_ target: String, with bytes: [UInt8], saying path: String) throws(FileError) {
        guard let before = try AtomicFile.read(target) else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(ENOENT)))
        }
        let descriptor = open(target, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        let backupPath = self.backupPath(of: target)
        StateName.makeFolder(folder)
        let head = Array("\(Self.word) \(before.count) \(bytes.count)\n\(target)\n".utf8)
        try AtomicFile.write(head + before + bytes, to: backupPath, isPrivate: true)
        // Who starts meanwhile doesn't take it for what a crash left.
        let lock = open(backupPath, O_RDONLY | O_CLOEXEC)
        defer { if lock >= 0 { close(lock) } }
        if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
        guard Self.put(bytes, over: before.count, into: descriptor) else {
            let reason = String(cString: strerror(errno))
            guard Self.put(before, over: before.count, into: descriptor) else {
                throw .torn(path: path, reason: reason, copy: backupPath)
            }
            unlink(backupPath)
            throw .cannotWrite(path: path, reason: reason)
        }
        unlink(backupPath)
    }

    /// What needs new room on the disk is written first, so that a full one is noticed while nothing of the old text is gone.
    private static func put(_ bytes: [UInt8], over length: Int, into descriptor: Int32) -> Bool {
        for part in [min(length, bytes.count)..<bytes.count, 0..<min(length, bytes.count)] {
            guard lseek(descriptor, off_t(part.lowerBound), SEEK_SET) >= 0,
                AtomicFile.put(Array(bytes[part]), into: descriptor)
            else { return false }
        }
        return ftruncate(descriptor, off_t(bytes.count)) == 0 && fsync(descriptor) == 0
    }

    // MARK: After a crash

    /// Finishes a save that was interrupted in the middle, if there is one of the file at `path`.
    ///
    /// - Returns: what is to be said of it; nil where there was none.
    package func finish(_ path: String) -> Failure? {
        let target = ArticleLocks.realPath(of: path)
        let backupPath = self.backupPath(of: target)
        let name = terminalSafe((path as NSString).lastPathComponent)
        let lock = open(backupPath, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard lock >= 0 else { return nil }
        defer { close(lock) }
        guard flock(lock, LOCK_SH | LOCK_NB) == 0 else { return nil }
        do throws(FileError) {
            guard let bytes = try AtomicFile.read(backupPath, atMost: 2 * FileStore.limit + 1 << 16),
                let file = try AtomicFile.read(target),
                let record = Self.record(bytes), record.path == target,
                Self.isTorn(file, record) || file == record.before || file == record.after
            else { return quarantine(backupPath, name) }
            if file == record.before || file == record.after {
                unlink(backupPath)
                return nil
            }
            let descriptor = open(target, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard descriptor >= 0, Self.put(record.after, over: file.count, into: descriptor) else {
                throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
            }
            unlink(backupPath)
            return Failure(message: "The last save of \(name) was interrupted; it is finished now.")
        } catch {
            // As long as it isn't finished, it is tried at each start.
            return Failure(
                message: "The last save of \(name) was interrupted and can't be finished: " + Failure(error).message,
                hint: "Both texts are kept in \(terminalSafe(backupPath)).")
        }
    }

    /// The file isn't what a save left, so another program wrote it since: nothing is put over that.
    private func quarantine(_ backupPath: String, _ name: String) -> Failure {
        let kept = backupPath + ".kept"
        rename(backupPath, kept)
        return Failure(
            message: "A save of \(name) was interrupted, and the file was changed since.",
            hint: "What was there and what was to be saved are kept in \(terminalSafe(kept)).")
    }

    /// Whether each byte of the file is the old text's or the new one's, or a hole behind the old text's end.
    private static func isTorn(_ file: [UInt8], _ record: Record) -> Bool {
        let (before, after) = (record.before, record.after)
        guard file.count >= min(before.count, after.count), file.count <= max(before.count, after.count) else {
            return false
        }
        return file.indices.allSatisfy { index in
            (index < before.count ? file[index] == before[index] : file[index] == 0)
                || (index < after.count && file[index] == after[index])
        }
    }

    private static func record(_ bytes: [UInt8]) -> Record? {
        let lines = bytes.prefix(1 << 16).split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3 else { return nil }
        let words = String(decoding: lines[0], as: UTF8.self).split(separator: " ")
        guard words.count == 5, words.prefix(3).joined(separator: " ") == word, let old = Int(words[3]),
            let new = Int(words[4]), old >= 0, new >= 0
        else { return nil }
        let body = bytes.dropFirst(lines[0].count + lines[1].count + 2)
        guard old <= body.count, new == body.count - old else { return nil }
        return Record(
            path: String(decoding: lines[1], as: UTF8.self), before: Array(body.prefix(old)),
            after: Array(body.dropFirst(old)))
    }

    private func backupPath(of target: String) -> String { "\(folder)/\(StateName.of(target))" }
}

extension Paths {
    /// How articles are written that can't be replaced.
    package var savesInPlace: InPlaceSaves { InPlaceSaves(folder: state + "/saves") }
}
