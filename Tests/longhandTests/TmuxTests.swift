import Foundation
import Processes
import TestSupport
import Testing

/// The screen in a real tmux, where there is one: what moving and editing leave behind is what painting all anew gives.
@Suite(.serialized) struct TmuxTests {
    static let tmux = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let graphemes = [
        "a", "be", "cde ", " ", "漢字", "ｶﾞ", "é", "e\u{301}", "漢\u{301}", "\u{2764}\u{FE0F}", "\u{2600}\u{FE0F}",
        "\u{263A}\u{FE0E}", "\u{231A}\u{FE0E}",
        "👩\u{200D}🚀", "👨\u{200D}👩\u{200D}👧\u{200D}👦", "🏳\u{FE0F}\u{200D}🌈", "👍\u{1F3FD}", "🇩🇪", "🇫🇷", "\u{1F1E9}",
        "1\u{FE0F}\u{20E3}", "#\u{20E3}",
        "\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{119E}", "한", "क्षि", "กำ", "நி", "\u{200B}", "a\u{200D}b", "\u{FEFF}", "\t",
        "·", "“", "…", "①", "™\u{FE0F}",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "\u{1F6DC}", "\u{1FAE9}", "\u{378}", "ﷺ",
        "\u{202E}x", "\u{AD}", "\u{2028}",
    ]

    /// A terminal in a server of its own.
    private final class Server {
        private let tmux: String
        private let socket = "longhand-\(UInt32.random(in: 0 ... .max))"
        private let environment: [String: String]

        init(_ tmux: String, _ environment: [String: String]) {
            self.tmux = tmux
            self.environment = environment
        }

        deinit { _ = try? run(["kill-server"]) }

        @discardableResult func run(_ arguments: [String]) throws -> String {
            // Not Foundation's Process, which waits for the server too that the first command leaves behind.
            let answer = try ChildProcess.run(
                [tmux, "-L", socket, "-f", "/dev/null", "-u"] + arguments,
                environment: environment.map { "\($0.key)=\($0.value)" },
                timeLimit: .seconds(30), outputLimit: 1 << 20, isCancelled: { false })
            return String(decoding: answer.output, as: UTF8.self)
        }

        /// The screen once it rests: the same five times in a row.
        func settled() throws -> String {
            var last = ""
            var same = 0
            for _ in 0..<200 {
                usleep(60_000)
                let now = try run(["capture-pane", "-p", "-e"])
                same = now == last && !now.isEmpty ? same + 1 : 0
                if same == 4 { return now }
                last = now
            }
            return last
        }
    }

    /// The rows down to the one that says where the caret is and how many words there are; notices below it pass.
    private static func page(of screen: String) -> [Substring] {
        let rows = screen.split(separator: "\n", omittingEmptySubsequences: false)
        return Array(rows[...(rows.lastIndex { $0.contains(" words") } ?? rows.count - 1)])
    }

    @Test(.enabled(if: TmuxTests.tmux != nil), arguments: [1, 2, 3])
    func whatIsLeftIsWhatPaintingAnewGives(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let paragraphs = (0..<80).map { _ in
            (0..<Int.random(in: 1...60, using: &random)).map { _ in
                Self.graphemes[Int.random(in: 0..<Self.graphemes.count, using: &random)]
            }.joined()
        }
        let sandbox = try Sandbox(article: paragraphs.joined(separator: "\n\n") + "\n\nthe end\n", model: false)
        sandbox.set("LANG", "C.UTF-8")
        sandbox.set("LC_ALL", "C.UTF-8")
        let server = Server(try #require(Self.tmux), sandbox.variables)
        try server.run([
            "new-session", "-d", "-x", "80", "-y", "24", "'\(try Sandbox.program)' '\(sandbox.project.path)'",
        ])
        for _ in 0..<200 where !(try server.run(["capture-pane", "-p"]).contains("article.md")) { usleep(50_000) }
        let keys = [
            "C-End", "C-Home", "PageDown", "PageUp", "Down", "C-Down", "C-Up", "x", "BSpace", "DC", "Enter", "C-u",
            "F8", "M-v", "Right",
        ]
        var compared = 0
        for step in 0..<25 {
            let burst =
                [step == 0 ? "C-End" : keys[Int.random(in: 0..<keys.count, using: &random)]]
                + (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    keys[Int.random(in: 0..<keys.count, using: &random)]
                }
            try server.run(["send-keys"] + burst)
            let left = try server.settled()
            try server.run(["send-keys", "C-l"])
            let anew = try server.settled()
            // On a busy machine the keys may not have arrived when the screen was looked at.
            let (rows, rowsAnew) = (Self.page(of: left), Self.page(of: anew))
            guard rows.last == rowsAnew.last else { continue }
            compared += 1
            #expect(rows == rowsAnew, "seed \(seed), step \(step), after \(burst)")
            if rows != rowsAnew { return }
        }
        #expect(compared > 12)
    }
}
