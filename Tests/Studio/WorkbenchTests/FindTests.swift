import Screen
import Testing
import TextCore

@testable import Workbench

@Suite struct FindTests {
    @Test(arguments: [
        ("|one two one", "<Ctrl-F>one<Enter>", "#[one]# two one"),
        ("|one two one", "<Ctrl-F>one<Down><Enter>", "one two #[one]#"),
        ("one |two one", "<Ctrl-F>one<Enter>", "one two #[one]#"),
        ("one two| one", "<Ctrl-F>two<Enter>", "one #[two]# one"),
        ("|One ONE one", "<Ctrl-F>ONE<Enter>", "One #[ONE]# one"),
        ("|One ONE one", "<Ctrl-F>one<Alt-c><Enter>", "One ONE #[one]#"),
        ("|cats cat", "<Ctrl-F>cat<Alt-w><Enter>", "cats #[cat]#"),
        ("|a1 b22", "<Ctrl-F>\\d+<Alt-r><Down><Enter>", "a1 b#[22]#"),
        ("|a b a", "<Ctrl-F>a<Up><Enter>", "a b #[a]#"),
        ("|a b a", "<Ctrl-F>b<Enter><Ctrl-F><Up><Enter>", "a #[b]# a"),
        ("|a b a", "<Ctrl-R>a<Enter>x<Enter>yn", "x b a|"),
        ("|a b a", "<Ctrl-R>a<Enter>x<Enter>ny", "a b x|"),
        ("|a b a", "<Ctrl-R>a<Enter>xyz<Enter>yy", "xyz b xyz|"),
        ("a |b a", "<Ctrl-R>a<Enter>xy<Enter>yy", "xy| b xy"),
        ("|a b a", "<Ctrl-R>a<Enter>x<Enter>npy<Esc>", "x b a|"),
        ("|a a a", "<Ctrl-R>a<Enter>b<Enter>a", "|b b b"),
        ("|a a a", "<Ctrl-R>a<Enter>b<Alt-Enter>", "|b b b"),
        ("|a a a", "<Ctrl-R>a<Enter><Enter>a", "|  "),
        ("|aa a", "<Ctrl-R>a<Enter>aa<Enter>yyy", "aaaa aa|"),
        ("|one two", "<Ctrl-R>(\\w+) (\\w+)<Alt-r><Enter>$2 \\1<Alt-Enter>", "|two one"),
        // All the rest: neither what was refused nor what was put in.
        ("|a a a", "<Ctrl-R>a<Enter>b<Enter>na", "|a b b"),
        ("|a a a", "<Ctrl-R>a<Enter>aa<Enter>yna", "|aa a aa"),
        ("a |a a", "<Ctrl-R>a<Enter>b<Enter>na", "b |a b"),
        ("a a |a", "<Ctrl-R>a<Enter>aa<Enter>ya", "aa aa |aa"),
        ("a a |a", "<Ctrl-R>a<Enter>b<Enter>nna", "a b |a"),
        ("|a a a a", "<Ctrl-R>a<Enter>b<Enter>ynpa", "|b b b b"),
        ("|用：词", "<Ctrl-R>：<Enter>，<Alt-Enter>", "|用，词"),
        ("|a b a", "<Ctrl-F>b<Enter><Home><Ctrl-R><Enter>c<Enter>y", "a c| a"),
        ("|a b", "<Ctrl-F>b<Ctrl-R><Enter>c<Enter>y", "a c|"),
    ])
    func table(before: String, keys: String, after: String) {
        var workspace = workspace(before: before)
        type(keys, into: &workspace)
        #expect(marked(workspace) == after)
        #expect(workspace.modal == nil)
    }

    @Test func theCountIsSaidAndGoingAroundTheEndToo() {
        var workspace = workspace(before: "|one two one three one")
        type("<Ctrl-F>one", into: &workspace)
        #expect(workspace.findSummary == "1 of 3")
        #expect(render(workspace).row(39).map(\.text).joined().contains("1 of 3"))
        type("<Ctrl-G><Ctrl-G>", into: &workspace)
        #expect(workspace.findSummary == "3 of 3")
        type("<Enter><Ctrl-G>", into: &workspace)
        #expect(workspace.notice?.text == "1 of 3: the search went around the end.")
        type("<Alt-g>", into: &workspace)
        #expect(workspace.notice?.text == "3 of 3: the search went around the start.")
        type("<Ctrl-F>zebra", into: &workspace)
        #expect(workspace.findSummary == "none")
    }

