import CCurl

/// A URL as libcurl reads it, so that what is checked is what is connected to.
public struct WebAddress: Sendable, Equatable {
    /// `http` or `https`.
    public let scheme: String
    /// In lower case; an IPv6 address keeps its brackets.
    public let host: String
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

    /// Whether the host is this machine or on a network of one's own (RFC 1918, `.local`, a bare name),
    /// where a key may travel without TLS.
    public var isNearby: Bool {
        if isLoopback { return true }
        if !host.contains("."), !host.contains(":") { return true }
        if host.hasSuffix(".local") || host.hasSuffix(".lan") { return true }
        let pieces = host.split(separator: ".")
        let numbers = pieces.compactMap { UInt8($0) }
        guard numbers.count == 4, pieces.count == 4 else { return false }
        let isTwelve = numbers[0] == 172 && (16...31).contains(numbers[1])
        return numbers[0] == 10 || (numbers[0] == 192 && numbers[1] == 168) || isTwelve
    }

    /// Whether the host is this machine.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) })
    }
}
