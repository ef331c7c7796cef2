import Hashing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file mapped read-only into memory: opening costs nothing, pages come as they are touched,
/// and processes that open the same file share them.
///
/// Limit: a file that another process truncates while it is mapped raises SIGBUS when the lost
/// part is read. Model files are replaced by renaming, which leaves the mapping whole.
public final class MappedFile: @unchecked Sendable {
    // Unchecked: the pages are mapped PROT_READ and nothing here changes after init.

    /// Why a file could not be mapped.
    public enum Failure: Error, Equatable, Sendable {
        case missing
        case refused(reason: String)
    }

    /// Length of the file in bytes when it was opened.
    public let count: Int
    /// The file's first byte; valid as long as this object is, for `count` bytes.
    package let base: UnsafeRawPointer

    /// - Throws: `Failure.missing` when there is no such file, `.refused` when it can't be
    ///   opened, isn't a regular file or can't be mapped.
    public init(path: String) throws(Failure) {
        // A pipe without a writer would wait here otherwise.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? .missing : .refused(reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .refused(reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .refused(reason: "not a regular file") }
        count = Int(status.st_size)
        // An empty mapping is an error to the system; one page of nothing stands in for it.
        let mapped =
            count > 0
            ? mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
            : mmap(nil, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw .refused(reason: String(cString: strerror(errno)))
        }
        base = UnsafeRawPointer(mapped)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: base), max(count, 1))
    }

    /// Drops the whole pages of a part from this program's memory; they are read again when touched.
    package func letGo(from start: UnsafeRawPointer, count: Int) {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let first = (Int(bitPattern: start) + page - 1) / page * page
        let end = (Int(bitPattern: start) + count) / page * page
        guard end > first, let address = UnsafeMutableRawPointer(bitPattern: first) else { return }
        _ = madvise(address, end - first, Int32(MADV_DONTNEED))
    }

    /// A copy of the bytes in `range`, which must lie within the file.
    public func bytes(in range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the file")
        return [UInt8](UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
    }
}

extension ContentHash {
    /// Adds part of a mapped file without copying it.
    public mutating func add(_ file: MappedFile, in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= file.count, "range outside the file")
        add(UnsafeRawBufferPointer(start: file.base + range.lowerBound, count: range.count))
    }
}
