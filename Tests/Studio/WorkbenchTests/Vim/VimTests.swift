import Screen
import Testing
import TextCore

@testable import Workbench

/// What the vim keymap does beyond texts and carets, and what it does otherwise than vim.
@Suite struct VimTests {
    private func screenText(_ workspace: Workspace) -> String {
        let grid = render(workspace)
        return (0..<grid.height).map { grid.row($0).map(\.text).joined() }.joined(separator: "\n")
    }

    @Test func theStatusLineTellsTheModeAndTheKeysThatWait() {
        var workspace = vimWorkspace("‸one two")
        #expect(screenText(workspace).contains("NORMAL"))
        type(keys: "i", &workspace)
        #expect(screenText(workspace).contains("INSERT"))
        type(keys: "<Esc>V", &workspace)
        #expect(screenText(workspace).contains("VISUAL LINE"))
        type(keys: "<Esc>2d", &workspace)
        #expect(screenText(workspace).contains("NORMAL 2d"))
        type(keys: "<Esc>qa", &workspace)
        #expect(screenText(workspace).contains("@a"))
    }

    @Test func aBlankLineIsSelectedAsOneAndTheColonStandsAtItsCommand() {
        var workspace = vimWorkspace("one\n‸\ntwo")
        type(keys: "vip", &workspace)
        #expect(workspace.vim.mode == .visual(linewise: true))
        type(keys: "d", &workspace)
        #expect(caretMarked(workspace) == "one\n‸two")
        type(keys: ":w", &workspace)
        #expect(screenText(workspace).contains(":w"))
    }

    @Test func anInsertionIsOneStepOfUndo() {
        var workspace = vimWorkspace("one ‸two")
        type(keys: "ciwa b c<CR>d<Esc>", &workspace)
        #expect(caretMarked(workspace) == "one a b c\n‸d")
        type(keys: "u", &workspace)
        #expect(caretMarked(workspace) == "one ‸two")
        type(keys: "u", &workspace)
        #expect(workspace.notice?.text == "Nothing to undo.")
    }

