/// Texts that are hard to read: operators, quotation marks, control characters, emoji, many scripts.
public struct TextFuzzer {
    private var random: SeededGenerator
    private static let pieces: [String] =
        [
            "\"", "“", "”", "'", "’", "(", ")", "*", "+", "-", "^", ":", "{heading}", "NEAR(", "AND", "OR", "NOT", "\\",
            "%", ";--",
        ]
        + [
            "\u{0}", "\u{1}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{200B}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}",
            "\u{10FFFF}", "\u{E000}",
        ]
        + [
            "🙂", "👩‍👩‍👧‍👦", "🇫🇷", "e\u{301}\u{327}", "\u{301}", "ﬁ", "ß", "İ", "Σ", "ﷺ", "㍿", "½", "x²", "①", "\u{3099}",
            "\u{1112}",
        ]
        + [
            "index", "writer", "a", "the", "检索", "库", "学校", "カ", "ﾞ", "ｰ", "학교", "สมุด", "हिन्दी", "كتاب", "٣", " ", " ",
            " ", "\n", "\t", "\u{3000}",
        ]

    public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    public mutating func text() -> String {
        var text = ""
        for _ in 0...(random.next() % 12) {
            if random.next() % 4 == 0 {
                // A scalar of any kind.
                let value = UInt32(truncatingIfNeeded: random.next() % 0x11_0000)
                text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
            } else {
                text += Self.pieces[Int(random.next() % UInt64(Self.pieces.count))]
            }
        }
        return text
    }
}
