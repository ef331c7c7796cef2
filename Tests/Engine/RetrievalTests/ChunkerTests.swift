import Testing
import TextCore
import VectorSearch

@testable import Notes
@testable import Retrieval
@testable import TextAnalysis

@Suite struct ChunkerTests {
    private func chunks(_ text: String, window: Int = 64, markdown: Bool = true) -> [Chunk] {
        Chunker(encoder: HashingEncoder(maxTokens: window)).chunks(
            of: (markdown ? NoteContent.markdown(text) : .plain(text)).blocks)
    }

    @Test func headingPathsAndLines() {
        let text = """
            ---
            title: T
            ---
            Before.

            # A

            First line
            second line.

            ## B

            > Quoted words
            > go on.

            - one
            - two

            # C
            ## D
            ```
            let x = 1
            ```
            """
        let expected = [
            Chunk(heading: "", line: 4, endLine: 4, text: "Before."),
            Chunk(heading: "A", line: 8, endLine: 9, text: "First line\nsecond line."),
            Chunk(
                heading: "A › B", line: 13, endLine: 17,
                text: "Quoted words\ngo on.\n\n- one\n- two"),
            Chunk(heading: "C › D", line: 21, endLine: 23, text: "```\nlet x = 1\n```"),
        ]
        #expect(chunks(text) == expected)
    }

    @Test func crlfDoesNotMoveLines() {
        let found = chunks("# A\r\n\r\none\r\ntwo\r\n\r\n# B\r\n\r\nthree\r\n")
        #expect(found.map(\.line) == [3, 8])
        #expect(found.map(\.endLine) == [4, 8])
        #expect(found.map(\.text) == ["one\ntwo", "three"])
    }

    @Test func bareHeadingsAndRulesAreNoPassages() {
        #expect(chunks("# A\n\n## B\n\n---\n\n***\n").isEmpty)
        #expect(chunks("").isEmpty)
        #expect(chunks("<!-- a note to myself -->").isEmpty)
    }

    /// What is nothing but a frame is no passage, and joins none.
    @Test(arguments: [
        "-", "- \n-", "1.", "2)\n3)", "- [ ]", "* [x] ", "> ", "> - ", "---", "| --- | :-: |", "|---|\n|---|",
        "[A title](https://a.b/c)",
        "- [A title](https://a.b/c \"t\")", "1. [a][b]", "![an image](a.png)", "[![badge](b.svg)](https://a.b)",
        "https://a.b/c?d=1", "<https://a.b>",
        "www.a.org/b", "mailto:me@a.b", "[[Another note]]", "- [[One]]\n- [[Two|with words]]", "[^1]", "[^1]: ",
        "[^n]: https://a.b", "[1]: https://a.b \"Title\"",
        "<br>", "<div class=\"a\"></div>", "&nbsp;", "…", "***", "``` swift\n```", "- https://a.b\n- <https://c.d>",
        "😀", "<img src=\"a.png\" alt=\"words\">",
    ])
    func framesAreNoPassages(text: String) {
        #expect(chunks("\(text)\n").isEmpty)
        #expect(chunks("# H\n\nBefore it.\n\n\(text)\n\nAfter it.\n").map(\.text).joined().contains(text) == false)
        #expect(Substance.isEmpty(text))
    }

    @Test(arguments: [
        "- one", "1. 字", "See [A title](https://a.b)", "[A title](https://a.b): why it matters",
        "- [One paper](a.b)\n- [Another](c.d)", "[in brackets]", "42",
        "> so", "- [x] done", "| a |\n|---|", "[^1]: a note", "see www.a.org", "x: https://a.b", "https://a.b有字",
        "```\n[a](b)\n```", "    https://a.b", "a < b", "See below.", "See how [[a]] does it", "见此书",
    ])
    func whatSaysSomethingIsAPassage(text: String) {
        #expect(chunks("\(text)\n").count == 1)
    }

