import Assistant

/// A remote model that speaks OpenAI's chat protocol, as many servers do, and the connection to it.
public struct ProviderSettings: Sendable, Equatable {
    /// Up to but without `/chat/completions`; empty when none is configured.
    public var baseURL: String
    /// Where the key comes from; the key itself is in no value.
    public var keySource: KeySource
    /// The model, and what else a request says where it has no value of its own.
    public var requestDefaults: RequestDefaults
    /// Whether requests may go to another machine without TLS, where anyone on the way reads them.
    public var allowsPlainHTTP: Bool

    /// Settings of these values; nothing is looked up or connected to.
    public init(
        baseURL: String, model: String, keySource: KeySource = .none, temperature: Double? = nil,
        maxTokens: Int? = nil, allowsPlainHTTP: Bool = false
    ) {
        self.baseURL = baseURL
        self.keySource = keySource
        requestDefaults = RequestDefaults(model: model, temperature: temperature, maxTokens: maxTokens)
        self.allowsPlainHTTP = allowsPlainHTTP
    }

    /// The model's name as the provider knows it; empty where none is set.
    public var model: String { requestDefaults.model }

    /// Whether there is an address and a model, without which nothing is sent.
    public var isConfigured: Bool { !baseURL.isEmpty && !model.isEmpty }
}
