import TestServer
import Testing

@testable import Transfer

/// Where requests may go without TLS, and what is connected to.
@Suite struct WebAddressTests {
    @Test(arguments: [
        "127.0.0.1", "127.0.0.1:8080", "127.200.3.4", "localhost", "LOCALHOST", "LocalHost:80", "[::1]",
        "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
    ])
    func thisMachineIsLoopback(host: String) throws {
        #expect(try WebAddress("http://\(host)/v1").isLoopback)
        #expect(try WebAddress("http://\(host)/v1").isProtected)
    }

    @Test(arguments: [
        "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.1.1", "0.0.0.0", "desk", "desk.local", "desk.lan",
        "127.0.0.1.evil.com",
        "127.0.0.1.", "127.evil.com", "127.0.0.1.1", "localhost.evil", "localhost.", "evil.localhost", "notlocalhost",
        "1.0.0.127", "128.0.0.1",
        "[::2]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]", "0300.0250.0.1", "0xC0A80001",
        "3232235521", "example.com",
        "１２７.0.0.1.example",
    ])
    func everythingElseIsElsewhere(host: String) throws {
        // Some spellings are no address to some versions of libcurl: then nothing is sent at all.
        guard let address = try? WebAddress("http://\(host)/v1") else { return }
        #expect(!address.isLoopback && !address.isProtected)
    }

    /// What is checked is what libcurl connects to, in whatever spelling.
    @Test(arguments: ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "%31%32%37.0.0.1"])
    func anOddSpellingCountsAsWhatItIs(host: String) throws {
        guard let address = try? WebAddress("http://\(host)/") else { return }
        #expect(address.isLoopback == (address.host == "127.0.0.1"))
    }

    @Test(arguments: [
        "http://localhost@evil.com/", "http://127.0.0.1:80@evil.com/", "http://user:password@127.0.0.1/",
        "http://127.0.0.1:x@127.0.0.1/",
    ])
    func userNamesAreRefusedAndNotRepeated(url: String) throws {
        let error = #expect(throws: TransferError.self) { try WebAddress(url) }
        #expect(
            error?.description.contains("password") != true
                || error?.description.contains("user's name or password") == true)
        #expect(error?.description.contains("user:") == false)
    }

    @Test func withTLSAnyHostIsProtected() throws {
        #expect(try WebAddress("https://example.com").isProtected)
        #expect(try WebAddress("HTTPS://example.com").isProtected)
    }

    @Test func anOriginNamesNeitherPathNorUsualPort() throws {
        #expect(try WebAddress("https://Example.com:443/a?k=v").origin == "https://example.com")
        #expect(try WebAddress("http://[::1]:8080/a").origin == "http://[::1]:8080")
    }

    /// A proxy reads what has no TLS: a request of the writer's goes around it, a download of public files doesn't.
    @Test func inTheClearNoProxyIsUsed() throws {
        let proxy = try TestServer { _ in TestServer.Response("by proxy") }
        defer { proxy.stop() }
        let client = HTTPClient(options: TransferOptions(connectSeconds: 2, proxy: proxy.url))
        func get(_ url: String, staysAtOrigin: Bool) throws -> String {
            var received: [UInt8] = []
            let request = HTTPRequest(url: url, headers: [("Authorization", "Bearer k")], staysAtOrigin: staysAtOrigin)
            _ = try client.send(request) { bytes throws(TransferError) in received += bytes }
            return String(decoding: received, as: UTF8.self)
        }
        #expect(throws: TransferError.self) { try get("http://longhand.invalid/", staysAtOrigin: true) }
        #expect(proxy.requests.isEmpty)
        #expect(try get("http://longhand.invalid/", staysAtOrigin: false) == "by proxy")
        let here = try TestServer { _ in TestServer.Response("straight") }
        defer { here.stop() }
        for host in ["127.0.0.1", "localhost"] {
            #expect(try get("http://\(host):\(here.port)/", staysAtOrigin: false) == "straight")
        }
        #expect(proxy.requests.count == 1)
    }
}
