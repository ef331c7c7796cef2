/// The model of a provider, and what its requests say where they have no value of their own: what a task needs to
/// know of a provider. Neither an address nor a key is among it.
public struct RequestDefaults: Sendable, Equatable {
    /// The model's name as the provider knows it.
    public var model: String
    /// The sampling temperature, 0 to 2; nil to send none.
    public var temperature: Double?
    /// The most tokens of an answer; nil to send no limit.
    public var maxTokens: Int?

    /// Defaults of these values.
    public init(model: String, temperature: Double? = nil, maxTokens: Int? = nil) {
        self.model = model
        self.temperature = temperature
        self.maxTokens = maxTokens
    }

    /// `request` with these values where it says nothing of its own. Do this before the writer is
    /// shown what will be sent: a provider sends a request as it is.
    public func applied(to request: ChatRequest) -> ChatRequest {
        var request = request
        if request.model.isEmpty { request.model = model }
        if request.temperature == nil { request.temperature = temperature }
        if request.maxTokens == nil { request.maxTokens = maxTokens }
        return request
    }
}
