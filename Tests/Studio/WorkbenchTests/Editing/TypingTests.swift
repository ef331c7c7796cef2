import Screen
import Testing
import TextCore

@testable import Workbench

/// Before, keys, after: `|` is the caret, `#[…]#` the selection.
@Suite struct SmartTypingTests {
    @Test(arguments: [
        ("|", "\"Don't\"", "“Don’t”|"),
        ("|", "\"<Backspace>", "\"|"),
        ("|", "\"<Backspace><Backspace>", "|"),
        ("|", "\"<Ctrl-U>", "\"|"),
        ("|", "\"<Ctrl-U><Ctrl-U>", "|"),
        ("a|", "--<Ctrl-U>", "a--|"),
        ("a|", "---", "a—|"),
        ("a|", "---<Backspace>", "a---|"),
        ("a|", "---<Ctrl-U>", "a---|"),
        ("a|", "...<Backspace>.", "a....|"),
        ("a|", "\"<Left><Right><Backspace>", "a|"),
        ("你|", ",.", "你，。|"),
        ("你|", "abc,", "你abc,|"),
        ("你好|", ".<Backspace>", "你好.|"),
        ("#|x", "<Backspace>\"", "“|x"),
        ("a |b c", "<Shift-Right>\"", "a “| c"),
        ("`|`", "\"", "`\"|`"),
        ("```\n|\n```", "\"", "```\n\"|\n```"),
        ("---\ntitle: |\n---\n", "\"x\"", "---\ntitle: \"x\"|\n---\n"),
        ("|", "---<Enter>", "---\n|"),
    ])
    func table(before: String, keys: String, after: String) {
        for base in [Keymap.Base.standard, .emacs] {
            var workspace = workspace(before: before)
            workspace.configure { $0.keymap = Keymap(base) }
            workspace.core.view.smartPunctuation = true
            workspace.core.view.chinesePunctuation = true
            // Emacs has undo elsewhere.
            type(base == .emacs ? keys.replacing("<Ctrl-U>", with: "<Ctrl-_>") : keys, into: &workspace)
            #expect(marked(workspace) == after)
        }
    }

    @Test func vimsInsertModeTypesThemTooAndUndoesTheWholeInsertion() {
        var workspace = workspace(before: "|")
        workspace.configure { $0.keymap = Keymap(.vim) }
        workspace.core.view.smartPunctuation = true
        type("iI'm \"so\"--<Backspace>x<Esc>", into: &workspace)
        #expect(workspace.editor.text.string == "I’m “so”--x")
        type("o<Esc>.", into: &workspace)
        type("u", into: &workspace)
        type("u", into: &workspace)
        type("u", into: &workspace)
        #expect(workspace.editor.text.string == "")
    }

    @Test func theLanguageIsTheArticlesElseTheSpellings() {
        let french = WorkbenchTests.workspace(before: "---\nlang: fr\n---\n|")
        #expect(french.core.articleLanguage == "fr")
        var workspace = workspace(before: "|")
        workspace.core.view.smartPunctuation = true
        #expect(workspace.core.articleLanguage == "en")
        workspace.configure { $0.spellingLanguages = "de_DE,en_US" }
        type("\"a\"", into: &workspace)
        #expect(workspace.editor.text.string.hasSuffix("„a“"))
    }

    @Test func offIsTheDefaultAndTheCommandsToggleAndRemember() throws {
        var workspace = workspace(before: "|")
        type("\"it's\"", into: &workspace)
        #expect(marked(workspace) == "\"it's\"|")
        let effects = type("<Ctrl-P>smart-punctuation<Enter>", into: &workspace)
        #expect(workspace.core.view.smartPunctuation && effects.names == ["rememberView"])
        _ = type("<Ctrl-P>chinese-punctuation<Enter>", into: &workspace)
        #expect(workspace.core.view.chinesePunctuation)
    }

    @Test func theParagraphIsTypesetByCommand() throws {
        var workspace = workspace(before: "\"It's|\" -- so")
        _ = workspace.run(try #require(CommandTable.all.first { $0.name == "typeset-punctuation" }))
        #expect(marked(workspace) == "“It’s|” – so")
    }
}

@Suite struct RepeatTests {
    @Test(arguments: [
        ("|", "ab<F4>", "abab|"),
        ("one\ntwo|", "x<Up><F4>", "onex|\ntwox"),
        ("|", "abd<Backspace>c<Enter><F4>", "abc\nabc\n|"),
        ("a b| c", "<Alt-*><Right><Right><Right><Right><F4>", "a **b** **c|**"),
        ("abcdef|", "<Backspace><F4><F4>", "abc|"),
        ("abcdef|", "<Backspace><Backspace><F4>", "abc|"),
        ("one two three|", "<Alt-h><F4>", "one |"),
        ("|one\ntwo\nthree\n", "<Ctrl-X><F4>", "|three\n"),
        ("- |a\n- b", "<Tab><Down><F4>", "  - a\n  - b|"),
        ("|", "<F4>", "|"),
        ("|", "ab<Left><F4>", "aab|b"),
        ("|", "ab<F4><Ctrl-U>", "ab|"),
        ("|", "ab<Ctrl-U><F4>", "ab|"),
        ("one\n\ntwo\n\nthr|ee", "<Alt-PageUp><F4>", "thr|ee\n\none\n\ntwo"),
        ("|", "ab<F4>c<F4>", "ababcc|"),
        ("|", "ab<Enter>cd<F4>", "ab\ncdcd|"),
        ("|", "ab<Enter><Enter><F4>", "ab\n\n\n|"),
    ])
    func table(before: String, keys: String, after: String) {
        var workspace = workspace(before: before)
        type(keys, into: &workspace)
        #expect(marked(workspace) == after)
    }

    @Test func aPasteIsPartOfWhatIsTyped() {
        var workspace = workspace(before: "|")
        type("a", into: &workspace)
        _ = handle(.terminal(.paste("bc")), &workspace)
        type("d<F4>", into: &workspace)
        #expect(marked(workspace) == "abcdabcd|")
    }

    @Test func emacsRepeatsWithCountsAndKillsInARowAreOne() {
        var workspace = workspace(before: "|a b c d e")
        workspace.configure { $0.keymap = Keymap(.emacs) }
        type("<Alt-d>", into: &workspace)
        type("<Ctrl-X>z<Ctrl-X>z", into: &workspace)
        #expect(marked(workspace) == "| d e")
        type("<Ctrl-Y>", into: &workspace)
        #expect(marked(workspace) == "a b c| d e")
        type("<Ctrl-U>3x<F4>", into: &workspace)
        #expect(marked(workspace) == "a b cxxxxxx| d e")
    }

    @Test func smartPunctuationIsMadeAnewWhereItIsRepeated() {
        var workspace = workspace(before: "|\n\nit")
        workspace.core.view.smartPunctuation = true
        type("\"<Down><Down><End><F4>", into: &workspace)
        #expect(marked(workspace) == "“\n\nit”|")
    }
}
