import Kernels

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A stretch of addresses that memory comes to as it is touched.
///
/// What lies in it never moves, so that one thread may append while others read; and a part of a file can be laid
/// over its beginning, which is read as it is touched and copied as it is written to, never to the file.
package final class Reservation: @unchecked Sendable {
    // Unchecked: who writes where, and when others may read it, is for the owner to order.

    /// The first byte, at the start of a page; valid as long as this object is.
    package let base: UnsafeMutableRawPointer
    /// Length in bytes.
    package let count: Int

    /// nil when the system doesn't give so many addresses away.
    package init?(count: Int) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        self.count = max(1, (count + page - 1) / page) * page
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let address = mmap(nil, self.count, PROT_READ | PROT_WRITE, flags, -1, 0), address != MAP_FAILED
        else { return nil }
        base = address
        #if os(Linux)
            // Rows are read at random: large pages spare the processor the look-ups of their addresses.
            if count >= 4 << 20 { madvise(base, self.count, Int32(MADV_HUGEPAGE)) }
        #endif
    }

    deinit { munmap(base, count) }

    /// Lays `length` bytes of a file, from a multiple of the page size on, over the beginning.
    package func lay(descriptor: Int32, offset: Int, length: Int) -> Bool {
        guard length <= count else { return false }
        if length == 0 { return true }
        let flags = MAP_PRIVATE | MAP_FIXED
        let address = mmap(base, length, PROT_READ | PROT_WRITE, flags, descriptor, off_t(offset))
        return address == base
    }
}
