import Manuscript
import Screen
import Testing
import TextCore

@testable import Workbench

/// What counts as written in a session: what was typed, and nothing else.
@Suite struct WrittenWordsTests {
    private func written(_ workspace: inout Workspace) -> Int {
        let bytes = Array(workspace.editor.text.string.utf8)
        count(bytes, &workspace)
        return workspace.progress.sessionWords
    }

    private func session(_ before: String, _ base: Keymap.Base = .standard) -> Workspace {
        var workspace = workspace(before: before)
        workspace.configure { $0.keymap = Keymap(base) }
        _ = written(&workspace)
        return workspace
    }

    @Test func typingCountsAndDeletingIsTakenOff() {
        var workspace = session("# A\n\nold words|\n")
        type(" three new words", into: &workspace)
        #expect(written(&workspace) == 3)
        type("<Alt-Backspace>", into: &workspace)
        #expect(written(&workspace) == 2)
        type("<Ctrl-U>", into: &workspace)
        #expect(written(&workspace) == 3)
    }

    @Test func vimsTypingCountsToo() {
        var workspace = session("# A\n\nold|\n", .vim)
        type("onew words here<Esc>", into: &workspace)
        #expect(written(&workspace) == 3)
        type("yyp", into: &workspace)
        #expect(written(&workspace) == 3)
        type("u", into: &workspace)
        #expect(written(&workspace) == 3)
    }

    @Test func whatIsPastedAndItsUndoDoNotCount() {
        var workspace = session("# A\n\nold |\n")
        _ = handle(.terminal(.paste("these are six words from elsewhere")), &workspace)
        #expect(written(&workspace) == 0)
        type(" and two", into: &workspace)
        #expect(written(&workspace) == 2)
        for _ in 0..<4 { type("<Ctrl-U>", into: &workspace) }
        #expect(workspace.editor.text.string == "# A\n\nold \n" && written(&workspace) == 0)
        for _ in 0..<4 { type("<Ctrl-Y>", into: &workspace) }
        #expect(written(&workspace) == 2)
    }

    @Test func whatIsQuotedDoesNotCount() {
        var workspace = session("# A\n\nA paragraph.|\n")
        giveHits([makeHit(1)], &workspace)
        type("<F4>", into: &workspace)
        workspace.focus = .research
        type("c", into: &workspace)
        #expect(workspace.editor.text.string.contains("> Vectors of like words"))
        #expect(written(&workspace) == 0)
        type("My own.", into: &workspace)
        #expect(written(&workspace) == 2)
    }

    @Test func whatIsCutAndPutElsewhereIsStillTheWriters() {
        var workspace = session("# A\n\n|")
        type("one two three\nfour", into: &workspace)
        #expect(written(&workspace) == 4)
        type("<Up><Ctrl-X>", into: &workspace)
        #expect(written(&workspace) == 1)
        type("<End>\n<Ctrl-V>", into: &workspace)
        #expect(written(&workspace) == 4)
        // A second copy of it isn't.
        type("<Ctrl-V>", into: &workspace)
        #expect(written(&workspace) == 4)
    }

    @Test func duplicatesMovesAndNumbersDoNotCount() {
        var workspace = session("# A\n\n1. one| two\n2. three\n")
        type("<Alt-y><Alt-Down><Alt-Up><Tab>", into: &workspace)
        #expect(written(&workspace) == 0)
    }

    @Test func whatAnotherProgramWroteDoesNotCountNorDoesItsUndo() throws {
        var workspace = session("# A\n\nold|\n")
        var look: FileCheck?
        for case .saving(.examine(let asked)) in handle(
            .saving(.seen(["/project/article.md": FileStamp(size: 9, modifiedNanoseconds: 7, inode: 1)])), &workspace)
        { look = asked }
        findFile("# A\n\nold\n\nfive words by another one\n", try #require(look), &workspace)
        #expect(written(&workspace) == 0)
        type("<Ctrl-U>", into: &workspace)
        #expect(written(&workspace) == 0)
    }
}
