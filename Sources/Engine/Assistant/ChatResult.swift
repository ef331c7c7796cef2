import Diagnostics
import Review

/// Why an answer ended.
public enum FinishReason: Sendable, Equatable {
    case stop
    /// At the limit of tokens.
    case length
    /// The provider's filter ended it.
    case contentFilter
    case other(String)

    /// The reason that OpenAI's protocol, or a server that resembles it, calls `name`.
    package init(_ name: String) {
        switch name.lowercased() {
        case "stop", "eos", "eos_token", "end", "end_turn", "stop_sequence", "complete", "completed", "finished":
            self = .stop
        case "length", "max_tokens", "max_output_tokens", "model_length": self = .length
        case "content_filter", "safety", "refusal": self = .contentFilter
        default: self = .other(name)
        }
    }

    /// A sentence for the writer when the answer may not be whole.
    public var warning: String? {
        switch self {
        case .stop: nil
        case .other(let name):
            "The answer ended for a reason that Longhand doesn't know (\(terminalSafe(String(name.prefix(40))))); it may not be complete."
        case .length: "The answer stops at the model's limit of tokens; it is not complete."
        case .contentFilter: "The provider's filter ended the answer; it is not complete."
        }
    }
}

/// How a request went. The text went to `onDelta`.
public struct ChatResult: Sendable, Equatable {
    /// Why the answer ended.
    public var finishReason: FinishReason
    /// Tokens that the request had, as the provider counts them; nil where it doesn't say.
    public var promptTokens: Int?
    /// Tokens that the answer had, as the provider counts them; nil where it doesn't say.
    public var completionTokens: Int?
    /// All deltas together.
    public var text: String

    /// A result of these parts.
    public init(
        finishReason: FinishReason, promptTokens: Int? = nil, completionTokens: Int? = nil,
        text: String = ""
    ) {
        self.finishReason = finishReason
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.text = text
    }
}

extension ChatResult {
    /// Whether an answer says nothing: blanks, what has no look, and the model's thoughts aside.
    public static func saysNothing(_ text: String) -> Bool {
        AnswerText.isBlank(AnswerText.withoutThoughts(text))
    }

    /// Whether nothing in `text` could be read, the model's thoughts included.
    package static func isBlank(_ text: String) -> Bool { AnswerText.isBlank(text) }

    /// `text` without the thoughts that stand before its first word.
    public static func withoutThoughts(_ text: String) -> String {
        AnswerText.trimmed(AnswerText.withoutThoughts(text))
    }
}
