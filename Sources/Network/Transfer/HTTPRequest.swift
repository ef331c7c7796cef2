/// One request, with its limits. Its description leaves headers, path and body out: they may hold
/// secrets.
public struct HTTPRequest: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// `http` or `https`, without a user's name or password.
    public var url: String
    /// The method in capitals, such as `GET`.
    public var method: String
    /// Headers sent in this order; a line break in one is dropped.
    public var headers: [(String, String)]
    /// The bytes sent; empty for none.
    public var body: [UInt8]
    /// Seconds without a byte, in either direction, after which the transfer is given up.
    public var idleSeconds: Int
    /// Seconds for all of it; nil for as long as bytes come.
    public var totalSeconds: Int?
    /// The most bytes an answer may have.
    public var maximumBytes: Int
    /// Whether what it asks may only be answered by the server it names. Then a redirect to another
    /// origin is an error, and without TLS no proxy, which could read it, is used. True for all that
    /// holds anything of the writer's; a download of public files, which are held against hashes,
    /// may be sent elsewhere.
    public var staysAtOrigin: Bool

    /// A request; by default a `GET`.
    public init(
        url: String, method: String = "GET", headers: [(String, String)] = [], body: [UInt8] = [],
        idleSeconds: Int = 60, totalSeconds: Int? = nil, maximumBytes: Int = 32 << 20,
        staysAtOrigin: Bool = true
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.idleSeconds = idleSeconds
        self.totalSeconds = totalSeconds
        self.maximumBytes = maximumBytes
        self.staysAtOrigin = staysAtOrigin
    }

    /// The method and the length of the body, without the URL or a header, which may hold secrets.
    public var description: String { "\(method) (\(body.count) bytes)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// The method alone, so that a dump shows no header either.
    public var customMirror: Mirror { Mirror(self, children: ["method": method]) }
}

/// The first part of an answer.
public struct HTTPHead: Sendable {
    /// The status code, such as 200 or 404.
    public var status: Int
    /// In the order sent, names as sent.
    public var headers: [(String, String)]

    /// A head of this status.
    public init(status: Int, headers: [(String, String)] = []) {
        self.status = status
        self.headers = headers
    }

    /// Whether the status is 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// Seconds to wait that `Retry-After` asks for, given as a number or as a date (RFC 9110, 10.2.3).
    public var retryAfter: Int? {
        guard let value = header("Retry-After") else { return nil }
        return Int(value).map { max(0, $0) } ?? HTTPDate.secondsUntil(value)
    }

    /// The first header called `name`, in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }
}

/// An answer whose good body went to `onBytes`.
public struct HTTPResponse: Sendable {
    /// The status and headers of the last answer.
    public var head: HTTPHead
    /// The body of an answer that isn't a success: at most its first 64 KiB.
    public var errorBody: [UInt8]
    /// What the server that was asked said itself, redirects and the last answer alike, in order;
    /// answers of other servers it led to are not among them.
    public var ownHeads: [HTTPHead] = []

    /// The status of the last answer.
    public var status: Int { head.status }
    /// Whether its status is 200 to 299.
    public var isSuccess: Bool { head.isSuccess }
    /// The first header called `name`, in any case; nil where there is none.
    public func header(_ name: String) -> String? { head.header(name) }
}

/// What is the same for all of a program's transfers.
public struct TransferOptions: Sendable {
    /// Seconds until a connection must be there.
    public var connectSeconds: Int
    /// A proxy's URL; nil to do what `https_proxy` and its kin say. Loopback never takes a proxy.
    public var proxy: String?
    /// A file of certificates to trust instead of the system's.
    public var caBundle: String?
    /// What the program calls itself to servers.
    public var userAgent: String

    /// Options of these values; by default the system's proxy and certificates.
    public init(
        connectSeconds: Int = 15, proxy: String? = nil, caBundle: String? = nil,
        userAgent: String = "longhand"
    ) {
        self.connectSeconds = connectSeconds
        self.proxy = proxy
        self.caBundle = caBundle
        self.userAgent = userAgent
    }
}
