import Screen
import Testing
import TextCore

@testable import Workbench

/// Pasting what another program copied: the answer comes after the key, and sometimes never.
@Suite struct PasteTests {
    private func asking(_ before: String, _ base: Keymap.Base = .standard, canRead: Bool = true) -> Workspace {
        var workspace = workspace(before: before)
        workspace.configure {
            $0.keymap = Keymap(base)
            $0.readsClipboard = canRead
        }
        workspace.core.clipboard = "own"
        return workspace
    }

    private func answer(_ text: String?, _ workspace: inout Workspace) {
        guard let ticket = workspace.pasting?.ticket else {
            Issue.record("nothing was asked")
            return
        }
        _ = handle(.input(.clipboard(ticket, text)), &workspace)
    }

    @Test func whatAnotherProgramCopiedComesInWhereTheCaretIs() {
        var workspace = asking("a|b")
        #expect(type("<Ctrl-V>", into: &workspace).names == ["readClipboard", "wait clipboard"])
        #expect(marked(workspace) == "a|b")
        answer("x\r\ny\u{1B}z", &workspace)
        #expect(marked(workspace) == "ax\nyz|b")
        #expect(workspace.core.clipboard == "x\nyz")
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "a|b")
    }

    @Test func keysMeanwhileComeBehindIt() {
        var workspace = asking("|")
        type("a<Ctrl-V>bc<Backspace><Left>", into: &workspace)
        #expect(marked(workspace) == "a|")
        answer("X", &workspace)
        #expect(marked(workspace) == "aX|b")
    }

    @Test func pastesInARowKeepTheirOrder() {
        var workspace = asking("|")
        type("<Ctrl-V>-<Ctrl-V>.", into: &workspace)
        answer("1", &workspace)
        #expect(marked(workspace) == "1-|")
        answer("2", &workspace)
        #expect(marked(workspace) == "1-2.|")
    }

    @Test func aSelectionIsReplaced() {
        var workspace = asking("a|bc")
        type("<Shift-Right><Ctrl-V>", into: &workspace)
        answer("X", &workspace)
        #expect(marked(workspace) == "aX|c")
    }

    @Test(arguments: [nil, "", "\u{7}"])
    func withoutAnAnswerItIsLonghandsOwn(text: String?) {
        var workspace = asking("|")
        type("<Ctrl-V>!", into: &workspace)
        answer(text, &workspace)
        #expect(marked(workspace) == "own!|")
    }

    @Test func theWaitHasAnEndAndALateAnswerIsDropped() throws {
        var workspace = asking("|")
        type("<Ctrl-V>!", into: &workspace)
        let ticket = try #require(workspace.pasting?.ticket)
        _ = handle(.input(.clipboardLate), &workspace)
        #expect(marked(workspace) == "own!|")
        _ = handle(.input(.clipboard(ticket, "late")), &workspace)
        #expect(marked(workspace) == "own!|")
    }

    @Test func nobodyIsAskedWhereNoProgramCanTellOrTheTextIsReadOnly() {
        var workspace = asking("|", canRead: false)
        #expect(!type("<Ctrl-V>", into: &workspace).names.contains("readClipboard"))
        #expect(marked(workspace) == "own|")
        workspace = asking("|")
        workspace.core.editor.isReadOnly = true
        type("<Ctrl-V>", into: &workspace)
        #expect(workspace.pasting == nil && workspace.notice?.kind == .error)
    }

    @Test func emacsYanksItAndStillHasItsKillsBelow() {
        var workspace = asking("one |two", .emacs)
        type("<Ctrl-K>", into: &workspace)
        type("<Ctrl-Y>", into: &workspace)
        answer("theirs", &workspace)
        #expect(marked(workspace) == "one theirs|")
        type("<Alt-y>", into: &workspace)
        #expect(marked(workspace) == "one two|")
        type("<Ctrl-U>3<Ctrl-Y>", into: &workspace)
        answer("z", &workspace)
        #expect(marked(workspace) == "one twozzz|")
    }

    @Test func vimPutsIt() {
        var workspace = asking("|ab", .vim)
        type("\"+pl", into: &workspace)
        #expect(workspace.pasting != nil)
        answer("X", &workspace)
        #expect(workspace.editor.text.string == "aXb" && workspace.editor.caret == 2)
        type("\"+P", into: &workspace)
        answer("line\n", &workspace)
        #expect(workspace.editor.text.string == "line\naXb")
        // Without asking: a repetition puts what was put.
        type(".", into: &workspace)
        #expect(workspace.editor.text.string == "line\nline\naXb")
        type("A<Ctrl-R>+y<Esc>", into: &workspace)
        answer("!", &workspace)
        #expect(workspace.editor.text.string.hasPrefix("line!y\n"))
        type("v\"+p", into: &workspace)
        answer("?", &workspace)
        #expect(workspace.editor.text.string.hasPrefix("line!?\n"))
    }

    @Test func repeatingAPasteTakesWhatWasPasted() {
        var workspace = asking("|")
        type("<Ctrl-V>", into: &workspace)
        answer("X", &workspace)
        type("<F4>", into: &workspace)
        #expect(marked(workspace) == "XX|")
        type("<End>", into: &workspace)
        type("a<Ctrl-V>b", into: &workspace)
        answer("Y", &workspace)
        type("<F4>", into: &workspace)
        #expect(marked(workspace) == "XXaYbaYb|")
    }
}
