import Hashing
import Kernels
import Synchronization
import TestModels
import TestServer

/// A Hugging Face endpoint with one repository, which answers as the real one does and fails when it is told to.
final class ModelHub {
    typealias Response = TestServer.Response

    let server: TestServer
    static let commit = String(repeating: "c0ffee", count: 7).prefix(40)

    /// - Parameters:
    ///   - fault: looks at each request before it is answered, with how often that path was asked already
    ///     (from 1), and may answer in its own way.
    init(
        _ model: TinyModel = TinyModel(), announcesHash: Bool = true,
        fault: @escaping @Sendable (TestServer.Request, Int) -> Response? = { _, _ in nil }
    ) throws {
        let counts = Mutex<[String: Int]>([:])
        server = try TestServer { request in
            let number = counts.withLock { counts in
                counts[request.path, default: 0] += 1
                return counts[request.path] ?? 1
            }
            if let response = fault(request, number) { return response }
            return Self.answer(request, model, announcesHash: announcesHash)
        }
    }

    deinit { server.stop() }

    var url: String { server.url }

    /// The paths asked for that end so, with the range of each.
    func ranges(of suffix: String) -> [String?] {
        server.requests.filter { $0.path.hasSuffix(suffix) && $0.method == "GET" }.map { $0.header("Range") }
    }

    /// The answer of a healthy endpoint.
    static func answer(_ request: TestServer.Request, _ model: TinyModel, announcesHash: Bool = true) -> Response {
        let pieces = request.path.split(separator: "/", maxSplits: 4).map(String.init)
        guard pieces.count == 5, pieces[2] == "resolve", let bytes = model.files[pieces[4]] else {
            return Response("Entry not found", status: 404)
        }
        return file(bytes, for: request, headers: announcements(of: bytes, announcesHash: announcesHash))
    }

    static func announcements(of bytes: [UInt8], announcesHash: Bool = true) -> [(String, String)] {
        var headers = [("X-Repo-Commit", String(commit))]
        if announcesHash {
            headers += [("X-Linked-Etag", "\"\(sha256(bytes))\""), ("X-Linked-Size", "\(bytes.count)")]
        }
        return headers
    }

    /// A file with its entity tag, or the part of it that a range asks for.
    static func file(
        _ bytes: [UInt8], for request: TestServer.Request, headers: [(String, String)] = [], sending limit: Int? = nil
    ) -> Response {
        let tag = "\"" + sha256(bytes) + "\""
        var start = 0
        if let range = request.header("Range"), request.header("If-Range") == tag {
            start = Int(range.dropFirst("bytes=".count).dropLast()) ?? 0
        }
        let rest = Array(bytes[start...])
        let range = start > 0 ? [("Content-Range", "bytes \(start)-\(bytes.count - 1)/\(bytes.count)")] : []
        return Response(
            status: start > 0 ? 206 : 200, headers: headers + range + [("ETag", tag)],
            steps: [.bytes(Array(rest.prefix(limit ?? rest.count)))], framing: .declared(rest.count))
    }

    static func sha256(_ bytes: [UInt8]) -> String {
        var hash = ContentHash()
        hash.add(bytes)
        return hash.hexadecimal()
    }
}
