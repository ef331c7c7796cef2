import Manuscript
import TextCore
import Testing

@testable import Review

/// The article with `text` in the place of the section called `title`.
private func put(_ text: String, into title: String, of article: String) throws -> String {
    var result = Text(article)
    let section = try #require(Outline(result).section(titled: title))
    let edit = ProposalPlan(article: result, range: section.bodyRange).edit(putting: text, defining: [], id: 4)
    #expect(edit.origin == .proposal(id: 4))
    try edit.changes.apply(to: &result)
    return result.string
}

@Suite struct ProposalTests {
    @Test(arguments: [
        ("## A", "## A\n\nNew.\n"), ("## A\n", "## A\n\nNew.\n"), ("## A\n## B\n", "## A\n\nNew.\n\n## B\n"),
        ("## A\n\n\n## B\n", "## A\n\nNew.\n\n## B\n"), ("## A\nOld.\n## B\n", "## A\nNew.\n\n## B\n"),
    ])
    func emptyAndTightSections(article: String, expected: String) throws {
        #expect(try put("New.", into: "A", of: article) == expected)
    }

    @Test func unchangedWordsKeepTheirAnchors() throws {
        let article = Text("## A\n\nOne stays. Two goes.\n\n## B\n")
        let section = try #require(Outline(article).section(titled: "A"))
        let edit = ProposalPlan(article: article, range: section.bodyRange)
            .edit(putting: "Before. One stays. Three comes.", defining: [], id: 1)
        var changed = article
        try edit.changes.apply(to: &changed)
        let offset = try #require(TextSearch.find("stays", in: article, from: 0, backwards: false, ignoringCase: false))
        let mapped = edit.changes.map(offset.lowerBound, bias: .after)
        #expect(changed.slice(mapped..<(mapped + 5)) == "stays")
    }

    @Test(arguments: [
        ("<think>hm\nwell</think>\n\nText.", "Text."), ("<think>still", ""), ("## Title\n\nText.", "Text."),
        ("# title #\nText.", "Text."), ("## Other\n\nText.", "## Other\n\nText."),
        ("```markdown\nText.\n```", "Text."),
        ("```markdown\nText.\n\n```swift\nx\n```\n```", "Text.\n\n```swift\nx\n```"),
        ("```swift\nx\n```", "```swift\nx\n```"), ("\n\n  Text. \n", "  Text."),
        ("a\u{1B}[2Jb\u{7}\r\nc\u{202E}\u{9B}", "a[2Jb\nc"),
    ])
    func onlyTheTextIsKept(answer: String, body: String) {
        var proposal = Proposal<Never>(id: 1, sectionTitle: "Title", original: "")
        for character in answer.unicodeScalars { proposal.append(String(character)) }
        #expect(proposal.body == body)
    }

    @Test func theDiffIsOfWhatWouldBeAccepted() {
        let proposal = Proposal<Never>(
            id: 1, sectionTitle: "T", original: "\nOne two.\n", text: "## T\n\nOne three.\n", state: .complete)
        #expect(
            proposal.diff() == [
                DiffPiece(.same, "One "), DiffPiece(.removed, "two"), DiffPiece(.added, "three"),
                DiffPiece(.same, "."),
            ])
    }
}

@Suite struct KeptProposalPlaceTests {
    private static let text = Text("## A\n\nOld.\n\n## B\n\nOther.\n\n## B\n\nOld.\n")

    private func kept(_ title: String, body: String, range: Range<Int>? = nil) -> StoredProposal<String> {
        let proposal = Proposal(id: 1, sectionTitle: title, original: body, text: "New.", sources: ["s"])
        return StoredProposal(proposal, article: "/a.md", range: range, body: body, instruction: nil, model: nil)
    }

    @Test func inTheSameTextItIsTheSamePlace() throws {
        let bodies = Outline(Self.text).sections.map(\.bodyRange)
        let body = Self.text.slice(bodies[1])
        #expect(kept("Gone", body: body, range: bodies[1]).range(in: Self.text, isSameText: true) == bodies[1])
        #expect(kept("Gone", body: body, range: bodies[1]).range(in: Self.text, isSameText: false) == nil)
    }

    @Test func inAnotherTextTheNameAndThenTheBodySayWhere() throws {
        let sections = Outline(Self.text).sections
        let last = try #require(sections.last).bodyRange
        #expect(kept("B", body: Self.text.slice(last)).range(in: Self.text, isSameText: false) == last)
        #expect(kept("B", body: "Neither.").range(in: Self.text, isSameText: false) == nil)
        #expect(
            kept("A", body: "Edited since.").range(in: Self.text, isSameText: false)
                == sections.first { $0.title == "A" }?.bodyRange)
    }

    @Test func whatIsKeptIsTheProposalAgain() {
        var proposal = Proposal(
            id: 7, sectionTitle: "A", original: "Old.", text: "New.", state: .failed("It was cut."), sources: ["s"])
        let again = StoredProposal(proposal, article: "/a.md", range: nil, body: "Old.", instruction: nil, model: nil)
            .proposal(id: 7)
        #expect(again == proposal)
        proposal.state = .streaming
        let stopped = StoredProposal(proposal, article: "/a.md", range: nil, body: "Old.", instruction: nil, model: nil)
        #expect(stopped.proposal(id: 7).state == .cancelled)
    }
}
