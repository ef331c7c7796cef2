import Foundation
import TestServer
import TestTerminal
import Testing

/// The real program in a pseudo-terminal, from a keystroke to a citation in the finished article.
@Suite(.serialized) struct WalkTests {
    private static let article = """
        # On maps

        Words that keep the same company end up with vectors that point the same way.

        ## A section to draft

        ## The end

        Nothing more.

        """

    private static let notes = [
        "distribution.md": """
        ---
        title: The distributional hypothesis
        tags: [meaning]
        date: 2024-05-01
        ---

        # The distributional hypothesis

        A word is characterised by the company it keeps: words that occur in similar contexts have
        similar meanings, and so their vectors lie close together.
        """,
        "bread.md":
            "# Bread\n\nKnead the dough for ten minutes, then let it rest under a damp cloth until it has doubled.\n",
        "中文.md": "# 词向量\n\n意思相近的词，它们的向量方向也相近。\n",
    ]

    private func openStudio(_ sandbox: Sandbox, width: Int = 120, height: Int = 40) throws -> PseudoTerminal {
        let terminal = try sandbox.studio(width: width, height: height)
        try terminal.wait(for: "Words that keep the same company")
        return terminal
    }

    private func expectExit(_ terminal: PseudoTerminal, _ expected: Int32, at place: SourceLocation = #_sourceLocation)
        throws
    {
        let status = try terminal.waitForExit()
        #expect(status == expected, "the screen was:\n\(terminal.screen.text)", sourceLocation: place)
    }

    @Test func writeResearchCiteDraftExportAndLeave() throws {
        let server = try TestServer.chatCompletions(
            chunks: ["Meaning is ", "a direction", ".[^1]"], delayMilliseconds: 20)
        defer { server.stop() }
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes)
        try sandbox.writeUserSettings(
            "[provider]\nbase_url = \"\(server.url)/v1\"\nmodel = \"test-model\"\nkey_env = \"TEST_KEY\"\n")
        sandbox.set("TEST_KEY", "sk-secret-key")
        let terminal = try openStudio(sandbox)

        // Research follows the paragraph under the cursor.
        terminal.send("\u{1B}[B\u{1B}[B")
        try terminal.wait(for: "The distributional hypothes")

        // A keystroke is in the text, and one paragraph later a passage is quoted with its source.
        terminal.send("Mark my words. ")
        try terminal.wait(for: "Mark my words.")
        terminal.send("\u{1B}OR")
        try terminal.wait(for: "▌Research")
        terminal.send("c")
        try terminal.wait(for: "Quoted from notes/distribution.md")
        try terminal.wait(for: "> A word is characterised")

        // A section is drafted: nothing leaves before it was shown.
        terminal.send("\u{06}section to draft\r")
        terminal.send("\u{1B}d")
        try terminal.wait(for: "What should the draft do?")
        terminal.send("One sentence.\r")
        try terminal.wait(for: "This would be sent")
        #expect(terminal.screen.text.contains("test-model"))
        #expect(terminal.screen.text.contains("127.0.0.1"))
        #expect(server.requests.isEmpty)
        terminal.send("\r")
        try terminal.wait(for: "Meaning is a direction.")
        try terminal.wait(for: "complete")
        terminal.send("a")
        try terminal.wait(for: "Accepted.")

        // Saved, exported and left, with the terminal as it was.
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved article.md.")
        terminal.send("\u{1B}e")
        try terminal.wait(for: "Exported to article.export.md")
        terminal.send("\u{11}")
        try expectExit(terminal, 0)
        #expect(!terminal.screen.isAlternate && !terminal.screen.wantsPaste && !terminal.screen.wantsMouse)
        #expect(terminal.screen.isCursorVisible)
        #expect(terminal.screen.unknown.isEmpty)

        let saved = try sandbox.read("article.md")
        #expect(saved.contains("Mark my words. "))
        #expect(saved.contains("## A section to draft\n\nMeaning is a direction."))
        #expect(saved.contains("notes/distribution.md"))
        let exported = try sandbox.read("article.export.md")
        #expect(exported.contains("## References"))
        #expect(exported.contains("The distributional hypothesis"))
        #expect(server.requests.count == 1)
        let written = try FileManager.default.subpathsOfDirectory(atPath: sandbox.folder.path)
        for path in written {
            guard let text = try? String(contentsOf: sandbox.folder.appending(path: path), encoding: .utf8) else {
                continue
            }
            #expect(!text.contains("sk-secret-key"), "\(path) holds the key")
        }
    }