    @Test func allMatchesAreMarkedUntilEsc() {
        var workspace = workspace(before: "|one two one")
        workspace.configure { $0.theme = Theme.plain }
        type("<Ctrl-F>one<Enter>", into: &workspace)
        #expect(workspace.shownMatches == [0..<3, 8..<11])
        type("<Esc>", into: &workspace)
        #expect(workspace.shownMatches.isEmpty)
        type("<Ctrl-G>x", into: &workspace)
        #expect(workspace.shownMatches.isEmpty)
    }

    /// What was text before may be no expression now.
    @Test func theNextOneSaysWhyItCannotBeSearchedFor() {
        var workspace = workspace(before: "|a (b (c")
        type("<Ctrl-F>(<Enter><Ctrl-F><Alt-r><Esc><Ctrl-G>", into: &workspace)
        #expect(workspace.notice?.kind == .error && workspace.notice?.text.contains("Nothing was searched") == false)
    }

    @Test func aBrokenExpressionSaysWhyAndChangesNothing() {
        var workspace = workspace(before: "a |b")
        type("<Ctrl-R><Alt-r>(a", into: &workspace)
        #expect(workspace.findSummary == "Column 1: this ( is not closed")
        type("<Enter>", into: &workspace)
        #expect(workspace.modal == nil && workspace.notice?.kind == .error)
        #expect(marked(workspace) == "a |b")
    }

    @Test func replacingAllIsOneStepOfUndo() {
        var workspace = workspace(before: "|a b a b a")
        type("<Ctrl-R>a<Enter>xx<Alt-Enter>", into: &workspace)
        #expect(marked(workspace) == "|xx b xx b xx")
        #expect(workspace.notice?.text.hasPrefix("Replaced 3.") == true)
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "|a b a b a")
        type("<Ctrl-Y>", into: &workspace)
        #expect(marked(workspace) == "|xx b xx b xx")
    }

    @Test func aSelectionOfSeveralLinesIsWhereToSearch() {
        var workspace = workspace(before: "a\n|a\na\na")
        type("<Shift-Down><Shift-Down>", into: &workspace)
        type("<Ctrl-R>a<Enter>bb<Alt-Enter>", into: &workspace)
        #expect(workspace.editor.text.string == "a\nbb\nbb\na")
        // Alt-s leaves it, and comes back to it.
        type("<Ctrl-U><Ctrl-Home><Shift-Down><Ctrl-F>a", into: &workspace)
        #expect(workspace.find.matches.count == 1)
        type("<Alt-s>", into: &workspace)
        #expect(workspace.find.matches.count == 4)
        type("<Alt-s>", into: &workspace)
        #expect(workspace.find.matches.count == 1)
    }

    @Test func aLongTextIsSearchedOutsideAndALateAnswerIsDropped() {
        let long = String(repeating: "word and word\n", count: 100_000)
        var workspace = workspace(before: "|" + long)
        func request(_ effects: [Effect]) -> FindEffect? {
            for case .find(let request) in effects { return request }
            return nil
        }
        let first = request(type("<Ctrl-F>w", into: &workspace))
        let second = request(type("o", into: &workspace))
        #expect(workspace.findSummary == "searching…")
        if let answer = first?.answer(isCancelled: { false }) { _ = handle(answer, &workspace) }
        #expect(workspace.findSummary == "searching…")
        if let answer = second?.answer(isCancelled: { false }) { _ = handle(answer, &workspace) }
        #expect(workspace.findSummary == "1 of 200000")
        #expect(second?.answer(isCancelled: { true }) == nil)
        type("<Esc>", into: &workspace)
        let all = request(type("<Ctrl-R>word<Enter>vocable<Alt-Enter>", into: &workspace))
        guard let answer = all?.answer(isCancelled: { false }) else {
            Issue.record("nothing was asked")
            return
        }
        var changed = workspace
        type("x", into: &changed)
        _ = handle(answer, &changed)
        #expect(changed.notice?.kind == .error && changed.editor.text.slice(0..<5) == "xword")
        _ = handle(answer, &workspace)
        #expect(workspace.editor.text.slice(0..<20) == "vocable and vocable\n")
        #expect(workspace.editor.text.utf8Count == 2_000_000)
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text == Text(long))
    }

    @Test func readOnlyFilesAreSearchedButNotReplacedIn() {
        var workspace = workspace(before: "|a b")
        workspace.core.editor.isReadOnly = true
        type("<Ctrl-R>", into: &workspace)
        #expect(workspace.modal == nil && workspace.notice?.kind == .error)
        type("<Ctrl-F>b<Enter>", into: &workspace)
        #expect(marked(workspace) == "a #[b]#")
    }
}
