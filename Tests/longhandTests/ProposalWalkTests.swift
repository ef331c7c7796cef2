import Assistant
import Foundation
import Retrieval
import Review
import TestServer
import TestTerminal
import Testing

@testable import longhand

/// Proposals that wait, from one run of the real program to the next.
@Suite(.serialized) struct ProposalWalkTests {
    private static let article = "# Title\n\nOpening.\n\n## Middle\n\nThe old words.\n"

    private func sandbox(_ server: TestServer) throws -> Sandbox {
        let sandbox = try Sandbox(article: Self.article, model: false)
        try sandbox.write("# Second\n\nOther words.\n", to: "second.md")
        try sandbox.writeUserSettings("[provider]\nbase_url = \"\(server.url)/v1\"\nmodel = \"m-1\"\n")
        return sandbox
    }

    private func ask(_ terminal: PseudoTerminal) throws {
        terminal.send("\u{1B}d")
        try terminal.wait(for: "What should the draft do?")
        terminal.send("Go on.\r")
        try terminal.wait(for: "This would be sent")
        terminal.send("\r")
    }

    private func records(_ sandbox: Sandbox) -> [String] {
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/proposals").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test func eachArticlesProposalOutlivesQuitting() throws {
        let server = try TestServer { request in
            .chatCompletions(chunks: [
                String(decoding: request.body, as: UTF8.self).contains("<title>\\nSecond")
                    ? "For the second." : "For the first."
            ])
        }
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let files = ["article.md", "second.md"].map { sandbox.project.appending(path: $0).path }
        let terminal = try sandbox.studio(files)
        try terminal.wait(for: "Opening.")
        try ask(terminal)
        try terminal.wait(for: "For the first.")
        try terminal.wait(for: "complete")
        terminal.send("\u{1B}n")
        try terminal.wait(for: "Other words.")
        try ask(terminal)
        try terminal.wait(for: "For the second.")
        try terminal.wait(for: "complete")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        #expect(
            String(decoding: terminal.received, as: UTF8.self).contains(
                "2 proposals are kept, for “Title” in article.md, “Second” in second.md"))
        #expect(try sandbox.read("article.md") == Self.article)
        #expect(records(sandbox).count == 2)

        let again = try sandbox.studio(files)
        try again.wait(for: "1 proposal")
        again.send("\u{1B}p")
        try again.wait(for: "For the first.")
        again.send("a")
        try again.wait(for: "Accepted.")
        again.send("\u{13}")
        try again.wait(for: "Saved")
        again.send("\u{1B}n")
        try again.wait(for: "Other words.")
        again.send("\u{1B}p")
        try again.wait(for: "For the second.")
        again.send("r")
        try again.wait(for: "Rejected")
        again.send("\u{11}")
        #expect(try again.waitForExit() == 0)
        #expect(!String(decoding: again.received, as: UTF8.self).contains("kept, "))
        #expect(try sandbox.read("article.md").contains("# Title\n\nFor the first.\n"))
        #expect(try sandbox.read("second.md") == "# Second\n\nOther words.\n")
        #expect(records(sandbox) == [])
    }

    @Test func whatArrivedOutlivesAKill() throws {
        let server = try TestServer { _ in .events([.text(Response.delta("Half of a sentence")), .hang]) }
        defer { server.stop() }
        let sandbox = try sandbox(server)
        let terminal = try sandbox.studio()
        try terminal.wait(for: "Opening.")
        try ask(terminal)
        try terminal.wait(for: "Half of a sentence")
        try terminal.wait("the record") { _ in !self.records(sandbox).isEmpty }
        kill(terminal.processID, SIGKILL)
        _ = try terminal.waitForExit()

        let again = try sandbox.studio()
        try again.wait(for: "1 proposal")
        again.send("\u{1B}p")
        try again.wait(for: "Half of a sentence")
        again.send("a")
        try again.wait(for: "not the whole answer")
        again.send("a")
        try again.wait(for: "Accepted.")
        again.send("\u{13}")
        try again.wait(for: "Saved")
        again.send("\u{11}")
        #expect(try again.waitForExit() == 0)
        #expect(try sandbox.read("article.md").contains("Half of a sentence"))
        #expect(records(sandbox) == [])
    }

    private typealias Response = TestServer.Response
}
