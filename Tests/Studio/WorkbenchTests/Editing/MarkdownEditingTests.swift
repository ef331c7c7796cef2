import Screen
import Testing
import TextCore

@testable import Workbench

/// Before, keys, after: `|` is the caret, `#[…]#` the selection.
@Suite struct MarkdownEditingTests {
    @Test(arguments: [
        ("one\ntw|o", "<Alt-Up>", "tw|o\none"),
        ("on|e\ntwo\nthree", "<Alt-Down><Alt-Down>", "two\nthree\non|e"),
        ("o|ne", "<Alt-Up><Alt-Down>", "o|ne"),
        ("a\n|b\nc\nd", "<Shift-Down><Shift-Down><Alt-Up>", "#[b\nc\n]#a\nd"),
        ("on|e\ntwo", "<Alt-y>", "one\non|e\ntwo"),
        ("|ab c", "<Shift-Right><Shift-Right><Alt-y>", "ab#[ab]# c"),
        ("on|e  \n   two", "<Alt-j>", "one| two"),
        ("- one|\n- two", "<Alt-j>", "- one| two"),
        ("你|好，\n世界", "<Alt-j>", "你好，|世界"),
        ("one|", "<Alt-j>", "one|"),
        ("- a\n- |b", "<Tab>", "- a\n  - |b"),
        ("1. a\n2. |b", "<Tab><Shift-Tab>", "1. a\n2. |b"),
        ("- |a", "<Shift-Tab>", "- |a"),
        ("a|", "<Tab>", "a    |"),
        ("a wo|rd b", "<Alt-*>", "a **wo|rd** b"),
        ("a wo|rd b", "<Alt-*><Alt-*>", "a wo|rd b"),
        ("a wo|rd b", "<Alt-/>", "a *wo|rd* b"),
        ("a **wo|rd** b", "<Alt-/>", "a ***wo|rd*** b"),
        ("a ***wo|rd*** b", "<Alt-*>", "a *wo|rd* b"),
        ("a `wo|rd` b", "<Alt-`>", "a wo|rd b"),
        ("我们研|究向量", "<Alt-*>", "我们**研|究**向量"),
        ("a |b", "<Shift-Right><Alt-~>", "a ~~#[b]#~~"),
        ("a | b", "<Alt-*>x", "a **x|** b"),
        ("see pa|ge now", "<Alt-a>url", "see [page](url|) now"),
        ("|", "<Alt-a>t", "[t|]()"),
        ("A claim|.\n", "<Alt-^>why", "A claim[^1].\n\n[^1]: why|\n"),
        ("A[^1] b|.\n\n[^1]: x\n", "<Alt-^>y", "A[^1] b[^2].\n\n[^1]: x\n[^2]: y|\n"),
        ("End|", "<Alt-^>n", "End[^1]\n\n[^1]: n|\n"),
        ("A| b.\n\n[x]: http://y.z\n", "<Alt-^>n", "A[^1] b.\n\n[x]: http://y.z\n\n[^1]: n|\n"),
        (
            "A| b.[^1]\n\n[^1]: x\n\n    more\n\n[y]: z\n", "<Alt-^>n",
            "A[^2] b.[^1]\n\n[^1]: x\n\n    more\n[^2]: n|\n\n[y]: z\n"
        ),
        ("A| b.\n\n```\nopen", "<Alt-^>n", "A[^1] b.\n\n[^1]: n|\n\n```\nopen"),
        ("A[^1|] b.\n\n[^1]: x\n", "<Alt-'>", "A[^1] b.\n\n[^1]: |x\n"),
        ("A[^1] b.\n\n[^1]: x|\n", "<Alt-'>", "A[^1]| b.\n\n[^1]: x\n"),
    ])
    func table(before: String, keys: String, after: String) {
        var workspace = workspace(before: before)
        type(keys, into: &workspace)
        #expect(marked(workspace) == after)
        // Whatever it was, undo comes back to what there was.
        for _ in 0..<12 { type("<Ctrl-U>", into: &workspace) }
        #expect(workspace.editor.text.string == before.replacing("|", with: ""))
    }

    /// `‸` is the caret.
    @Test(arguments: [
        ("|a‸|b|\n|-|:-:|\n|long|x|", "<Alt-t>", "| a‸    |  b  |\n| ---- | :-: |\n| long |  x  |"),
        ("|字|b‸\n|-|-:\n|a\\|b|`x|y`|", "<Alt-t>", "| 字   |     b‸ |\n| ---- | ----: |\n| a\\|b | `x|y` |"),
        ("|a‸|b|\n|-|-|", "<Tab>x", "| a   | x‸b   |\n| --- | --- |"),
        ("|a|b‸|\n|-|-|\n|c|d|", "<Tab>", "| a   | b   |\n| --- | --- |\n| ‸c   | d   |"),
        ("|a|b|\n|-|-|\n|c‸|d|", "<Shift-Tab>", "| a   | ‸b   |\n| --- | --- |\n| c   | d   |"),
        ("|a|b|\n|-|-|\n|c|d‸|", "<Tab>", "| a   | b   |\n| --- | --- |\n| c   | d   |\n| ‸    |     |"),
        ("|a|b|\n|-|-|\n|c‸|", "<Alt-t>", "| a   | b   |\n| --- | --- |\n| c‸   |     |"),
    ])
    func tables(before: String, keys: String, after: String) {
        let parts = before.split(separator: "‸", omittingEmptySubsequences: false)
        var workspace = makeWorkspace(parts.joined())
        workspace.withEditor { $0.select(Selection(parts[0].utf8.count)) }
        type(keys, into: &workspace)
        var text = workspace.editor.text.string
        text.insert("‸", at: text.utf8.index(text.startIndex, offsetBy: workspace.editor.caret))
        #expect(text == after)
    }

    @Test(arguments: [
        ("你好,世界.再见!|", "你好，世界。再见！|"),
        ("他说: 好的, Swift 6.3, yes.|", "他说：好的， Swift 6.3, yes.|"),
        ("见(图一)和f(x),好|", "见（图一）和f(x),好|"),
        ("代码`你,好`,链接[文,字](http://a.b/你,c)|", "代码`你,好`,链接[文，字](http://a.b/你,c)|"),
        ("等等...第3.5节|", "等等...第3.5节|"),
        ("One, two.|", "One, two.|"),
    ])
    func punctuationBesideChinese(before: String, after: String) throws {
        var workspace = workspace(before: before)
        _ = workspace.run(try #require(CommandTable.all.first { $0.name == "full-width-punctuation" }))
        #expect(marked(workspace) == after)
    }

    @Test func typingAfterAPauseIsAStepOfUndoOfItsOwn() {
        var workspace = workspace(before: "|")
        type("abc", into: &workspace)
        _ = handle(.editing(.typingRested), &workspace)
        type("def", into: &workspace)
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "abc|")
    }

    @Test(arguments: [
        ("1. a\n5. b|\n5. c", "1. a\n2. b|\n3. c"),
        ("3. a\n   9. x\n   1. y\n8. b|", "3. a\n   9. x\n   10. y\n4. b|"),
        ("1. a\n\n7. other|", "1. a\n\n7. other|"),
        ("text|", "text|"),
    ])
    func listsAreRenumbered(before: String, after: String) throws {
        var workspace = workspace(before: before)
        _ = workspace.run(try #require(CommandTable.all.first { $0.name == "renumber-list" }))
        #expect(marked(workspace) == after)
    }
}
