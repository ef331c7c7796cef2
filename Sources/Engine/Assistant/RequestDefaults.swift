/// The model of a provider, and what its requests say where they have no value of their own: what a task needs to
/// know of a provider. Neither an address nor a key is among it.
public struct RequestDefaults: Sendable, Equatable {
    public var model: String
    public var temperature: Double?
    public var maxTokens: Int?

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