    @Test func aLongListIsCutWithoutItsEmptyItems() {
        var source = WordSource(seed: 5)
        let items = (0..<8).map { _ in "- " + source.sentence(24) + "\n-\n- https://a.b/c" }
        let found = chunks(items.joined(separator: "\n"))
        #expect(found.count > 4)
        #expect(found.allSatisfy { !Substance.isEmpty($0.text) })
    }

    @Test func smallNeighboursAreMergedLargeOnesAreNot() {
        var source = WordSource(seed: 1)
        let small = "A small one here.\n\nAnother small one."
        #expect(chunks(small).count == 1)
        let large = [source.sentence(30), source.sentence(30)].joined(separator: "\n\n")
        #expect(chunks(large).count == 2)
    }

    @Test func longParagraphsAreCutAtSentences() {
        var source = WordSource(seed: 2)
        let sentences = (0..<12).map { _ in source.sentence(10) }
        let found = chunks(sentences.joined(separator: "\n"))
        #expect(found.count > 2)
        for chunk in found {
            #expect(TokenEstimate.subwords(chunk.text) <= 56)
            #expect(chunk.text.hasSuffix("."))
        }
        // One sentence a line: the lines say which sentences a chunk has.
        for chunk in found {
            #expect(chunk.text == sentences[(chunk.line - 1)..<chunk.endLine].joined(separator: "\n"))
        }
        #expect(found.map { $0.endLine - $0.line + 1 }.reduce(0, +) == sentences.count)
    }

    @Test func aShortSentenceBeforeACutIsRepeatedBehindIt() {
        let sentences = (0..<24).map { "Sentence \($0) goes here." }
        let found = chunks(sentences.joined(separator: "\n"))
        #expect(found.count > 2)
        for (before, after) in zip(found, found.dropFirst()) {
            #expect(after.line == before.endLine)
            #expect(after.text.hasPrefix(sentences[before.endLine - 1]))
        }
        for chunk in found {
            #expect(TokenEstimate.subwords(chunk.text) <= 56)
            #expect(chunk.text == sentences[(chunk.line - 1)..<chunk.endLine].joined(separator: "\n"))
        }
        // Chinese sentences stand side by side without a blank.
        let chinese = (0..<20).map { "第\($0)句很短。" }.joined()
        let cut = chunks(chinese)
        #expect(cut.count > 1 && cut.allSatisfy { chinese.contains($0.text) })
        // Items of a list aren't sentences of one text.
        let list = chunks((0..<24).map { "- item \($0) goes here" }.joined(separator: "\n"))
        #expect(list.map { $0.endLine - $0.line + 1 }.reduce(0, +) == 24)
    }

    @Test func chineseIsCutAtItsFullStops() {
        let sentence = "向量检索把文字变成一串数字然后比较它们的距离。"
        let found = chunks(String(repeating: sentence, count: 6))
        #expect(found.count > 1)
        #expect(found.allSatisfy { $0.text.hasSuffix("。") && TokenEstimate.subwords($0.text) <= 56 })
    }

    @Test func aSentenceLongerThanTheWindowIsCutToo() {
        let words = String(repeating: "word ", count: 200)
        #expect(chunks(words).allSatisfy { TokenEstimate.subwords($0.text) <= 56 })
        let han = String(repeating: "字", count: 300)
        #expect(chunks(han).map(\.text).joined() == han)
        #expect(chunks(han).allSatisfy { $0.text.count <= 56 })
    }

    @Test func plainTextHasParagraphsOnly() {
        let found = chunks("# not a heading\n\n\nbody", markdown: false)
        #expect(found == [Chunk(heading: "", line: 1, endLine: 4, text: "# not a heading\n\nbody")])
    }

