import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A URL as libcurl reads it, so that what is checked is what is connected to.
public struct WebAddress: Sendable, Equatable {
    /// `http` or `https`.
    public let scheme: String
    /// In lower case; an IPv6 address keeps its brackets.
    public let host: String
    /// The port, also where the URL doesn't spell it: 80 or 443.
    public let port: Int
    let url: String

    /// - Throws: `TransferError.badURL` for anything but plain http and https, and for passwords.
    public init(_ url: String) throws(TransferError) {
        try self.init(url, base: nil)
    }

    /// `location` as seen from this address.
    func resolving(_ location: String) throws(TransferError) -> WebAddress {
        try WebAddress(location, base: url)
    }

    private init(_ url: String, base: String?) throws(TransferError) {
        // A query may hold a token: errors show what comes before it only, and no password.
        var shown = String(url.prefix { $0 != "?" && $0 != "#" })
        if let at = shown.lastIndex(of: "@") { shown = "…" + shown[at...] }
        func bad(_ reason: String) -> TransferError { .badURL(shown, reason: reason) }

        if url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { throw bad("it has blanks") }
        guard ccurl_open() != 0 else { throw bad("libcurl isn't installed") }
        guard let handle = ccurl_url() else { throw bad("memory ran out") }
        defer { ccurl_url_cleanup(handle) }
        if let base, ccurl_url_set(handle, CURLUPART_URL, base, 0) != CURLUE_OK {
            throw bad("its base can't be read")
        }
        // Without this flag libcurl refuses schemes it wasn't built for with a less clear reason.
        guard ccurl_url_set(handle, CURLUPART_URL, url, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK
        else { throw bad("it can't be read") }
        func part(_ which: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard ccurl_url_get(handle, which, &value, UInt32(flags)) == CURLUE_OK, let value else {
                return nil
            }
            defer { ccurl_free(value) }
            return String(cString: value)
        }
        guard let scheme = part(CURLUPART_SCHEME), scheme == "http" || scheme == "https" else {
            throw bad("it is neither http nor https")
        }
        guard let host = part(CURLUPART_HOST), !host.isEmpty, let whole = part(CURLUPART_URL),
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) })
        else { throw bad("it names no host") }
        if part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil {
            throw bad("it holds a user's name or password")
        }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        self.url = whole
    }

    /// Whether both have scheme, host and port in common.
    public func isSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// Whether the host is this machine by its loopback interface, which no other machine hears:
    /// `localhost`, 127.0.0.0/8 or ::1. Any other name counts as elsewhere, whatever it might resolve to.
    public var isLoopback: Bool {
        if host == "localhost" { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        guard host.hasPrefix("["), host.hasSuffix("]") else { return false }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &six) == 1 else { return false }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let isOne = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        // ::ffff:127.0.0.1 is the IPv4 address in another spelling.
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isOne || (isMapped && bytes[12] == 127)
    }

    /// Whether nobody on the way can read what goes there.
    ///
    /// `OpenAIProvider` and `RemoteEncoder` refuse an address that isn't, unless the writer's own file allows it.
    public var isProtected: Bool { scheme == "https" || isLoopback }

    /// Scheme, host and port, as an error names it: no path or query, which may hold secrets.
    public var origin: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }
}
