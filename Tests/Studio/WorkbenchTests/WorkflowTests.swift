import Assistant
import Retrieval
import Screen
import Testing
import TextCore

@testable import Workbench

/// The walks of a writer through the pure core: what is asked of the world, and what its answers do.
@Suite struct WorkflowTests {
    @Test func typingAsksForJournalOutlineAndResearchAfterPauses() {
        var workspace = makeWorkspace("# Title\n\nText")
        let effects = type("x", into: &workspace)
        #expect(effects.names == ["wait undoStep", "wait outline", "wait research", "wait journal"])
        let research = handle(.research(.caretRests), &workspace)
        #expect(research.names == ["research"])
        #expect(handle(.saving(.journalRests), &workspace).names == ["journal"])
        #expect(handle(.outline(.textRests), &workspace).names == ["outline"])
    }

    @Test func theSameParagraphIsAskedAboutOnce() {
        var workspace = makeWorkspace("A paragraph about vectors and their meaning.")
        _ = handle(.research(.caretRests), &workspace)
        type("<Right>", into: &workspace)
        #expect(handle(.research(.caretRests), &workspace).isEmpty)
    }

    @Test func lateAnswersAreDropped() {
        var workspace = makeWorkspace("A paragraph.")
        guard case .research(.search(let old, _))? = handle(.research(.follow), &workspace).first else {
            Issue.record("no question was asked")
            return
        }
        giveHits([makeHit(1)], &workspace)
        _ = handle(.research(.hits(old, .success([makeHit(2)]))), &workspace)
        #expect(workspace.research.hits.map(\.passage.title) == ["Note 1"])
    }

    @Test func betterSentencesReplaceTheFirstOnes() {
        var workspace = makeWorkspace("A paragraph.")
        guard case .research(.search(let ticket, _))? = handle(.research(.follow), &workspace).first else {
            Issue.record("no question was asked")
            return
        }
        _ = handle(.research(.hits(ticket, .success([makeHit(1), makeHit(2)]))), &workspace)
        _ = handle(.research(.move(by: 1)), &workspace)
        _ = handle(.research(.sentences(ticket, ["One.", "Two."])), &workspace)
        #expect(workspace.research.hits.map(\.sentence) == ["One.", "Two."] && workspace.research.selected == 1)
        _ = handle(.research(.sentences(ticket, ["Of another answer."])), &workspace)
        _ = handle(.research(.follow), &workspace)
        _ = handle(.research(.sentences(ticket, ["Late.", "Late."])), &workspace)
        #expect(workspace.research.hits.map(\.sentence) == ["One.", "Two."])
    }

    @Test func ownArticleIsLeftOutOfTheQuestion() {
        var workspace = makeWorkspace("A paragraph.")
        guard case .research(.search(_, let query))? = handle(.research(.follow), &workspace).first else {
            Issue.record("no question was asked")
            return
        }
        #expect(query.excludingPath == "article.md")
        #expect(query.article?.string == "A paragraph.")
    }

    @Test func citingIsOneEditThatUndoTakesBack() {
        var workspace = workspace(before: "# T\n\nA claim|.\n")
        let before = workspace.editor.text.string
        giveHits([makeHit(1)], &workspace)
        type("<F3>c", into: &workspace)
        let after = workspace.editor.text.string
        #expect(after.contains("> Vectors of like words point the same way."))
        #expect(after.contains("notes/note-1.md"))
        #expect(workspace.focus == .editor)
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == before)
    }

    @Test func openAsksForTheNoteAtItsLine() {
        var workspace = makeWorkspace("A claim.")
        giveHits([makeHit(1)], &workspace)
        guard case .saving(.open(let path, let line))? = type("<F3>o", into: &workspace).first else {
            Issue.record("nothing was opened")
            return
        }
        #expect(path == "/project/notes/note-1.md" && line == 7)
    }

    @Test func quittingWithUnsavedTextAsksFirst() {
        var workspace = makeWorkspace("text")
        type("x", into: &workspace)
        #expect(!type("<Ctrl-Q>", into: &workspace).names.contains("quit"))
        #expect(type("<Esc>", into: &workspace).isEmpty)
        #expect(workspace.modal == nil)
        type("<Ctrl-Q>", into: &workspace)
        #expect(type("d", into: &workspace).names.contains("quit"))
    }

    @Test func saveAndQuitQuitsOnlyOnceSaved() {
        var workspace = makeWorkspace("text")
        type("x", into: &workspace)
        type("<Ctrl-Q>", into: &workspace)
        guard case .saving(.save(let path, _, let version, _, _, _))? = type("s", into: &workspace).last else {
            Issue.record("nothing was saved")
            return
        }
        let stamp = FileStamp(size: 5, modifiedNanoseconds: 1, inode: 1)
        let effects = handle(.saving(.saved(path: path, version: version, .success(stamp))), &workspace)
        #expect(effects.names.contains("quit"))
        #expect(!workspace.hasUnsavedChanges)
    }

    @Test func aFailedSaveKeepsTheStudioOpenAndTheTextModified() {
        var workspace = makeWorkspace("text")
        type("x", into: &workspace)
        type("<Ctrl-Q>s", into: &workspace)
        let failure = SaveFailure.failed(Failure(message: "The disk is full."))
        let effects = handle(.saving(.saved(path: "/project/article.md", version: 1, .failure(failure))), &workspace)
        #expect(!effects.names.contains("quit"))
        #expect(workspace.hasUnsavedChanges)
        #expect(workspace.notice?.text == "The disk is full.")
    }

    @Test func unsavedTextOfAnEarlierRunIsOfferedAndRecoveredAsOneStep() {
        var workspace = makeWorkspace("on disk")
        let recovered = RecoveredText(id: "j", text: "on disk and more", file: "on disk")
        _ = handle(.saving(.welcome(OpenedFile(editor: workspace.editor, journal: recovered))), &workspace)
        type("r", into: &workspace)
        #expect(workspace.editor.text.string == "on disk and more")
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == "on disk")
    }
}
