import Assistant

/// A remote model that speaks OpenAI's chat protocol, as many servers do, and the connection to it.
public struct ProviderSettings: Sendable, Equatable {
    /// Up to but without `/chat/completions`; empty when none is configured.
    public var baseURL: String
    public var keySource: KeySource
    /// The model, and what else a request says where it has no value of its own.
    public var requestDefaults: RequestDefaults
    /// Whether requests may go to another machine without TLS, where anyone on the way reads them.
    public var allowsPlainHTTP: Bool

    public init(
        baseURL: String, model: String, keySource: KeySource = .none, temperature: Double? = nil,
        maxTokens: Int? = nil, allowsPlainHTTP: Bool = false
    ) {
        self.baseURL = baseURL
        self.keySource = keySource
        requestDefaults = RequestDefaults(model: model, temperature: temperature, maxTokens: maxTokens)
        self.allowsPlainHTTP = allowsPlainHTTP
    }

    public var model: String { requestDefaults.model }

    public var isConfigured: Bool { !baseURL.isEmpty && !model.isEmpty }
}
