import Foundation
import TestServer
import Testing

@testable import Transfer

@Suite struct BackoffTests {
    private func status(_ code: Int, retryAfter: Int? = nil) -> TransferError {
        .httpStatus(host: "h", code: code, excerpt: "", retryAfter: retryAfter)
    }

    @Test func waitsDoubleAndEnd() {
        var backoff = Backoff(attempts: 4, firstDelay: 1)
        #expect((0..<4).map { _ in backoff.delay(after: .cut(host: "h", received: 0)) } == [1, 2, 4, nil])
        backoff.progressed()
        #expect(backoff.delay(after: .timedOut(host: "h")) == 1)
    }

    @Test func aServersWishCountsWithinReason() {
        var backoff = Backoff(attempts: 9, firstDelay: 1, longest: 60)
        #expect(backoff.delay(after: status(429, retryAfter: 7)) == 7)
        #expect(backoff.delay(after: status(503, retryAfter: 0)) == 0)
        #expect(backoff.delay(after: status(429, retryAfter: 61)) == nil)
    }

    @Test func whatCannotPassIsNotTriedAgain() {
        for code in [400, 401, 403, 404, 416] {
            var backoff = Backoff()
            #expect(backoff.delay(after: status(code)) == nil)
        }
        for error: TransferError in [
            .cancelled, .checksum(file: "f"), .disk(path: "p", reason: "r"), .tls(host: "h", reason: "r"),
        ] {
            var backoff = Backoff()
            #expect(backoff.delay(after: error) == nil)
        }
    }

    @Test func aWaitIsCancelled() {
        #expect(throws: TransferError.cancelled) { try Backoff.wait(600, isCancelled: { true }) }
        #expect(throws: Never.self) { try Backoff.wait(0.01, isCancelled: { false }) }
    }

    @Test func retryAfterIsANumberOrADate() {
        func after(_ value: String) -> Int? { HTTPHead(status: 429, headers: [("retry-after", value)]).retryAfter }
        #expect(after("12") == 12 && after("-3") == 0 && after("soon") == nil)
        #expect(after("Sun, 06 Nov 1994 08:49:37 GMT") == 0)
        #expect(HTTPDate.secondsSince1970("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
        #expect(HTTPDate.secondsSince1970("06 Nov 1994") == nil)
        #expect(HTTPHead(status: 200).retryAfter == nil)
    }

    @Test func onlyTheAskedServersOwnWordsAreAPromise() throws {
        let elsewhere = try TestServer { _ in
            TestServer.Response("content", headers: [("X-Linked-Size", "1")])
        }
        let place = elsewhere.url + "/blob"
        let server = try TestServer { request in
            request.path == "/renamed"
                ? .redirect(307, to: "/file")
                : TestServer.Response(status: 302, headers: [("Location", place), ("X-Linked-Size", "7")], steps: [])
        }
        defer {
            server.stop()
            elsewhere.stop()
        }
        let path = NSTemporaryDirectory() + "longhand-promise-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try HTTPClient().download(
            server.url + "/renamed", to: path,
            options: DownloadOptions(promised: { heads in
                #expect(heads.map(\.status) == [307, 302])
                return FilePromise(size: heads.compactMap { $0.header("X-Linked-Size") }.first.flatMap { Int($0) })
            }))
        #expect(file.size == 7)
    }
}
