import Screen
import Testing
import TextCore

@testable import Workbench

/// What the journal is given while one writes, and what an earlier run's brings back.
@Suite struct RecoveryTests {
    private func part(_ effects: [Effect]) -> JournalPart? {
        for case .saving(.journal(_, let part)) in effects { return part }
        return nil
    }

    private func replayed(_ part: JournalPart, on text: Text) throws -> Text {
        var text = text
        for changes in part.changes { try changes.apply(to: &text) }
        return text
    }

    @Test func typingThatGoesOnDoesNotPutTheJournalOff() throws {
        var workspace = makeWorkspace("start\n")
        #expect(type("a", into: &workspace).names.contains("wait journal"))
        for _ in 0..<50 { #expect(!type("b", into: &workspace).names.contains("wait journal")) }
        let first = try #require(part(handle(.saving(.journalRests), &workspace)))
        #expect(first.base == "start\n" && first.version == 51 && first.changes.count == 51)
        #expect(try replayed(first, on: first.base) == workspace.editor.text)
        // Nothing new, nothing to write.
        #expect(handle(.saving(.journalRests), &workspace).isEmpty)
        #expect(type("c", into: &workspace).names.contains("wait journal"))
        let second = try #require(part(handle(.saving(.journalRests), &workspace)))
        #expect(second.changes.count == 1 && second.version == 52)
        #expect(try replayed(second, on: first.text) == workspace.editor.text)
    }

    @Test func everyWayOfChangingTheTextComesToTheJournal() throws {
        var workspace = makeWorkspace("- one\n- two\n")
        var text = workspace.editor.text
        let ways = [
            "x", "<Enter>", "<Ctrl-K>", "<Tab>", "<Ctrl-U>", "<Ctrl-Y>", "<Ctrl-A><Ctrl-X>", "<Ctrl-V>", "<Alt-Down>",
            "<Alt-y>", "<Alt-*>",
        ]
        for keys in ways {
            type(keys, into: &workspace)
            if let part = part(handle(.saving(.journalRests), &workspace)) { text = try replayed(part, on: text) }
            // Back at what the file holds the journal goes, and the next one begins there.
            #expect(text == workspace.editor.text || !workspace.editor.document.isModified, "\(keys)")
            text = workspace.editor.text
        }
        _ = handle(.terminal(.paste("pasted\n词")), &workspace)
        #expect(
            try replayed(try #require(part(handle(.saving(.journalRests), &workspace))), on: text)
                == workspace.editor.text)
    }

    @Test func whatIsUndoneToTheFileNeedsNoJournal() {
        var workspace = makeWorkspace("start\n")
        type("abc", into: &workspace)
        _ = handle(.saving(.journalRests), &workspace)
        type("<Ctrl-U>", into: &workspace)
        #expect(handle(.saving(.journalRests), &workspace).names == ["removeJournal"])
        // Quitting at once does the same, before the pause is over.
        type("abc", into: &workspace)
        _ = handle(.saving(.journalRests), &workspace)
        #expect(type("<Ctrl-U><Ctrl-Q>", into: &workspace).names.contains("removeJournal"))
    }

    @Test func aSaveLeavesAJournalOfWhatWasTypedMeanwhile() throws {
        var workspace = makeWorkspace("start\n")
        type("a", into: &workspace)
        let effects = type("<Ctrl-S>", into: &workspace)
        #expect(effects.names == ["journal", "save"])
        type("b", into: &workspace)
        let stamp = FileStamp(size: 7, modifiedNanoseconds: 1, inode: 1)
        let path = workspace.editor.path
        #expect(
            !handle(.saving(.saved(path: path, version: 1, .success(stamp))), &workspace).names.contains(
                "removeJournal"))
        let later = try #require(part(handle(.saving(.journalRests), &workspace)))
        #expect(later.changes.count == 1 && later.version == 2)
        type("<Ctrl-S>", into: &workspace)
        #expect(
            handle(.saving(.saved(path: path, version: 2, .success(stamp))), &workspace).names.contains("removeJournal")
        )
        let journal = workspace.saving.files[path]?.journal
        #expect(journal?.base == workspace.editor.text && journal?.changes.isEmpty == true)
    }

    @Test func leavingWritesOrGivesUp() {
        var workspace = makeWorkspace("start\n")
        type("abc", into: &workspace)
        #expect(handle(.terminate, &workspace).names == ["journal", "articles", "articles", "cancelSend", "quit"])
        #expect(!farewell(workspace).names.contains("journal"))
        type("d<Ctrl-Q>", into: &workspace)
        #expect(type("d", into: &workspace).names == ["removeJournal", "articles", "articles", "cancelSend", "quit"])
        #expect(!farewell(workspace).names.contains("journal"))
        type("e", into: &workspace)
        #expect(type("<Ctrl-Z>", into: &workspace).names == ["journal", "suspend"])
    }

    // MARK: Recovering

    private let recovered = RecoveredText(
        id: "j", text: "# T\n\nAll that was written. 词语。\n\nEnd.\n", file: "# T\n\nAll that was.\n\nEnd.\n")

    private func offered(_ recovered: RecoveredText, _ keymap: Keymap = .standard, width: Int = 80, height: Int = 24)
        -> Workspace
    {
        var workspace = makeWorkspace(recovered.file.string, width: width, height: height)
        workspace.configure { $0.keymap = keymap }
        _ = handle(.saving(.welcome(OpenedFile(editor: workspace.editor, journal: recovered))), &workspace)
        return workspace
    }

    private func isAsked(_ workspace: Workspace) -> Bool {
        if case .confirm = workspace.modal { true } else { false }
    }

    @Test func whatIsOlderThanTheFileIsCalledSo() throws {
        var older = RecoveredText(id: "j", text: "The old text.\n", file: "Saved since.\n", isFileChanged: true)
        older.dates = .init(text: "2026-03-01 12:00:00", file: "2026-03-01 12:01:01", isFileNewer: true)
        var workspace = offered(older)
        guard case .confirm(let question) = workspace.modal else { throw Failure(message: "not asked") }
        #expect(
            question.question.hasSuffix(
                "has unsaved changes from an earlier run; the file was changed since: they are of 2026-03-01 12:00:00, the file of 2026-03-01 12:01:01 is newer."
            ),
            "\(question.question)")
        #expect(question.answers.first?.title == "recover the older text")
        type("c", into: &workspace)
        guard case .comparison(let comparison) = workspace.modal else { throw Failure(message: "not compared") }
        #expect(comparison.title == "From the file, newer, to the unsaved text, older")
        older.dates?.isFileNewer = false
        workspace = offered(older)
        guard case .confirm(let other) = workspace.modal else { throw Failure(message: "not asked") }
        #expect(
            other.question.hasSuffix("they are of 2026-03-01 12:00:00, the file of 2026-03-01 12:01:01.")
                && other.answers.first?.title == "recover")
    }

    @Test(arguments: ["default", "emacs", "vim"])
    func isRecoveredComparedDiscardedOrLeft(keymap name: String) throws {
        let base: Keymap.Base = name == "emacs" ? .emacs : name == "vim" ? .vim : .standard
        let keymap = Keymap(base)
        var workspace = offered(recovered, keymap)
        let effects = type("r", into: &workspace).names
        #expect(
            effects.contains("journal")
                && effects.firstIndex(of: "journal") ?? 9 < effects.firstIndex(of: "recovery") ?? 0)
        #expect(workspace.editor.text == recovered.text && workspace.editor.document.isModified)
        #expect(workspace.notice?.text.hasPrefix("Recovered. \(base == .vim ? "u " : "")") == true)
        _ = workspace.core.replay({ $0.undo() }, redo: false, nothing: "")
        #expect(workspace.editor.text == recovered.file && !workspace.editor.document.isModified)

        workspace = offered(recovered, keymap)
        #expect(type("dy", into: &workspace).names == ["recovery"])
        #expect(workspace.modal == nil && workspace.editor.text == recovered.file)

        workspace = offered(recovered, keymap)
        let cancel = base == .emacs ? "<Ctrl-G>" : "<Esc>"
        #expect(type(cancel, into: &workspace).isEmpty && workspace.modal == nil)
        #expect(workspace.notice?.text.contains("Kept for later") == true)

        workspace = offered(recovered, keymap)
        guard case .saving(.compareRecovered(let asked))? = type("c", into: &workspace).first else {
            return #expect(Bool(false), "nothing is compared")
        }
        let (file, text) = asked.surroundings()
        _ = handle(.saving(.recoveryDifference(id: "another", [DiffPiece(.added, "wrong")])), &workspace)
        _ = handle(.saving(.recoveryDifference(id: "j", TextDiff.between(file, text))), &workspace)
        #expect(render(workspace).snapshot().contains("written") && !render(workspace).snapshot().contains("wrong"))
        // Back to the question, and from the comparison itself.
        type(cancel, into: &workspace)
        #expect(isAsked(workspace))
        type("cr", into: &workspace)
        #expect(workspace.editor.text == recovered.text && workspace.modal == nil)
        workspace = offered(recovered, keymap)
        type("c", into: &workspace)
        type("d", into: &workspace)
        #expect(workspace.modal != nil)
        type(cancel, into: &workspace)
        #expect(isAsked(workspace))
        guard case .saving(.discardRecovered(let id))? = type("dy", into: &workspace).first else {
            return #expect(Bool(false), "nothing is discarded")
        }
        #expect(id == "j")
    }

    @Test(arguments: [(80, 24), (40, 12), (20, 6)])
    func everyAnswerIsInSight(width: Int, height: Int) {
        var workspace = offered(recovered, width: width, height: height)
        func flat() -> String {
            render(workspace).snapshot().split(separator: "\n").map { $0.trimmingPrefix(" ") }.joined(separator: " ")
        }
        for answer in ["unsaved changes", "r recover", "c compare", "d discard", "Esc later"]
        where width > 20 || answer.count < 12 {
            #expect(flat().replacing("  ", with: " ").contains(answer), "\(answer) in\n\(render(workspace).snapshot())")
        }
        type("c", into: &workspace)
        #expect(render(workspace).snapshot().contains("Comparing…"))
        let (file, text) = recovered.surroundings()
        _ = handle(.saving(.recoveryDifference(id: "j", TextDiff.between(file, text))), &workspace)
        type("<Down><Down><PageDown><Up>", into: &workspace)
        if width > 20 { #expect(render(workspace).snapshot().contains("r recover · d discard")) }
    }

    @Test func whatDiffersIsShownWithWhatIsAroundIt() {
        let file = Text((0..<2_000).map { "Line \($0) of a long text.\n" }.joined())
        var text = file
        text.replace(file.lineStart(1_000)..<file.lineStart(1_000), with: "New.\n")
        let around = RecoveredText(id: "j", text: text, file: file).surroundings()
        #expect(
            around.text.utf8.count < 3_000 && around.text.contains("New.\nLine 1000")
                && around.file.contains("Line 999 of a long text.\nLine 1000"))
        #expect(around.text.hasPrefix("Line") && around.file.utf8.count == around.text.utf8.count - 5)
        for (old, new) in [("", "a"), ("a", ""), ("a\nb", "a\nb\nc"), ("x", "y"), ("same", "same")] {
            let (file, text) = RecoveredText(id: "j", text: Text(new), file: Text(old)).surroundings()
            #expect(old == new ? file == text : (file, text) == (old, new))
        }
    }

    /// The answer belongs to the article that was asked about, whichever is on the screen by then.
    @Test func whatIsRecoveredGoesIntoItsOwnArticle() {
        var workspace = offered(recovered)
        guard case .confirm(let question) = workspace.modal else { return #expect(Bool(false), "not asked") }
        let other = Editor(path: "/project/b.md", displayName: "b.md", libraryPath: "b.md", text: "Other.\n")
        workspace.core.show(other)
        for answer in question.answers {
            _ = handle(answer.event, &workspace)
            #expect(workspace.editor.text.string == "Other.\n", "\(answer.title)")
        }
    }

    @Test func whatIsReadOnlyKeepsItsJournal() {
        var workspace = offered(recovered)
        workspace.core.editor.isReadOnly = true
        #expect(type("r", into: &workspace).isEmpty)
        #expect(workspace.editor.text == recovered.file && workspace.notice?.text.contains("kept for later") == true)
    }
}
