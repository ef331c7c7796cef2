import Manuscript
import TestSupport
import TextCore
import Testing

@testable import Workbench

/// Lines joined, whatever stands between them.
@Suite struct JoinTests {
    private func joined(_ text: String, _ selection: Selection? = nil) -> String? {
        var text = Text(text)
        let all = selection ?? Selection(anchor: 0, head: text.utf8Count)
        guard let edit = LineEdits.join(text, all), (try? edit.changes.apply(to: &text)) != nil else { return nil }
        #expect((0...text.utf8Count).contains(edit.selection.head))
        return text.string
    }

    @Test(arguments: [
        ("a\n   \nb\nc", "a b c"), ("a\n\n\n\nb", "a b"), ("a  \n \t \n  b", "a b"), ("a\n   ", "a"), ("   \nb", "b"),
        ("\n\n", "\n"), ("a\n- \n- b", "a b"),
        ("- one\n- two\n- three", "- one two three"), ("> a\n>  \n> b", "> a b"), ("字\n \n笔", "字笔"),
        ("字\n\nword", "字word"), ("a\n1. \nb ", "a b "), ("a\n\tb\n", "a b\n"),
    ])
    func blankLinesAreOneGap(before: String, after: String) {
        #expect(joined(before) == after)
    }

    @Test func theKeyJoinsOverABlankLine() {
        var workspace = makeWorkspace("a\n   \nb\nc\n")
        type("<Shift-Down><Shift-Down><Shift-Down><Alt-j>", into: &workspace)
        #expect(workspace.editor.text.string == "a b\nc\n")
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == "a\n   \nb\nc\n")
    }

    /// Joining changes blanks, line feeds and marks of lists only.
    @Test func nothingElseIsLost() {
        var random = SeededGenerator(seed: 5)
        let pieces = ["a", "b", " ", "  ", "\t", "\n", "\n", "\n\n", "- ", "> ", "1. ", "字", "é"]
        for _ in 0..<3_000 {
            let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
            guard let result = joined(text) else { continue }
            func letters(_ string: String) -> String { string.filter { "ab字é".contains($0) } }
            #expect(letters(text) == letters(result), "\(text.debugDescription)")
        }
    }
}
