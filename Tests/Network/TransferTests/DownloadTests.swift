import Foundation
import Hashing
import Kernels
import Synchronization
import TestServer
import Testing
import Transfer

private typealias Response = TestServer.Response

@Suite final class DownloadTests {
    private let folder: String
    private var path: String { folder + "/model.bin" }
    private let content = String((0..<5000).map { "line \($0)\n" }.joined())

    init() throws {
        folder = NSTemporaryDirectory() + "longhand-download-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var hash: String {
        var hash = ContentHash()
        hash.add(content)
        return hash.hexadecimal()
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private func saved() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// Serves `content` in parts; the first `cuts` answers break off in the middle.
    private func server(
        cuts: Int, tag: @escaping @Sendable (Int) -> String = { _ in "\"v1\"" }
    ) throws -> TestServer {
        let bytes = Array(content.utf8)
        let answers = Mutex(0)
        return try TestServer { request in
            let number = answers.withLock {
                $0 += 1; return $0
            }
            let tag = tag(number)
            var start = 0
            if let range = request.header("Range"), request.header("If-Range") == tag {
                start = Int(range.dropFirst("bytes=".count).dropLast()) ?? 0
            }
            let rest = Array(bytes[start...])
            let sent = number <= cuts ? Array(rest[..<(rest.count / 2)]) : rest
            let range = start > 0 ? [("Content-Range", "bytes \(start)-\(bytes.count - 1)/\(bytes.count)")] : []
            return Response(
                status: start > 0 ? 206 : 200, headers: [("ETag", tag)] + range,
                steps: [.bytes(sent)], framing: .declared(rest.count))
        }
    }

    @Test func aWholeFileGetsItsName() throws {
        let server = try server(cuts: 0)
        defer { server.stop() }
        var last: DownloadProgress?
        try HTTPClient().download(server.url, to: path, sha256: hash, progress: { last = $0 })
        #expect(try saved() == content)
        #expect(files == ["model.bin"])
        #expect(last?.received == content.utf8.count)
        #expect(last?.total == content.utf8.count)
    }

    @Test func aBrokenDownloadIsContinued() throws {
        let server = try server(cuts: 2)
        defer { server.stop() }
        let url = server.url
        for _ in 0..<2 {
            #expect(throws: TransferError.self) { try HTTPClient().download(url, to: path) }
            #expect(files == ["model.bin.part", "model.bin.part.version"])
        }
        try HTTPClient().download(url, to: path, sha256: hash)
        #expect(try saved() == content)
        #expect(files == ["model.bin"])
        #expect(server.requests.map { $0.header("Range") != nil } == [false, true, true])
    }

    @Test func anotherVersionStartsAnew() throws {
        let server = try server(cuts: 1) { "\"v\($0)\"" }
        defer { server.stop() }
        let url = server.url
        #expect(throws: TransferError.self) { try HTTPClient().download(url, to: path) }
        try HTTPClient().download(url, to: path, sha256: hash)
        #expect(try saved() == content)
    }

    @Test func aPartWithoutAVersionIsNotTrusted() throws {
        try "something else".write(toFile: path + ".part", atomically: false, encoding: .utf8)
        let server = try server(cuts: 0)
        defer { server.stop() }
        try HTTPClient().download(server.url, to: path)
        #expect(try saved() == content)
    }

    @Test func aRefusedRangeStartsAnew() throws {
        try "too long".write(toFile: path + ".part", atomically: false, encoding: .utf8)
        try "\"v1\"".write(toFile: path + ".part.version", atomically: false, encoding: .utf8)
        let content = content
        let server = try TestServer { $0.header("Range") == nil ? Response(content) : Response("", status: 416) }
        defer { server.stop() }
        try HTTPClient().download(server.url, to: path)
        #expect(try saved() == content)
        #expect(server.requests.count == 2)
    }

    @Test func aLengthBeyondAllSenseIsTooMuch() throws {
        try "too".write(toFile: path + ".part", atomically: false, encoding: .utf8)
        try "\"v1\"".write(toFile: path + ".part.version", atomically: false, encoding: .utf8)
        let server = try TestServer { _ in
            Response(
                status: 206, headers: [("ETag", "\"v1\""), ("Content-Range", "bytes 3-9/10")],
                steps: [.bytes([1])], framing: .declared(.max))
        }
        defer { server.stop() }
        #expect(throws: TransferError.self) { try HTTPClient().download(server.url, to: self.path) }
    }

    @Test func aWrongHashLeavesNothing() throws {
        let server = try server(cuts: 0)
        defer { server.stop() }
        let url = server.url
        let wrong = String(repeating: "0", count: 64)
        #expect(throws: TransferError.checksum(file: path)) {
            try HTTPClient().download(url, to: path, sha256: wrong)
        }
        #expect(files.isEmpty)
    }

    @Test func aStatusIsAnError() throws {
        let server = try TestServer { _ in Response("no such\u{1B}[2J model", status: 404) }
        defer { server.stop() }
        let url = server.url
        let error = #expect(throws: TransferError.self) { try HTTPClient().download(url, to: path) }
        #expect(error?.message.contains("404") == true)
        #expect(error?.message.contains("\u{1B}") == false)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let missing = folder + "/no/x"
        let error = #expect(throws: TransferError.self) {
            try HTTPClient().download("http://127.0.0.1:9/", to: missing)
        }
        guard case .disk(let path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == missing + ".part")
    }
}
