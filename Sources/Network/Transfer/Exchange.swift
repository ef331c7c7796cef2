import CCurl

/// What libcurl hands over, kept until the loop that drives it takes it.
///
/// libcurl's callbacks run inside `curl_multi_perform`, on the thread that calls it, so nothing here
/// is shared between threads.
private final class Inbox {
    var head: HTTPHead?
    var body: [UInt8] = []
    private var status = 0
    private var headers: [(String, String)] = []

    func addHeader(_ line: String) {
        if line.hasPrefix("HTTP/") {
            // A new head: the one before was 1xx.
            head = nil
            headers = []
            let fields = line.split(separator: " ")
            status = fields.count > 1 ? Int(fields[1]) ?? 0 : 0
        } else if line.isEmpty {
            if status >= 200, head == nil { head = HTTPHead(status: status, headers: headers) }
        } else if head == nil, let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            headers.append((String(line[..<colon]), Inbox.trimmed(value)))
        }
    }

    private static func trimmed(_ value: Substring) -> String {
        var value = value.drop { $0 == " " || $0 == "\t" }
        while let last = value.last, last == " " || last == "\t" { value.removeLast() }
        return String(value)
    }
}

private func receiveBody(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, owner: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let owner else { return 0 }
    let inbox = Unmanaged<Inbox>.fromOpaque(owner).takeUnretainedValue()
    inbox.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func receiveHeader(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, owner: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let owner else { return 0 }
    let inbox = Unmanaged<Inbox>.fromOpaque(owner).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        .prefix { $0 != 0x0A && $0 != 0x0D }
    inbox.addHeader(String(decoding: line, as: UTF8.self))
    return size * count
}

/// One request and its answer on libcurl's multi interface, which, unlike the easy one, comes back
/// often enough for a cancel to be felt at once.
final class Exchange {
    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let inbox = Inbox()
    private let address: WebAddress

    /// Milliseconds between two looks at whether the transfer is still wanted.
    private static let pollMilliseconds: Int32 = 50

    init(_ request: HTTPRequest, address: WebAddress, options: TransferOptions) throws(TransferError) {
        guard ccurl_open() != 0, let easy = ccurl_easy_init() else {
            throw .failed(host: address.host, reason: "libcurl does not start")
        }
        guard let multi = ccurl_multi_init() else {
            ccurl_easy_cleanup(easy)
            throw .failed(host: address.host, reason: "libcurl does not start")
        }
        self.easy = easy
        self.multi = multi
        self.address = address
        setUp(request, options)
    }

    deinit {
        ccurl_multi_remove_handle(multi, easy)
        ccurl_easy_cleanup(easy)
        ccurl_multi_cleanup(multi)
        ccurl_slist_free_all(headerList)
    }

    private func setUp(_ request: HTTPRequest, _ options: TransferOptions) {
        set(CURLOPT_NOSIGNAL, 1)
        // Without it a cancel would wait for the resolver's thread.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_URL, address.url)
        set(CURLOPT_USERAGENT, options.userAgent)
        set(CURLOPT_CONNECTTIMEOUT, options.connectSeconds)
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, max(1, request.idleSeconds))
        if let total = request.totalSeconds { set(CURLOPT_TIMEOUT, max(1, total)) }
        if let proxy = options.proxy { set(CURLOPT_PROXY, proxy) }
        // A proxy would read what has no TLS.
        let goesStraight = address.isLoopback || (request.staysAtOrigin && !address.isProtected)
        if goesStraight { set(CURLOPT_NOPROXY, "*") }
        if let bundle = options.caBundle { set(CURLOPT_CAINFO, bundle) }
        if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else if request.method != "GET" {
            set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        if !request.body.isEmpty || request.method == "POST" {
            ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
            _ = request.body.withUnsafeBytes { ccurl_set_body(easy, $0.baseAddress ?? UnsafeRawPointer(easy)) }
        }
        // curl's own `Expect: 100-continue` costs a second with servers that don't know it.
        for (name, value) in request.headers + [("Expect", "")] {
            let clean = "\(name): \(value)".filter { !$0.isNewline && $0 != "\0" }
            headerList = ccurl_slist_append(headerList, clean)
        }
        ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
        let owner = Unmanaged.passUnretained(inbox).toOpaque()
        ccurl_on_body(easy, receiveBody, owner)
        ccurl_on_header(easy, receiveHeader, owner)
    }

    private func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(easy, option, value) }
    private func set(_ option: CURLoption, _ value: String) { ccurl_set_string(easy, option, value) }

    /// Drives the exchange to its end.
    ///
    /// - Parameters:
    ///   - onHead: called once, before any bytes; false ends the exchange there, without an error.
    ///   - onBytes: called with the body as it comes.
    func run(
        isCancelled: () -> Bool, onHead: (HTTPHead) throws(TransferError) -> Bool,
        onBytes: ([UInt8]) throws(TransferError) -> Void
    ) throws(TransferError) {
        guard ccurl_multi_add_handle(multi, easy) == CURLM_OK else {
            throw .failed(host: address.host, reason: "libcurl does not start")
        }
        var running: Int32 = 1
        var headShown = false
        var received = 0
        while true {
            if isCancelled() { throw .cancelled }
            let step = ccurl_multi_perform(multi, &running)
            guard step == CURLM_OK else {
                throw .failed(host: address.host, reason: String(cString: ccurl_multi_strerror(step)))
            }
            if !headShown, let head = inbox.head {
                headShown = true
                guard try onHead(head) else { return }
            }
            if headShown, !inbox.body.isEmpty {
                let bytes = inbox.body
                inbox.body = []
                received += bytes.count
                try onBytes(bytes)
            }
            if running == 0 { break }
            ccurl_multi_poll(multi, Exchange.pollMilliseconds)
        }
        var result = CURLE_OK
        if ccurl_multi_result(multi, &result) == 1, result != CURLE_OK {
            throw failure(result, received: received)
        }
        if !headShown { throw .cut(host: address.host, received: 0) }
    }

    private func failure(_ code: CURLcode, received: Int) -> TransferError {
        let host = address.host
        let reason = String(cString: ccurl_easy_strerror(code)).lowercased()
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .unreachable(host: host, reason: "its name is not known")
        case CURLE_COULDNT_RESOLVE_PROXY: .unreachable(host: host, reason: "the proxy's name is not known")
        case CURLE_COULDNT_CONNECT: .unreachable(host: host, reason: "nothing answers at port \(address.port)")
        case CURLE_OPERATION_TIMEDOUT: .timedOut(host: host)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            .tls(host: host, reason: reason)
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING,
            CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY:
            .cut(host: host, received: received)
        default: .failed(host: host, reason: reason)
        }
    }
}
