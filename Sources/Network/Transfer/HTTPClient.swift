import CCurl

/// HTTP over libcurl. It keeps nothing between requests and may be used from many threads; each call
/// blocks its own.
public struct HTTPClient: Sendable {
    /// What is the same for all transfers of this client.
    public var options: TransferOptions

    static let maximumRedirects = 5
    static let errorBodyLimit = 64 << 10

    /// A client without a connection; each request makes its own.
    public init(options: TransferOptions = TransferOptions()) {
        self.options = options
    }

    /// Sends `request`, follows its redirects, and hands the answer's body over as it comes.
    ///
    /// A status of 400 or more is an answer, not an error. Redirects are followed at most five times, to
    /// the same origin only, unless the request says that it needn't stay there: then to the same
    /// scheme or to https, and they take along no header that could identify the writer, and no body.
    ///
    /// - Parameters:
    ///   - isCancelled: asked some twenty times a second.
    ///   - onResponse: called once, with the last answer's head.
    ///   - onBytes: called with the body of a success only.
    public func send(
        _ request: HTTPRequest, isCancelled: @Sendable () -> Bool = { false },
        onResponse: (HTTPHead) throws(TransferError) -> Void = { _ throws(TransferError) in },
        onBytes: ([UInt8]) throws(TransferError) -> Void
    ) throws(TransferError) -> HTTPResponse {
        var request = request
        var address = try WebAddress(request.url)
        let asked = address
        var ownHeads: [HTTPHead] = []
        for _ in 0...HTTPClient.maximumRedirects {
            let exchange = try Exchange(request, address: address, options: options)
            var last = HTTPHead(status: 0)
            var errorBody: [UInt8] = []
            var received = 0
            var location: String?
            try exchange.run(isCancelled: isCancelled) { head throws(TransferError) in
                last = head
                location = HTTPClient.location(of: head)
                if location != nil { return false }
                try onResponse(head)
                return true
            } onBytes: { bytes throws(TransferError) in
                received += bytes.count
                guard received <= request.maximumBytes else {
                    throw .tooLarge(host: address.host, limit: request.maximumBytes)
                }
                if last.isSuccess {
                    try onBytes(bytes)
                } else {
                    errorBody += bytes.prefix(HTTPClient.errorBodyLimit - errorBody.count)
                }
            }
            if address.isSameOrigin(as: asked) { ownHeads.append(last) }
            guard let location else {
                return HTTPResponse(head: last, errorBody: errorBody, ownHeads: ownHeads)
            }
            let target = try address.resolving(location)
            request = try HTTPClient.redirected(request, from: address, to: target, status: last.status)
            address = target
        }
        throw .redirect(host: address.host, reason: "there are too many")
    }

    private static func location(of head: HTTPHead) -> String? {
        guard [301, 302, 303, 307, 308].contains(head.status) else { return nil }
        return head.header("Location")
    }

    /// Headers that say nothing about who asks.
    private static let impersonal: Set<String> = [
        "accept", "accept-encoding", "accept-language", "content-type", "range", "if-range",
    ]

    static func redirected(
        _ request: HTTPRequest, from: WebAddress, to: WebAddress, status: Int
    ) throws(TransferError) -> HTTPRequest {
        if request.staysAtOrigin, !from.isSameOrigin(as: to) {
            throw .redirectedElsewhere(from: from.origin, to: to.origin)
        }
        if from.scheme == "https", to.scheme != "https" {
            throw .redirect(host: from.host, reason: "it leads from https to http")
        }
        var next = request
        next.url = to.url
        // RFC 9110, 15.4: 303 asks for GET; 301 and 302 after POST have long meant the same.
        if status == 303 || (status < 303 && request.method == "POST") {
            if request.method != "HEAD" { next.method = "GET" }
            next.body = []
            next.headers.removeAll { $0.0.lowercased() == "content-type" }
        }
        if !from.isSameOrigin(as: to) {
            guard next.body.isEmpty else {
                throw .redirect(
                    host: from.host, reason: "it would send your text to another server, \(to.host)")
            }
            next.headers.removeAll { !impersonal.contains($0.0.lowercased()) }
        }
        return next
    }
}