    @Test func filesAreWrittenAndLeft() {
        var workspace = vimWorkspace("‸one")
        #expect(type(keys: ":q<CR>", &workspace).names == ["articles", "cancelSend", "quit"])
        type(keys: "x", &workspace)
        #expect(type(keys: ":q<CR>", &workspace).names == [])
        #expect(workspace.notice?.kind == .error)
        #expect(type(keys: ":w<CR>", &workspace).names == ["journal", "save"])
        #expect(
            type(keys: ":q!<CR>", &workspace).names == ["removeJournal", "articles", "articles", "cancelSend", "quit"])
        #expect(type(keys: ":e notes/a.md<CR>", &workspace).names == ["open"])
        // One save at a time; the next one begins when the first is done.
        #expect(type(keys: "x:wq<CR>", &workspace).names == ["journal"])
        let stamp = FileStamp(size: 1, modifiedNanoseconds: 1, inode: 1)
        let effects = handle(.saving(.saved(path: "/project/article.md", version: 1, .success(stamp))), &workspace)
        #expect(effects.names.contains("save"))
        let saved = handle(
            .saving(
                .saved(
                    path: "/project/article.md", version: workspace.editor.document.version,
                    .success(FileStamp(size: 1, modifiedNanoseconds: 1, inode: 1)))), &workspace)
        #expect(saved.names.contains("quit"))
    }

    @Test func anUnknownCommandIsToldAndChangesNothing() {
        var workspace = vimWorkspace("‸one")
        type(keys: ":frobnicate<CR>", &workspace)
        #expect(workspace.notice?.kind == .error)
        #expect(caretMarked(workspace) == "‸one")
        type(keys: ":<BS>x", &workspace)
        #expect(caretMarked(workspace) == "‸ne")
    }

    /// Longhand's own: sections, sentences of Chinese, lists that go on.
    @Test(arguments: [
        ("# A\n\none\n\n## B\n\ntw‸o\n\n# C\n", "dih", "# A\n\none\n\n## B\n\n‸\n# C\n"),
        ("# A\n\none\n\n## B\n\ntw‸o\n\n# C\n", "dah", "# A\n\none\n\n‸# C\n"),
        ("# A\n\non‸e\n\n## B\n\n# C\n", "]]", "# A\n\none\n\n‸## B\n\n# C\n"),
        ("# A\n\non‸e\n\n## B\n\n# C\n", "[[", "‸# A\n\none\n\n## B\n\n# C\n"),
        ("一句话。‸第二句！第三句？", "das", "一句话。‸第三句？"),
        ("一句话。‸第二句！第三句？", ")", "一句话。第二句！‸第三句？"),
        ("- one‸", "A<CR>two<Esc>", "- one\n- tw‸o"),
        ("👩‍👩‍👧‸👍🏽x", "hx", "‸👍🏽x"),
        ("e\u{301}‸ab", "X", "‸ab"),
        ("one\n‸two\n", "dd", "‸one\n"),
        ("‸one\n", "dd", "‸"),
        ("‸one\n", "G", "‸one\n"),
        ("one\n‸two\n", "p", "one\n‸two\n"),
    ])
    func ownWays(before: String, keys: String, after: String) {
        #expect(vimResult(before, keys) == after)
    }

    @Test func theClipboardIsARegister() {
        var workspace = vimWorkspace("‸one two")
        #expect(type(keys: "\"+yiw", &workspace).names.first == "copy")
        #expect(workspace.core.clipboard == "one")
        workspace.core.clipboard = "three"
        type(keys: "$\"+p", &workspace)
        #expect(caretMarked(workspace) == "one twothre‸e")
    }

    @Test func longhandsKeysAndOnesOwnAreThereToo() throws {
        var workspace = vimWorkspace("‸one")
        #expect(type(keys: "<Ctrl-S>", &workspace).names == ["save"])
        type(keys: "<Ctrl-W>w", &workspace)
        #expect(workspace.focus != .editor)
        type(keys: "<Esc>", &workspace)
        #expect(workspace.focus == .editor)
        let keymap = try Keymap(
            .vim,
            rebinding: [
                KeyBinding(command: "export", chords: ["space e"], location: .init(path: "config.toml", line: 1))
            ])
        workspace.configure { $0.keymap = keymap }
        #expect(type(keys: " e", &workspace).names == ["export"])
        type(keys: "ia b<Esc>", &workspace)
        #expect(caretMarked(workspace) == "a ‸bone")
    }

    @Test func aSelectionOfTheMouseBecomesAVisualOne() {
        var workspace = vimWorkspace("one ‸two three")
        workspace.withEditor { $0.select(Selection(anchor: 4, head: 7)) }
        type(keys: "d", &workspace)
        #expect(caretMarked(workspace) == "one ‸ three")
    }

    @Test func altAndACharacterThatMeansNothingIsEscAndTheCharacter() {
        var workspace = vimWorkspace("one ‸two")
        type(keys: "ix<Alt-w>", &workspace)
        #expect(workspace.vim.mode == .normal)
        #expect(caretMarked(workspace) == "one x‸two" || caretMarked(workspace) == "one xtw‸o")
    }

    @Test func aMacroThatCallsItselfEnds() {
        var workspace = vimWorkspace("‸one\ntwo\nthree")
        type(keys: "qaA!<Esc>jq", &workspace)
        workspace.vim.macros["b"] = [.character("@"), .character("a"), .character("@"), .character("b")]
        type(keys: "@b", &workspace)
        #expect(workspace.editor.text.string == "one!\ntwo!\nthree!")
    }

    @Test(arguments: ["‸", "‸中\n\n"])
    func everyKeyIsSafeAnywhere(before: String) {
        let keys =
            (0x21..<0x7F).map { Key.character(Character(UnicodeScalar($0))) }
            + (0x61..<0x7B).map { Key.control(Character(UnicodeScalar($0))) }
        for first in keys {
            for second in "wbGjp}i$./*J".map({ Key.character($0) }) {
                var workspace = vimWorkspace(before)
                for key in [first, second, .character("w"), .escape, .escape, .escape] {
                    _ = handle(.terminal(.key(key)), &workspace)
                }
            }
        }
    }

    @Test func linesBehindTheColonAreRead() {
        #expect(
            VimLine("%s/a/b/g").isWhole && VimLine("%s/a/b/g").name == "s" && VimLine("%s/a/b/g").argument == "/a/b/g")
        #expect(VimLine("q!").hasBang)
        #expect(VimLine("'<,'>s/a/b/").from?.address == .mark("<"))
        #expect(VimLine(".,+3d").to?.offset == 3)
        #expect(VimLine("12").from?.address == .line(12))
    }
}
