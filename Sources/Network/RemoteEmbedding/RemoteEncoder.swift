import Diagnostics
import Embedding
import Synchronization
import Transfer

/// A model behind OpenAI's embeddings protocol: `POST BASE/embeddings`. Texts leave the machine.
///
/// The library gives it only passages whose scope is `share`. The key is read for each request, goes into
/// its `Authorization` header and is forgotten. Limitations: tokens are estimated, and a query that fails is
/// tried once more only, since somebody waits for it.
public final class RemoteEncoder: PassageEncoder {
    /// Which model answers, and where.
    public struct Settings: Sendable, Equatable {
        /// Up to but without `/embeddings`.
        public var baseURL: String
        /// The model's name as the server knows it.
        public var model: String
        /// Asked of the model, and checked; nil to take what it gives.
        public var dimensions: Int?
        /// Whether texts may go to another machine without TLS, where anyone on the way reads them.
        public var allowsPlainHTTP: Bool

        /// Settings of these values; the address is checked by the encoder.
        public init(baseURL: String, model: String, dimensions: Int? = nil, allowsPlainHTTP: Bool = false) {
            self.baseURL = baseURL
            self.model = model
            self.dimensions = dimensions
            self.allowsPlainHTTP = allowsPlainHTTP
        }
    }

    /// Reads the key for one request; nil where none is needed.
    public typealias Key = @Sendable (_ isCancelled: @Sendable () -> Bool) throws -> String?

    /// The model's name as the server knows it.
    public let name: String
    /// Host and port, for people.
    public let host: String
    /// Scheme, host, port and path: what a writer's agreement is about.
    public let endpoint: String
    /// The longest input in tokens, which is that of OpenAI's embedding models; servers may take less.
    public let maxTokens = 8_191
    /// The address, the model and the dimensions asked for: a server that changes its model behind one name isn't
    /// noticed.
    public let fingerprint: String
    /// Yes: every text goes to the server.
    public var leavesMachine: Bool { true }

    private let settings: Settings
    private let key: Key
    private let client: HTTPClient
    private let learned: Mutex<Int?>

    /// Seconds without a byte before a batch is given up, and before a query is.
    private static let batchSeconds = 120
    private static let querySeconds = 20
    private static let answerLimit = 64 << 20
    /// Bytes of a query that are sent at most, about 8,000 tokens of the densest script.
    private static let queryLimit = 24_000

    /// - Parameters:
    ///   - knownDimensions: what an earlier answer had, if there was one.
    ///   - key: called for each request, on the thread that makes it.
    /// - Throws: `RemoteEmbeddingError.insecure`, or `.transfer` with a `badURL`.
    public init(
        _ settings: Settings, knownDimensions: Int? = nil, client: HTTPClient = HTTPClient(), key: @escaping Key
    ) throws(RemoteEmbeddingError) {
        var base = settings.baseURL
        while base.hasSuffix("/") { base.removeLast() }
        let url = base.hasSuffix("/embeddings") ? base : base + "/embeddings"
        let address: WebAddress
        do throws(TransferError) {
            address = try WebAddress(url)
        } catch {
            throw .transfer(error)
        }
        guard address.isProtected || settings.allowsPlainHTTP else { throw .insecure(host: address.host) }
        let isUsual = address.port == (address.scheme == "https" ? 443 : 80)
        host = address.host + (isUsual ? "" : ":\(address.port)")
        endpoint = url
        name = settings.model
        self.settings = settings
        self.key = key
        self.client = client
        learned = Mutex(settings.dimensions ?? knownDimensions)
        fingerprint = "remote \(url) \(settings.model) \(settings.dimensions.map(String.init) ?? "as given")"
    }

    /// 0 until the first answer, where nobody said it before.
    public var dimension: Int { learned.withLock { $0 } ?? 0 }

    /// The tokens of a text, estimated: the server's tokenizer is out of reach.
    public func tokenCount(_ text: String) -> Int { estimatedTokens(text) }

