import Assistant
import Diagnostics
import Transfer

/// What can go wrong with a provider. No case holds a key or what a key's command printed.
public enum ProviderError: UserFacingError, Equatable {
    /// No provider, or one that can't be used as it is configured.
    case notConfigured(reason: String)
    case keyMissing(variable: String)
    /// The key's command; `reason` says how it ended.
    case keyCommand(reason: String)
    /// The request, and the key with it, would go over plain http to another machine.
    case insecure(host: String)
    case transfer(TransferError)
    /// 401 or 403.
    case keyRefused(host: String, detail: String)
    /// 404: the address or the model.
    case notFound(host: String, model: String, detail: String)
    /// 429.
    case rateLimited(host: String, retryAfter: Int?, detail: String)
    /// Any other status, or an error within a stream.
    case provider(host: String, status: Int?, detail: String)
    /// An answer that isn't of the protocol.
    case badAnswer(host: String, detail: String)
    /// An answer that arrived whole and is of no use.
    case answer(AssistantError)
    /// The stream ended before the answer did. What arrived was handed over.
    case cutStream(host: String, receivedCharacters: Int)
    case cancelled

    /// One sentence that names the host or the setting; it holds no key.
    public var message: String {
        switch self {
        case .notConfigured(let reason):
            "No provider can be used: \(terminalSafe(reason))."
        case .keyMissing(let variable):
            "The provider's key is missing: the environment variable \(terminalSafe(variable)) is not set."
        case .keyCommand(let reason):
            "The command for the provider's key \(reason)."
        case .insecure(let host):
            "Nothing was sent to \(terminalSafe(host)): over plain http anyone on the way could read it."
        case .transfer(let error):
            error.message
        case .keyRefused(let host, let detail):
            "\(terminalSafe(host)) refused the key" + AssistantError.tail(detail)
        case .notFound(let host, let model, let detail):
            "\(terminalSafe(host)) has no model `\(terminalSafe(model))` at this address"
                + AssistantError.tail(detail)
        case .rateLimited(let host, _, let detail):
            "\(terminalSafe(host)) takes no more requests for now" + AssistantError.tail(detail)
        case .provider(let host, let status, let detail):
            "\(terminalSafe(host)) failed" + (status.map { " with status \($0)" } ?? "")
                + AssistantError.tail(detail)
        case .badAnswer(let host, let detail):
            "The answer of \(terminalSafe(host)) can't be understood" + AssistantError.tail(detail)
        case .answer(let error):
            error.message
        case .cutStream(let host, let received):
            "\(terminalSafe(host)) broke off in the middle of its answer, after \(received) characters."
        case .cancelled:
            "The request was cancelled."
        }
    }

    /// What the writer can set, check or run; nil where there is nothing to do.
    public var hint: String? {
        switch self {
        case .notConfigured:
            "Set base_url, model and key_env or key_command under [provider] in your config.toml."
        case .keyMissing(let variable):
            "Run `export \(terminalSafe(variable))=…`, or set key_command under [provider]."
        case .keyCommand:
            "Run the key_command of [provider] in a shell to see what it says."
        case .insecure:
            "Use an https address for base_url, or set allow_plain_http = true for that provider in your config.toml."
        case .transfer(let error):
            error.hint
        case .keyRefused:
            "Check that the key belongs to this base_url and may use this model."
        case .notFound:
            "Check base_url and model under [provider]; base_url often ends in /v1."
        case .rateLimited(_, let retryAfter, _):
            retryAfter.map { "Try again in \($0) seconds." } ?? "Try again later, or check your quota."
        case .provider(_, let status, _):
            (status ?? 500) >= 500 ? "Try again later." : nil
        case .badAnswer:
            "Check that base_url leads to a server that speaks OpenAI's chat protocol."
        case .answer(let error):
            error.hint
        case .cutStream:
            "What arrived is kept; ask again for the rest."
        case .cancelled:
            nil
        }
    }

    /// `badInput` for settings, `interrupted` where the caller cancelled, else `network` or what the error inside says.
    public var status: ExitStatus {
        switch self {
        case .notConfigured, .keyMissing, .keyCommand, .insecure: .badInput
        case .transfer(let error): error.status
        case .answer(let error): error.status
        case .keyRefused, .notFound, .rateLimited, .provider, .badAnswer, .cutStream: .network
        case .cancelled: .interrupted
        }
    }
}
