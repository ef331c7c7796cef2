import Screen
import TestSupport
import Testing
import TextCore

@testable import Workbench

/// What trapped, hung or lost text in the vim keymap, and what is like it.
@Suite struct VimFaultTests {
    @Test(arguments: [
        // The caret behind the last line feed, where one line more is counted.
        ("a\nb\nc\n‸", ":1,$j<CR>", "‸a b c\n"),
        ("a\nb\n‸", "Vgg><Esc>", "    ‸a\n    b\n"),
        ("a\nb\n‸", "Vggd", "‸"),
        ("a\nb\n‸", "VggJ", "a‸ b\n"),
        ("a\n‸", ":2+9223372036854775807<CR>", "a\n‸"),
        // Numbers larger than any line.
        ("‸a\nb\nc", ":99999999999999999999<CR>", "a\nb\n‸c"),
        ("‸a\nb\nc", ":1,99999999999999999999d<CR>", "‸"),
        ("‸a\nb\nc", ":2+9223372036854775807<CR>", "a\nb\n‸c"),
        ("a\nb\n‸c", ":.-9223372036854775807<CR>", "‸a\nb\nc"),
        ("‸a\nb\nc", ":2+999999999+999999999+999999999-999999999<CR>", "a\nb\n‸c"),
        ("‸ab\ncd", "99999999999999999999x", "‸\ncd"),
        ("‸ab\ncd", "9999999999d9999999999j", "‸"),
        ("‸a b", ":bn 9223372036854775807<CR>", "‸a b"),
        ("‸a b", ":bp 9223372036854775807<CR>", "‸a b"),
        // A substitution that was read anew as a command.
        ("‸a b a", "/a<CR>:s !<CR>:&<CR>", " ‸b "),
        ("‸a!b", ":s!a!b!<CR>", "‸b!b"),
        ("‸aa\naa", ":s/a/b/g<CR>j:&<CR>", "bb\n‸ba"),
        ("‸aa\naa", ":s/a/b/g<CR>j:&&<CR>", "bb\n‸bb"),
        ("‸aa\naa", ":s/a/b/g<CR>j:s<CR>", "bb\n‸ba"),
        ("‸aa\naa", ":s/a/b/<CR>j@:", "ba\n‸ba"),
        ("‸a\na\na", ":s/a/b/ 2<CR>", "b\n‸b\na"),
        // What stands behind a command counts, and a line that can't be read does nothing.
        ("‸a\nb\nc\nd", ":d 3<CR>", "‸d"),
        ("‸a\nb\nc\nd", ":1,2d2<CR>", "a\n‸d"),
        ("‸a\nb\nc", ":d 99999999999999999999<CR>", "‸"),
        ("‸a\nb\nc", ":d x<CR>:2y x 9<CR>\"xp", "b\n‸c\nc"),
        ("‸a\nb\nc", ":>> 2<CR>", "        a\n        ‸b\nc"),
        ("        ‸a\nb", ":<lt><lt><CR>", "‸a\nb"),
        ("‸a\nb\nc\nd", ":j3<CR>", "‸a b c\nd"),
        ("‸a\nb\nc", ":1,2,3d<CR>", "‸a\nb\nc"),
        ("a\nb\n‸c", ":1;2d<CR>", "a\nb\n‸c"),
        ("‸a\nb\nc", ":d 0<CR>:d x y<CR>:j x<CR>", "‸a\nb\nc"),
    ])
    func neverTraps(before: String, keys: String, after: String) {
        #expect(vimResult(before, keys) == after)
    }

    @Test(arguments: [
        "yw$p", "ywP", "yyp", "yyP", "3p", "x", "dd", "dw", "cwnew<Esc>", "ccnew<Esc>", "~", "J", ">>", "<lt><lt>",
        "rx", "Rxyz<Esc>", "ix<Esc>", "Ax<Esc>",
        "ox<Esc>", "Ox<Esc>", "gUU", "g~w", ".", "u", "<C-r>", "&", "vd", "Vp", "vU", "vrx", "vJ", "yyVp",
        ":s/o/x/<CR>", ":%s/o/x/gc<CR>y", ":d<CR>", ":%j<CR>",
        ":><CR>", ":&<CR>", "qaxq@a", "5ihello<Esc>", "vIx<Esc>",
    ])
    func anArticleForReadingOnlyStaysAsItIs(keys: String) {
        var workspace = vimWorkspace("one two\n‸three four\nfive")
        workspace.withEditor { $0.isReadOnly = true }
        type(keys: "yw" + keys + "<Esc><Esc>", &workspace)
        #expect(workspace.editor.text.string == "one two\nthree four\nfive")
        #expect(workspace.vim.mode == .normal)
        #expect(workspace.editor.caret < workspace.editor.text.utf8Count)
    }

