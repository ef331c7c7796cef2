import TestSupport
import Testing
import TextCore

@testable import Manuscript

@Suite struct SectionMoveTests {
    private let text: Text = "pre\n\n# One\n\na\n\n## Two\n\n```\n# no\n```\n\nThree\n=====\n\nend\n"

    @Test func headingsAreFoundWhereTheOutlineFindsThem() {
        let outline = Outline(text).sections.filter { $0.level > 0 }
        #expect(text.headings(around: 0).map(\.start) == outline.map(\.range.lowerBound))
        #expect(text.headings(around: 0).map(\.level) == outline.map(\.level))
    }

    @Test func sectionsAreWalkedAndSelected() {
        let one = 5
        let two = 15
        let three = text.utf8Count - 17
        #expect(
            text.nextSection(after: 0) == one && text.nextSection(after: one) == two
                && text.nextSection(after: two) == three)
        #expect(text.nextSection(after: three) == text.utf8Count)
        #expect(text.previousSection(before: text.utf8Count) == three && text.previousSection(before: three) == two)
        #expect(text.previousSection(before: one) == 0)
        #expect(text.section(at: 0) == nil)
        #expect(text.section(at: one + 3) == one..<three)
        #expect(text.section(at: two + 10) == two..<three)
        #expect(text.sectionBody(at: two) == two + 7..<three)
        #expect(text.sectionBody(at: three + 2) == three + 12..<text.utf8Count)
    }

    @Test func frontMatterHasNoHeadings() {
        let text: Text = "---\ntitle: x\n# no\n---\n# yes\n"
        #expect(text.headings(around: 0) == [Text.Heading(level: 1, start: 22)])
    }

    @Test(arguments: 1...40)
    func agreesWithTheOutlineOnPlainArticles(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "# A\n", "## B\n", "text here\n", "\n", "Under\n===\n", "```\ncode\n# x\n```\n", "more text\n\n",
            "### C ##\n\n",
        ]
        let text = Text((0..<30).map { _ in pieces[random.below(pieces.count)] }.joined())
        let outline = Outline(text).sections.filter { $0.level > 0 }
        #expect(text.headings(around: text.utf8Count / 2).map(\.start) == outline.map(\.range.lowerBound))
    }
}
