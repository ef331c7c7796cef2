/// Where a provider's key comes from. The key itself is never kept: it is read for each request.
public enum KeySource: Sendable, Equatable, CustomStringConvertible {
    /// The provider needs none.
    case none
    /// The variable of this name.
    case environment(String)
    /// What this shell command prints.
    case command(String)

    /// Says the kind only: a command may hold a secret.
    public var description: String {
        switch self {
        case .none: "no key"
        case .environment(let name): "environment variable \(name)"
        case .command: "a command"
        }
    }
}

/// A remote model that speaks OpenAI's chat protocol, as many servers do.
public struct ProviderSettings: Sendable, Equatable {
    /// Up to but without `/chat/completions`; empty when none is configured.
    public var baseURL: String
    public var model: String
    public var keySource: KeySource
    public var temperature: Double?
    public var maxTokens: Int?
    /// Whether requests may go to another machine without TLS, where anyone on the way reads them.
    public var allowsPlainHTTP: Bool

    public init(
        baseURL: String, model: String, keySource: KeySource = .none, temperature: Double? = nil,
        maxTokens: Int? = nil, allowsPlainHTTP: Bool = false
    ) {
        self.baseURL = baseURL
        self.model = model
        self.keySource = keySource
        self.temperature = temperature
        self.maxTokens = maxTokens
        self.allowsPlainHTTP = allowsPlainHTTP
    }

    public var isConfigured: Bool { !baseURL.isEmpty && !model.isEmpty }

    /// `request` with these settings where it says nothing of its own. Do this before the writer is
    /// shown what will be sent: a provider sends a request as it is.
    public func applied(to request: ChatRequest) -> ChatRequest {
        var request = request
        if request.model.isEmpty { request.model = model }
        if request.temperature == nil { request.temperature = temperature }
        if request.maxTokens == nil { request.maxTokens = maxTokens }
        return request
    }
}