    /// A paste before the place where a selection began moves that place, and cuts no character.
    @Test func aSelectionBeganWhereItsTextIsNow() {
        var workspace = vimWorkspace("...")
        type(keys: "$v0", &workspace)
        _ = handle(.terminal(.paste("笔记笔记")), &workspace)
        type(keys: "gU", &workspace)
        #expect(String(validating: Array(workspace.editor.text.string.utf8), as: UTF8.self) == "笔记笔记...")
        type(keys: "gvd", &workspace)
        #expect(
            String(validating: workspace.editor.text.bytes(in: 0..<workspace.editor.text.utf8Count), as: UTF8.self)
                != nil)
    }

    @Test(arguments: [
        (":1,2,3d<CR>", "“1,2,3d” is no command here. The palette finds those of Longhand."),
        (":/a/d<CR>", "“/a/d” is no command here. The palette finds those of Longhand."),
        (":=<CR>", "“=” is no command here. The palette finds those of Longhand."),
        (":j x<CR>", "“x” behind :j is not known here; a register and a number of lines are."),
        (":w ..<CR>", ".. is a folder; add the name of a file."),
        (":sav .<CR>", ". is a folder; add the name of a file."),
    ])
    func whatCannotBeReadIsSaid(keys: String, sentence: String) {
        var workspace = vimWorkspace("‸a\nb\nc\nd")
        #expect(type(keys: keys, &workspace).isEmpty)
        #expect(workspace.notice?.text == sentence)
    }

    // MARK: :s with c

    @Test(arguments: [
        ("‸a a a", ":s/a/b/gc<CR>yny", "b a ‸b", "‸b a b"),
        ("‸a a a", ":s/a/b/gc<CR>na", "", "‸a b b"),
        ("‸a a a", ":s/a/xyz/gc<CR>yl", "", "‸xyz xyz a"),
        ("‸a a a", ":s/a/b/gc<CR>yq", "", "‸b a a"),
        ("‸a a a", ":s/a/b/gc<CR>y<Esc>", "", "‸b a a"),
        ("‸a a a", ":s/a/b/gc<CR>nnn", "", "a a ‸a"),
        ("‸a\na\na", ":%s/a/aa/c<CR>yny", "", "aa\na\n‸aa"),
        ("‸a\na\na", ":%s/a/aa/c<CR>yyyu", "", "‸a\na\na"),
        ("‸a\na\na", ":%s/a/aa/c<CR>a", "", "aa\naa\n‸aa"),
        ("‸a\na", ":%s/a/b\\rc/c<CR>yy", "", "b\nc\nb\n‸c"),
    ])
    func aSubstitutionAsks(before: String, keys: String, _: String, after: String) {
        #expect(vimResult(before, keys) == after)
    }

    @Test func theQuestionIsOnTheScreenAndTheMatchIsSelected() {
        var workspace = vimWorkspace("‸one two one")
        type(keys: ":s/one/1/gc<CR>", &workspace)
        let grid = render(workspace)
        #expect(grid.row(grid.height - 1).map(\.text).joined().contains("replace with 1 (y/n/a/q/l/^E/^Y)?"))
        #expect(workspace.editor.document.selection.range == 0..<3)
        type(keys: "n", &workspace)
        #expect(workspace.editor.document.selection.range == 8..<11)
    }

    // MARK: Counts

    @Test func aCountedInsertionIsOneEditOnceItIsKnown() {
        var workspace = vimWorkspace("‸x")
        type(keys: "99999ihello world", &workspace)
        let version = workspace.editor.document.version
        type(keys: "<Esc>", &workspace)
        #expect(workspace.editor.text.utf8Count == 99_999 * 11 + 1)
        // Two repetitions a key at a time, and the rest at once.
        #expect(workspace.editor.document.version - version <= 2 * 11 + 1)
        type(keys: "u", &workspace)
        #expect(caretMarked(workspace) == "‸x")
    }

    @Test func aCountedReplacementIsOneEditMore() {
        var workspace = vimWorkspace("‸" + String(repeating: "a", count: 5_000) + "\nend")
        type(keys: "99999Rxyz", &workspace)
        let version = workspace.editor.document.version
        type(keys: "<Esc>", &workspace)
        #expect(workspace.editor.document.version == version + 1)
        #expect(workspace.editor.text == Text(String(repeating: "xyz", count: 99_999) + "\nend"))
    }

    @Test(
        arguments: [
            ("‸x", "3oab<Esc>", "x\nab\nab\na‸b"),
            ("‸x", "5i1. a<CR><Esc>", nil),
            ("‸x", "4ia<CR>b<Esc>", "a\nba\nba\nba\n‸bx"),
            ("‸abcdefgh", "3Rxy<Esc>", "xyxyx‸ygh"),
            ("‸x", "3iab<BS>c<Esc>", "acaca‸cx"),
            ("‸abcdef\nz", "4Rxy<Esc>u", "‸abcdef\nz"),
            ("‸ab日本👩‍👩‍👧h\nz", "3Ré-<Esc>", "é-é-é‸-\nz"),
            ("‸abcdefghi", "2Rxyz<BS>-<Esc>", "xy-xy‸-ghi"),
            ("‸abcdefghi", "2Rxy<Esc>4l.", "xyxyefgxyx‸y"),
            ("‸x", "3ia<Esc>.", "aaaa‸aax"),
        ] as [(String, String, String?)])
    func countedInsertionsAreAsTyped(before: String, keys: String, after: String?) {
        let result = vimResult(before, keys)
        if let after { #expect(result == after) }
    }

    @Test(arguments: ["99999p", "99999P", "V99999p", "v99999p"])
    func whatWouldFillTheMemoryIsRefusedWithASentence(keys: String) {
        let line = String(repeating: "word ", count: 200)
        var workspace = vimWorkspace("‸\(line)\nend")
        type(keys: "yy" + keys, &workspace)
        #expect(workspace.notice?.text == "That would insert 95 MB; 16 MB is the most that one command inserts.")
        #expect(workspace.editor.text.string == "\(line)\nend")
        #expect(workspace.vim.mode == .normal || workspace.vim.isVisual)
    }

    @Test func aMacroThatNeverEndsIsEndedByEsc() {
        var workspace = vimWorkspace("‸x")
        workspace.vim.macros["a"] = [.character("i"), .character("y"), .escape, .character("@"), .character("a")]
        #expect(type(keys: "@a", &workspace).names.contains("wait macro"))
        #expect(!workspace.vim.playback.isEmpty)
        _ = handle(.vim(.playOn), &workspace)
        #expect(!workspace.vim.playback.isEmpty)
        // A key that comes meanwhile waits.
        type(keys: "x", &workspace)
        let length = workspace.editor.text.utf8Count
        type(keys: "<Esc>", &workspace)
        #expect(
            workspace.vim.playback.isEmpty && workspace.editor.text.utf8Count == length && workspace.vim.mode == .normal
        )
        type(keys: "0x", &workspace)
        #expect(workspace.editor.text.utf8Count == length - 1)
    }

    @Test func aMacroOfManyKeysGoesOnAfterEachStretch() {
        var workspace = vimWorkspace("‸x")
        workspace.vim.macros["a"] = [.character("i"), .character("y"), .escape]
        type(keys: "2000@a", &workspace)
        var rounds = 0
        while !workspace.vim.playback.isEmpty, rounds < 100 {
            _ = handle(.vim(.playOn), &workspace)
            rounds += 1
        }
        #expect(rounds == 5 && workspace.editor.text.utf8Count == 2_001)
    }

    @Test func aCountedSearchGoesAroundByArithmetic() {
        var workspace = vimWorkspace("‸a b a b a")
        type(keys: "/b<CR>99999n", &workspace)
        // 100,000 from the start: an even number of times around two.
        #expect(caretMarked(workspace) == "a b a ‸b a")
    }

    // MARK: Esc

    @Test(arguments: ["j", "w", "u", "h", "b", "k", "y", "(", "}", ",", "."])
    func altOfWhatVimDoesIsEscAndTheKey(key: String) {
        var one = vimWorkspace("one two\nthree ‸four\nfive")
        var other = one
        type(keys: "ix", &one)
        type(keys: "ix", &other)
        _ = handle(.terminal(.key(.alt(Character(key)))), &one)
        type(keys: "<Esc>" + key, &other)
        #expect(caretMarked(one) == caretMarked(other) && one.vim.mode == other.vim.mode)
    }

    @Test func altInAPromptOfVimsIsEscAndTheKey() {
        var workspace = vimWorkspace("‸one\ntwo")
        type(keys: "/tw<Alt-j>", &workspace)
        #expect(workspace.modal == nil)
        #expect(caretMarked(workspace) == "one\n‸two")
    }

    // MARK: Anything

    /// Random commands over small texts, some refused: nothing traps, and the caret stands on a character of a valid text.
    @Test(arguments: UInt64(1)...4)
    func anyCommandsLeaveAValidState(seed: UInt64) {
        let commands = [
            "x", "X", "dd", "dw", "de", "db", "d}", "d)", "D", "cwab<Esc>", "ccé<Esc>", "yy", "yw", "p", "P", "J", "gJ",
            ">>", "<lt><lt>", "~", "g~~", "rß", "3rx",
            "Rab<BS><Esc>", "ix<CR>y<Esc>", "a- <CR><Esc>", "o<Tab>z<Esc>", "O<Esc>", "I*<Esc>", "A <Esc>", "u",
            "<C-r>", ".", "3.", "G", "gg", "j", "k", "w", "b", "e",
            "ge", "$", "0", "^", "{", "}", "(", ")", "[[", "]]", "%", "H", "M", "L", "fa", "Tb", ";", ",", "*", "#",
            "n", "N", "/a<CR>", "?é<CR>", "d/b<CR>", "vd", "vjd",
            "Vp", "V>", "VG<lt>", "vy", "viwU", "vapJ", "vI1<Esc>", "vA2<Esc>", "vr-", "gv", "ma", "`a", "'a", "d'a",
            "diw", "daw", "cis<Esc>", "dap", "yi(", "di\"",
            "dit", "dih", "das", "99999999999p", "5ia<Esc>", "2ob<Esc>", "qaxjq", "3@a", "@:", "&", ":&<CR>", ":&&<CR>",
            ":s<CR>", ":s !<CR>", ":1,$j<CR>", ":%j!<CR>",
            ":2+9223372036854775807<CR>", ":$d<CR>", ":1,.><CR>", ":'a,.d<CR>", ":%s/a/b\\r/g<CR>", ":%s/\\n//<CR>",
            ":%s/^/-/<CR>", ":s/\\(.*\\)/\\1\\1/<CR>",
            ":%s/./&&/gc<CR>ynyla", ":s/\\v(/x/<CR>", ":/<CR>", ":0<CR>", ":99999999999999999999<CR>", "<C-f>", "<C-b>",
            "<C-d>", "<C-e>", "99999<C-y>", "gi<Esc>",
        ]
        let texts = [
            "", "\n", "a", "a\n", "a b\n\nc (d) é\n", "# A\n\n- one\n- two\n\n\"q\" 👩‍👩‍👧 中文。\n", "  a\n\tb\n<b>c</b>",
        ]
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var workspace = vimWorkspace(texts.randomElement(using: &random) ?? "")
            var typed: [String] = []
            for _ in 0..<15 {
                workspace.withEditor { $0.isReadOnly = Int.random(in: 0..<10, using: &random) == 0 }
                let keys = commands.randomElement(using: &random) ?? "x"
                typed.append(keys)
                type(keys: keys, &workspace)
                if workspace.editor.text.utf8Count > 2_000 { break }
                for _ in 0..<4 where workspace.modal != nil || workspace.vim.mode != .normal {
                    type(keys: "<Esc>", &workspace)
                }
                let (text, caret) = (workspace.editor.text, workspace.editor.caret)
                #expect(workspace.modal == nil && workspace.vim.mode == .normal, "\(typed)")
                #expect(caret >= 0 && caret <= text.utf8Count && text.isScalarBoundary(caret), "\(typed)")
                #expect(String(validating: text.bytes(in: 0..<text.utf8Count), as: UTF8.self) != nil, "\(typed)")
                let line = text.lineRange(text.line(at: caret))
                #expect(
                    caret < line.upperBound || line.isEmpty || caret == text.utf8Count,
                    "\(typed): \(caretMarked(workspace).debugDescription)")
            }
        }
    }
}
