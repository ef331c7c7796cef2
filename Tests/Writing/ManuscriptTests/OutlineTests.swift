import TestSupport
import Testing
import TextCore

@testable import Manuscript

@Suite struct OutlineTests {
    private let article = """
        ---
        title: T
        # not: a heading
        ---
        Before it all.

        # One
        two words

        ```
        # no heading
        ```
        ## Deep
        人工智能 x
        # Two
        """

    @Test func sectionsHoldWhatFollowsThem() {
        let outline = Outline(article)
        #expect(outline.sections.map(\.title) == ["", "One", "Deep", "Two"])
        #expect(outline.sections.map(\.level) == [0, 1, 2, 1])
        #expect(outline.sections.map(\.line) == [5, 7, 13, 15])
        #expect(outline.sections.map(\.words) == [3, 4, 5, 0])
        let bytes = Array(article.utf8)
        func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        #expect(string(outline.sections[0].range) == "Before it all.\n\n")
        #expect(string(outline.sections[1].range).hasSuffix("人工智能 x\n"))
        #expect(string(outline.sections[1].bodyRange).hasSuffix("```\n"))
        #expect(string(outline.sections[3].range) == "# Two")
        #expect(outline.totalWords(of: 1) == 9)
        #expect(outline.path(to: 2) == ["One", "Deep"])
        #expect(Outline(Text(article)) == outline)
    }

    @Test func sectionsAreFoundByPlaceAndTitle() {
        let outline = Outline("# Alpha\nx\n# Alphabet\n## C# and more\n")
        #expect(outline.section(titled: "alphabet")?.title == "Alphabet")
        #expect(outline.section(titled: "ALPHA")?.title == "Alpha")
        #expect(outline.section(titled: "## c#")?.title == "C# and more")
        #expect(outline.section(titled: "z") == nil)
        #expect(outline.section(titled: " ") == nil)
        #expect(outline.section(at: 9)?.title == "Alpha")
        #expect(outline.section(at: 999)?.title == "C# and more")
        #expect(Outline("").section(at: 0) == nil)
        #expect(Outline("\n\n").sections.isEmpty)
    }

    @Test(arguments: [
        ("don't well-known", 2), ("你好，世界", 4), ("a1 b—c", 3), ("GPT模型", 3), ("…", 0), ("naïve café", 2),
        ("カタカナ", 4), ("1,5", 2), ("", 0),
    ])
    func words(_ source: String, _ count: Int) {
        #expect(WordScan.count(Array(source.utf8), in: 0..<source.utf8.count) == count)
    }

    @Test(arguments: 0..<200)
    func bodiesDoNotOverlap(seed: Int) {
        let source = markdownSoup(seed: UInt64(seed))
        var last = 0
        for section in Outline(source).sections {
            #expect(section.bodyRange.lowerBound >= last)
            #expect(section.range.upperBound <= source.utf8.count)
            #expect(section.range.upperBound >= section.bodyRange.upperBound)
            last = section.bodyRange.upperBound
        }
    }
}