    /// Whatever the note: no crash, lines in order and inside the file, and every chunk's words at its lines.
    @Test(arguments: 0..<60) func fuzzedNotesKeepTheirLines(seed: UInt64) {
        var source = WordSource(seed: seed)
        let pieces = [
            "# ", "## ", "> ", "- ", "1. ", "```\n", "| a | b |\n|---|---|\n", "\n\n", "\n", "\r\n", "    ",
            "**", "`", "[^1]: ", "<div>\n", "---\n", "。", "检索质量", "😀", "\u{301}", "\t", "  \n", "$$",
        ]
        var text = ""
        for _ in 0..<(20 + source.below(60)) {
            text +=
                source.below(2) == 0 ? pieces[source.below(pieces.count)] : source.sentence(1 + source.below(20)) + " "
        }
        let lineCount = text.utf8.count { $0 == 0x0A } + 1
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { TextAnalyzer.keys(of: String(decoding: Array($0), as: UTF8.self)) }
        let found = chunks(text, markdown: source.below(4) > 0)
        for chunk in found {
            #expect(chunk.line >= 1 && chunk.line <= chunk.endLine && chunk.endLine <= lineCount)
            #expect(TokenEstimate.subwords(chunk.text) <= 56)
            var here: Set<String> = []
            for words in lines[(chunk.line - 1)..<chunk.endLine] { here.formUnion(words) }
            let words = TextAnalyzer.keys(of: chunk.text).filter { WordSource.words.map(Stemmer.stem).contains($0) }
            #expect(words.isSubset(of: here))
        }
        for (before, after) in zip(found, found.dropFirst()) { #expect(before.line <= after.line) }
    }

    @Test func everyWordOfAPlainBodyIsInSomeChunk() {
        for seed in 0..<20 as Range<UInt64> {
            var source = WordSource(seed: seed)
            let text = (0..<12).map { index in
                let prefix = ["", "", "- ", "> ", "    ", "1. "][source.below(6)]
                return prefix + source.sentence(3 + source.below(60)) + " unique\(index)x"
            }.joined(separator: "\n\n")
            let whole = TextAnalyzer.scan(text).filter { $0 != .word("1") }
            let parts = chunks(text).flatMap { TextAnalyzer.scan($0.text) }.filter { $0 != .word("1") }
            #expect(whole == parts)
        }
    }
}

@Suite struct SentencesTests {
    @Test(arguments: [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith met J. Doe. They spoke.", ["Dr. Smith met J. Doe.", "They spoke."]),
        ("It costs 3.50 today. Fine.", ["It costs 3.50 today.", "Fine."]),
        ("See e.g. this one. And that.", ["See e.g. this one.", "And that."]),
        ("He said \u{201C}Go.\u{201D} She went.", ["He said \u{201C}Go.\u{201D}", "She went."]),
        ("她说：“走吧。”然后走了。好！", ["她说：“走吧。”", "然后走了。", "好！"]),
        ("Line one\nline two. End", ["Line one\nline two.", "End"]),
        ("Above\n\nBelow", ["Above", "Below"]),
        ("  ", []),
        ("...", ["..."]),
    ])
    func split(text: String, expected: [String]) {
        #expect(Sentences.split(text) == expected)
    }

    /// A list's mark or an address is never shown as the sentence that answers.
    @Test(arguments: [
        ("1. One here. Two.\n\n![x](y)\n\n---", ["One here.", "Two."]),
        ("Lead in:\n\n- one\n  goes on\n- [x] two. Three", ["Lead in:", "one\n  goes on", "two.", "Three"]),
        ("| a | b |\n|---|---|\n| c | d. E |", ["c | d. E"]), ("```\nlet x\n```", ["let x"]),
        ("- \n\nhttps://a.b\n\nSo it is.", ["So it is."]),
        ("See [[a]], [[b|c]]. It is so.", ["It is so."]), ("Siehe auch [t](a.b). 参见 [[a]]、[[b]]。 So.", ["So."]),
        ("https://a.b", ["https://a.b"]),
    ])
    func sentencesSaySomething(text: String, expected: [String]) {
        #expect(Substance.sentences(of: text) == expected)
    }

    @Test func rangesAreBytes() {
        let text = " 你好。Hi."
        #expect(Sentences.ranges(of: text) == [1..<10, 10..<13])
    }
}
