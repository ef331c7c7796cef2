import TestSupport
import Testing

@testable import TextCore

@Suite struct ChangeTests {
    private func replaced(_ text: String, _ replacing: [(range: Range<Int>, with: String)]) throws -> String {
        var result = Text(text)
        try ChangeSet(length: result.utf8Count, replacing: replacing).apply(to: &result)
        return result.string
    }

    @Test func rangesThatOverlapAreReplacedAsOne() throws {
        #expect(try replaced("abcdef", [(1..<4, "X"), (2..<5, "Y")]) == "aXYf")
        #expect(try replaced("abcdef", [(1..<5, "X"), (2..<3, "Y")]) == "aXYf")
        #expect(try replaced("abcdef", [(0..<6, ""), (0..<6, "Z")]) == "Z")
    }

    @Test func rangesInAnyOrderAreReplacedWhereTheyAre() throws {
        #expect(try replaced("abcdef", [(4..<5, "E"), (1..<2, "B")]) == "aBcdEf")
        #expect(try replaced("abc", [(3..<3, "1"), (0..<0, "2"), (3..<3, "3")]) == "2abc13")
    }

    @Test func whatLiesOutsideOfTheTextIsLeftOut() throws {
        #expect(try replaced("abc", [(2..<9, "X"), (12..<14, "Y")]) == "abXY")
        #expect(try replaced("abc", [(-5..<1, "X")]) == "Xbc")
        #expect(try replaced("", [(0..<1, "X")]) == "X")
    }

    @Test(arguments: 1...40)
    func laws(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let original = Text(randomString(&random, pieces: 60))
        let first = randomChange(&random, of: original)
        var middle = original
        try first.apply(to: &middle)
        #expect(middle.utf8Count == first.lengthAfter)

        var back = middle
        try first.inverted(on: original).apply(to: &back)
        #expect(back == original)

        let second = randomChange(&random, of: middle)
        var end = middle
        try second.apply(to: &end)
        var atOnce = original
        try first.composed(with: second).apply(to: &atOnce)
        #expect(atOnce == end)

        let third = randomChange(&random, of: end)
        let left = try first.composed(with: second).composed(with: third)
        let right = try first.composed(with: second.composed(with: third))
        var viaLeft = original
        var viaRight = original
        try left.apply(to: &viaLeft)
        try right.apply(to: &viaRight)
        #expect(viaLeft == viaRight)

        for bias in [Bias.before, .after] {
            let mapped = (0...original.utf8Count).map { first.map($0, bias: bias) }
            #expect(zip(mapped, mapped.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(mapped.allSatisfy { $0 >= 0 && $0 <= middle.utf8Count })
        }
    }

    @Test func aChangeForAnotherTextIsRefusedAndHarmsNothing() {
        var text: Text = "one"
        let changes = ChangeSet(length: 5, replacing: [(0..<1, "x")])
        #expect(throws: ChangeError.stale(expected: 5, actual: 3)) { try changes.apply(to: &text) }
        #expect(text.string == "one")
        #expect(throws: ChangeError.self) { try ChangeSet.identity(length: 3).composed(with: .identity(length: 4)) }
    }

    /// "abcdef": insert XX at 2, or replace 2..<4 by XX.
    @Test(arguments: [
        (2..<2, 1, Bias.before, 1), (2..<2, 2, .before, 2), (2..<2, 2, .after, 4), (2..<2, 3, .before, 5),
        (2..<4, 2, .before, 2), (2..<4, 3, .before, 2), (2..<4, 3, .after, 4), (2..<4, 4, .before, 4),
        (2..<4, 5, .before, 5),
        (0..<0, 0, .before, 0), (0..<0, 0, .after, 2), (6..<6, 6, .before, 6), (6..<6, 6, .after, 8),
    ])
    func positionsMap(range: Range<Int>, offset: Int, bias: Bias, expected: Int) {
        let changes = ChangeSet(length: 6, replacing: [(range, "XX")])
        #expect(changes.map(offset, bias: bias) == expected)
    }
}

@Suite struct DocumentTests {
    private func edit(_ document: Document, _ range: Range<Int>, _ string: String, _ origin: Origin = .typing) -> Edit {
        Edit(
            changes: ChangeSet(length: document.text.utf8Count, replacing: [(range, string)]),
            selection: Selection(range.lowerBound + string.utf8.count), origin: origin)
    }

    @Test(arguments: 1...4)
    func undoReachesTheStartAndRedoTheEnd(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var document = Document(Text(randomString(&random, pieces: 50)))
        let start = document.text
        let origins: [Origin] = [.typing, .deletion, .paste, .command("x"), .quotation(passage: "p"), .proposal(id: 1)]
        for _ in 0..<500 {
            let range = randomRange(&random, in: document.text, longest: 8)
            let origin = origins.randomElement(using: &random) ?? .typing
            let string = origin == .deletion ? "" : randomString(&random, pieces: 2)
            try document.apply(edit(document, range, string, origin))
        }
        let end = document.text
        while document.undo() != nil {}
        #expect(document.text == start && !document.isModified)
        while document.redo() != nil {}
        #expect(document.text == end)
    }

