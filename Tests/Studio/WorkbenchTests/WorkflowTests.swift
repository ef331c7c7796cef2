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
        #expect(effects.names == ["wait outline", "wait research", "wait undoStep", "wait journal"])
        let research = handle(.due(.research), &workspace)
        #expect(research.names == ["research"])
        #expect(handle(.due(.journal), &workspace).names == ["journal"])
        #expect(handle(.due(.outline), &workspace).names == ["outline"])
    }

    @Test func theSameParagraphIsAskedAboutOnce() {
        var workspace = makeWorkspace("A paragraph about vectors and their meaning.")
        _ = handle(.due(.research), &workspace)
        type("<Right>", into: &workspace)
        #expect(handle(.due(.research), &workspace).isEmpty)
    }

    @Test func lateAnswersAreDropped() {
        var workspace = makeWorkspace("A paragraph.")
        guard case .research(let old, _)? = workspace.requestResearch(force: true).first else {
            Issue.record("no question was asked")
            return
        }
        giveHits([makeHit(1)], &workspace)
        _ = handle(.hits(old, .success([makeHit(2)])), &workspace)
        #expect(workspace.research.hits.map(\.passage.title) == ["Note 1"])
    }

    @Test func betterSentencesReplaceTheFirstOnes() {
        var workspace = makeWorkspace("A paragraph.")
        guard case .research(let ticket, _)? = workspace.requestResearch(force: true).first else {
            Issue.record("no question was asked")
            return
        }
        _ = handle(.hits(ticket, .success([makeHit(1), makeHit(2)])), &workspace)
        workspace.research.selected = 1
        _ = handle(.sentences(ticket, ["One.", "Two."]), &workspace)
        #expect(workspace.research.hits.map(\.sentence) == ["One.", "Two."] && workspace.research.selected == 1)
        _ = handle(.sentences(ticket, ["Of another answer."]), &workspace)
        _ = workspace.requestResearch(force: true)
        _ = handle(.sentences(ticket, ["Late.", "Late."]), &workspace)
        #expect(workspace.research.hits.map(\.sentence) == ["One.", "Two."])
    }

    @Test func ownArticleIsLeftOutOfTheQuestion() {
        var workspace = makeWorkspace("A paragraph.")
        guard case .research(_, let query)? = workspace.requestResearch(force: true).first else {
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
        guard case .open(let path, let line)? = type("<F3>o", into: &workspace).first else {
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
        guard case .save(let path, _, let version, _, _, _)? = type("s", into: &workspace).last else {
            Issue.record("nothing was saved")
            return
        }
        let stamp = FileStamp(size: 5, modifiedNanoseconds: 1, inode: 1)
        let effects = handle(.saved(path: path, version: version, .success(stamp)), &workspace)
        #expect(effects.names.contains("quit"))
        #expect(!workspace.hasUnsavedChanges)
    }

    @Test func aFailedSaveKeepsTheStudioOpenAndTheTextModified() {
        var workspace = makeWorkspace("text")
        type("x", into: &workspace)
        type("<Ctrl-Q>s", into: &workspace)
        let failure = SaveFailure.failed(Failure(message: "The disk is full."))
        let effects = handle(.saved(path: "/project/article.md", version: 1, .failure(failure)), &workspace)
        #expect(!effects.names.contains("quit"))
        #expect(workspace.hasUnsavedChanges)
        #expect(workspace.notice?.text == "The disk is full.")
    }

    @Test func unsavedTextOfAnEarlierRunIsOfferedAndRecoveredAsOneStep() {
        var workspace = makeWorkspace("on disk")
        workspace.offerRecovery(
            of: OpenedFile(
                editor: workspace.editor, journal: RecoveredText(id: "j", text: "on disk and more", file: "on disk")))
        type("r", into: &workspace)
        #expect(workspace.editor.text.string == "on disk and more")
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == "on disk")
    }
}
