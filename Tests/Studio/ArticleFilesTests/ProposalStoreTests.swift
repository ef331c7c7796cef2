import Assistant
import Foundation
import Retrieval
import Review
import Testing

@testable import ArticleFiles

/// Proposals that wait, on the disk.
@Suite(.serialized) struct ProposalStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "longhand-proposals-\(UInt64.random(in: 0 ... .max))/state"
    ).path

    private func made(_ text: String = "Text\u{1B}.", article: String = "/a/b.md") -> StoredProposal<Passage> {
        let passage = Passage(
            id: "x", path: "n.md", title: "N", line: 3, endLine: 4, text: "Quote.", tags: ["t"], date: "2025-01-01",
            scope: .share)
        let proposal = Proposal(
            id: 3, sectionTitle: "S", original: "Old.", text: text, state: .failed("It was cut."), sources: [passage],
            firstCitation: 4)
        return StoredProposal(
            proposal, article: article, range: 5..<9, body: "\nOld.\n", instruction: "Be brief.", model: "m")
    }

    private func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    @Test func whatIsKeptComesBackAndOnlyForItsOwner() throws {
        let store = ProposalStore(folder: folder)
        #expect(try store.recall(for: "/a/b.md") == nil)
        try store.keep(made())
        try store.keep(made("Other.", article: "/a/c.md"))
        let kept = try #require(try store.recall(for: "/a/b.md"))
        #expect(kept == made() && kept.range == 5..<9)
        let proposal = kept.proposal(id: 9)
        #expect(
            proposal.text == "Text." && proposal.state == .failed("It was cut.") && proposal.firstCitation == 4
                && proposal.sources.first?.line == 3)
        for path in [folder] + (try files().map { folder + "/" + $0 }) {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(try #require(mode) & 0o077 == 0, "\(path)")
        }
        try store.remove(for: "/a/b.md")
        try store.remove(for: "/a/b.md")
        #expect(try store.recall(for: "/a/b.md") == nil && store.recall(for: "/a/c.md")?.text == "Other.")
    }

    @Test(arguments: [
        "", "{", "[]", "{\"format\":1}", "{\"format\":\"x\"}", "\u{0}\u{0}\u{0}", "{\"format\":2,\"later\":true}",
    ])
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
