import Screen
import Testing
import TextCore

@testable import Workbench

/// Before, keys, after: `|` is the caret, `#[…]#` the selection.
@Suite struct EditingTests {
    @Test(arguments: [
        ("|", "hello", "hello|"),
        ("ab|", "<Left>x", "axb|".replacing("xb|", with: "x|b")),
        ("one|", "<Enter>two", "one\ntwo|"),
        ("- one|", "<Enter>two", "- one\n- two|"),
        ("- one\n- |", "<Enter>two", "- one\n\ntwo|"),
        ("9. nine|", "<Enter>ten", "9. nine\n10. ten|"),
        ("> said|", "<Enter>more", "> said\n> more|"),
        ("- [x] done|", "<Enter>next", "- [x] done\n- [ ] next|"),
        ("abc|", "<Backspace><Backspace>", "a|"),
        ("a|bc", "<Delete>", "a|c"),
        ("👩‍👩‍👧|x", "<Backspace>", "|x"),
        ("e\u{301}|", "<Backspace>", "|"),
        ("👨‍👩‍👧‍👦👍🏽|x", "<Left><Backspace>", "|👍🏽x"),
        ("|👨‍👩‍👧‍👦👍🏽x", "<Right><Right>y", "👨‍👩‍👧‍👦👍🏽y|x"),
        ("🇫🇷🇩🇪|", "<Backspace>", "🇫🇷|"),
        ("🇫🇷|🇩🇪", "<Left><Delete>", "|🇩🇪"),
        ("1️⃣|❤️☺︎", "<Right><Backspace>", "1️⃣|☺︎"),
        ("한글|", "<Left><Backspace>", "|글"),
        ("\u{1112}\u{1161}\u{11AB}\u{1100}|", "<Backspace><Backspace>", "|"),
        ("a\u{301}\u{302}\u{303}b|", "<Backspace><Backspace>", "|"),
        ("क्षि|न", "<Backspace>", "|न"),
        ("กำ|น้ำ", "<Right>x", "กำน้ำx|"),
        ("か\u{3099}|", "<Left><Delete>", "|"),
        ("|👩🏽‍🚀a", "<Shift-Right>", "#[👩🏽‍🚀]#a"),
        ("|🏴󠁧󠁢󠁥󠁮󠁧󠁿a", "<Delete>", "|a"),
        ("\u{200D}|a", "<Backspace>", "|a"),
        ("你好|世界", "<Backspace>", "你|世界"),
        ("one two| three", "<Alt-h>", "one | three"),
        ("one |two three", "<Alt-k>", "one | three"),
        ("keep| this", "<Ctrl-K>", "keep|"),
        ("keep|\nnext", "<Ctrl-K>", "keep|next"),
        ("abc|", "<Shift-Left><Shift-Left>", "a#[bc]#"),
        ("abc|", "<Shift-Left><Shift-Left>x", "ax|"),
        ("abc|", "<Ctrl-Space><Left><Left><Ctrl-X><Ctrl-V><Ctrl-V>", "abcbc|"),
        ("abc|", "<Ctrl-A><Backspace>", "|"),
        ("one\ntwo|\nthree", "<Ctrl-X>", "one\n|three"),
        ("|one two", "<Alt-f><Alt-f>", "one two|"),
        ("one two|", "<Alt-b>", "one |two"),
        ("你好世界|", "<Alt-b>", "你好|世界"),
        ("我们|研究向量检索", "<Alt-f><Alt-f>", "我们研究向量|检索"),
        ("|One. Two. Three.", "<Alt-)><Alt-)>", "One. Two. |Three."),
        ("One. Two. Th|ree.", "<Alt-(><Alt-(>", "One. |Two. Three."),
        ("你好。世|界！", "<Alt-(>x", "你好。x|世界！"),
        ("|# A\n\nx\n\n## B\ny", "<Ctrl-PageDown>", "# A\n\nx\n\n|## B\ny"),
        ("# A\n\nx\n\n## B\ny|", "<Alt-,><Alt-,>", "|# A\n\nx\n\n## B\ny"),
        ("one |two", "<Ctrl-Space><Alt-)>", "one #[two]#"),
        ("one\ntwo|", "<Up>", "one|\ntwo"),
        ("long line\nab\nlong line|", "<Up><Up>", "long line|\nab\nlong line"),
        ("one|\n\ntwo\n\nthree", "<Ctrl-Down>", "one\n\n|two\n\nthree"),
        ("one\n\ntwo|", "<Ctrl-Up><Ctrl-Up>", "|one\n\ntwo"),
        ("|one", "<Esc>", "|one"),
        ("|one two one", "<Ctrl-F>one<Enter><Ctrl-G>", "one two #[one]#"),
        ("|a\nb\nc", "<Alt-l>3<Enter>", "a\nb\n|c"),
    ])
    func table(before: String, keys: String, after: String) {
        var workspace = workspace(before: before)
        type(keys, into: &workspace)
        #expect(marked(workspace) == after)
    }

