import TestSupport
import TextCore
import Testing

@Suite struct DifferenceTests {
    @Test func differencesMakeTheOtherTextAndKeepWhatBothHave() throws {
        var random = SeededGenerator(seed: 5)
        let words = ["one ", "two. ", "词。", "\n", "\n\n", "é", "# T\n"]
        for _ in 0..<400 {
            func made() -> String {
                (0..<Int.random(in: 0..<20, using: &random)).map { _ in words.randomElement(using: &random)! }.joined()
            }
            let shared = made()
            let (old, new) = (made() + shared + made(), made() + shared + made())
            var text = Text(old)
            try ChangeSet.difference(from: text, to: Text(new)).apply(to: &text)
            #expect(text.string == new)
        }
        let long = Text(String(repeating: "A line of prose that is long enough.\n", count: 9_000))
        var other = long
        other.replace(40..<40, with: "x")
        other.replace(300_000..<300_000, with: "y")
        var result = long
        try ChangeSet.difference(from: long, to: other).apply(to: &result)
        #expect(result == other)
    }
}
