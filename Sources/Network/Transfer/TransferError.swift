import Diagnostics

/// What can go wrong on the way to a server and back. It names hosts and files, never headers,
/// queries or passwords.
public enum TransferError: UserFacingError, Equatable {
    /// The host's name isn't known, or it doesn't answer.
    case unreachable(host: String, reason: String)
    /// No connection within the connect timeout, or no bytes for as long as the request allows.
    case timedOut(host: String)
    /// No secure connection: a certificate that isn't trusted, or no common protocol.
    case tls(host: String, reason: String)
    /// A status other than the expected; `excerpt` is the start of its body, safe to show;
    /// `retryAfter` the seconds the server asks to wait, where it says so.
    case httpStatus(host: String, code: Int, excerpt: String, retryAfter: Int? = nil)
    /// The connection ended before the answer did.
    case cut(host: String, received: Int)
    case cancelled
    /// More bytes than the request allows.
    case tooLarge(host: String, limit: Int)
    case badURL(String, reason: String)
    /// A redirect that isn't followed: too many, to a weaker scheme, or with a body to another host.
    case redirect(host: String, reason: String)
    /// A redirect to another origin, of a request that only the server it names may answer.
    case redirectedElsewhere(from: String, to: String)
    /// What arrived is not what was promised.
    case checksum(file: String)
    /// A file has another length than its server announced, in bytes.
    case length(file: String, expected: Int, actual: Int)
    case disk(path: String, reason: String)
    /// Anything else libcurl says.
    case failed(host: String, reason: String)

    /// One sentence that names the host or the file.
    public var message: String {
        switch self {
        case .unreachable(let host, let reason):
            "\(terminalSafe(host)) can't be reached: \(terminalSafe(reason))."
        case .timedOut(let host):
            "\(terminalSafe(host)) did not answer in time."
        case .tls(let host, let reason):
            "There is no secure connection to \(terminalSafe(host)): \(terminalSafe(reason))."
        case .httpStatus(let host, let code, let excerpt, _):
            "\(terminalSafe(host)) answered with status \(code)"
                + (excerpt.isEmpty ? "." : ": \(terminalSafe(excerpt))")
        case .cut(let host, let received):
            "The connection to \(terminalSafe(host)) ended early, after \(received) bytes."
        case .cancelled:
            "The transfer was cancelled."
        case .tooLarge(let host, let limit):
            "\(terminalSafe(host)) sent more than the \(limit) bytes allowed."
        case .badURL(let url, let reason):
            "`\(terminalSafe(url))` is not a usable URL: \(terminalSafe(reason))."
        case .redirect(let host, let reason):
            "A redirect from \(terminalSafe(host)) was not followed: \(terminalSafe(reason))."
        case .redirectedElsewhere(let from, let to):
            "\(terminalSafe(from)) redirects to \(terminalSafe(to)), which was not asked: nothing was sent there."
        case .checksum(let file):
            "What was downloaded for \(terminalSafe(file)) does not have the expected SHA-256."
        case .length(let file, let expected, let actual):
            "\(terminalSafe(file)) has \(actual) bytes where the server announced \(expected)."
        case .disk(let path, let reason):
            "\(terminalSafe(path)) can't be written: \(terminalSafe(reason))."
        case .failed(let host, let reason):
            "The transfer from \(terminalSafe(host)) failed: \(terminalSafe(reason))."
        }
    }

    /// What the writer can do; nil where there is nothing.
    public var hint: String? {
        switch self {
        case .unreachable: "Check the address and your connection, and that the server is running."
        case .timedOut: "Try again later."
        case .tls: "Check the system's clock and certificates; a company's proxy may need `ca_bundle`."
        case .cut: "Try again."
        case .checksum, .length: "Try again; if it stays so, the file has changed at its source."
        case .httpStatus(_, 429, _, let seconds?): "Try again in \(seconds) seconds."
        case .disk: "Check the disk's free space and the folder's permissions."
        case .badURL: "Write it as https://HOST/PATH."
        case .redirectedElsewhere: "Set base_url to the new address if you trust it."
        case .httpStatus, .cancelled, .tooLarge, .redirect, .failed: nil
        }
    }

    /// `badInput` for an address or a disk, `interrupted` where the caller cancelled, else `network`.
    public var status: ExitStatus {
        switch self {
        case .cancelled: .interrupted
        case .badURL, .disk: .badInput
        case .unreachable, .timedOut, .tls, .httpStatus, .cut, .tooLarge, .redirect, .redirectedElsewhere,
            .checksum, .length, .failed:
            .network
        }
    }
}
