import Testing

@testable import TextCore

/// Held to what the `wcwidth` package says, as it was recorded.
@Suite struct WidthTableTests {
    @Test func everyCodePointHasTheCellsOfTheRecording() {
        var expected = [UInt8](repeating: 1, count: 0x110000)
        for (first, last, cells) in WidthReference.ranges {
            for value in first...last { expected[Int(value)] = UInt8(cells) }
        }
        // A soft hyphen isn't drawn.
        expected[0xAD] = 0
        // Control characters are shown by a sign, but for a line's end.
        for value in Array(0..<0x20) + Array(0x7F..<0xA0) where value != 0x0A { expected[value] = 1 }
        var wrong: [String] = []
        for value in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(value), DisplayWidth.of(scalar) != Int(expected[Int(value)]) else {
                continue
            }
            wrong.append(String(value, radix: 16))
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(20))")
    }

    /// Conjuncts: the package takes them for one or two cells, but a terminal that doesn't shape them, and curses, count each
    /// letter. And what a joiner joins without being emoji is seen.
    private static let exceptions: [String: Int] = [
        "हिन्दी": 5, "ខ្មែរ": 4, "বাংলা": 5, "a\u{200D}b": 2,
    ]

    @Test(arguments: WidthReference.sequences)
    func sequencesHaveTheCellsOfTheRecording(text: String, cells: Int) {
        #expect(
            DisplayWidth.of(text) == Self.exceptions[text] ?? cells,
            "\(text) \(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }

    @Test(arguments: [
        ("กำ", ["ก", "ำ"]), ("नि", ["न", "ि"]), ("क्षि", ["क्", "ष", "ि"]), ("🇫🇷", ["🇫", "🇷"]), ("👩‍👩‍👧", ["👩‍👩‍👧"]),
        ("ｶﾞ", ["ｶ", "ﾞ"]),
        ("e\u{301}", ["e\u{301}"]), ("1️⃣", ["1️⃣"]), ("👍🏽", ["👍🏽"]),
        ("\u{1112}\u{1161}\u{11AB}", ["\u{1112}\u{1161}\u{11AB}"]),
    ])
    func graphemesComeInPieces(text: String, pieces: [String]) throws {
        let found = DisplayWidth.pieces(of: try #require(text.first))
        #expect(found.map { Array($0.text.unicodeScalars) } == pieces.map { Array($0.unicodeScalars) })
        #expect(found.reduce(0) { $0 + $1.cells } == DisplayWidth.of(text))
        #expect(found.allSatisfy { (1...2).contains($0.cells) })
    }
}
