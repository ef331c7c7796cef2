import Manuscript
import Screen
import TestSupport
import Testing
import TextCore

@testable import Workbench

/// Before, keys, after: `|` is the caret, `#[…]#` the selection.
@Suite struct ListEditingTests {
    private func check(_ before: String, _ keys: String, _ after: String) {
        var workspace = workspace(before: before)
        type(keys, into: &workspace)
        #expect(marked(workspace) == after)
        for _ in 0..<20 { type("<Ctrl-U>", into: &workspace) }
        #expect(workspace.editor.text.string == before.replacing("|", with: ""))
    }

    @Test(arguments: [
        // Two items, one within the second, and back.
        ("1. a|", "\nb\n<Tab>x\n<Shift-Tab>c", "1. a\n2. b\n   1. x\n3. c|"),
        ("1. a\n2. b\n3. c|", "<Tab>", "1. a\n2. b\n   1. c|"),
        ("1. a\n2. b|\n3. c", "<Tab>", "1. a\n   1. b|\n2. c"),
        ("1. a\n   1. b|\n2. c", "<Shift-Tab>", "1. a\n2. b|\n3. c"),
        ("1. a\n   1. x\n2. b|\n3. c", "<Tab>", "1. a\n   1. x\n   2. b|\n2. c"),
        ("5. a\n6. b|\n7. c", "<Tab>", "5. a\n   1. b|\n6. c"),
        ("1) a\n2) b|", "<Tab>", "1) a\n   1) b|"),
        ("9. a\n10. b\n11. c|", "<Tab>", "9. a\n10. b\n    1. c|"),
        // Below the text of the item before, and with all that is within.
        ("- a\n- b|\n  - c\n\n  more", "<Tab>", "- a\n  - b|\n    - c\n\n    more"),
        ("- a\n  - b|\n    - c", "<Shift-Tab>", "- a\n- b|\n  - c"),
        ("- a\n- [ ] b|", "<Tab>", "- a\n  - [ ] b|"),
        ("1. a\n- b|", "<Tab>", "1. a\n   - b|"),
        ("- |a", "<Tab>", "  - |a"),
        ("- |a", "<Tab><Tab><Tab>", "  - |a"),
        ("  - a\n- b|", "<Tab><Tab>", "  - a\n    - b|"),
        ("- a\n\t- b\n\t- c|", "<Tab>", "- a\n\t- b\n      - c|"),
        ("> 1. a\n> 2. b|\n> 3. c", "<Tab>", "> 1. a\n>    1. b|\n> 2. c"),
        ("1. 你好\n2. 世界|", "<Tab>", "1. 你好\n   1. 世界|"),
        ("```\n1. a\n2. b|\n```", "<Shift-Tab>", "```\n1. a\n2. b|\n```"),
    ])
    func itemsGoInAndOut(before: String, keys: String, after: String) { check(before, keys, after) }

    @Test(arguments: [
        ("1. a|\n2. b\n3. c", "\n", "1. a\n2. |\n3. b\n4. c"),
        ("1. a|b\n2. c", "\n", "1. a\n2. |b\n3. c"),
        ("3. a|\n4. b", "\n", "3. a\n4. |\n5. b"),
        ("1. a|\n1. b\n1. c", "\n", "1. a\n1. |\n1. b\n1. c"),
        ("1. a|\n\n2. b", "\nx", "1. a\n2. x|\n\n3. b"),
        ("1) a|\n2) b", "\n", "1) a\n2) |\n3) b"),
        ("- a\n  1. x|\n  2. y\n- b", "\n", "- a\n  1. x\n  2. |\n  3. y\n- b"),
        ("> 1. a|\n> 2. b", "\n", "> 1. a\n> 2. |\n> 3. b"),
        ("- [x] a|", "\n", "- [x] a\n- [ ] |"),
        ("1. [ ] a|", "\n", "1. [ ] a\n2. [ ] |"),
        // Nine items and one more: what is within the tenth stays within it.
        ("8. a|\n9. b\n   - x\n\n   more\n", "\n", "8. a\n9. |\n10. b\n    - x\n\n    more\n"),
        // A list that was begun anew behind a blank line is another one.
        ("1. a|\n\n7. b", "\n", "1. a\n2. |\n\n7. b"),
        // An empty item ends its list, a level at a time, and a paragraph of its own follows.
        ("- a\n- |", "\n", "- a\n\n|"),
        ("- a\n- |\n- b", "\nx", "- a\n\nx|\n\n- b"),
        ("- a\n\n- |", "\n", "- a\n\n|"),
        ("1. a\n   1. x\n   2. |", "\n", "1. a\n   1. x\n2. |"),
        ("1. a\n   - x\n   - |\n2. b", "\n", "1. a\n   - x\n2. |\n3. b"),
        ("> - a\n> - |", "\n", "> - a\n>\n> |"),
        ("```\n- a|\n```", "\n", "```\n- a\n|\n```"),
    ])
    func enterGoesOnWithTheList(before: String, keys: String, after: String) { check(before, keys, after) }