    @Test(arguments: [(80, 24), (40, 12), (200, 50)])
    func everySizeShowsTheTextAndTheStatus(width: Int, height: Int) throws {
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes)
        let terminal = try openStudio(sandbox, width: width, height: height)
        try terminal.wait(for: "1:1")
        terminal.resize(width: 100, height: 30)
        try terminal.wait(for: "Words that keep the same company")
        terminal.send("\u{11}")
        try expectExit(terminal, 0)
    }

    @Test func withoutAModelItOpensSearchesWordsAndSaysWhatIsMissing() throws {
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes, model: false)
        let terminal = try openStudio(sandbox)
        try terminal.wait(for: "no model")
        terminal.send("\u{1B}rdough\r")
        try terminal.wait(for: "Knead the dough")
        terminal.send("\u{11}")
        try expectExit(terminal, 0)
    }

    @Test func aHangUpLosesNothing() throws {
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes)
        let terminal = try openStudio(sandbox)
        terminal.send("Not yet saved. ")
        try terminal.wait(for: "Not yet saved.")
        kill(terminal.processID, SIGTERM)
        try expectExit(terminal, 0)
        #expect(!terminal.screen.isAlternate)
        #expect(try !sandbox.read("article.md").contains("Not yet saved."))
        let second = try sandbox.studio()
        try second.wait(for: "unsaved changes")
        second.send("r")
        try second.wait(for: "Not yet saved.")
        second.send("\u{13}")
        try second.wait(for: "Saved")
        #expect(try sandbox.read("article.md").contains("Not yet saved."))
        second.send("\u{11}")
        try expectExit(second, 0)
    }

    @Test func aCrashGivesTheTerminalBack() throws {
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes)
        let terminal = try openStudio(sandbox)
        try terminal.wait("the alternate screen") { $0.isAlternate && $0.wantsPaste }
        kill(terminal.processID, SIGSEGV)
        try expectExit(terminal, -SIGSEGV)
        #expect(!terminal.screen.isAlternate && !terminal.screen.wantsPaste && terminal.screen.isCursorVisible)
    }

    @Test func aDoubleClickSelectsAWord() throws {
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes)
        let terminal = try openStudio(sandbox)
        let rows = terminal.screen.text.split(separator: "\n", omittingEmptySubsequences: false)
        let y = try #require(rows.firstIndex { $0.contains("Words that keep the same company") })
        let before = try #require(rows[y].range(of: "company"))
        let x = rows[y].distance(from: rows[y].startIndex, to: before.lowerBound)
        let click = "\u{1B}[<0;\(x + 3);\(y + 1)M\u{1B}[<0;\(x + 3);\(y + 1)m"
        // Typing replaces what is selected.
        terminal.send(click + click + "counsel")
        try terminal.wait(for: "Words that keep the same counsel end")
        terminal.send("\u{11}")
        try terminal.wait(for: "is not saved")
        terminal.send("d")
        try expectExit(terminal, 0)
    }

    @Test func anUnreachableEndpointIsSaidAndNothingIsLost() throws {
        let sandbox = try Sandbox(article: Self.article, notes: Self.notes)
        try sandbox.writeUserSettings("[provider]\nbase_url = \"http://127.0.0.1:9/v1\"\nmodel = \"m\"\n")
        let terminal = try openStudio(sandbox)
        terminal.send("\u{06}section to draft\r\u{1B}d")
        try terminal.wait(for: "What should the draft do?")
        terminal.send("\r")
        try terminal.wait(for: "This would be sent")
        terminal.send("\r")
        try terminal.wait(for: "! ")
        try terminal.wait(for: "127.0.0.1")
        terminal.send("r")
        try terminal.wait(for: "Words that keep the same company")
        terminal.send("\u{11}")
        try expectExit(terminal, 0)
    }
}
