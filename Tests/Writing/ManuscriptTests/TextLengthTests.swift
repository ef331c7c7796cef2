import TestSupport
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

    /// Only what a reader reads is a word.
    @Test(arguments: [
        ("it[^1] and[^note]", 2), ("See https://example.org/a-b/c?d=e_f.", 2), ("<https://example.org/a/b> here", 2),
        ("me@example.org wrote", 2),
        ("[text][ref] and ![alt text](images/one-two.png)", 4), ("[a b](<x y.md> \"title\")", 2),
        ("[[page name|shown]] and [[other page]]", 4),
        ("a <b class=\"x y\">bold</b> un<i>like</i>ly<br>b", 4), ("a <!-- not\nthese --> b", 2),
        ("<script>\nlet x = 1\n</script>\none", 1),
        ("[ref]: https://a.b/c \"A title\"\n\none", 1), ("[^1]: its text", 2), ("[^k]: Title, *Part* — `n/x.md:3`", 0),
        ("| a | b |\n| --- | :-: |\n| c | d |", 4), ("1. one\n2. two\n- [x] three", 3), ("> 1. said", 1),
        ("***\n---\n", 0),
        ("```swift\nlet a = b\n```", 3), ("`a](b c)` d", 4), ("\\[^1] x", 2), ("e.g. 3.14 snake_case", 3),
        ("caf&eacute; a&nbsp;b AT&amp;T", 5),
        ("❤️ 👩‍👩‍👧 👍🏽 🇩🇪 ok", 1), ("Auto\u{AD}bahn می\u{200C}خواهم", 2), ("1\u{20E3}", 1), ("字ｶﾅ、ー。", 4), ("# H {#id .c}", 1),
        ("€ 5 — 6", 2),
        ("text\r\n[^1]: more\r\n", 2), ("a\u{2028}b", 2), ("[^1", 1), ("a ]( b", 2), ("<", 0), ("&", 0), ("a & b", 2),
        ("$5 {x}", 2),
    ])
    func wordsAreWhatAReaderReads(_ text: String, _ expected: Int) {
        #expect(TextLength(text).total == expected, "\(text)")
    }

    @Test(arguments: 0..<120)
    func anyTextIsCountedAndPartsAreNotMoreThanTheWhole(seed: Int) {
        let text = seed % 2 == 0 ? markdownSoup(seed: UInt64(seed)) : byteSoup(seed: UInt64(seed))
        let bytes = Array(text.utf8)
        let plain = text.split { !$0.isLetter && !$0.isNumber }.reduce(0) { $0 + $1.unicodeScalars.count }
        let whole = WordScan.measure(bytes, in: 0..<bytes.count)
        #expect(whole.total >= 0 && whole.total <= plain + 4 && whole.total <= max(1, whole.characters))
        for end in [0, bytes.count / 3, bytes.count] { _ = WordScan.measure(bytes, in: 0..<end) }
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

    @Test(arguments: [
        "<!-- target: 500", "<!-- target 500 -->", "<!-- target: 0 -->", "<!-- target: -5 -->", "<-- target: 5 -->",
        "<!-->",
    ])
    func whatIsNoTarget(_ comment: String) {
        let article = "# A\n\n\(comment)\n"
        #expect(ArticleCounts(Outline(article), bytes: Array(article.utf8)).sections.first?.target == nil)
    }
}
