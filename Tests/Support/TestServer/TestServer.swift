import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A small HTTP/1.1 server on 127.0.0.1 for tests. It answers each connection once, on a thread of
/// its own, and can fail in the ways servers fail. It lives until `stop()`.
public final class TestServer: Sendable {
    /// What the kernel chose.
    public let port: Int
    private let listener: Int32
    private let handler: @Sendable (Request) -> Response
    private let state = Mutex(State())

    private struct State {
        var requests: [Request] = []
        var isStopped = false
    }

    /// A port can't be had.
    public struct CannotListen: Error {
        public let reason: String
    }

    /// Starts to listen.
    public init(handler: @escaping @Sendable (Request) -> Response) throws {
        let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard listener >= 0 else { throw CannotListen(reason: String(cString: strerror(errno))) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(listener, $0, length) == 0 && Glibc.listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else {
            let reason = String(cString: strerror(errno))
            close(listener)
            throw CannotListen(reason: reason)
        }
        self.listener = listener
        self.handler = handler
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in acceptConnections() }
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What was asked so far, in order.
    public var requests: [Request] { state.withLock { $0.requests } }

    /// Ends everything, hanging answers too.
    public func stop() {
        let wasStopped = state.withLock { state in
            defer { state.isStopped = true }
            return state.isStopped
        }
        if !wasStopped { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func acceptConnections() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 {
                if errno == EINTR, !isStopped { continue }
                break
            }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            Thread.detachNewThread { [self] in
                serve(connection)
                close(connection)
            }
        }
        close(listener)
    }

    private func serve(_ connection: Int32) {
        guard let request = Request.read(from: connection) else { return }
        state.withLock { $0.requests.append(request) }
        let response = handler(request)
        guard send(response.head, to: connection), request.method != "HEAD" else { return }
        for step in response.steps {
            switch step {
            case .bytes(let bytes):
                guard send(response.framed(bytes), to: connection) else { return }
            case .pause(let milliseconds):
                guard wait(milliseconds, on: connection) else { return }
            case .hang:
                _ = wait(nil, on: connection)
                return
            case .cut:
                // Linger of zero: the client sees a reset rather than an orderly end.
                var now = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
                return
            }
        }
        if case .chunked = response.framing { _ = send(Array("0\r\n\r\n".utf8), to: connection) }
    }

    private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    connection, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    /// Waits, without end for nil; false when the client went away or the server was stopped.
    private func wait(_ milliseconds: Int?, on connection: Int32) -> Bool {
        var left = milliseconds ?? .max
        while left > 0 {
            if isStopped { return false }
            var watched = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
            let slice = min(left, 20)
            if poll(&watched, 1, Int32(slice)) > 0 {
                var byte: UInt8 = 0
                if recv(connection, &byte, 1, Int32(MSG_PEEK)) <= 0 { return false }
                usleep(useconds_t(slice * 1000))
            }
            left -= slice
        }
        return true
    }
}
