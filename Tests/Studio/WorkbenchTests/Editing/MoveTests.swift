import Manuscript
import Screen
import Testing
import TextCore

@testable import Workbench

/// Before, keys, after: `|` is the caret, `#[…]#` the selection.
@Suite struct MoveTests {
    @Test(arguments: [
        ("one\n\ntw|o\n\nthree\n", "<Alt-PageUp>", "tw|o\n\none\n\nthree\n"),
        ("one\n\ntw|o\n\nthree\n", "<Alt-PageDown>", "one\n\nthree\n\ntw|o\n"),
        ("one\n\nth|ree", "<Alt-PageUp>", "th|ree\n\none"),
        ("o|ne\n\nthree", "<Alt-PageDown>", "three\n\no|ne"),
        ("o|ne\n\ntwo", "<Alt-PageUp>", "o|ne\n\ntwo"),
        ("one\n\ntw|o\n", "<Alt-PageDown>", "one\n\ntw|o\n"),
        ("a\nb|\n\n\n  \nc\nd\n", "<Alt-PageDown>", "c\nd\n\n\n  \na\nb|\n"),
        ("one\n\n- a\n- b|\n- c\n\ntwo", "<Alt-PageUp>", "- a\n- b|\n- c\n\none\n\ntwo"),
        ("# Title\n\none|\n\ntwo", "<Alt-PageUp>", "one|\n\n# Title\n\ntwo"),
        ("one|\n\n```\na\n\nb\n```\n\ntwo", "<Alt-PageDown>", "```\na\n\nb\n```\n\none|\n\ntwo"),
        ("one\n\n```\na\n\nb|\n```\n", "<Alt-PageUp>", "```\na\n\nb|\n```\n\none\n"),
        ("---\ntitle: x\n---\n\none|\n\ntwo", "<Alt-PageUp>", "---\ntitle: x\n---\n\none|\n\ntwo"),
        ("---\ntit|le: x\n---\n\none\n", "<Alt-PageDown>", "---\ntit|le: x\n---\n\none\n"),
        ("one\n|\ntwo", "<Alt-PageUp>", "one\n|\ntwo"),
        ("|", "<Alt-PageDown>", "|"),
        ("a\n\n|b\n\nc\n\nd", "<Shift-Down><Shift-Down><Shift-Right><Alt-PageUp>", "#[b\n\nc]#\n\na\n\nd"),
        ("a\n\n|b\n\nc\n\nd", "<Shift-Down><Shift-Down><Shift-Right><Alt-PageDown>", "a\n\nd\n\n#[b\n\nc]#"),
        ("o|ne\n\n[^1]: x\n", "<Alt-PageDown>", "o|ne\n\n[^1]: x\n"),
        ("你好。\n\n世|界。", "<Alt-PageUp><Alt-PageDown>", "你好。\n\n世|界。"),
    ])
    func paragraphs(before: String, keys: String, after: String) {
        var workspace = workspace(before: before)
        type(keys, into: &workspace)
        #expect(marked(workspace) == after)
        for _ in 0..<4 { type("<Ctrl-U>", into: &workspace) }
        #expect(workspace.editor.text.string == before.replacing("|", with: ""))
    }

