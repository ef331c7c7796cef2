import JSON
import Retrieval

/// One turn of a conversation.
public struct ChatMessage: Sendable, Equatable {
    /// Who speaks, as OpenAI's protocol names it.
    public enum Role: String, Sendable { case system, user, assistant }

    /// Who says it.
    public var role: Role
    /// What is said, as text.
    public var content: String

    /// A turn of this speaker.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// All that is sent to a provider for one answer, the key aside. This target makes such requests and judges what came
/// back; how they travel is no part of it.
///
/// The same bytes come of the same request, so that a dry run shows what would be sent.
public struct ChatRequest: Sendable, Equatable {
    /// The model's name as the provider knows it; empty until `RequestDefaults` are applied.
    public var model: String
    /// The turns, the oldest first; instructions come before what they are about.
    public var messages: [ChatMessage]
    /// The sampling temperature; nil to leave it to the provider.
    public var temperature: Double?
    /// The most tokens of the answer; nil to leave it to the provider.
    public var maxTokens: Int?
    /// The passages within `messages`, in the order of their numbers. Not sent by themselves.
    public var sources: [Passage]
    /// The number of the first passage. It is past the article's own numbered footnotes, so that a
    /// number never means two things.
    public var firstCitation: Int

    /// A request of these parts.
    public init(
        model: String, messages: [ChatMessage], temperature: Double? = nil, maxTokens: Int? = nil,
        sources: [Passage] = [], firstCitation: Int = 1
    ) {
        self.model = model
        self.messages = messages
        self.temperature = temperature
        self.maxTokens = maxTokens
        self.sources = sources
        self.firstCitation = firstCitation
    }

    /// The body as sent: JSON without blanks, keys in a fixed order.
    public func json(stream: Bool = true) -> [UInt8] {
        Array(document(stream: stream).compact.utf8)
    }

    /// The same JSON as `json(stream:)`, laid out for reading.
    public func prettyJSON(stream: Bool = true) -> String {
        document(stream: stream).pretty
    }

    private func document(stream: Bool) -> OrderedJSON {
        var members: [(String, OrderedJSON)] = [
            ("model", .string(model)),
            (
                "messages",
                .array(
                    messages.map {
                        .object([("role", .string($0.role.rawValue)), ("content", .string($0.content))])
                    })
            ),
        ]
        if let temperature { members.append(("temperature", .number(temperature))) }
        if let maxTokens { members.append(("max_tokens", .integer(maxTokens))) }
        members.append(("stream", .boolean(stream)))
        if stream {
            members.append(("stream_options", .object([("include_usage", .boolean(true))])))
        }
        return .object(members)
    }
}