    /// Sends the texts in as many requests as they need and returns their vectors, each of length one.
    ///
    /// - Throws: `ModelError.cancelled`, or `RemoteEmbeddingError` where a request fails for good.
    public func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]] {
        var vectors: [[Float]] = []
        for range in EmbeddingRequest.batches(texts.map(tokenCount)) {
            do throws(RemoteEmbeddingError) {
                vectors += try embed(
                    Array(texts[range]), backoff: Backoff(longest: 60), idleSeconds: Self.batchSeconds, isCancelled)
            } catch {
                if error == .transfer(.cancelled) { throw ModelError.cancelled }
                throw error
            }
        }
        return vectors
    }

    /// Sends the beginning of a question, at most 24,000 bytes, and returns its vector of length one.
    ///
    /// - Throws: `RemoteEmbeddingError` where the second attempt fails too, or the first for good.
    public func encodeQuery(_ text: String) throws -> [Float] {
        var text = text
        if text.utf8.count > Self.queryLimit {
            text = String(decoding: text.utf8.prefix(Self.queryLimit), as: UTF8.self)
        }
        let backoff = Backoff(attempts: 2, longest: 3)
        return try embed([text], backoff: backoff, idleSeconds: Self.querySeconds, { false })[0]
    }

    /// One request, made again where that may help.
    private func embed(
        _ texts: [String], backoff: Backoff, idleSeconds: Int, _ isCancelled: @Sendable () -> Bool
    ) throws(RemoteEmbeddingError) -> [[Float]] {
        var backoff = backoff
        while true {
            let failure: RemoteEmbeddingError
            do throws(RemoteEmbeddingError) {
                let body = try send(texts, idleSeconds: idleSeconds, isCancelled)
                let known = learned.withLock { $0 }
                let vectors = try EmbeddingAnswer.vectors(body, count: texts.count, dimensions: known, host: host)
                if let first = vectors.first { learned.withLock { $0 = $0 ?? first.count } }
                return vectors
            } catch {
                failure = error
            }
            guard let seconds = backoff.delay(after: failure.asTransfer) else { throw failure }
            do throws(TransferError) {
                try Backoff.wait(seconds, isCancelled: isCancelled)
            } catch {
                throw .transfer(error)
            }
        }
    }

    private func send(
        _ texts: [String], idleSeconds: Int, _ isCancelled: @Sendable () -> Bool
    ) throws(RemoteEmbeddingError) -> [UInt8] {
        let secret = try readKey(isCancelled)
        var headers = [("Content-Type", "application/json"), ("Accept", "application/json")]
        if let secret { headers.append(("Authorization", "Bearer \(secret)")) }
        let content = EmbeddingRequest(model: settings.model, input: texts, dimensions: settings.dimensions)
        let request = HTTPRequest(
            url: endpoint, method: "POST", headers: headers, body: content.body, idleSeconds: idleSeconds,
            maximumBytes: Self.answerLimit)
        var body: [UInt8] = []
        let response: HTTPResponse
        do throws(TransferError) {
            response = try client.send(request, isCancelled: isCancelled) { bytes throws(TransferError) in body += bytes
            }
        } catch {
            throw .transfer(error)
        }
        guard response.isSuccess else { throw failure(response, key: secret) }
        return body
    }

    private func readKey(_ isCancelled: @Sendable () -> Bool) throws(RemoteEmbeddingError) -> String? {
        do {
            return try key(isCancelled)
        } catch let error as any UserFacingError {
            if error.status == .interrupted { throw .transfer(.cancelled) }
            throw .key(message: error.message, hint: error.hint)
        } catch {
            throw .key(message: "The key for \(host) could not be read.", hint: nil)
        }
    }

    private func failure(_ response: HTTPResponse, key: String?) -> RemoteEmbeddingError {
        let detail = EmbeddingAnswer.detail(of: response.errorBody, hiding: key)
        return switch response.status {
        case 401, 403: .keyRefused(host: host, detail: detail)
        case 404: .noSuchModel(host: host, model: settings.model, detail: detail)
        default: .status(host: host, code: response.status, detail: detail, retryAfter: response.head.retryAfter)
        }
    }
}

extension RemoteEmbeddingError {
    /// The error as `Backoff` knows it: what never passes by itself is a plain failure.
    var asTransfer: TransferError {
        switch self {
        case .transfer(let error): error
        case .status(let host, let code, _, let seconds):
            .httpStatus(host: host, code: code, excerpt: "", retryAfter: seconds)
        default: .failed(host: "", reason: "")
        }
    }
}
