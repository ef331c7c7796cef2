import Assistant
import Transfer

/// A provider that speaks OpenAI's chat protocol: `POST BASE/chat/completions`, answered by
/// server-sent events.
///
/// This target is the network side of the assistant: connections, keys, streams and their failures.
///
/// The key is read for each request, goes into its `Authorization` header and is forgotten.
public struct OpenAIProvider: Provider {
    /// Where requests go, and what they ask for.
    public let settings: ProviderSettings
    private let client: HTTPClient

    /// Seconds without a byte: a large model may think long before its first word.
    private static let idleSeconds = 180
    private static let maximumAnswerBytes = 16 << 20

    /// A provider that sends nothing before it is asked to.
    public init(settings: ProviderSettings, client: HTTPClient = HTTPClient()) {
        self.settings = settings
        self.client = client
    }

    /// Where requests go.
    public var endpoint: String {
        var base = settings.baseURL
        while base.hasSuffix("/") { base.removeLast() }
        return base.hasSuffix("/chat/completions") ? base : base + "/chat/completions"
    }

    /// Whether requests may go to the address at all, before anyone is asked or told that they do.
    ///
    /// - Throws: `ProviderError.insecure`, `.notConfigured`, or `.transfer` with a `badURL`.
    public func checkAddress() throws(ProviderError) { _ = try address() }

    /// Sends a request and hands the answer over as it arrives.
    ///
    /// - Throws: `ProviderError`, among them `.cancelled`; what `onDelta` was given until then stays valid.
    public func stream(
        _ request: ChatRequest, isCancelled: @Sendable () -> Bool,
        onDelta: @Sendable (String) -> Void
    ) throws(ProviderError) -> ChatResult {
        try stream(request, isCancelled: isCancelled, onSending: {}, onDelta: onDelta)
    }

    /// - Parameter onSending: called when nothing is left that could keep the request here.
    public func stream(
        _ request: ChatRequest, isCancelled: @Sendable () -> Bool, onSending: () -> Void,
        onDelta: @Sendable (String) -> Void
    ) throws(ProviderError) -> ChatResult {
        // Before the key is even read: the request alone holds the writer's text.
        let address = try address()
        guard !request.model.isEmpty else { throw .notConfigured(reason: "model is not set") }
        let key = try APIKeyReader.key(from: settings.keySource, isCancelled: isCancelled)
        let failures = ProviderFailure(host: address.host, model: request.model, key: key)
        var headers = [
            ("Content-Type", "application/json"), ("Accept", "text/event-stream, application/json"),
        ]
        if let key { headers.append(("Authorization", "Bearer \(key)")) }

        onSending()
        var reader = AnswerReader(failures: failures)
        var failure: ProviderError?
        do {
            let response = try client.send(
                HTTPRequest(
                    url: endpoint, method: "POST", headers: headers, body: request.json(stream: true),
                    idleSeconds: OpenAIProvider.idleSeconds,
                    maximumBytes: OpenAIProvider.maximumAnswerBytes),
                isCancelled: isCancelled
            ) { bytes throws(TransferError) in
                do throws(ProviderError) {
                    try reader.feed(bytes, onDelta: onDelta)
                } catch {
                    failure = error
                }
                // Some servers keep the connection after the last event: it isn't waited for.
                if failure != nil || reader.isDone { throw .cancelled }
            }
            guard response.isSuccess else { throw failures.status(response) }
            try reader.end(onDelta: onDelta)
        } catch let error as TransferError {
            if let failure { throw failure }
            // What is whole is whole, however the connection ended.
            if !reader.isDone { try judge(error, reader) }
        } catch let error as ProviderError {
            throw error
        } catch {
            throw .badAnswer(host: address.host, detail: "\(error)")
        }
        return try reader.result()
    }

    private func address() throws(ProviderError) -> WebAddress {
        guard !settings.baseURL.isEmpty else { throw .notConfigured(reason: "base_url is not set") }
        let address: WebAddress
        do {
            address = try WebAddress(endpoint)
        } catch {
            throw .transfer(error)
        }
        guard address.isProtected || settings.allowsPlainHTTP else { throw .insecure(host: address.host) }
        return address
    }

    /// Returns when the answer had ended before the connection did.
    private func judge(_ error: TransferError, _ reader: AnswerReader) throws(ProviderError) {
        if error == .cancelled { throw .cancelled }
        if reader.finish != nil { return }
        if case .cut(let host, _) = error, reader.isChat {
            throw .cutStream(host: host, receivedCharacters: reader.text.count)
        }
        throw .transfer(error)
    }
}
