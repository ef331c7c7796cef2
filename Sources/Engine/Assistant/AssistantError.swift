import Diagnostics

/// What can be wrong with an answer that arrived whole. What can go wrong on the way to it is the provider's to say.
public enum AssistantError: UserFacingError, Equatable {
    /// The model or its filter declined, and nothing was written.
    case refused(detail: String)
    /// An answer that is whole and says nothing.
    case noText(host: String, detail: String)

    /// One sentence with what the server said, made safe for a terminal.
    public var message: String {
        switch self {
        case .refused(let detail):
            "The model declined to answer" + AssistantError.tail(detail)
        case .noText(let host, let detail):
            "The answer of \(terminalSafe(host)) holds no text" + AssistantError.tail(detail)
        }
    }

    /// What the writer can change for another try.
    public var hint: String? {
        switch self {
        case .refused: "Word the instruction differently, or leave out a source."
        case .noText: "Try again, raise max_tokens, or choose another model."
        }
    }

    /// Always `network`: it is the provider's answer that can't be used.
    public var status: ExitStatus { .network }

    /// The end of a sentence that `detail`, words of another, explains.
    package static func tail(_ detail: String) -> String {
        if detail.isEmpty { return "." }
        let detail = terminalSafe(detail)
        let ended = detail.last.map { ".!?…。！？".contains($0) } ?? false
        return ": \(detail)" + (ended ? "" : ".")
    }
}