    @Test(arguments: [
        ("> said|", "\nmore", "> said\n> more|"),
        ("> said|", "\n\nA sentence.", "> said\n\nA sentence.|"),
        ("> said|\nnext", "\n\nx", "> said\n\nx|\n\nnext"),
        ("> > deep|", "\n\nx", "> > deep\n>\n> x|"),
        ("- a\n  > said|", "\nmore", "- a\n  > said\n  > more|"),
    ])
    func enterGoesOnWithTheQuotation(before: String, keys: String, after: String) { check(before, keys, after) }

    @Test(arguments: [
        ("1. a\n2. b|\n3. c", "<Alt-Up>", "1. b|\n2. a\n3. c"),
        ("1. a|\n2. b\n3. c", "<Alt-Down>", "1. b\n2. a|\n3. c"),
        ("4. a\n5. b|", "<Alt-Up>", "4. b|\n5. a"),
        ("1. a|\n2. b", "<Alt-y>", "1. a\n2. a|\n3. b"),
        ("1. a|\n2. b\n3. c", "<Alt-j>", "1. a| b\n2. c"),
        ("1. a\n|2. b\n3. c", "<Ctrl-X>", "1. a\n|2. c"),
        ("|1. a\n2. b\n3. c", "<Ctrl-X>", "|1. b\n2. c"),
        ("1. a\n\n2. b|\n\n3. c", "<Alt-PageUp>", "1. b|\n\n2. a\n\n3. c"),
        // Right below a line of text, where only a 1 would begin a list.
        ("Buy:\n1. a|\n2. b", "<Alt-Down>", "Buy:\n1. b\n2. a|"),
        ("Buy:\n|1. a\n2. b", "<Ctrl-X>", "Buy:\n|1. b"),
        // A number that is being typed is the writer's.
        ("1. a\n|2. b", "<Delete>7", "1. a\n7|. b"),
    ])
    func numbersStayInOrder(before: String, keys: String, after: String) { check(before, keys, after) }

    @Test func aPastedItemIsNumbered() {
        var workspace = workspace(before: "1. a\n|2. b\n")
        _ = handle(.terminal(.paste("1. x\n2. y\n")), &workspace)
        #expect(workspace.editor.text.string == "1. a\n2. x\n3. y\n4. b\n")
    }

    /// `‸` is the caret.
    @Test(arguments: [
        ("- item\n\n  |a‸|b|\n  |-|-|\n  |long|x|", "- item\n\n  | a‸    | b   |\n  | ---- | --- |\n  | long | x   |"),
        ("- |a|b‸|\n  |-|-|\n  |c|d|", "- | a   | b‸   |\n  | --- | --- |\n  | c   | d   |"),
        ("> |a|b|\n> |-|-|\n> |c‸|d|", "> | a   | b   |\n> | --- | --- |\n> | c‸   | d   |"),
        (
            "1. x\n\n   |字|b|\n   |-|-:|\n   |c|d‸|\n2. y",
            "1. x\n\n   | 字  |   b |\n   | --- | --: |\n   | c   |   d‸ |\n2. y"
        ),
    ])
    func tablesKeepWhatTheyAreIn(before: String, after: String) {
        let parts = before.split(separator: "‸", omittingEmptySubsequences: false)
        var workspace = makeWorkspace(parts.joined())
        workspace.withEditor { $0.select(Selection(parts[0].utf8.count)) }
        type("<Alt-t>", into: &workspace)
        var text = workspace.editor.text.string
        text.insert("‸", at: text.utf8.index(text.startIndex, offsetBy: workspace.editor.caret))
        #expect(text == after)
    }

    @Test func aNewRowOfATableInAListIsInTheList() {
        let article = "- x\n\n  |a|b|\n  |-|-|\n  |c|d|"
        var workspace = makeWorkspace(article)
        workspace.withEditor { $0.select(Selection(article.utf8.count - 1)) }
        type("<Tab>e", into: &workspace)
        #expect(
            workspace.editor.text.string == "- x\n\n  | a   | b   |\n  | --- | --- |\n  | c   | d   |\n  | e    |     |"
        )
    }

    /// Whatever is done to lists, their numbers are in order, and undo comes back.
    @Test(arguments: UInt64(1)...60)
    func anyEditsLeaveNumbersInOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let article = "1. a\n2. b\n   - x\n   - y\n3. c\n   1. m\n   2. n\n4. d\n"
        var workspace = makeWorkspace(article)
        let keys = [
            "<Tab>", "<Shift-Tab>", "<End><Enter>z", "<Alt-Up>", "<Alt-Down>", "<Alt-y>", "<Down>", "<Up>", "<Down>",
        ]
        var pendingKeys = ""
        for _ in 0..<12 {
            let key = keys[random.below(keys.count)]
            pendingKeys += key
            type(key, into: &workspace)
        }
        // Every list that goes on without another one between is numbered by ones.
        var last: [Int: Int] = [:]
        for line in workspace.editor.text.string.split(separator: "\n") {
            let indent = line.prefix { $0 == " " }.count
            last = last.filter { $0.key <= indent }
            let digits = line.dropFirst(indent).prefix { $0.isNumber }
            guard let number = Int(digits) else {
                last[indent] = nil
                continue
            }
            if let before = last[indent] {
                #expect(number == before + 1, "\(pendingKeys)\n\(workspace.editor.text.string)")
            }
            last[indent] = number
        }
        for _ in 0..<60 { type("<Ctrl-U>", into: &workspace) }
        #expect(workspace.editor.text.string == article)
    }
}
