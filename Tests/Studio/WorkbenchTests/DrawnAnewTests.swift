import Manuscript
import Screen
import TestSupport
import TextCore
import Testing

@testable import Workbench

/// What is kept from one screen to the next, lines, panes and rows, must be what would be drawn anew.
@Suite struct DrawnAnewTests {
    private static let article = """
        ---
        title: T
        ---

        # The first heading

        A paragraph of *some* words that is long enough to take several rows of a narrow screen, with `code` and a [link](x.md) in it.

        - an item that goes on and on until it needs another row, and then some more words
          > a quotation in it

        ```
        code that isn't *emphasis*
        ```

        ## 第二个标题

        我的笔记里有一段话，说的是“为什么人们能在陌生人中找到路”——没有人有地图。第二句话在这里，它很长，长到要换行。👩‍👩‍👧 é é\tend

        <!-- a comment
        over lines -->

        Words at the end.
        """

    private static let keys = [
        "a", "字", " ", "*", "`", "#", ">", "-", "<Enter>", "<Backspace>", "<Delete>", "<Up>", "<Down>", "<Left>",
        "<Right>", "<PageDown>", "<PageUp>",
        "<Ctrl-U>", "<Ctrl-Y>", "<Ctrl-K>", "<Ctrl-A>", "<Esc>", "<F2>", "<F3>", "<Ctrl-X>", "<Ctrl-V>", "<Ctrl-Space>",
        "<F8>", "<F9>", "<Tab>", "👩‍👩‍👧",
    ]

    /// The same workspace with nothing kept.
    private func anew(_ workspace: Workspace) -> Workspace {
        var fresh = workspace
        fresh.caches = RenderCaches()
        for index in fresh.editors.indices {
            fresh.core.editors[index].prepared = LineLayoutCache()
            fresh.core.editors[index].highlighting = Highlighting()
        }
        fresh.prepareForDisplay()
        return fresh
    }

    /// A file that is opened anew in another encoding, say: another text where the same one was.
    @Test func anotherTextAtTheSamePathIsSeen() {
        var workspace = makeWorkspace("")
        workspace.core.editors[0] = Editor(
            path: "/project/article.md", displayName: "article.md", libraryPath: "article.md",
            text: "# 知识管理\n\nWords.\n")
        _ = handle(.terminal(.focusIn), &workspace)
        #expect(render(workspace).snapshot().contains("知识管理"))
        #expect(render(workspace) == render(anew(workspace)))
    }

    @Test(arguments: 0..<12)
    func whateverHappensTheScreenIsTheSame(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let sizes = [(120, 20), (80, 24), (40, 12), (200, 50), (24, 9)]
        var workspace = makeWorkspace(
            Self.article, width: sizes[seed % sizes.count].0, height: sizes[seed % sizes.count].1)
        for step in 0..<150 {
            switch random.below(24) {
            case 0:
                let size = sizes[random.below(sizes.count)]
                _ = handle(.terminal(.resize(width: size.0, height: size.1)), &workspace)
            case 1: answerOutline(handle(.outline(.textRests), &workspace), &workspace)
            case 2: giveHits((0..<random.below(4)).map { makeHit($0 + 1) }, &workspace)
            case 3: workspace.core.theme = workspace.theme.name == "ink" ? .plain : .ink
            case 4: workspace.core.view.lineNumbers.toggle()
            case 5: _ = handle(.terminal(.paste("# Pasted\n\n中文 *and* more\n")), &workspace)
            default: type(Self.keys[random.below(Self.keys.count)], into: &workspace)
            }
            _ = handle(.terminal(.focusIn), &workspace)
            let isSame = render(workspace) == render(anew(workspace))
            #expect(
                isSame, "step \(step):\n\(render(workspace).snapshot())\n---\n\(render(anew(workspace)).snapshot())")
            if !isSame { return }
        }
    }
}
