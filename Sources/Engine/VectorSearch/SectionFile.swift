import Kernels

internal import CKernels

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Why a file of vectors could not be written or used.
public enum VectorFileError: Error, Equatable, Sendable {
    case missing
    /// It belongs to another model or library, or to another version of the program.
    case stale
    case damaged(what: String)
    case diskFull
    case refused(reason: String)

    /// The error that `errno` stands for, right after a system call failed.
    package static func system() -> VectorFileError {
        switch errno {
        case ENOENT, ENOTDIR: .missing
        case ENOSPC, EDQUOT: .diskFull
        default: .refused(reason: String(cString: strerror(errno)))
        }
    }
}

/// A file of a page of numbers and sections of bytes, each laid over memory as it is.
///
/// The first page: a magic number, the format's version, the numbers, each section's place, length and checksum, and
/// a checksum of all that. Numbers are 64 bits, little-endian as the sections are.
package struct SectionFile {
    /// The first eight bytes of a file, `LHVCTRS1` in ASCII.
    package static let magic: UInt64 = 0x31_53_52_54_43_56_48_4C  // "LHVCTRS1"
    /// What sections start at multiples of: no system's pages are larger.
    package static let alignment = 65_536

    /// Where a section lies in the file.
    package struct Section {
        /// Bytes from the file's start; a multiple of `alignment`.
        package var offset: Int
        /// The section's length in bytes.
        package var length: Int
        /// What `lh_checksum` makes of the section's bytes.
        package var checksum: UInt64
    }

    /// The open file.
    package let descriptor: Int32
    /// The header's numbers, whose meaning is the caller's.
    package let numbers: [UInt64]
    /// The sections in the order they were written.
    package let sections: [Section]

    /// A section to be written.
    package struct Source {
        /// The first byte of the memory to be written.
        package var start: UnsafeRawPointer
        /// How many bytes to write.
        package var length: Int
    }

    // MARK: Writing

    /// Writes a file beside `path` and gives it that name when it is whole and on the disk.
    package static func write(path: String, numbers: [UInt64], sources: [Source]) throws(VectorFileError) {
        let temporary = path + ".\(getpid()).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system() }
        defer {
            close(descriptor)
            unlink(temporary)
        }
        var offset = alignment
        var words: [UInt64] = [magic, UInt64(numbers.count), UInt64(sources.count)] + numbers
        for source in sources {
            words += [UInt64(offset), UInt64(source.length), lh_checksum(source.start, source.length)]
            try write(descriptor, source.start, source.length, at: offset)
            offset = (offset + source.length + alignment - 1) / alignment * alignment
        }
        // A section's last page is laid over memory as a whole.
        guard ftruncate(descriptor, off_t(offset)) == 0 else { throw .system() }
        words.append(words.withUnsafeBytes { lh_checksum($0.baseAddress, $0.count) })
        let header = words.map(\.littleEndian)
        precondition(header.count * 8 <= alignment, "too many sections")
        var failure: VectorFileError?
        header.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            do throws(VectorFileError) { try write(descriptor, start, bytes.count, at: 0) } catch { failure = error }
        }
        if let failure { throw failure }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw .system() }
    }

    private static func write(
        _ descriptor: Int32, _ start: UnsafeRawPointer, _ length: Int, at offset: Int
    ) throws(VectorFileError) {
        var done = 0
        while done < length {
            let count = pwrite(descriptor, start + done, min(length - done, 1 << 26), off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .system() }
            done += count
        }
    }

    // MARK: Reading

    /// Opens a file and reads its first page. `close` when done; what was laid over memory stays.
    package init(path: String) throws(VectorFileError) {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system() }
        do throws(VectorFileError) {
            (numbers, sections) = try Self.header(descriptor)
        } catch {
            Self.closeFile(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    private static func closeFile(_ descriptor: Int32) { close(descriptor) }

    /// Closes the file; once.
    package func closeFile() { Self.closeFile(descriptor) }

    private static func header(_ descriptor: Int32) throws(VectorFileError) -> ([UInt64], [Section]) {
        var words = [UInt64](repeating: 0, count: alignment / 8)
        let read = words.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard read >= 32 else { throw .damaged(what: "it is too short") }
        words = words.map { UInt64(littleEndian: $0) }
        guard words[0] == magic else { throw .stale }
        let counts = words[1].addingReportingOverflow(words[2])
        guard !counts.overflow, words[1] < 1000, words[2] < 1000 else { throw .damaged(what: "its header") }
        let (numbers, parts) = (Int(words[1]), Int(words[2]))
        let length = 3 + numbers + 3 * parts
        let checksum = words[..<length].withUnsafeBytes { lh_checksum($0.baseAddress, $0.count) }
        guard words[length] == checksum else { throw .damaged(what: "its header") }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system() }
        var sections: [Section] = []
        for part in 0..<parts {
            let at = 3 + numbers + 3 * part
            let section = Section(
                offset: Int(truncatingIfNeeded: words[at]), length: Int(truncatingIfNeeded: words[at + 1]),
                checksum: words[at + 2])
            let size = Int(status.st_size)
            guard section.offset > 0, section.offset % alignment == 0, section.length >= 0,
                section.offset <= size, section.length <= size - section.offset
            else { throw .damaged(what: "it is too short") }
            sections.append(section)
        }
        return (Array(words[3..<3 + numbers]), sections)
    }

    /// Lays a section over the beginning of `memory`.
    package func lay(_ section: Int, over memory: Reservation) throws(VectorFileError) {
        let part = sections[section]
        guard memory.lay(descriptor: descriptor, offset: part.offset, length: part.length) else { throw .system() }
    }

    /// Holds a section that was laid over memory against its checksum.
    package func verify(_ section: Int, in memory: Reservation) throws(VectorFileError) {
        let part = sections[section]
        guard lh_checksum(memory.base, part.length) == part.checksum else {
            throw .damaged(what: "section \(section) isn't what was written")
        }
    }
}
