import Retrieval
import Screen
import TextCore
import Testing

@testable import Workbench

/// What the studio makes of a library that changes by itself.
@Suite struct IndexingTests {
    private func summary(passages: Int, embedded: Int = 0, problems: [String] = []) -> Event {
        .indexed(
            .success(IndexSummary(notes: 3, passages: passages, embedded: embedded, problems: problems)), isAsked: false)
    }

    private func status(_ workspace: Workspace) -> String {
        let lines = render(workspace).snapshot().split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropLast().last.map(String.init) ?? ""
    }

    private func command(_ name: String, _ workspace: inout Workspace) -> [Effect] {
        CommandTable.all.first { $0.name == name }!.run(&workspace)
    }

    @Test func progressAndWhatIsLeftAreInTheStatusLine() {
        var workspace = makeWorkspace("# Title\n\nText.\n", width: 160)
        _ = handle(.indexing(IndexProgress(phase: .embedding, done: 640, total: 9_000)), &workspace)
        #expect(status(workspace).contains("indexing 640/9000 "))
        _ = handle(
            .indexing(IndexProgress(phase: .embedding, done: 960, total: 9_000, secondsRemaining: 150)), &workspace)
        #expect(status(workspace).contains("indexing 960/9000, about 3 min left"))
        _ = handle(summary(passages: 40), &workspace)
        #expect(status(workspace).contains("40 indexed") && !status(workspace).contains("indexing"))
        // A save isn't worth a flicker.
        _ = handle(.indexing(IndexProgress(phase: .scanning, done: 0, total: 0)), &workspace)
        _ = handle(.indexing(IndexProgress(phase: .embedding, done: 1, total: 2)), &workspace)
        #expect(!status(workspace).contains("indexing"))
        _ = handle(.indexing(IndexProgress(phase: .waiting, done: 0, total: 0, writer: 12)), &workspace)
        #expect(status(workspace).contains("another Longhand indexes"))
    }

    @Test func indexingPausesAndGoesOn() {
        var workspace = makeWorkspace("Text.\n", width: 160)
        #expect(command("pause-indexing", &workspace).names == ["pauseIndexing"])
        _ = handle(.indexingPaused, &workspace)
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
        #expect(workspace.library.passages == 11)
        workspace.focus = .editor
        #expect(handle(.libraryRemark("x"), &workspace).names == ["research"])
        #expect(handle(.libraryRemark("x"), &workspace).names.isEmpty)
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
}
