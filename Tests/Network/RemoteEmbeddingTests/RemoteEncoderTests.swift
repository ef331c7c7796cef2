import Embedding
import Foundation
import Synchronization
import TestServer
import Testing

@testable import RemoteEmbedding

/// What is sent to an embeddings endpoint, and what is made of its answers, good and bad.
@Suite struct RemoteEncoderTests {
    private typealias Response = TestServer.Response

    private static func json(_ vectors: [(index: Int, values: [Double])]) -> String {
        let items = vectors.map { "{\"object\":\"embedding\",\"index\":\($0.index),\"embedding\":\($0.values)}" }
        return "{\"object\":\"list\",\"data\":[\(items.joined(separator: ","))]}"
    }

    private static func inputs(_ request: TestServer.Request) -> [String] {
        let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        return body?["input"] as? [String] ?? []
    }

    /// A vector that tells texts apart: its length, and one.
    private static func healthy(_ request: TestServer.Request) -> Response {
        .json(json(inputs(request).enumerated().map { ($0.offset, [Double($0.element.utf8.count), 1]) }))
    }

    private func encoder(
        _ server: TestServer, dimensions: Int? = nil, key: @escaping RemoteEncoder.Key = { _ in "sk-secret-key" }
    ) throws -> RemoteEncoder {
        try RemoteEncoder(
            .init(baseURL: server.url + "/v1/", model: "big", dimensions: dimensions), key: key)
    }

    private func encode(_ encoder: RemoteEncoder, _ texts: [String]) throws -> [[Float]] {
        try encoder.encodePassages(texts, isCancelled: { false })
    }

    /// The error that `answer` leads to.
    private func error(
        dimensions: Int? = nil, texts: [String] = ["a"], _ answer: Response
    ) throws -> RemoteEmbeddingError? {
        let server = try TestServer { _ in answer }
        defer { server.stop() }
        let encoder = try encoder(server, dimensions: dimensions)
        return #expect(throws: RemoteEmbeddingError.self) { try encode(encoder, texts) }
    }

