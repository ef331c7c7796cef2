import Testing

@testable import Manuscript

@Suite struct ProseWordsTests {
    @Test(arguments: [
        ("The cat isn't here, it’s gone.", "The cat isn't here it’s gone"),
        ("well-known 'quoted' words'", "well known quoted words"),
        ("see `some code` and ``more`` now", "see and now"),
        ("a [good link](https://exmaple.org/pth \"ttl\") here", "good link here"),
        ("an ![alt txt](img/foo.png) image", "an alt txt image"),
        ("[[wiki page]] and <https://a.example/b>", "and"),
        ("visit https://exmpl.org or www.foo.example or me@exmpl.org", "visit or or"),
        ("a note[^fn] and [@smith2020] and @jones says", "note and and says"),
        ("word<!-- cmment -->word", "word word"),
        ("<span class=\"xyz\">kept</span> &nbsp;kept", "kept kept"),
        ("snake_case stays out, _this one_ in, **bold** in", "stays out this one in bold in"),
        ("notes.md and /usr/bin/x and e.g. this end.The next", "and and this end The next"),
        ("the 3rd of 42 B2B plans", "the of plans"),
        ("向量 vector 空间 space한국어", "vector space"),
        ("naïve café \u{65}\u{301}tude Straße", "naïve café \u{65}\u{301}tude Straße"),
        ("#tag and \\emph{x}", "and"),
        ("- item one", "item one"),
        ("> quoted text", "quoted text"),
        ("## A Heading", "Heading"),
        ("| cell one | two |", "cell one two"),
        ("[^fn]: Title, *Part* — `notes/x.md:1`", "Title Part"),
        ("and/or", "and or"),
        ("", ""),
    ])
    func wordsOfALine(_ line: String, _ expected: String) {
        var state = LineState.body
        let bytes = Array(line.utf8)
        let words = ProseWords.ranges(of: line, state: &state).map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(words.joined(separator: " ") == expected)
    }

    @Test func frontMatterAndFencesAreLeftOut() {
        var state = LineState.start
        var words: [String] = []
        for line in ["---", "title: xyzzy", "---", "", "prose", "```swift", "let xyzzy = 1", "```", "more"] {
            let bytes = Array(line.utf8)
            words += ProseWords.ranges(of: line, state: &state).map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        #expect(words == ["prose", "more"])
    }

    /// Ranges lie within the line, on the boundaries of scalars, in order.
    @Test func rangesHoldForAnyLine() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "a", "é", "'", "’", "中", "`", "[", "](", ")", "<", ">", "&", ";", "@", "_", "\\", ".", "/", "#", "👩‍👩‍👧", "1",
            " ", "e\u{301}", "<!--", "-->",
        ]
        for _ in 0..<2_000 {
            let line = (0..<Int.random(in: 0..<24, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            var state = LineState.body
            var last = 0
            for range in ProseWords.ranges(of: line, state: &state) {
                #expect(range.lowerBound >= last && range.upperBound <= line.utf8.count && !range.isEmpty, "\(line)")
                #expect(String(validating: Array(line.utf8)[range], as: UTF8.self) != nil, "\(line)")
                last = range.upperBound
            }
        }
    }
}
