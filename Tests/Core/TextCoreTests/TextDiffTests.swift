import TestSupport
import Testing

@testable import TextCore

private func old(_ pieces: [DiffPiece]) -> String {
    pieces.filter { $0.kind != .added }.map(\.text).joined()
}

private func new(_ pieces: [DiffPiece]) -> String {
    pieces.filter { $0.kind != .removed }.map(\.text).joined()
}

@Suite struct TextDiffTests {
    @Test func aWordChangedIsAWordShown() {
        #expect(
            TextDiff.between("One stays. The cat sat here. End.", "One stays. The dog sat here. End.") == [
                DiffPiece(.same, "One stays. The "), DiffPiece(.removed, "cat"), DiffPiece(.added, "dog"),
                DiffPiece(.same, " sat here. End."),
            ])
    }

    @Test func chineseIsComparedByIdeograph() {
        #expect(
            TextDiff.between("他昨天去了北京。很好。", "他今天去了北京。很好。") == [
                DiffPiece(.same, "他"), DiffPiece(.removed, "昨"), DiffPiece(.added, "今"),
                DiffPiece(.same, "天去了北京。很好。"),
            ])
    }

    @Test func anotherSentenceIsShownWhole() {
        #expect(
            TextDiff.between("Birds sing loudly.", "Nobody knows why we came.") == [
                DiffPiece(.removed, "Birds sing loudly."), DiffPiece(.added, "Nobody knows why we came."),
            ])
    }

    @Test(arguments: ["", "Same.", "Two. Sentences.\n\nAnd more"])
    func equalTextsDoNotDiffer(text: String) {
        #expect(TextDiff.between(text, text).allSatisfy { $0.kind == .same })
        #expect(new(TextDiff.between("", text)) == text)
        #expect(old(TextDiff.between(text, "")) == text)
    }

    @Test func canonicallyEqualTextIsNotTheSameBytes() {
        let pieces = TextDiff.between("caf\u{E9} one", "cafe\u{301} one")
        #expect(Array(new(pieces).utf8) == Array("cafe\u{301} one".utf8))
        #expect(Array(old(pieces).utf8) == Array("caf\u{E9} one".utf8))
    }

    @Test func theBoundStillGivesBothTexts() {
        let left = (0..<1500).map { "a\($0)" }
        let right = (0..<1500).map { "b\($0)" }
        let steps = TextDiff.steps(left.map { $0[...] }, right.map { $0[...] })
        #expect(steps.count == 3000)
    }

    @Test func anyTwoTextsAreGivenBack() {
        let parts = [
            "The road ", "was long. ", "A cat sat", ". ", "\n\n", "文字很", "好。", "Why? ", "e.g. this", "\u{301}",
            "😀", "3.5 ", "“Quote.” ", "\t", "- item\n", "[^1]", "\r\n", "👩‍👩", "‍👧",
        ]
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            var words = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? ""
            }
            let before = words.joined()
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                if Bool.random(using: &random), !words.isEmpty {
                    words.remove(at: Int.random(in: 0..<words.count, using: &random))
                } else {
                    words.insert(
                        parts.randomElement(using: &random) ?? "", at: Int.random(in: 0...words.count, using: &random))
                }
            }
            let after = words.joined()
            let pieces = TextDiff.between(before, after)
            #expect(Array(old(pieces).utf8) == Array(before.utf8))
            #expect(Array(new(pieces).utf8) == Array(after.utf8))
            #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.kind != $1.kind })
            #expect(pieces.allSatisfy { !$0.text.isEmpty })
        }
    }

    @Test(arguments: [
        ("One. Two.", ["One. ", "Two."]), ("3.5 is e.g. fine", ["3.5 is e.g. ", "fine"]),
        ("一。二！三", ["一。", "二！", "三"]), ("“So.” Yes", ["“So.” ", "Yes"]), ("a\n\nb", ["a\n\n", "b"]),
    ])
    func sentences(text: String, expected: [String]) {
        #expect(ProseSplit.sentences(text).map(String.init) == expected)
    }
}