    @Test func textsBecomeVectorsOfLengthOne() throws {
        let server = try TestServer { Self.healthy($0) }
        defer { server.stop() }
        let encoder = try encoder(server)
        #expect(encoder.dimension == 0)
        #expect(encoder.leavesMachine)
        let vectors = try encode(encoder, ["abc", "词"])
        #expect(encoder.dimension == 2)
        #expect(vectors.count == 2)
        for vector in vectors { #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5) }
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.path == "/v1/embeddings")
        #expect(request.header("Authorization") == "Bearer sk-secret-key")
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["model"] as? String == "big")
        #expect(body["input"] as? [String] == ["abc", "词"])
        #expect(Set(body.keys) == ["model", "input", "encoding_format"])
    }

    @Test func dimensionsAreAskedForAndChecked() throws {
        let server = try TestServer { Self.healthy($0) }
        defer { server.stop() }
        let encoder = try encoder(server, dimensions: 3)
        #expect(encoder.dimension == 3)
        #expect(throws: RemoteEmbeddingError.wrongDimensions(host: encoder.host, expected: 3, actual: 2)) {
            try encode(encoder, ["a"])
        }
        #expect(server.requests.first?.bodyText.contains("\"dimensions\":3") == true)
    }

    @Test func theOrderIsTheIndexs() throws {
        let server = try TestServer { _ in .json(Self.json([(1, [0, 2]), (0, [5, 0])])) }
        defer { server.stop() }
        #expect(try encode(encoder(server), ["a", "b"]) == [[1, 0], [0, 1]])
    }

    @Test func base64IsRead() throws {
        let bytes = [Float(3), Float(4)].flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
        }
        let text = Data(bytes).base64EncodedString()
        let server = try TestServer { _ in .json("{\"data\":[{\"embedding\":\"\(text)\"}]}") }
        defer { server.stop() }
        #expect(try encode(encoder(server), ["a"]) == [[0.6, 0.8]])
    }

    @Test func aRequestHoldsSixtyFourTextsOrEightThousandTokens() throws {
        #expect(EmbeddingRequest.batches([]) == [])
        #expect(EmbeddingRequest.batches(Array(repeating: 1, count: 130)) == [0..<64, 64..<128, 128..<130])
        #expect(EmbeddingRequest.batches([5000, 3000, 1, 9000, 9000]) == [0..<2, 2..<3, 3..<4, 4..<5])
        let server = try TestServer { Self.healthy($0) }
        defer { server.stop() }
        let vectors = try encode(encoder(server), (0..<100).map { "text \($0)" })
        #expect(vectors.count == 100)
        #expect(server.requests.map { Self.inputs($0).count } == [64, 36])
    }

    @Test func troubleThatPassesIsWaitedFor() throws {
        let count = Mutex(0)
        let server = try TestServer { request in
            let number = count.withLock {
                $0 += 1; return $0
            }
            switch number {
            case 1: return .error(429, "slow down", headers: [("Retry-After", "1")])
            case 2: return .error(503, "busy")
            case 3: return Response(steps: [.text("{\"data\""), .cut], framing: .declared(100))
            default: return Self.healthy(request)
            }
        }
        defer { server.stop() }
        #expect(try encode(encoder(server), ["a"]).count == 1)
        #expect(server.requests.count == 4)
    }

    @Test func aWaitCanBeCancelled() throws {
        let server = try TestServer { _ in .error(429, "slow down", headers: [("Retry-After", "50")]) }
        defer { server.stop() }
        let encoder = try encoder(server)
        let asked = server
        #expect(throws: ModelError.cancelled) {
            try encoder.encodePassages(["a"], isCancelled: { !asked.requests.isEmpty })
        }
    }

    @Test func whatWillNotPassIsSaidAtOnce() throws {
        guard case .keyRefused = try error(.error(401, "bad key sk-secret-key")) else { Issue.record("401"); return }
        guard case .noSuchModel = try error(.error(404, "no")) else { Issue.record("404"); return }
        guard case .status(_, 400, let detail, _) = try error(.error(400, "too long")) else {
            Issue.record("400"); return
        }
        #expect(detail == "too long")
    }

    @Test func aKeyThatAServerRepeatsIsStruckOut() throws {
        let error = try #require(try error(.error(401, "Incorrect API key: sk-secret-key.")))
        #expect(!error.description.contains("sk-secret"))
        #expect(error.description.contains("Incorrect API key"))
    }

    @Test func wrongAnswersAreTypedErrors() throws {
        guard case .wrongCount(_, 2, 1) = try error(texts: ["a", "b"], .json(Self.json([(0, [1])]))) else {
            Issue.record("count")
            return
        }
        guard case .badAnswer = try error(texts: ["a", "b"], .json(Self.json([(0, [1]), (0, [1])]))) else {
            Issue.record("index twice")
            return
        }
        guard case .badAnswer = try error(texts: ["a"], .json(Self.json([(7, [1])]))) else {
            Issue.record("index"); return
        }
        guard case .wrongDimensions = try error(texts: ["a", "b"], .json(Self.json([(0, [1]), (1, [1, 2])]))) else {
            Issue.record("ragged")
            return
        }
        guard case .notAVector = try error(.json(Self.json([(0, [0, 0])]))) else { Issue.record("zero"); return }
        let nan = Data([0, 0, 0xC0, 0x7F]).base64EncodedString()
        guard case .notAVector = try error(.json("{\"data\":[{\"index\":0,\"embedding\":\"\(nan)\"}]}")) else {
            Issue.record("NaN")
            return
        }
        for body in [
            "", "[]", "<html>", "{\"data\":[{\"embedding\":\"***\"}]}", "{\"data\":[{\"embedding\":[\"x\"]}]}",
        ] {
            guard case .badAnswer = try error(.json(body)) else { Issue.record("\(body)"); return }
        }
    }

    @Test func notesAreNotSentInTheClear() throws {
        #expect(throws: RemoteEmbeddingError.insecure(host: "example.com")) {
            try RemoteEncoder(.init(baseURL: "http://example.com/v1", model: "m"), key: { _ in nil })
        }
        for host in ["10.0.0.1", "192.168.1.2", "desk", "desk.local", "127.0.0.1.example.org", "[fd00::1]"] {
            #expect(throws: RemoteEmbeddingError.insecure(host: host), "\(host)") {
                try RemoteEncoder(.init(baseURL: "http://\(host)/v1", model: "m"), key: { _ in nil })
            }
        }
        #expect(throws: RemoteEmbeddingError.self) {
            try RemoteEncoder(.init(baseURL: "example", model: "m"), key: { _ in nil })
        }
        _ = try RemoteEncoder(
            .init(baseURL: "http://10.0.0.1/v1", model: "m", allowsPlainHTTP: true), key: { _ in nil })
    }

    @Test(arguments: [302, 307])
    func vectorsFromElsewhereAreNotTaken(status: Int) throws {
        let other = try TestServer { Self.healthy($0) }
        let elsewhere = other.url + "/v1/embeddings"
        let server = try TestServer { _ in .redirect(status, to: elsewhere) }
        defer {
            server.stop()
            other.stop()
        }
        let encoder = try encoder(server)
        #expect(throws: RemoteEmbeddingError.transfer(.redirectedElsewhere(from: server.url, to: other.url))) {
            try encode(encoder, ["a"])
        }
        #expect(other.requests.isEmpty)
    }

    @Test func theFingerprintNamesPlaceModelAndDimensions() throws {
        func fingerprint(_ url: String, _ model: String = "m", _ dimensions: Int? = nil) throws -> String {
            try RemoteEncoder(.init(baseURL: url, model: model, dimensions: dimensions), key: { _ in nil }).fingerprint
        }
        let prints = try [
            fingerprint("https://a.example/v1"), fingerprint("https://a.example/v2"),
            fingerprint("https://b.example/v1"),
            fingerprint("https://a.example/v1", "n"), fingerprint("https://a.example/v1", "m", 256),
        ]
        #expect(Set(prints).count == prints.count)
        #expect(try fingerprint("https://a.example/v1/") == prints[0])
    }

    @Test func aTextNeverFollowsARedirectElsewhere() throws {
        let other = try TestServer { Self.healthy($0) }
        let place = other.url + "/v1/embeddings"
        let server = try TestServer { _ in .redirect(308, to: place) }
        defer {
            server.stop()
            other.stop()
        }
        #expect(throws: RemoteEmbeddingError.self) { try encode(encoder(server), ["private"]) }
        #expect(other.requests.isEmpty)
    }

    @Test func aQueryIsTriedOnceMore() throws {
        let server = try TestServer { _ in .error(500, "no") }
        defer { server.stop() }
        #expect(throws: RemoteEmbeddingError.self) { try encoder(server).encodeQuery("q") }
        #expect(server.requests.count == 2)
    }
}
