import Assistant
import Foundation
import Retrieval
import Review
import TestServer
import TestTerminal
import Testing

@testable import longhand

/// Proposals that wait, on the disk and from one run of the real program to the next.
@Suite(.serialized) struct ProposalStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "longhand-proposals-\(UInt64.random(in: 0 ... .max))/state").path

    private func made(_ text: String = "Text\u{1B}.", article: String = "/a/b.md") -> KeptProposal<Passage> {
        let passage = Passage(id: "x", path: "n.md", title: "N", line: 3, endLine: 4, text: "Quote.", tags: ["t"], date: "2025-01-01", scope: .share)
        let proposal = Proposal(id: 3, sectionTitle: "S", original: "Old.", text: text, state: .failed("It was cut."), sources: [passage], firstCitation: 4)
        return KeptProposal(proposal, article: article, place: 5..<9, body: "\nOld.\n", instruction: "Be brief.", model: "m")
    }

    private func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    @Test func whatIsKeptComesBackAndOnlyForItsOwner() throws {
        let store = ProposalStore(folder: folder)
        #expect(try store.recall(for: "/a/b.md") == nil)
        try store.keep(made())
        try store.keep(made("Other.", article: "/a/c.md"))
        let kept = try #require(try store.recall(for: "/a/b.md"))
        #expect(kept == made() && kept.place == 5..<9)
        let proposal = kept.proposal(id: 9)
        #expect(proposal.text == "Text." && proposal.state == .failed("It was cut.") && proposal.firstCitation == 4 && proposal.sources.first?.line == 3)
        for path in [folder] + (try files().map { folder + "/" + $0 }) {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(try #require(mode) & 0o077 == 0, "\(path)")
        }
        try store.remove(for: "/a/b.md")
        try store.remove(for: "/a/b.md")
        #expect(try store.recall(for: "/a/b.md") == nil && store.recall(for: "/a/c.md")?.text == "Other.")
    }

    @Test(arguments: ["", "{", "[]", "{\"format\":1}", "{\"format\":\"x\"}", "\u{0}\u{0}\u{0}", "{\"format\":2,\"later\":true}"])
    func whatCanNotBeReadIsPutAside(_ text: String) throws {
        let store = ProposalStore(folder: folder)
        try store.keep(made())
        let name = try #require(try files().first)
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
        #expect(throws: ProposalError.self) { try store.recall(for: "/a/b.md") }
        #expect(try store.recall(for: "/a/b.md") == nil)
        try store.keep(made())
        #expect(try files().count == 2)
        #expect(try String(contentsOfFile: folder + "/" + name + ".aside", encoding: .utf8) == text)
    }

    @Test func whatCanNotBeOpenedIsNotTakenForNone() throws {
        let store = ProposalStore(folder: folder)
        try store.keep(made())
        let path = folder + "/" + (try #require(try files().first))
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: FileError.self) { try store.recall(for: "/a/b.md") }
        #expect(throws: FileError.self) { try store.remove(for: "/a/b.md") }
    }
}

/// The real program.
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
            .chatCompletions(chunks: [String(decoding: request.body, as: UTF8.self).contains("<title>\\nSecond") ? "For the second." : "For the first."])
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
        #expect(String(decoding: terminal.received, as: UTF8.self).contains("2 proposals are kept, for “Title” in article.md, “Second” in second.md"))
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
