import TestServer
import Testing

@testable import Transfer

private typealias Response = TestServer.Response

@Suite struct RedirectTests {
    private func send(
        _ url: String, method: String = "GET", body: String = "",
        headers: [(String, String)] = [("Authorization", "Bearer k"), ("Accept", "a/b"), ("X-Api-Key", "k")],
        staysAtOrigin: Bool = true
    ) throws -> String {
        var received: [UInt8] = []
        _ = try HTTPClient().send(
            HTTPRequest(
                url: url, method: method, headers: headers, body: Array(body.utf8), staysAtOrigin: staysAtOrigin)
        ) { bytes throws(TransferError) in received += bytes }
        return String(decoding: received, as: UTF8.self)
    }

    @Test func withinAServerTheKeyGoesAlong() throws {
        let server = try TestServer { request in
            request.path == "/a" ? .redirect(307, to: "/b") : Response("ok " + request.bodyText)
        }
        defer { server.stop() }
        #expect(try send(server.url + "/a", method: "POST", body: "text") == "ok text")
        #expect(server.requests.map(\.path) == ["/a", "/b"])
        #expect(server.requests.last?.header("Authorization") == "Bearer k")
        #expect(server.requests.last?.method == "POST")
    }

    /// Nothing is sent there by following one with a GET, but its answer isn't that of the server that was asked.
    @Test(arguments: [301, 302, 303, 307, 308], ["GET", "POST"])
    func whatStaysAtItsOriginFollowsNoRedirectElsewhere(status: Int, method: String) throws {
        let other = try TestServer { _ in Response("there") }
        let elsewhere = other.url + "/x?token=t"
        let server = try TestServer { _ in .redirect(status, to: elsewhere) }
        defer {
            server.stop()
            other.stop()
        }
        let error = #expect(throws: TransferError.self) {
            try send(server.url, method: method, body: method == "POST" ? "my article" : "")
        }
        #expect(error == .redirectedElsewhere(from: server.url, to: other.url))
        #expect(error?.message.contains(server.url) == true && error?.message.contains(other.url) == true)
        #expect(error?.status == .network)
        #expect(other.requests.isEmpty)
    }

    /// The same machine by another name is another origin, and so is the same host with TLS.
    @Test func anOriginIsSchemeHostAndPort() throws {
        let server = try TestServer { _ in Response("here") }
        defer { server.stop() }
        let port = server.port
        let first = try TestServer { _ in .redirect(302, to: "http://localhost:\(port)/") }
        defer { first.stop() }
        #expect(throws: TransferError.redirectedElsewhere(from: first.url, to: "http://localhost:\(port)")) {
            try send(first.url)
        }
        let second = try TestServer { request in .redirect(307, to: "https://" + (request.header("Host") ?? "")) }
        defer { second.stop() }
        #expect(throws: TransferError.redirectedElsewhere(from: second.url, to: "https://127.0.0.1:\(second.port)")) {
            try send(second.url)
        }
        #expect(server.requests.isEmpty)
    }

    @Test func toAnotherOriginNoKeyGoesAlong() throws {
        let other = try TestServer { _ in Response("there") }
        let elsewhere = other.url + "/x"
        let server = try TestServer { _ in .redirect(302, to: elsewhere) }
        defer {
            server.stop()
            other.stop()
        }
        #expect(try send(server.url, staysAtOrigin: false) == "there")
        #expect(server.requests.first?.header("Authorization") == "Bearer k")
        #expect(other.requests.count == 1)
        #expect(other.requests.first?.header("Authorization") == nil)
        #expect(other.requests.first?.header("X-Api-Key") == nil)
        #expect(other.requests.first?.header("Accept") == "a/b")
    }

    @Test func noTextIsSentToAnotherServer() throws {
        let other = try TestServer { _ in Response("there") }
        let elsewhere = other.url + "/x"
        let server = try TestServer { _ in .redirect(308, to: elsewhere) }
        defer {
            server.stop()
            other.stop()
        }
        let error = #expect(throws: TransferError.self) {
            try send(server.url, method: "POST", body: "my article", staysAtOrigin: false)
        }
        guard case .redirect = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(other.requests.isEmpty)
    }

    @Test(arguments: [301, 302, 303])
    func afterAPostComesAGet(status: Int) throws {
        let server = try TestServer { request in
            request.path == "/a" ? .redirect(status, to: "b") : Response("ok" + request.bodyText)
        }
        defer { server.stop() }
        #expect(try send(server.url + "/a", method: "POST", body: "text") == "ok")
        #expect(server.requests.map(\.method) == ["POST", "GET"])
    }

    @Test func aLoopEnds() throws {
        let server = try TestServer { _ in .redirect(302, to: "/again") }
        defer { server.stop() }
        #expect(throws: TransferError.redirect(host: "127.0.0.1", reason: "there are too many")) {
            try send(server.url)
        }
        #expect(server.requests.count == 6)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/"])
    func otherSchemesAreNotFollowed(target: String) throws {
        let server = try TestServer { _ in .redirect(302, to: target) }
        defer { server.stop() }
        let error = #expect(throws: TransferError.self) { try send(server.url) }
        guard case .badURL = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func httpsNeverLeadsToHTTP() throws {
        let secure = try WebAddress("https://example.org/a")
        let plain = try WebAddress("http://example.org/a")
        let request = HTTPRequest(
            url: "https://example.org/a", headers: [("Authorization", "k"), ("Range", "r")], staysAtOrigin: false)
        #expect(throws: TransferError.redirect(host: "example.org", reason: "it leads from https to http")) {
            try HTTPClient.redirected(request, from: secure, to: plain, status: 302)
        }
        // Another scheme is another origin: the key, which went in the clear once, is not repeated.
        let upgraded = try HTTPClient.redirected(request, from: plain, to: secure, status: 302)
        #expect(upgraded.headers.map(\.0) == ["Range"])
    }
}
