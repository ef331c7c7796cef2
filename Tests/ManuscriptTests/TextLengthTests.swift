import Testing

@testable import Manuscript

@Suite struct TextLengthTests {
    @Test(arguments: [
        ("one two three", 3, 0, 11),
        ("It's a well-known fact.", 4, 0, 20),
        ("向量之间的夹角，越小。", 0, 9, 11),
        ("用 Swift 6 写 100 行", 3, 3, 12),
        ("こんにちは世界", 0, 7, 7),
        ("한국어 단어", 2, 0, 5),
        ("[text](https://example.org/a-b (c)) end", 2, 0, 8),
        ("a <!-- not these words --> b", 2, 0, 2),
        ("e\u{301}tude", 1, 0, 5),
        ("", 0, 0, 0),
        ("   \n\t", 0, 0, 0),
    ])
    func countsByTheRuleOfTheScript(_ text: String, _ words: Int, _ ideographs: Int, _ characters: Int) {
        #expect(TextLength(text) == TextLength(words: words, ideographs: ideographs, characters: characters), "\(text)")
    }

    @Test func readingTime() {
        #expect(TextLength(words: 0).readingMinutes == 0)
        #expect(TextLength(words: 1).readingMinutes == 1)
        #expect(TextLength(words: 2_380).readingMinutes == 10)
        #expect(TextLength(words: 238, ideographs: 800).readingMinutes == 3)
    }

    @Test func targetsAndLanguageOfAnArticle() {
        let article = """
            ---
            title: T
            lang: de-AT
            target: 2,000
            session_target: 300
            ---
            preamble here

            # One

            <!-- target: 500 -->
            one two

            ## Inner

            three

            # Two <!-- a remark -->

            <!-- target: none -->
            four five six
            """
        let bytes = Array(article.utf8)
        let counts = ArticleCounts(Outline(article), bytes: bytes)
        #expect(counts.target == 2_000 && counts.sessionTarget == 300 && counts.language == "de-AT")
        #expect(counts.sections.map(\.target) == [500, nil, nil])
        #expect(counts.sections.map(\.own.words) == [2, 1, 3])
        #expect(counts.sections.map(\.whole.words) == [3, 1, 3])
        #expect(counts.total.words == 8)
        #expect(ArticleCounts(Outline(""), bytes: []) == ArticleCounts())
    }

    @Test(arguments: ["<!-- target: 500", "<!-- target 500 -->", "<!-- target: 0 -->", "<!-- target: -5 -->", "<-- target: 5 -->", "<!-->"])
    func whatIsNoTarget(_ comment: String) {
        let article = "# A\n\n\(comment)\n"
        #expect(ArticleCounts(Outline(article), bytes: Array(article.utf8)).sections.first?.target == nil)
    }
}