    @Test(arguments: [
        ("# A\n\na\n\n# B|\n\nb\n", true, "# B|\n\nb\n\n# A\n\na\n"),
        ("# A|\n\na\n\n# B\n\nb", false, "# B\n\nb\n\n# A|\n\na"),
        ("# A\n\n## A1\n\nx|\n\n## A2\n\ny\n\n# B\n", false, "# A\n\n## A2\n\ny\n\n## A1\n\nx|\n\n# B\n"),
        ("# A\n\n## A1\n\nx\n\n## A2\n\ny|\n\n# B\n", false, "# A\n\n## A1\n\nx\n\n## A2\n\ny|\n\n# B\n"),
        ("# A\n\n## A1\n\nx\n\n# B\n\nb|\n", true, "# B\n\nb|\n\n# A\n\n## A1\n\nx\n"),
        ("pre|\n\n# A\n", true, "pre|\n\n# A\n"),
        ("Under\n=====\n\na\n\nOther\n=====\nb|\n", true, "Other\n=====\nb|\n\nUnder\n=====\n\na\n"),
        ("# A\n```\n# no\n```\n# B\nb|", true, "# B\nb|\n# A\n```\n# no\n```"),
        // Definitions stay at the end.
        ("# A\n\na[^1]|\n\n# B\n\nb\n\n[^1]: one\n", false, "# B\n\nb\n\n# A\n\na[^1]|\n\n[^1]: one\n"),
        (
            "# A\n\na\n\n# B\n\nb[x]|\n\n[^1]: one\n\n    more\n[x]: http://y.z\n", true,
            "# B\n\nb[x]|\n\n# A\n\na\n\n[^1]: one\n\n    more\n[x]: http://y.z\n"
        ),
        ("# A\n\na\n\n# B|\n\n[^1]: one", true, "# B|\n\n# A\n\na\n\n[^1]: one"),
        ("# A\n\na\n\n[^2]: two\n\n# B|\n\nb\n", true, "# B|\n\nb\n\n# A\n\na\n\n[^2]: two\n"),
        ("# A\n\na\n\n# B\n\nb\n\n[^1]: on|e\n", true, "# A\n\na\n\n# B\n\nb\n\n[^1]: on|e\n"),
        ("# A|\n\na\n\n<!--\n# no\n-->\n\n# B\n", false, "# B\n\n# A|\n\na\n\n<!--\n# no\n-->\n"),
    ])
    func sections(before: String, up: Bool, after: String) throws {
        var workspace = workspace(before: before)
        let name = up ? "move-section-up" : "move-section-down"
        _ = workspace.run(try #require(CommandTable.all.first { $0.name == name }))
        #expect(marked(workspace) == after)
        // The outline has the new order before it is read anew.
        #expect(
            workspace.core.headings.sections.map(\.title)
                == Outline(workspace.editor.text).sections.filter { $0.level > 0 }.map(\.title))
        #expect(
            workspace.core.headings.sections.map(\.range.lowerBound)
                == Outline(workspace.editor.text).sections.filter { $0.level > 0 }.map(\.range.lowerBound))
    }

    /// A section goes to another article with its footnotes.
    @Test(arguments: [
        ("New|.\n", "New# A\n\na[^1].\n\n[^1]: one\n"),
        ("Old[^1] |.\n\n[^1]: other\n", "Old[^1] # A\n\na[^2].\n\n[^1]: other\n[^2]: one\n"),
        ("Old[^1] |.\n\n[^1]: one\n", "Old[^1] # A\n\na[^1].\n\n[^1]: one\n"),
        ("|", "# A\n\na[^1]\n\n[^1]: one\n"),
    ])
    func aPieceIsPastedWithItsFootnotes(before: String, after: String) throws {
        var workspace = makeWorkspace("# A\n\na[^1]\n\n# B\n\nb[^2]\n\n[^1]: one\n[^2]: two\n")
        workspace.withEditor { $0.select(Selection(anchor: 0, head: 10)) }
        type("<Ctrl-C>", into: &workspace)
        let parts = before.split(separator: "|", omittingEmptySubsequences: false)
        let other = Editor(path: "/project/b.md", displayName: "b.md", libraryPath: nil, text: Text(parts.joined()))
        _ = handle(.saving(.opened(.success(OpenedFile(editor: other)), line: nil)), &workspace)
        workspace.withEditor { $0.select(Selection(parts[0].utf8.count)) }
        type("<Ctrl-V>", into: &workspace)
        #expect(workspace.editor.text.string == after)
        let caret = workspace.editor.text.slice(0..<workspace.editor.caret)
        #expect(caret.hasSuffix("a[^1]") || caret.hasSuffix("a[^2]"))
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == parts.joined())
    }

    @Test func theOutlineMovesItsSectionAndKeepsItSelected() {
        var workspace = workspace(before: "|# A\n\na\n\n# B\n\nb\n\n# C\n")
        type("<F2><Down><Alt-Down>", into: &workspace)
        #expect(workspace.editor.text.string == "# A\n\na\n\n# C\n\n# B\n\nb\n")
        #expect(workspace.core.headings.selected == 2 && workspace.focus == .outline)
        type("KK", into: &workspace)
        #expect(workspace.editor.text.string == "# B\n\nb\n\n# A\n\na\n\n# C\n")
        #expect(workspace.core.headings.selected == 0)
        type("K", into: &workspace)
        #expect(workspace.notice?.text.contains("No section") == true)
    }

    @Test(arguments: [Keymap.Base.emacs, .vim])
    func theKeysAreThoseOfEveryKeymap(base: Keymap.Base) {
        var workspace = workspace(before: "# A\n\none\n\n|two\n\n# B\n")
        workspace.configure { $0.keymap = Keymap(base) }
        type("<Alt-PageUp>", into: &workspace)
        #expect(marked(workspace) == "# A\n\n|two\n\none\n\n# B\n")
        type("<Alt-#>b<Enter>", into: &workspace)
        #expect(marked(workspace) == "# A\n\ntwo\n\none\n\n|# B\n")
        if base == .vim {
            type("``", into: &workspace)
            #expect(marked(workspace) == "# A\n\n|two\n\none\n\n# B\n")
        }
    }

    @Test func anAnchorInWhatMovesGoesAlong() {
        var workspace = workspace(before: "one\n\ntwo|\n\nthree")
        let anchor = workspace.withEditor { $0.addAnchor(6, bias: .after) }
        type("<Alt-PageUp><Alt-PageDown><Alt-PageDown>", into: &workspace)
        #expect(workspace.editor.document.offset(of: anchor) == 13)
    }
}

