import Diagnostics
import Foundation
import Workbench

/// Why a file could not be read or written.
enum FileError: SpokenError {
    case cannotRead(path: String, reason: String)
    case isDirectory(path: String)
    case notUTF8(path: String, offset: Int)
    case tooLarge(path: String, bytes: Int)
    /// The encoding to save in has no such character.
    case cannotEncode(path: String, character: Character, line: Int, encoding: FileEncoding)
    /// It is the file that is open by another path.
    case openAs(path: String, other: String)
    /// Another Longhand has it open.
    case heldElsewhere(path: String)
    case cannotWrite(path: String, reason: String)
    /// There is a file of that name already.
    case exists(path: String)
    /// The file is not what it was when it was read.
    case changedOnDisk(path: String)

    var message: String {
        switch self {
        case .cannotRead(let path, let reason): "\(path) could not be read: \(reason)."
        case .isDirectory(let path): "\(path) is a folder, not a file."
        case .notUTF8(let path, let offset): "\(path) is not UTF-8 text (byte \(offset))."
        case .tooLarge(let path, let bytes): "\(path) has \(bytes >> 20) MB; Longhand opens up to \(FileStore.limit >> 20)."
        case .cannotEncode(let path, let character, let line, let encoding): "\(path) was not saved: \(encoding.rawValue) has no “\(character)” (line \(line))."
        case .openAs(let path, let other): "\(path) is the same file as \(other), which is open."
        case .heldElsewhere(let path): "\(path) is open in another Longhand and was left alone."
        case .cannotWrite(let path, let reason): "\(path) could not be written: \(reason); what was there is untouched."
        case .exists(let path): "\(path) exists already and was left alone."
        case .changedOnDisk(let path): "\(path) was changed by another program since it was read."
        }
    }

    var hint: String? {
        switch self {
        case .notUTF8: "Convert it first, for instance with: iconv -f GB18030 -t UTF-8."
        case .tooLarge: "Split it first, for instance with: split -b 500M."
        case .cannotEncode: "Change that character, or choose UTF-8 with the command save-as-utf-8."
        case .cannotWrite: "Free some space or mend the permissions, then save again."
        default: nil
        }
    }

    var status: ExitStatus { .badInput }
}

/// Reading a file whole and replacing one whole or not at all.
enum AtomicFile {
    /// The bytes of the file at `path`; nil where there is none.
    static func read(_ path: String) throws(FileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .cannotRead(path: path, reason: lastReason())
        }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw .cannotRead(path: path, reason: lastReason()) }
        guard info.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory(path: path) }
        var bytes: [UInt8] = []
        let promised = Int(info.st_size)
        while true {
            // Into room that nobody has filled with zeros first.
            let room = max(promised - bytes.count, 1 << 16)
            var got = 0
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                repeat { got = Foundation.read(descriptor, buffer.baseAddress, room) } while got < 0 && errno == EINTR
                count = max(0, got)
            }
            guard got >= 0 else { throw .cannotRead(path: path, reason: lastReason()) }
            if got == 0 { break }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            // A regular file of the promised size needs no second look for its end.
            if bytes.count == promised { break }
        }
        return bytes
    }

    /// Writes `bytes` to a temporary file beside the target, flushes it to the disk and renames it
    /// into place. Follows a symbolic link; keeps the mode and, where allowed, the owner.
    static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let target = resolved(path)
        let folder = (target as NSString).deletingLastPathComponent
        let name = (target as NSString).lastPathComponent
        var template = Array((folder.isEmpty ? "." : folder).utf8CString.dropLast())
            + Array("/.\(name).longhand-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: lastReason()) }
        let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do throws(FileError) {
            try fill(descriptor, with: bytes, for: target, saying: path)
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, target) == 0 else {
            let reason = lastReason()
            unlink(temporary)
            throw .cannotWrite(path: path, reason: reason)
        }
        // The rename itself must survive a power cut too.
        let directory = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private static func fill(
        _ descriptor: Int32, with bytes: [UInt8], for target: String, saying path: String
    ) throws(FileError) {
        var info = stat()
        if stat(target, &info) == 0 {
            fchmod(descriptor, info.st_mode & 0o7777)
            // Only root may give a file away; everyone else's file keeps its writer's name.
            _ = fchown(descriptor, info.st_uid, info.st_gid)
        } else {
            let mask = umask(0)
            umask(mask)
            fchmod(descriptor, 0o666 & ~mask)
        }
        var written = 0
        while written < bytes.count {
            let rest = bytes.count - written
            let got = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress! + written, rest) }
            if got < 0 {
                if errno == EINTR { continue }
                throw .cannotWrite(path: path, reason: lastReason())
            }
            written += got
        }
        guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: lastReason()) }
    }

    /// The file that a symbolic link leads to; the path itself where it is none or leads nowhere.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func lastReason() -> String { String(cString: strerror(errno)) }
}
