import Screen
import Testing
import TextCore

@testable import Workbench

/// Saving again while a save is under way.
@Suite struct SavingTwiceTests {
    private let stamp = FileStamp(size: 7, modifiedNanoseconds: 1, inode: 1)

    private func save(_ effects: [Effect]) -> (text: Text, version: Int, expecting: FileExpectation)? {
        for case .saving(.save(_, let text, let version, _, let expecting, _)) in effects {
            return (text, version, expecting)
        }
        return nil
    }

    @Test func theSecondSaveWaitsForTheFirstAndKnowsWhatItLeft() throws {
        var workspace = makeWorkspace("text")
        let path = workspace.editor.path
        #expect(save(type("a<Ctrl-S>", into: &workspace))?.text == "atext")
        #expect(save(type("b<Ctrl-S>", into: &workspace)) == nil)
        type("c", into: &workspace)
        let second = try #require(save(handle(.saving(.saved(path: path, version: 1, .success(stamp))), &workspace)))
        #expect(second.text == "abtext" && second.version == 2 && second.expecting == .this(stamp))
        #expect(workspace.notice == nil)
        _ = handle(.saving(.saved(path: path, version: 2, .success(stamp))), &workspace)
        #expect(workspace.notice?.text == "Saved article.md." && workspace.editor.document.isModified)
    }

    @Test func whatWasUndoneWhileItWasSavedIsSavedToo() throws {
        var workspace = makeWorkspace("text")
        let path = workspace.editor.path
        type("a<Ctrl-S><Ctrl-U>", into: &workspace)
        // The journal must not go: the file may hold the one or the other.
        #expect(!handle(.saving(.journalRests), &workspace).names.contains("removeJournal"))
        let second = try #require(save(handle(.saving(.saved(path: path, version: 1, .success(stamp))), &workspace)))
        #expect(second.text == "text")
        #expect(
            handle(.saving(.saved(path: path, version: second.version, .success(stamp))), &workspace).names.contains(
                "removeJournal"))
        #expect(!workspace.editor.document.isModified)
    }

    /// What was typed between a save that was refused and the finding that the file is the known one is saved too.
    @Test func aSaveThatIsTriedAgainTakesTheNewestText() throws {
        var workspace = makeWorkspace("text\n")
        let path = workspace.editor.path
        type("a<Ctrl-S>b", into: &workspace)
        let effects = handle(.saving(.saved(path: path, version: 1, .failure(.changedOnDisk))), &workspace)
        guard case .saving(.examine(let look))? = effects.first else { return #expect(Bool(false), "nothing is read") }
        let again = try #require(save(findFile("text\n", look, &workspace)))
        #expect(again.text == "abtext\n")
    }

    @Test func aSaveThatFailsIsToldThoughItsArticleIsClosed() {
        var workspace = makeWorkspace("text\n")
        let path = workspace.editor.path
        workspace.core.show(Editor(path: "/project/b.md", displayName: "b.md", libraryPath: "b.md", text: "b\n"))
        type("<Alt-n>a<Ctrl-S><Ctrl-U><Ctrl-W>", into: &workspace)
        #expect(workspace.editor.path == "/project/b.md" && workspace.editors.count == 1)
        let failure = SaveFailure.failed(Failure(message: "The disk is full."))
        _ = handle(.saving(.saved(path: path, version: 1, .failure(failure))), &workspace)
        #expect(workspace.notice?.text == "The disk is full.")
    }
}

/// What the parts of the studio hear of each other, in their order.
@Suite struct AnnouncementTests {
    /// Keys that waited for a paste are journalled behind it, change by change.
    @Test func whatWaitsForAPasteIsJournalledInItsOrder() throws {
        var workspace = makeWorkspace("start\n")
        workspace.configure { $0.readsClipboard = true }
        type("<Ctrl-V>ab<Backspace>", into: &workspace)
        let ticket = try #require(workspace.pasting?.ticket)
        _ = handle(.input(.clipboard(ticket, "pasted ")), &workspace)
        for case .saving(.journal(_, let part)) in handle(.saving(.journalRests), &workspace) {
            var text = part.base
            for change in part.changes { try change.apply(to: &text) }
            #expect(text == workspace.editor.text && text.string == "pasted astart\n")
            return
        }
        Issue.record("nothing is journalled")
    }

    /// The kept history ends with the text that the article begins with, so it is asked for before the first key.
    @Test func theHistoryOfEarlierSessionsIsAskedForAtOnce() {
        let editor = Editor(path: "/project/a.md", displayName: "a.md", libraryPath: "a.md", text: "text\n")
        var workspace = Workspace(
            environment: makeWorkspace("").environment, launch: LaunchState(first: OpenedFile(editor: editor)),
            width: 80, height: 24)
        let asked = start(&workspace).contains {
            if case .articles(.recallUndo("/project/a.md", "text\n")) = $0 { true } else { false }
        }
        #expect(asked)
    }

    @Test func turningTheSpellingOnLooksAtThePage() {
        var workspace = makeWorkspace("The wrod.\n")
        workspace.core.view.checksSpelling = false
        count(Array("The wrod.\n".utf8), &workspace)
        let names = type("<Ctrl-P>check the spelling<Enter>", into: &workspace).names
        #expect(workspace.view.checksSpelling && names.contains("wait spelling"))
    }
}
