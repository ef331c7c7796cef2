import Foundation
import Transfer

/// A Hugging Face endpoint or a mirror of one: how its files are addressed, and what it says of them.
package struct Hub {
    /// Without a slash at its end.
    package let endpoint: String
    package let host: String
    private let token: String?

    /// - Parameter environment: `HF_ENDPOINT` for a mirror, `HF_TOKEN` for repositories that want one.
    /// - Throws: `TransferError.badURL` for an endpoint that is none.
    package init(environment: [String: String]) throws(TransferError) {
        var endpoint = environment["HF_ENDPOINT"] ?? ""
        if endpoint.isEmpty { endpoint = "https://huggingface.co" }
        while endpoint.hasSuffix("/") { endpoint.removeLast() }
        let address = try WebAddress(endpoint)
        self.endpoint = endpoint
        host = address.host
        let token = environment["HF_TOKEN"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        // A token must not travel in the clear, nor break out of its header's line.
        let isUsable = !token.isEmpty && token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        self.token = isUsable && address.isProtected ? token : nil
    }

    /// What goes along with a request. The client leaves it out where a redirect leads to another server.
    package var headers: [(String, String)] { token.map { [("Authorization", "Bearer " + $0)] } ?? [] }

    package func url(_ repository: String, revision: String, file: String) -> String {
        func quoted(_ text: String, keeping: String) -> String {
            let allowed = CharacterSet(
                charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + keeping)
            return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
        }
        // A branch's slash is part of its name, a file's is one of its path.
        return "\(endpoint)/\(repository)/resolve/\(quoted(revision, keeping: ""))/\(quoted(file, keeping: "/"))"
    }

    /// What the endpoint announces of a large file before it redirects to where the file is: its SHA-256 as
    /// `X-Linked-Etag`, its length as `X-Linked-Size`. A small file's entity tag is another hash.
    package static func promise(_ heads: [HTTPHead]) -> FilePromise {
        var promise = FilePromise()
        for head in heads {
            if let tag = head.header("X-Linked-Etag")?.trimmingCharacters(in: CharacterSet(charactersIn: "\"")),
                tag.utf8.count == 64, tag.allSatisfy(\.isHexDigit)
            {
                promise.sha256 = tag.lowercased()
            }
            if let size = head.header("X-Linked-Size").flatMap({ Int($0) }), size >= 0 { promise.size = size }
        }
        return promise
    }

    /// The commit that a branch stood for when it was asked, where the endpoint says.
    package static func commit(_ heads: [HTTPHead]) -> String? {
        heads.lazy.compactMap { $0.header("X-Repo-Commit") }.first {
            $0.utf8.count == 40 && $0.allSatisfy(\.isHexDigit)
        }
    }

    /// Whether `name` is written `owner/name`.
    package static func isRepository(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && !part.hasPrefix(".") && !part.hasPrefix("-")
                    && part.utf8.allSatisfy {
                        $0 == 0x2D || $0 == 0x2E || $0 == 0x5F || (0x30...0x39).contains($0)
                            || (0x61...0x7A).contains($0 | 0x20)
                    }
            }
    }
}
