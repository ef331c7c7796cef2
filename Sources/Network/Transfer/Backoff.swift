#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How long to wait before a request is made again, and when to give up.
///
/// Waits double from one failure to the next; a server that says how long it wants to be left alone is
/// obeyed. Only what may pass by itself is tried again: a cut connection, silence, too many requests, a
/// server's own trouble.
public struct Backoff: Sendable {
    /// Failures in a row after which it is no use.
    private let attempts: Int
    /// Seconds before the second attempt.
    private let firstDelay: Double
    /// The longest wait in seconds that is worth a person's while; a server that asks for more is
    /// given up.
    private let longest: Double
    private var failures = 0

    /// A schedule before the first failure.
    ///
    /// - Parameters:
    ///   - attempts: failures in a row after which to give up.
    ///   - firstDelay: seconds before the second attempt.
    ///   - longest: seconds of the longest wait.
    public init(attempts: Int = 5, firstDelay: Double = 0.5, longest: Double = 120) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longest = longest
    }

    /// Seconds to wait after `error` before the next attempt; nil to give up.
    public mutating func delay(after error: TransferError) -> Double? {
        guard error.mayPass else { return nil }
        failures += 1
        guard failures < attempts else { return nil }
        let own = firstDelay * Double(1 << min(failures - 1, 10))
        guard case .httpStatus(_, _, _, let asked?) = error else { return min(own, longest) }
        return Double(asked) <= longest ? Double(asked) : nil
    }

    /// Says that the last attempt brought something: a long download may be cut many times.
    public mutating func progressed() { failures = 0 }

    /// Sleeps for `seconds`.
    ///
    /// - Throws: `TransferError.cancelled` soon after `isCancelled` said yes, and nothing else.
    public static func wait(_ seconds: Double, isCancelled: () -> Bool) throws(TransferError) {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            if isCancelled() { throw .cancelled }
            let left = (end - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return }
            usleep(useconds_t(min(left, 50) * 1000))
        }
    }
}

extension TransferError {
    /// Whether the same request may succeed a little later.
    var mayPass: Bool {
        switch self {
        case .cut, .timedOut: true
        case .httpStatus(_, let code, _, _): [408, 425, 429, 500, 502, 503, 504].contains(code)
        default: false
        }
    }
}
