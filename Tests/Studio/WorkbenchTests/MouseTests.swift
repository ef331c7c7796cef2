import Screen
import Testing
import TextCore

@testable import Workbench

/// What clicks select in an article.
@Suite struct MouseTests {
    /// Clicks the cell of the grapheme at byte `offset`, which must lie on the first screen.
    private func click(_ kind: MouseEvent.Kind, at offset: Int, in workspace: inout Workspace) {
        workspace.withEditor { $0.select(Selection(offset)) }
        workspace.prepareForDisplay()
        guard let cursor = render(workspace).cursor else {
            Issue.record("the caret is not on the screen")
            return
        }
        _ = handle(.terminal(.mouse(MouseEvent(kind: kind, x: cursor.x, y: cursor.y))), &workspace)
    }

    @Test(arguments: [
        ("one two three", 5, "one #[two]# three"), ("one two three", 0, "#[one]# two three"),
        ("one two", 7, "one #[two]#"),
        ("one two", 3, "#[one]# two"), ("one, two", 4, "one,| two"), ("你好世界", 3, "#[你好]#世界"), ("  one", 0, "|  one"),
        ("one\n\ntwo", 4, "one\n|\ntwo"), ("one\ntwo", 3, "#[one]#\ntwo"), ("", 0, "|"),
        ("don't stop", 1, "#[don't]# stop"),
    ])
    func aDoubleClickSelectsTheWord(_ article: String, _ offset: Int, _ expected: String) {
        var workspace = makeWorkspace(article)
        click(.doublePress, at: offset, in: &workspace)
        #expect(marked(workspace) == expected)
    }

    @Test func aTripleClickSelectsTheLine() {
        var workspace = makeWorkspace("one\ntwo words\nthree")
        click(.triplePress, at: 6, in: &workspace)
        #expect(marked(workspace) == "one\n#[two words]#\nthree")
    }
}