    @Test func typingIsUndoneWordByWord() throws {
        var document = Document("")
        for character in "one two" {
            try document.apply(edit(document, document.text.utf8Count..<document.text.utf8Count, String(character)))
        }
        document.undo()
        #expect(document.text.string == "one ")
        document.undo()
        #expect(document.text.string == "")
        #expect(document.undo() == nil)
    }

    @Test func aCaretJumpEndsTheStep() throws {
        var document = Document("ab")
        try document.apply(edit(document, 2..<2, "c"))
        document.select(Selection(0))
        try document.apply(edit(document, 0..<0, "x"))
        document.undo()
        #expect(document.text.string == "abc")
    }

    @Test func savedStateIsKnownAroundUndo() throws {
        var document = Document("a")
        #expect(!document.isModified)
        try document.apply(edit(document, 1..<1, "b"))
        document.markSaved()
        try document.apply(edit(document, 2..<2, "c"))
        #expect(document.isModified)
        document.undo()
        #expect(!document.isModified)
        document.undo()
        #expect(document.isModified)
        try document.apply(edit(document, 1..<1, "z"))
        document.undo()
        #expect(document.isModified)
    }

    @Test func anchorsFollowEditsUndoAndRedo() throws {
        var document = Document("one two three")
        let anchor = document.addAnchor(4, bias: .after)
        try document.apply(edit(document, 0..<0, "zero ", .paste))
        #expect(document.offset(of: anchor) == 9)
        document.undo()
        #expect(document.offset(of: anchor) == 4)
        document.redo()
        #expect(document.offset(of: anchor) == 9)
        document.removeAnchor(anchor)
        #expect(document.offset(of: anchor) == nil)
    }

    @Test func aStaleEditIsRefused() {
        var document = Document("one")
        let stale = Edit(changes: .init(length: 9, replacing: [(0..<1, "")]), selection: Selection(0), origin: .typing)
        #expect(throws: ChangeError.self) { try document.apply(stale) }
        #expect(document.text.string == "one" && document.version == 0)
    }

    /// Many changes close to each other are applied, taken back and mapped as one at a time would be.
    @Test(arguments: [10, 200, 3_000])
    func denseChangesAreThoseOfOneAtATime(count: Int) throws {
        let source = String(repeating: "ab é中x", count: count)
        let before = Text(source)
        var replacing: [(range: Range<Int>, with: String)] = []
        for index in 0..<count { replacing.append((index * 9 + 1..<index * 9 + 2, index % 3 == 0 ? "" : "长\(index)")) }
        let changes = ChangeSet(length: before.utf8Count, replacing: replacing)
        var text = before
        try changes.apply(to: &text)
        var expected = before
        for (range, string) in replacing.reversed() { expected.replace(range, with: string) }
        #expect(text.string == expected.string && text.lineCount == expected.lineCount)
        var back = text
        try changes.inverted(on: before).apply(to: &back)
        #expect(back == before)
        var mapper = PositionMapper(changes)
        for offset in stride(from: 0, through: min(before.utf8Count, 3_000), by: 1) {
            #expect(mapper.map(offset, bias: .before) == changes.map(offset, bias: .before))
            #expect(mapper.map(offset, bias: .after) == changes.map(offset, bias: .after))
        }
        #expect(mapper.map(5, bias: .after) == changes.map(5, bias: .after), "back to the start")
    }

    /// A long insertion in one step of undo grows in place, and comes back whole.
    @Test func aStepThatGoesOnIsTheSameAsOneComposed() throws {
        var document = Document("one two")
        document.beginGroup()
        try document.apply(
            Edit(
                changes: ChangeSet(length: 7, replacing: [(4..<7, "x")]), selection: Selection(5),
                origin: .command("vim")))
        for index in 0..<50 {
            let length = document.text.utf8Count
            let edit = ChangeSet(length: length, replacing: [(5 + index..<5 + index, "y")])
            try document.apply(Edit(changes: edit, selection: Selection(6 + index), origin: .command("vim")))
        }
        try document.apply(
            Edit(
                changes: ChangeSet(length: 55, replacing: [(0..<0, "z")]), selection: Selection(1),
                origin: .command("vim")))
        document.endGroup()
        let after = document.text
        document.undo()
        #expect(document.text.string == "one two")
        document.redo()
        #expect(document.text == after && after.string == "zone x" + String(repeating: "y", count: 50))
    }
}
