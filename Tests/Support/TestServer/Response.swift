extension TestServer {
    /// What is answered, step by step. After the last one the connection is closed.
    public struct Response: Sendable {
        public enum Step: Sendable {
            case bytes([UInt8])
            case pause(milliseconds: Int)
            /// Says nothing more until the client goes or the server is stopped.
            case hang
            /// Resets the connection.
            case cut

            public static func text(_ text: String) -> Step { .bytes(Array(text.utf8)) }
        }

        /// How the client learns where the body ends.
        public enum Framing: Sendable {
            /// By the length of all bytes in `steps`.
            case measured
            /// By this length, right or wrong.
            case declared(Int)
            case chunked
            /// By the connection's end.
            case untilClose
        }

        public var status: Int
        public var headers: [(String, String)]
        public var steps: [Step]
        public var framing: Framing

        public init(
            status: Int = 200, headers: [(String, String)] = [], steps: [Step],
            framing: Framing = .measured
        ) {
            self.status = status
            self.headers = headers
            self.steps = steps
            self.framing = framing
        }

        /// A whole body at once.
        public init(
            _ text: String, status: Int = 200, type: String = "text/plain; charset=utf-8",
            headers: [(String, String)] = []
        ) {
            self.init(
                status: status, headers: [("Content-Type", type)] + headers, steps: [.text(text)])
        }

        public static func json(
            _ text: String, status: Int = 200, headers: [(String, String)] = []
        ) -> Response {
            Response(text, status: status, type: "application/json", headers: headers)
        }

        /// An error in OpenAI's form.
        public static func error(
            _ status: Int, _ message: String, headers: [(String, String)] = []
        ) -> Response {
            json(
                #"{"error":{"message":\#(quoted(message)),"type":"error"}}"#, status: status,
                headers: headers)
        }

        public static func redirect(_ status: Int, to location: String) -> Response {
            Response("", status: status, headers: [("Location", location)])
        }

        var head: [UInt8] {
            var lines = ["HTTP/1.1 \(status) Status"]
            lines += headers.map { "\($0.0): \($0.1)" }
            switch framing {
            case .measured:
                let length = steps.reduce(0) { sum, step in
                    if case .bytes(let bytes) = step { return sum + bytes.count }
                    return sum
                }
                lines.append("Content-Length: \(length)")
            case .declared(let length): lines.append("Content-Length: \(length)")
            case .chunked: lines.append("Transfer-Encoding: chunked")
            case .untilClose: break
            }
            lines.append("Connection: close")
            return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        }

        func framed(_ bytes: [UInt8]) -> [UInt8] {
            guard case .chunked = framing, !bytes.isEmpty else { return bytes }
            return Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0D, 0x0A]
        }

        /// `text` as JSON.
        static func quoted(_ text: String) -> String {
            var out = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\": out += "\\\(scalar)"
                case "\n": out += "\\n"
                case _ where scalar.value < 0x20:
                    out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                default: out.unicodeScalars.append(scalar)
                }
            }
            return out + "\""
        }
    }
}
