import TestSupport
import Testing

@testable import TextCore

/// Undo and redo that outlive the process: what is read is right, or nothing is.
@Suite struct HistoryRecordTests {
    private func edit(_ document: inout Document, _ random: inout SeededGenerator) throws {
        let changes = randomChange(&random, of: document.text)
        let origin: Origin = Bool.random(using: &random) ? .typing : .command("test")
        let caret = Int.random(in: 0...changes.lengthAfter, using: &random)
        try document.apply(Edit(changes: changes, selection: Selection(caret), origin: origin))
    }

    /// A document with edits, groups, undone steps, and a saved state somewhere.
    private func made(_ random: inout SeededGenerator, edits: Int) throws -> Document {
        var document = Document(Text("The start. 从这里开始。\n"))
        for _ in 0..<edits {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: document.undo()
            case 1: document.redo()
            case 2: document.beginGroup()
            case 3: document.endGroup()
            case 4: document.markSaved()
            default: try edit(&document, &random)
            }
        }
        document.endGroup()
        return document
    }

    /// Everything a history can lead to: the texts from its start to its end.
    private func texts(_ document: Document) -> [String] {
        var document = document
        while document.undo() != nil {}
        var texts = [document.text.string]
        while document.redo() != nil { texts.append(document.text.string) }
        return texts
    }

    @Test func whatIsReadBackLeadsToTheSameTexts() throws {
        var random = SeededGenerator(seed: 77)
        for round in 0..<300 {
            let document = try made(&random, edits: Int.random(in: 0...40, using: &random))
            guard let saved = document.atSavedState() else { continue }
            #expect(!saved.isModified && texts(saved) == texts(document))
            let bytes = HistoryRecord.encode(saved, hash: [1, 2, 3], limit: .max)
            var again = Document(saved.text)
            again.adopt(try #require(HistoryRecord.decode(bytes, hash: [1, 2, 3], for: saved.text), "round \(round)"))
            #expect(texts(again) == texts(saved), "round \(round)")
            #expect(!again.isModified)
            #expect(HistoryRecord.encode(again, hash: [1, 2, 3], limit: .max) == bytes)
        }
    }

    @Test func whatWasTypedBeforeTheHistoryCameIsKept() throws {
        var random = SeededGenerator(seed: 5)
        var document = try made(&random, edits: 30)
        document.markSaved()
        let record = HistoryRecord.encode(document, hash: [], limit: .max)
        var later = Document(document.text)
        for _ in 0..<6 { try edit(&later, &random) }
        let now = later.text
        later.adopt(try #require(HistoryRecord.decode(record, hash: [], for: document.text)))
        #expect(later.text == now && later.isModified)
        #expect(texts(later).first == texts(document).first && texts(later).last == now.string)
        #expect(later.atSavedState()?.text == document.text)
        // A history of another text is not taken up.
        var other = Document(Text("x"))
        other.adopt(try #require(HistoryRecord.decode(record, hash: [], for: document.text)))
        #expect(!other.history.canUndo)
    }

    @Test func everyCutAndEveryFlippedBitIsRefused() throws {
        var random = SeededGenerator(seed: 9)
        var document = try made(&random, edits: 25)
        document.markSaved()
        let bytes = HistoryRecord.encode(document, hash: Array(repeating: 7, count: 32), limit: .max)
        let hash = [UInt8](repeating: 7, count: 32)
        try #require(HistoryRecord.decode(bytes, hash: hash, for: document.text) != nil)
        for count in 0..<bytes.count {
            #expect(
                HistoryRecord.decode(Array(bytes[..<count]), hash: hash, for: document.text) == nil, "cut to \(count)")
        }
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                #expect(
                    HistoryRecord.decode(damaged, hash: hash, for: document.text) == nil, "bit \(bit) of byte \(index)")
            }
        }
        #expect(HistoryRecord.decode(bytes, hash: [7], for: document.text) == nil)
        #expect(HistoryRecord.decode(bytes, hash: hash, for: Text("another")) == nil)
    }

    /// With a checksum that is right: whatever the bytes say, a history is refused or leads back to the very text, and nothing traps.
    @Test func recordsThatLieAreRefusedOrHarmless() throws {
        var random = SeededGenerator(seed: 13)
        var accepted = 0
        for _ in 0..<60 {
            var document = try made(&random, edits: 12)
            document.markSaved()
            let bytes = HistoryRecord.encode(document, hash: [], limit: .max)
            for _ in 0..<150 {
                var body = Array(bytes.dropLast(8))
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let index = Int.random(in: 5..<body.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: body[index] = UInt8.random(in: 0...255, using: &random)
                    case 1: body.remove(at: index)
                    default: body.insert(UInt8.random(in: 0...255, using: &random), at: index)
                    }
                }
                var hash: UInt64 = 0xcbf2_9ce4_8422_2325
                for byte in body { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                body += (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) }
                guard let history = HistoryRecord.decode(body, hash: [], for: document.text) else { continue }
                accepted += 1
                var again = Document(document.text)
                again.adopt(history)
                while again.undo() != nil {}
                while again.redo() != nil { if !again.isModified { #expect(again.text == document.text) } }
                #expect(String(validating: again.text.bytes(in: 0..<again.text.utf8Count), as: UTF8.self) != nil)
            }
        }
        #expect(accepted > 0)
    }

    @Test func theOldestStepsAreLeftOutBeyondTheLimit() throws {
        var document = Document(Text(""))
        for number in 0..<200 {
            let changes = ChangeSet(
                length: document.text.utf8Count, replacing: [(range: 0..<0, with: "word \(number)\n")])
            try document.apply(Edit(changes: changes, selection: Selection(0), origin: .command("test")))
        }
        document.markSaved()
        let bytes = HistoryRecord.encode(document, hash: [], limit: 1_000)
        #expect(bytes.count <= 1_000)
        var again = Document(document.text)
        again.adopt(try #require(HistoryRecord.decode(bytes, hash: [], for: document.text)))
        var steps = 0
        while again.undo() != nil { steps += 1 }
        #expect(steps > 20 && steps < 200)
        #expect(again.text.string.hasPrefix("word \(199 - steps)\n"))
    }
}
