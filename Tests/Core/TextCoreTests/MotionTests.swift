import Testing

@testable import TextCore

/// Each place that repeating a move stops at.
private func stops(_ string: String, from: Int, _ move: (Text, Int) -> Int) -> [Int] {
    let text = Text(string)
    var offset = from
    var found: [Int] = []
    for _ in 0..<100 {
        let next = move(text, offset)
        guard next != offset else { break }
        found.append(next)
        offset = next
    }
    return found
}

/// The pieces of `string` between the stops of a move from its start.
private func pieces(_ string: String, _ move: (Text, Int) -> Int) -> [String] {
    let text = Text(string)
    return zip([0] + stops(string, from: 0, move), stops(string, from: 0, move)).map { text.slice($0..<$1) }
}

@Suite struct WordMoveTests {
    @Test(arguments: [
        ("one, two", ["one", ", two"]),
        ("我们研究向量检索的方法。", ["我们", "研究", "向量", "检索", "的", "方法", "。"]),
        ("他说“很有意思”吗", ["他", "说", "“很", "有意思", "”吗"]),
        ("日本語を書く", ["日本語", "を", "書く"]),
        ("use向量index", ["use", "向量", "index"]),
        ("don't stop", ["don't", " stop"]),
        ("e\u{301}a 👩‍👩‍👧 b", ["e\u{301}a", " 👩‍👩‍👧 b"]),
        ("한국어 단어", ["한국어", " 단어"]),
    ])
    func words(text: String, expected: [String]) {
        #expect(pieces(text) { $0.nextWord(after: $1) } == expected)
    }

    @Test(arguments: [
        ("one, two", ["one", ", ", "two"]),
        ("a\n\nb", ["a\n", "\n", "b"]),
        ("(x) y", ["(", "x", ") ", "y"]),
        ("向量检索 x", ["向量", "检索 ", "x"]),
    ])
    func wordStarts(text: String, expected: [String]) {
        #expect(pieces(text) { $0.nextWordStart(after: $1) } == expected)
        let back = stops(text, from: text.utf8.count) { $0.previousWordStart(before: $1) }
        #expect(back.reversed() == [0] + stops(text, from: 0) { $0.nextWordStart(after: $1) }.dropLast())
    }

    @Test func bigWordsEndAtSpacesOnly() {
        #expect(pieces("(x), y.z w") { $0.nextWordStart(after: $1, big: true) } == ["(x), ", "y.z ", "w"])
        #expect(stops("(x), y.z", from: 8) { $0.previousWordStart(before: $1, big: true) } == [5, 0])
        #expect(stops("(x), y.z", from: 0) { $0.wordEnd(after: $1, big: true) } == [3, 7])
    }

    @Test func wordsAreSelectedWithTheSpaceAtThem() {
        let text: Text = "one two, three"
        #expect(text.word(at: 5) == 4..<7)
        #expect(text.wordWithSpace(at: 0) == 0..<4)
        #expect(text.wordWithSpace(at: 10) == 8..<14)
        #expect(text.wordWithSpace(at: 3) == 3..<7)
        #expect(text.word(at: 14) == nil)
        #expect(text.wordEnd(after: 0) == 2 && text.wordEnd(after: 2) == 6 && text.wordEnd(after: 6) == 7)
    }

    @Test func aRunOfMegabytesIsCutAndNotReadWhole() {
        let text = Text(String(repeating: "向量", count: 100_000))
        #expect((text.wordSpan(at: 300_000)?.range.count ?? 0) <= 1_300)
        let letters = Text(String(repeating: "x", count: 1_000_000))
        #expect(letters.nextWord(after: 500_000) <= 501_000)
    }
}

@Suite struct SentenceMoveTests {
    @Test(arguments: [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("Dr. Who came. He left.", ["Dr. Who came. ", "He left."]),
        ("你好。世界！真的？", ["你好。", "世界！", "真的？"]),
        ("“你好。”他说。", ["“你好。”", "他说。"]),
        ("A b\nc. D.\n\nE.", ["A b\nc. ", "D.\n\n", "E."]),
        ("# Title\nText. More.", ["# Title\n", "Text. ", "More."]),
        ("- one\n- two\n\nEnd", ["- one\n", "- two\n\n", "End"]),
        ("\n\nOne.", ["\n\n", "One."]),
    ])
    func sentences(text: String, expected: [String]) {
        #expect(pieces(text) { $0.nextSentence(after: $1) } == expected)
        let back = stops(text, from: text.utf8.count) { $0.previousSentence(before: $1) }
        let forth = [0] + stops(text, from: 0) { $0.nextSentence(after: $1) }.dropLast()
        #expect(back.reversed() == forth || back.reversed() == [0] + forth)
    }

    @Test func aSentenceIsFoundFromAnyPlaceInIt() {
        let text: Text = "One here. Two there.\n\nThree."
        #expect(text.sentence(at: 4) == 0..<9)
        #expect(text.sentence(at: 9) == 0..<9)
        #expect(text.sentence(at: 12) == 10..<20)
        #expect(text.sentence(at: 21) == nil)
        #expect(text.sentenceWithSpace(at: 4) == 0..<10)
        #expect(text.sentenceWithSpace(at: 12) == 9..<20)
    }

    @Test func aParagraphOfMegabytesIsNotReadWhole() {
        let text = Text(String(repeating: "A sentence stands here. ", count: 50_000))
        var offset = 600_000
        for _ in 0..<1_000 {
            let next = text.nextSentence(after: offset)
            #expect(next > offset && next - offset <= 24)
            offset = next
        }
    }
}

@Suite struct ParagraphMoveTests {
    private let text: Text = "a\nb\n\n\nc\n\nd"

    @Test func paragraphsAreWalkedBothWays() {
        #expect(stops(text.string, from: 0) { $0.nextParagraph(after: $1) } == [6, 9, 10])
        #expect(stops(text.string, from: 10) { $0.previousParagraph(before: $1) } == [9, 6, 0])
        #expect(stops(text.string, from: 0) { $0.nextBlankLine(after: $1) } == [4, 8, 10])
        #expect(stops(text.string, from: 10) { $0.previousBlankLine(before: $1) } == [8, 5, 0])
    }

    @Test func aParagraphTakesItsBlankLines() {
        #expect(text.paragraphWithBlankLines(at: 0) == 0..<6)
        #expect(text.paragraphWithBlankLines(at: 4) == 4..<8)
        #expect(text.paragraphWithBlankLines(at: 9) == 8..<10)
    }
}
