import Diagnostics
import Synchronization
import TestServer
import Testing
import Transfer

private typealias Response = TestServer.Response

/// What a transfer gave: the body, or the error.
private func get(
    _ url: String, idleSeconds: Int = 20, maximumBytes: Int = 1 << 20,
    isCancelled: @Sendable () -> Bool = { false }
) throws -> (response: HTTPResponse, body: String) {
    var body: [UInt8] = []
    let response = try HTTPClient().send(
        HTTPRequest(url: url, idleSeconds: idleSeconds, maximumBytes: maximumBytes),
        isCancelled: isCancelled
    ) { bytes throws(TransferError) in body += bytes }
    return (response, String(decoding: body, as: UTF8.self))
}

@Suite struct HTTPClientTests {
    @Test func aBodyComesWholeWithItsHead() throws {
        let server = try TestServer { _ in
            Response("héllo", status: 201, headers: [("X-Thing", "one")])
        }
        defer { server.stop() }
        let (response, body) = try get(server.url + "/a?b=c")
        #expect(body == "héllo")
        #expect(response.status == 201)
        #expect(response.header("x-thing") == "one")
        #expect(server.requests.map(\.path) == ["/a?b=c"])
        #expect(server.requests.first?.method == "GET")
    }

    @Test func aPostSendsItsBodyAndHeaders() throws {
        let server = try TestServer { Response($0.bodyText) }
        defer { server.stop() }
        var body: [UInt8] = []
        _ = try HTTPClient().send(
            HTTPRequest(
                url: server.url, method: "POST", headers: [("X-A", "b\r\nX-Injected: c")],
                body: Array("a\0b".utf8))
        ) { bytes throws(TransferError) in body += bytes }
        #expect(body == Array("a\0b".utf8))
        #expect(server.requests.first?.header("X-A") == "bX-Injected: c")
        #expect(server.requests.first?.header("X-Injected") == nil)
        #expect(server.requests.first?.header("Expect") == nil)
    }

    @Test func chunksComeInOrder() throws {
        let server = try TestServer { _ in
            Response(
                steps: (0..<20).flatMap { [.text("\($0) "), .pause(milliseconds: 1)] },
                framing: .chunked)
        }
        defer { server.stop() }
        let (_, body) = try get(server.url)
        #expect(body == (0..<20).map { "\($0) " }.joined())
    }

    @Test(arguments: [400, 401, 404, 429, 500, 503])
    func anErrorStatusIsAnAnswer(status: Int) throws {
        let server = try TestServer { _ in .error(status, "no") }
        defer { server.stop() }
        let (response, body) = try get(server.url)
        #expect(response.status == status)
        #expect(body.isEmpty)
        #expect(String(decoding: response.errorBody, as: UTF8.self).contains("\"no\""))
    }

    @Test func anErrorsBodyIsCapped() throws {
        let server = try TestServer { _ in Response(String(repeating: "x", count: 200_000), status: 500) }
        defer { server.stop() }
        #expect(try get(server.url).response.errorBody.count == 64 << 10)
    }

    @Test func aCutAnswerIsReported() throws {
        let server = try TestServer { _ in Response(steps: [.text("12345")], framing: .declared(100)) }
        defer { server.stop() }
        #expect(throws: TransferError.cut(host: "127.0.0.1", received: 5)) { try get(server.url) }
    }

    @Test func aResetIsReported() throws {
        let server = try TestServer { _ in
            Response(steps: [.text("12345"), .pause(milliseconds: 60), .cut], framing: .chunked)
        }
        defer { server.stop() }
        #expect(throws: TransferError.cut(host: "127.0.0.1", received: 5)) { try get(server.url) }
    }

    @Test func tooManyBytesAreRefused() throws {
        let server = try TestServer { _ in Response(String(repeating: "x", count: 2000)) }
        defer { server.stop() }
        #expect(throws: TransferError.tooLarge(host: "127.0.0.1", limit: 1000)) {
            try get(server.url, maximumBytes: 1000)
        }
    }

    @Test func aHangingServerIsGivenUp() throws {
        let server = try TestServer { _ in Response(steps: [.hang], framing: .chunked) }
        defer { server.stop() }
        #expect(throws: TransferError.timedOut(host: "127.0.0.1")) {
            try get(server.url, idleSeconds: 1)
        }
    }

    @Test func aCancelEndsAHangingTransfer() throws {
        let server = try TestServer { _ in Response(steps: [.text("x"), .hang], framing: .chunked) }
        defer { server.stop() }
        let asked = Mutex(0)
        #expect(throws: TransferError.cancelled) {
            try get(server.url) {
                asked.withLock {
                    $0 += 1; return $0 > 4
                }
            }
        }
    }

    @Test func aCallersErrorEndsTheTransfer() throws {
        let server = try TestServer { _ in Response(steps: [.text("x"), .hang], framing: .chunked) }
        defer { server.stop() }
        let mine = TransferError.disk(path: "f", reason: "full")
        #expect(throws: mine) {
            try HTTPClient().send(HTTPRequest(url: server.url)) { _ throws(TransferError) in throw mine }
        }
    }

    @Test func nobodyAtThePort() throws {
        let server = try TestServer { _ in Response("") }
        let url = server.url
        let port = server.port
        server.stop()
        // The listener closes on its own thread: until then a connection is dropped instead.
        var error = TransferError.cancelled
        for _ in 0..<200 {
            do throws(TransferError) {
                _ = try HTTPClient().send(HTTPRequest(url: url)) { _ throws(TransferError) in }
            } catch let caught { error = caught }
            if case .unreachable = error { break }
        }
        #expect(error == .unreachable(host: "127.0.0.1", reason: "nothing answers at port \(port)"))
        #expect(error.status == .network)
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://example.org/x", "nonsense", "", "http://", "http://a b/",
        "https://me:secret@example.org/", "gopher://127.0.0.1/",
    ])
    func onlyPlainWebAddressesAreFetched(url: String) {
        let error = #expect(throws: TransferError.self) { try get(url) }
        guard case .badURL = error else {
            Issue.record("\(url): \(String(describing: error))")
            return
        }
        #expect(error?.message.contains("secret") == false)
        #expect(error?.status == .badInput)
    }

    @Test func descriptionsShowNoHeaders() {
        let request = HTTPRequest(
            url: "https://example.org/?token=SECRET", headers: [("Authorization", "Bearer SECRET")],
            body: Array("SECRET".utf8))
        #expect(!"\(request)".contains("SECRET"))
        #expect(!String(reflecting: request).contains("SECRET"))
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!dumped.contains("SECRET"))
        #expect(!TransferError.badURL("x", reason: "y").message.contains("SECRET"))
    }
}
