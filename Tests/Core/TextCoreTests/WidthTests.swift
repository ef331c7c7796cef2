import Encodings
import TestSupport
import Testing

@testable import TextCore

@Suite struct WidthTests {
    @Test func aCharacterThatHoldsAByteIsOneCell() {
        #expect(
            DisplayWidth.of(String(decoding: RawBytes.utf8(of: [0x61, 0xE9, 0xFF, 0x80, 0x62]), as: UTF8.self)) == 5)
    }

    @Test(arguments: [
        ("a", 1), ("é", 1), ("e\u{301}", 1), ("你", 2), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("👍", 2), ("👩‍👩‍👧", 2), ("🇫🇷", 2),
        ("❤️", 2),
        ("❤", 1), ("…", 1), ("—", 1), ("“", 1), ("、", 2), ("\u{200B}", 0), ("\u{301}", 0), ("א", 1), ("👍🏽", 2), ("各", 2),
    ])
    func cells(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
        #expect(text.count == 1)
    }

    @Test func widthsOfStringsAddUp() {
        #expect(DisplayWidth.of("abc你好") == 7)
        #expect(DisplayWidth.of("") == 0)
    }
}

@Suite struct BoundaryTests {
    @Test(arguments: ["👩‍👩‍👧x", "e\u{301}x", "각x", "🇫🇷🇩🇪", "\r\nx", "ab", "你好", "a\u{301}\u{302}\u{303}b", "\n\n"])
    func graphemesAreSteppedOverWhole(string: String) {
        let text = Text(string)
        var forward: [Int] = []
        var offset = 0
        while offset < text.utf8Count {
            offset = text.nextGrapheme(after: offset)
            forward.append(offset)
        }
        var expected: [Int] = []
        var total = 0
        for character in string {
            total += character.utf8.count
            expected.append(total)
        }
        #expect(forward == expected)
        var backward: [Int] = []
        while offset > 0 {
            backward.append(offset)
            offset = text.previousGrapheme(before: offset)
        }
        #expect(Array(backward.reversed()) == expected)
    }

    @Test func wordsStopWhereReadersDo() {
        let text: Text = "one, two 你好 three"
        #expect(text.nextWord(after: 0) == 3)
        #expect(text.nextWord(after: 3) == 8)
        #expect(text.nextWord(after: 8) == 15)
        #expect(text.previousWord(before: text.utf8Count) == 16)
        #expect(text.previousWord(before: 16) == 9)
        #expect(text.nextWord(after: text.utf8Count) == text.utf8Count)
        #expect(text.previousWord(before: 0) == 0)
    }

    @Test func paragraphsEndAtBlankLines() {
        let text: Text = "a\nb\n \nc"
        #expect(text.paragraph(at: 2) == 0..<3)
        #expect(text.paragraph(at: 4) == 4..<5)
        #expect(text.paragraph(at: 6) == 6..<7)
    }
}

@Suite struct WrapTests {
    private func rows(_ line: String, _ width: Int, indent: Int = 0) -> [String] {
        let bytes = Array(line.utf8)
        return LineBreaker.wrap(line, width: width, hangingIndent: indent).map {
            String(decoding: bytes[$0.range], as: UTF8.self)
        }
    }

    @Test func breaksBetweenWordsAndLetsSpacesHang() {
        #expect(rows("one two three", 8) == ["one two ", "three"])
        #expect(rows("one two three", 7) == ["one two ", "three"])
        #expect(rows("", 5) == [""])
        #expect(rows("well-known", 6) == ["well-", "known"])
    }

    @Test func breaksALongWordBetweenGraphemes() {
        #expect(rows("abcdefghij", 4) == ["abcd", "efgh", "ij"])
        #expect(rows("go abcdefghij", 4) == ["go ", "abcd", "efgh", "ij"])
    }

    @Test func keepsChinesePunctuationWhereItBelongs() {
        #expect(rows("意思相近，向量", 8) == ["意思相", "近，向量"])
        #expect(
            rows("他说“你好”吗", 6) == ["他说", "“你好”", "吗"]
                || rows("他说“你好”吗", 6).allSatisfy { !$0.hasSuffix("“") && !$0.hasPrefix("”") })
        #expect(rows("（一）二三四", 6) == ["（一）", "二三四"])
    }

    @Test func hangingRowsAreSetIn() {
        let wrapped = LineBreaker.wrap("- one two three four", width: 10, hangingIndent: 2)
        #expect(wrapped.map(\.indent) == [0, 2, 2])
        #expect(wrapped.allSatisfy { $0.width <= 11 })
    }

    @Test(arguments: 1...60)
    func rowsTileTheLineAndFit(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let line = randomString(&random, pieces: 40).replacing("\n", with: "，") + "（“尾”）。"
        let width = Int.random(in: 4...30, using: &random)
        let bytes = Array(line.utf8)
        var expected = 0
        for row in LineBreaker.wrap(line, width: width) {
            #expect(row.range.lowerBound == expected)
            expected = row.range.upperBound
            let text = String(decoding: bytes[row.range], as: UTF8.self)
            let visible = text.reversed().drop { $0 == " " || $0 == "\t" }
            let cells = visible.reduce(0) { $0 + ($1 == "\t" ? 1 : DisplayWidth.of($1)) }
            #expect(cells <= width || visible.count == 1, "\(text)")
        }
        #expect(expected == bytes.count)
    }
}
