import Retrieval
import Screen
import TextCore
import Testing

@testable import Workbench

/// What the studio makes of a library that changes by itself.
@Suite struct IndexingTests {
    private func summary(passages: Int, embedded: Int = 0, problems: [String] = []) -> Event {
        let summary = IndexSummary(notes: 3, passages: passages, embedded: embedded, problems: problems)
        return .research(.indexed(.success(summary), isAsked: false))
    }

    private func status(_ workspace: Workspace) -> String {
        let lines = render(workspace).snapshot().split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropLast().last.map(String.init) ?? ""
    }

    private func command(_ name: String, _ workspace: inout Workspace) -> [Effect] {
        workspace.run(CommandTable.all.first { $0.name == name }!)
    }

    @Test func progressAndWhatIsLeftAreInTheStatusLine() {
        var workspace = makeWorkspace("# Title\n\nText.\n", width: 160)
        _ = handle(.research(.indexing(IndexProgress(phase: .embedding, done: 640, total: 9_000))), &workspace)
        #expect(status(workspace).contains("indexing 640/9000 "))
        _ = handle(
            .research(.indexing(IndexProgress(phase: .embedding, done: 960, total: 9_000, secondsRemaining: 150))),
            &workspace)
        #expect(status(workspace).contains("indexing 960/9000, about 3 min left"))
        _ = handle(summary(passages: 40), &workspace)
        #expect(status(workspace).contains("40 indexed") && !status(workspace).contains("indexing"))
        // A save isn't worth a flicker.
        _ = handle(.research(.indexing(IndexProgress(phase: .scanning, done: 0, total: 0))), &workspace)
        _ = handle(.research(.indexing(IndexProgress(phase: .embedding, done: 1, total: 2))), &workspace)
        #expect(!status(workspace).contains("indexing"))
        _ = handle(.research(.indexing(IndexProgress(phase: .waiting, done: 0, total: 0, writer: 12))), &workspace)
        #expect(status(workspace).contains("another Longhand indexes"))
    }

    @Test func indexingPausesAndGoesOn() {
        var workspace = makeWorkspace("Text.\n", width: 160)
        #expect(command("pause-indexing", &workspace).names == ["pauseIndexing"])
        _ = handle(.research(.indexingPaused), &workspace)
        #expect(status(workspace).contains("indexing paused"))
        #expect(command("pause-indexing", &workspace).names == ["resumeIndexing"])
        _ = handle(summary(passages: 9), &workspace)
        #expect(!status(workspace).contains("paused"))
        // To ask for indexing is to go on.
        _ = command("pause-indexing", &workspace)
        #expect(command("index", &workspace).names == ["resumeIndexing", "index"])
    }

    @Test func researchFollowsTheLibraryButNotUnderTheWritersEyes() {
        var workspace = makeWorkspace("# Title\n\nText to look for.\n")
        #expect(handle(summary(passages: 10), &workspace).names == ["research"])
        workspace.focus = .research
        // There's nothing to look at yet.
        #expect(handle(summary(passages: 10), &workspace).names == ["research"])
        giveHits([makeHit(1)], &workspace)
        #expect(handle(summary(passages: 11), &workspace).names.isEmpty)
        #expect(workspace.research.library.passages == 11)
        workspace.focus = .editor
        #expect(handle(.research(.libraryRemark("x")), &workspace).names == ["research"])
        #expect(handle(.research(.libraryRemark("x")), &workspace).names.isEmpty)
    }

    @Test func aProblemIsSaidOnce() {
        var workspace = makeWorkspace("Text.\n")
        _ = handle(summary(passages: 9, problems: ["a.md: is not UTF-8"]), &workspace)
        #expect(workspace.notice?.text == "a.md: is not UTF-8")
        workspace.notice = nil
        _ = handle(summary(passages: 9, embedded: 1, problems: ["a.md: is not UTF-8"]), &workspace)
        #expect(workspace.notice == nil)
        _ = handle(summary(passages: 9, problems: ["a.md: is not UTF-8", "b.md: is binary"]), &workspace)
        #expect(workspace.notice != nil)
    }

    private func lone(_ refusal: AutomaticIndexing.Refusal) -> (Workspace, [Effect]) {
        var workspace = makeWorkspace("# Title\n\nText to look for.\n", width: 160)
        var environment = workspace.environment
        environment.automaticIndexing = .refused(refusal)
        workspace = Workspace(environment: environment, editor: workspace.editor, width: 160, height: 40)
        let effects = Workbench.start(&workspace)
        return (workspace, effects)
    }

    @Test(arguments: [AutomaticIndexing.Refusal.loneArticle, .sharedFolder, .large])
    func aFolderThatIsNoProjectIsLeftAlone(_ refusal: AutomaticIndexing.Refusal) {
        var (workspace, effects) = lone(refusal)
        #expect(!effects.names.contains("index"))
        answerOutline(effects, &workspace)
        let research = handle(.research(.follow), &workspace)
        #expect(research.isEmpty)
        #expect(render(workspace).snapshot().contains("Alt-i"))
        #expect(status(workspace).contains("notes not read"))
        let paused = command("pause-indexing", &workspace)
        #expect(paused.isEmpty && workspace.notice?.text.contains("Alt-i") == true)
        let asked = command("index", &workspace)
        guard case .research(.index(isAsked: true))? = asked.last else {
            return #expect(Bool(false), "nothing is indexed")
        }
        #expect(handle(summary(passages: 3), &workspace).names.contains("research"))
    }

    @Test func aFolderMayProveTooLarge() {
        var workspace = makeWorkspace("Text to look for.\n", width: 160)
        _ = handle(.research(.indexingWithheld(.large)), &workspace)
        let research = handle(.research(.follow), &workspace)
        #expect(research.isEmpty && status(workspace).contains("notes not read"))
    }

    @Test func aProjectIsIndexedUnasked() {
        var workspace = makeWorkspace("Text.\n")
        guard case .research(.index(isAsked: false))? = Workbench.start(&workspace).last else {
            return #expect(Bool(false), "nothing is indexed")
        }
    }
}
