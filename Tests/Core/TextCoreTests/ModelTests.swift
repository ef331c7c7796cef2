import TestSupport
import Testing
import TextCore

/// A document against a plain array of bytes: whatever is done, they hold the same.
@Suite struct ModelTests {
    @Test func aHundredThousandEditsUndoneToTheStartAndRedoneToTheEnd() throws {
        var random = SeededGenerator(seed: 20_261)
        let edits = 100_000
        var document = Document(Text("The start. 从这里开始。\n"))
        var model = document.text.bytes(in: 0..<document.text.utf8Count)
        /// The whole text behind every so many edits, to meet again on the way back.
        var checkpoints: [Int: [UInt8]] = [0: model]
        for number in 1...edits {
            let isLong = model.count > 4_000
            var range = randomRange(&random, in: document.text, longest: isLong ? 60 : 12)
            var string = randomString(&random, pieces: isLong ? 1 : Int.random(in: 0...2, using: &random))
            // An edit that changes nothing would be no step.
            if range.isEmpty, string.isEmpty { string = "x" }
            if Array(string.utf8) == Array(model[range]) { range = range.upperBound..<range.upperBound; string = "y" }
            // Commands are steps of their own, so that the number of steps is that of edits.
            try document.apply(
                Edit(
                    changes: ChangeSet(length: model.count, replacing: [(range: range, with: string)]),
                    selection: Selection(range.lowerBound + string.utf8.count), origin: .command("test")))
            model.replaceSubrange(range, with: string.utf8)
            if number % 500 == 0 {
                try #require(document.text.bytes(in: 0..<document.text.utf8Count) == model, "after \(number) edits")
                #expect(document.text.lineCount == model.count { $0 == 0x0A } + 1)
                checkpoints[number] = model
            }
        }
        for number in stride(from: edits - 1, through: 0, by: -1) {
            try #require(document.undo() != nil)
            if let expected = checkpoints[number] {
                try #require(document.text.bytes(in: 0..<document.text.utf8Count) == expected, "undone to \(number)")
            }
        }
        #expect(document.undo() == nil)
        #expect(document.text.string == "The start. 从这里开始。\n")
        for number in 1...edits {
            try #require(document.redo() != nil)
            if let expected = checkpoints[number] {
                try #require(document.text.bytes(in: 0..<document.text.utf8Count) == expected, "redone to \(number)")
            }
        }
        #expect(document.redo() == nil)
        #expect(document.text.bytes(in: 0..<document.text.utf8Count) == model)
    }
}
