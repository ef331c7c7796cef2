import TestSupport
import TextCore

private let pieces = [
    "a", "word ", "\n", "\n\n", "你好", "。", "👩‍👩‍👧", "e\u{301}", "한국", "\t", "long run of plain text that goes on ", "é",
    "🇫🇷",
]

func randomString(_ random: inout SeededGenerator, pieces count: Int) -> String {
    (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
}

/// A range of `text` with scalar boundaries at both ends.
func randomRange(_ random: inout SeededGenerator, in text: Text, longest: Int) -> Range<Int> {
    let start = text.scalarBoundary(atOrBefore: Int.random(in: 0...text.utf8Count, using: &random))
    let length = Int.random(in: 0...longest, using: &random)
    return start..<max(start, text.scalarBoundary(atOrBefore: min(text.utf8Count, start + length)))
}

func randomChange(_ random: inout SeededGenerator, of text: Text) -> ChangeSet {
    var replacing: [(range: Range<Int>, with: String)] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
        let range = randomRange(&random, in: text, longest: 30)
        guard range.lowerBound >= replacing.last?.range.upperBound ?? 0 else { continue }
        replacing.append((range, randomString(&random, pieces: Int.random(in: 0...4, using: &random))))
    }
    return ChangeSet(length: text.utf8Count, replacing: replacing)
}
