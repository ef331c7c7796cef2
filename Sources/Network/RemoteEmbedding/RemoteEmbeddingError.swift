import Diagnostics
import Transfer

/// What can go wrong with a remote embedding model. No case holds a key or a text of the writer's.
public enum RemoteEmbeddingError: UserFacingError, Equatable {
    /// `send_notes` isn't true.
    case notAllowed(host: String)
    /// Plain http beyond this machine would show the texts to everybody on the way.
    case insecure(host: String)
    /// The key could not be had; the key reader's own words.
    case key(message: String, hint: String?)
    case keyRefused(host: String, detail: String)
    case noSuchModel(host: String, model: String, detail: String)
    /// Any other status.
    case status(host: String, code: Int, detail: String, retryAfter: Int?)
    case transfer(TransferError)
    /// The answer isn't what the protocol says.
    case badAnswer(host: String, detail: String)
    case wrongCount(host: String, expected: Int, actual: Int)
    case wrongDimensions(host: String, expected: Int, actual: Int)
    /// A vector with numbers that are none, or without direction.
    case notAVector(host: String)

    /// One sentence that names the host; it holds no key and no text of the writer's.
    public var message: String {
        switch self {
        case .notAllowed(let host):
            "A remote embedding model at \(terminalSafe(host)) is configured, but send_notes is not true: nothing was sent."
        case .insecure(let host):
            "Texts are not sent to \(terminalSafe(host)) over plain http, where anyone on the way could read them."
        case .key(let message, _): message
        case .keyRefused(let host, let detail): "\(terminalSafe(host)) refused the key\(said(detail))"
        case .noSuchModel(let host, let model, let detail):
            "\(terminalSafe(host)) has no embedding model “\(terminalSafe(model))” at that address\(said(detail))"
        case .status(let host, let code, let detail, _):
            "\(terminalSafe(host)) answered with status \(code)\(said(detail))"
        case .transfer(let error): error.message
        case .badAnswer(let host, let detail):
            "\(terminalSafe(host)) did not answer with embeddings: \(terminalSafe(detail))."
        case .wrongCount(let host, let expected, let actual):
            "\(terminalSafe(host)) gave \(actual) vectors for \(expected) texts."
        case .wrongDimensions(let host, let expected, let actual):
            "\(terminalSafe(host)) gave a vector of \(actual) dimensions where \(expected) were expected."
        case .notAVector(let host): "\(terminalSafe(host)) gave a vector that is none."
        }
    }

    /// What the writer can set or try.
    public var hint: String? {
        switch self {
        case .notAllowed:
            "Set send_notes = true under [embedding] in your config.toml if notes may leave this machine, or remove that "
                + "section to use a local model."
        case .insecure: "Use https, or set allow_plain_http = true under [embedding] in your config.toml."
        case .key(_, let hint): hint
        case .keyRefused: "Check key_env or key_command under [embedding] in your config.toml."
        case .noSuchModel: "Check base_url and model under [embedding] in your config.toml."
        case .status(_, _, _, let seconds?): "Try again in \(seconds) seconds."
        case .status, .badAnswer, .wrongCount, .notAVector: "Try again, or use a local model: --model NAME."
        case .transfer(let error): error.hint
        case .wrongDimensions:
            "Set dimensions under [embedding] if the model changed, and run longhand index --rebuild."
        }
    }

    /// `badInput` where a setting keeps the request here, else `network` or what the error inside says.
    public var status: ExitStatus {
        switch self {
        case .notAllowed, .insecure, .key: .badInput
        case .transfer(let error): error.status
        default: .network
        }
    }

    private func said(_ detail: String) -> String { detail.isEmpty ? "." : ": " + terminalSafe(detail) }
}
