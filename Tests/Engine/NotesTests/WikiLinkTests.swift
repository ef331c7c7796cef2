import Testing

@testable import Notes

@Suite struct WikiLinkTests {
    @Test(arguments: [
        ("See [[Zettelkasten]].", "See Zettelkasten."), ("[[a/b|shown text]], [[卡片]]", "shown text, 卡片"),
        ("![[figure.png]]", "figure.png"), ("`[[code]]` stays", "`[[code]]` stays"), ("[[open", "[[open"),
        ("[[]] and [[[x]]", "[[]] and [x"), ("[a](b) [1][2]", "[a](b) [1][2]"),
    ])
    func aLinkKeepsWhatItShows(line: String, shown: String) {
        #expect(WikiLinks.markdown(line) == shown)
    }

    @Test func inANoteTheyLeaveTagsAlone() throws {
        let note = try NoteReader.read(Array("[[#Part]] of [[x|#shown]] #kept\n".utf8), path: "a.md")
        #expect(note.facts.tags == ["kept"])
        #expect(note.blocks.first?.lines.map(\.text) == ["#Part of #shown #kept"])
    }

    @Test func aMegabyteOfBracketsIsQuick() {
        let text = String(repeating: "[[", count: 1 << 19)
        #expect(WikiLinks.markdown(text) == text)
    }
}
