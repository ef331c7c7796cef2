#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Times as the system keeps them with a file.
public enum FileTime {
    /// Nanoseconds since 1970; the nearest there is for a year that they don't reach, since a file may bear any date.
    public static func nanoseconds(_ time: timespec) -> Int64 {
        let (product, isBeyond) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isOver) = product.addingReportingOverflow(Int64(time.tv_nsec))
        return isBeyond || isOver ? (time.tv_sec < 0 ? .min : .max) : sum
    }
}