@Suite struct HeadingPickerTests {
    private let article = "|# Methods\n\nm\n\n## Evaluation\n\ne\n\n# Results\n\nr\n\n## 评估\n\nz\n"

    @Test(arguments: [
        ("<Alt-#>res<Enter>", "# Results"),
        ("<Alt-#><Down><Enter>", "## Evaluation"),
        ("<Alt-#><Up><Enter>", "## 评估"),
        ("<Alt-#>评<Enter>", "## 评估"),
        ("<Alt-#>meth eval<Enter>", "## Evaluation"),
        ("<Alt-#>zzz<Enter><Esc>", "# Methods"),
        ("<Alt-#>res<Esc>", "# Methods"),
    ])
    func goesToTheChosenHeading(keys: String, line: String) {
        var workspace = workspace(before: article)
        type(keys, into: &workspace)
        let text = workspace.editor.text
        #expect(workspace.modal == nil)
        #expect(text.slice(text.lineRange(text.line(at: workspace.editor.caret))) == line)
    }

    @Test func thePlaceIsShownMeanwhileAndEscComesBack() {
        let filler = (1...80).map { "Line \($0).\n\n" }.joined()
        var workspace = workspace(before: "# One\n\nhere|\n\n" + filler + "# Two\n\nthere\n")
        let before = (workspace.editor.document.selection, workspace.editor.scroll)
        type("<Alt-#>two", into: &workspace)
        #expect(render(workspace).snapshot().contains("there"))
        type("<Esc>", into: &workspace)
        #expect(workspace.editor.document.selection == before.0 && workspace.editor.scroll == before.1)
    }

    @Test func aSetMarkSelectsUpToTheHeading() {
        var workspace = workspace(before: "# A\n|a\n# B\n")
        type("<Ctrl-Space><Alt-#>b<Enter>", into: &workspace)
        #expect(marked(workspace) == "# A\n#[a\n]## B\n")
    }

    @Test func aHeadingTypedJustNowIsThere() {
        var workspace = workspace(before: "# A\n\n|")
        type("# New\n", into: &workspace)
        answerOutline(type("<Alt-#>", into: &workspace), &workspace)
        type("new<Enter>", into: &workspace)
        #expect(marked(workspace) == "# A\n\n|# New\n")
    }

    @Test(arguments: [(80, 24), (40, 12), (120, 40)])
    func fitsTheScreen(width: Int, height: Int) {
        var workspace = workspace(before: article, width: width, height: height)
        type("<Alt-#>e", into: &workspace)
        let shown = render(workspace).snapshot()
        #expect(shown.contains("Go to a heading") && shown.contains("Evaluation"))
    }
}
