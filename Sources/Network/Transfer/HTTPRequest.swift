/// One request, with its limits. Its description leaves headers, path and body out: they may hold
/// secrets.
public struct HTTPRequest: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// `http` or `https`, without a user's name or password.
    public var url: String
    public var method: String
    public var headers: [(String, String)]
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

    public var description: String { "\(method) (\(body.count) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["method": method]) }
}

/// The first part of an answer.
public struct HTTPHead: Sendable {
    public var status: Int
    /// In the order sent, names as sent.
    public var headers: [(String, String)]

    public init(status: Int, headers: [(String, String)] = []) {
        self.status = status
        self.headers = headers
    }

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
    public var head: HTTPHead
    /// The body of an answer that isn't a success: at most its first 64 KiB.
    public var errorBody: [UInt8]
    /// What the server that was asked said itself, redirects and the last answer alike, in order;
    /// answers of other servers it led to are not among them.
    public var ownHeads: [HTTPHead] = []

    public var status: Int { head.status }
    public var isSuccess: Bool { head.isSuccess }
    public func header(_ name: String) -> String? { head.header(name) }
}

/// What is the same for all of a program's transfers.
public struct TransferOptions: Sendable {
    public var connectSeconds: Int
    /// A proxy's URL; nil to do what `https_proxy` and its kin say. Loopback never takes a proxy.
    public var proxy: String?
    /// A file of certificates to trust instead of the system's.
    public var caBundle: String?
    public var userAgent: String

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
