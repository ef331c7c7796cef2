import Assistant
import Manuscript
import Review
import TextCore
import Testing

private let sources = [passage("notes/rome.md", line: 12, title: "Rome", heading: "Roads")]
private let definition = "[^rome]: Rome, *Roads* — `notes/rome.md:12`"

/// The article after `answer` was accepted for the section called `title`.
private func accept(_ answer: String, for title: String, in article: String) throws -> String {
    var text = Text(article)
    let section = try #require(Outline(text).section(titled: title))
    var proposal = Proposal(
        id: 4, sectionTitle: title, original: text.slice(section.bodyRange), sources: sources,
        firstCitation: Grounding.firstNumber(in: article))
    proposal.append(answer)
    let edit = proposal.edit(in: text, replacing: section.bodyRange)
    #expect(edit.origin == .proposal(id: 4))
    let undone = edit.changes.inverted(on: text)
    try edit.changes.apply(to: &text)
    #expect(edit.selection.head <= text.utf8Count)
    #expect(text.isScalarBoundary(edit.selection.head))
    var back = text
    try undone.apply(to: &back)
    #expect(back.string == article)
    return text.string
}

@Suite struct ProposalGroundingTests {
    @Test func aSectionInTheMiddle() throws {
        #expect(
            try accept("New words.[^1]", for: "A", in: "# T\n\n## A\n\nOld words.\n\n## B\n\nMore.\n")
                == "# T\n\n## A\n\nNew words.[^rome]\n\n## B\n\nMore.\n\n\(definition)\n")
    }

    @Test func theLastSection() throws {
        #expect(
            try accept("New.[^1]", for: "B", in: "# T\n\n## B\n\nOld.\n\n\n")
                == "# T\n\n## B\n\nNew.[^rome]\n\n\(definition)\n")
    }

    @Test func footnotesAtTheArticlesEndAreKept() throws {
        #expect(
            try accept("New.[^1]", for: "B", in: "## A\n\nText.[^x]\n\n## B\n\nOld.\n\n[^x]: mine\n")
                == "## A\n\nText.[^x]\n\n## B\n\nNew.[^rome]\n\n[^x]: mine\n\(definition)\n")
    }

    @Test func footnotesWithinTheSectionMoveToTheEnd() throws {
        #expect(
            try accept("New.[^x]", for: "A", in: "## A\n\nOld.[^x]\n\n[^x]: mine\n\nOlder.\n\n## B\n\nText.\n")
                == "## A\n\nNew.[^x]\n\n## B\n\nText.\n\n[^x]: mine\n")
    }

    @Test func aNumberedFootnoteOfTheWritersKeepsItsMeaning() throws {
        #expect(
            try accept("New[^1] and[^2].", for: "A", in: "## A\n\nOld.[^1]\n\n[^1]: mine\n")
                == "## A\n\nNew[^1] and[^rome].\n\n[^1]: mine\n\(definition)\n")
    }

    @Test func aPassageCitedBeforeIsNotDefinedAgain() throws {
        let article = "## A\n\nOld.\n\n## B\n\nText.[^r]\n\n[^r]: Rome — `notes/rome.md:12`\n"
        #expect(
            try accept("New.[1]", for: "A", in: article)
                == "## A\n\nNew.[^r]\n\n## B\n\nText.[^r]\n\n[^r]: Rome — `notes/rome.md:12`\n")
    }

    @Test func anOpenFenceDoesNotSwallowTheFootnote() throws {
        let article = "## A\n\nOld.\n\n## B\n\n```\ncode\n"
        let result = try accept("New.[^1]", for: "A", in: article)
        #expect(result == "## A\n\nNew.[^rome]\n\n\(definition)\n\n## B\n\n```\ncode\n")
        #expect(try accept("```\nx", for: "A", in: "## A\n\n## B\n") == "## A\n\n```\nx\n```\n\n## B\n")
    }
}
