import Testing

@testable import TextCore

@Suite struct UndoGroupTests {
    private func insert(_ string: String, at offset: Int, in document: inout Document) throws {
        try document.apply(
            Edit(
                changes: ChangeSet(
                    length: document.text.utf8Count, replacing: [(range: offset..<offset, with: string)]),
                selection: Selection(offset + string.utf8.count), origin: .command("test")))
    }

    @Test func aGroupIsOneStepAndEndsWithAnUndo() throws {
        var document = Document("x")
        try insert("0", at: 0, in: &document)
        document.beginGroup()
        try insert("a", at: 0, in: &document)
        try insert("b", at: 3, in: &document)
        document.endGroup()
        try insert("c", at: 0, in: &document)
        #expect(document.text.string == "ca0xb")
        document.undo()
        document.undo()
        #expect(document.text.string == "0x")
        document.redo()
        #expect(document.text.string == "a0xb")
    }

    @Test func whatWasSavedWithinAGroupStaysReachable() throws {
        var document = Document("")
        document.beginGroup()
        try insert("a", at: 0, in: &document)
        document.markSaved()
        try insert("b", at: 1, in: &document)
        document.endGroup()
        document.undo()
        #expect(document.text.string == "a" && !document.isModified)
    }
}
