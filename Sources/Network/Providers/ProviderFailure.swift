import Assistant
import Diagnostics
import JSON
import Transfer

/// Turns what a provider answers instead of text into one error, without ever repeating the key.
struct ProviderFailure: Sendable {
    let host: String
    let model: String
    /// Kept to be struck out: some servers quote the key they refuse.
    private let key: String?

    private static let excerptCharacters = 240

    init(host: String, model: String, key: String?) {
        self.host = host
        self.model = model
        self.key = key
    }

    /// The error for a status that isn't a success.
    func status(_ response: HTTPResponse) -> ProviderError {
        let detail = detail(of: response.errorBody)
        switch response.status {
        case 401, 403:
            return .keyRefused(host: host, detail: detail)
        case 404:
            return .notFound(host: host, model: model, detail: detail)
        case 429:
            let seconds = response.header("Retry-After").flatMap { Int($0) }.map { max(0, $0) }
            return .rateLimited(host: host, retryAfter: seconds, detail: detail)
        default:
            return .provider(host: host, status: response.status, detail: detail)
        }
    }

    func inStream(_ message: String) -> ProviderError {
        .provider(host: host, status: nil, detail: excerpt(message))
    }

    func badAnswer(_ detail: String) -> ProviderError { .badAnswer(host: host, detail: detail) }

    func refused(_ message: String) -> ProviderError { .answer(.refused(detail: excerpt(message))) }

    func noText(_ detail: String) -> ProviderError { .answer(.noText(host: host, detail: detail)) }

    /// What the body says in words. A page of HTML says nothing that a sentence could hold.
    private func detail(of body: [UInt8]) -> String {
        if let value = JSONValue(body) {
            return excerpt(
                value.errorMessage ?? value["message"]?.string ?? value["detail"]?.string ?? "")
        }
        let text = String(decoding: body, as: UTF8.self)
        let start = text.first { !$0.isWhitespace }
        return start == "<" || start == "{" ? "" : excerpt(text)
    }

    private func excerpt(_ text: String) -> String {
        var text = text
        if let key, key.count >= 4 {
            while let range = text.firstRange(of: key) { text.replaceSubrange(range, with: "…") }
        }
        let words = terminalSafe(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.count > ProviderFailure.excerptCharacters else { return words }
        return words.prefix(ProviderFailure.excerptCharacters) + "…"
    }
}