    @Test func undoTakesTypedWordsBackOneByOneAndRedoBringsThemBack() {
        var workspace = workspace(before: "|")
        type("one two", into: &workspace)
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "one |")
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "|")
        type("<Ctrl-Y><Ctrl-Y>", into: &workspace)
        #expect(marked(workspace) == "one two|")
    }

    @Test func pasteIsOneStepWithItsControlCharactersLeftOut() {
        var workspace = workspace(before: "|")
        _ = handle(.terminal(.paste("a\u{1B}[31m\r\nb\u{7}\tc")), &workspace)
        #expect(marked(workspace) == "a[31m\nb\tc|")
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "|")
    }

    @Test func searchGivenUpReturnsToWhereItBegan() {
        var workspace = workspace(before: "one |two three")
        type("<Ctrl-F>three<Esc>", into: &workspace)
        #expect(marked(workspace) == "one |two three")
    }

    @Test func readOnlyFilesRefuseEveryEditAndSayWhy() {
        var workspace = workspace(before: "one|")
        workspace.core.editor.isReadOnly = true
        type("x<Backspace><Ctrl-U>", into: &workspace)
        type("x", into: &workspace)
        #expect(marked(workspace) == "one|")
        #expect(workspace.notice?.kind == .error)
    }

    @Test func movesByScreenLineFollowTheWrap() {
        let line = String(repeating: "word ", count: 40)
        var workspace = workspace(before: "|" + line, width: 60, height: 20)
        type("<Down>", into: &workspace)
        let caret = workspace.editor.caret
        #expect(caret > 20 && caret <= 60)
        type("<Up>", into: &workspace)
        #expect(workspace.editor.caret == 0)
    }

    @Test func typingKeepsTheCaretOnTheScreen() {
        var workspace = workspace(before: "|", width: 40, height: 12)
        for _ in 0..<60 { type("some words here\n", into: &workspace) }
        #expect(render(workspace).cursor != nil)
        type("<Ctrl-Home>", into: &workspace)
        #expect(render(workspace).cursor?.y == 1)
        type("<Ctrl-End>", into: &workspace)
        #expect(render(workspace).cursor != nil)
    }

    /// The screen's row first, and pressed again the line: who writes on at a paragraph's end gets there.
    @Test func endAndHomeGoToTheRowsEndsAndThenToTheLines() {
        var workspace = makeWorkspace(
            "before\none two three four five six seven eight nine ten\nafter", width: 40, height: 12)
        type("<Down><End>", into: &workspace)
        #expect(marked(workspace) == "before\none two three four five six seven| eight nine ten\nafter")
        type("<End>", into: &workspace)
        #expect(marked(workspace) == "before\none two three four five six seven eight nine ten|\nafter")
        type("<End><Home>", into: &workspace)
        #expect(marked(workspace) == "before\none two three four five six seven |eight nine ten\nafter")
        type("<Home>", into: &workspace)
        #expect(marked(workspace) == "before\n|one two three four five six seven eight nine ten\nafter")
        type("<Home>", into: &workspace)
        #expect(marked(workspace) == "before\n|one two three four five six seven eight nine ten\nafter")
    }
}
