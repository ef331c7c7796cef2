#if canImport(Glibc)
    import Glibc
#endif

extension TestServer {
    /// What a client asked.
    public struct Request: Sendable {
        public var method: String
        /// With the query.
        public var path: String
        public var headers: [(String, String)]
        public var body: [UInt8]

        /// The first header called `name`, in any case.
        public func header(_ name: String) -> String? {
            headers.first { $0.0.lowercased() == name.lowercased() }?.1
        }

        public var bodyText: String { String(decoding: body, as: UTF8.self) }

        /// Nil when the client says something else or goes away.
        static func read(from connection: Int32) -> Request? {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 16384)
            func more() -> Bool {
                let count = recv(connection, &buffer, buffer.count, 0)
                guard count > 0 else { return false }
                bytes += buffer[..<count]
                return true
            }
            var end = bytes.firstRange(of: Array("\r\n\r\n".utf8))
            while end == nil {
                guard more() else { return nil }
                end = bytes.firstRange(of: Array("\r\n\r\n".utf8))
            }
            guard let end else { return nil }
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            let first = (lines.first ?? "").split(separator: " ")
            guard first.count == 3 else { return nil }
            let headers = lines.dropFirst().compactMap { line -> (String, String)? in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                return (String(line[..<colon]), String(value))
            }
            var request = Request(
                method: String(first[0]), path: String(first[1]), headers: headers, body: [])
            let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
            while bytes.count < end.upperBound + length {
                guard more() else { return nil }
            }
            request.body = Array(bytes[end.upperBound..<(end.upperBound + length)])
            return request
        }
    }
}
