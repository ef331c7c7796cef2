import Screen
import Testing
import TextCore

@testable import Workbench

@Suite struct VersionListTests {
    private func workspace() -> Workspace {
        var workspace = makeWorkspace("# One\n\nnew words\n", width: 80, height: 24)
        type("<Alt-V>", into: &workspace)
        let rows = [
            VersionRow(
                number: 1, id: "aa", time: "2026-11-24 14:05:12", words: 1_830, change: 12, sections: ["One", "+词向量"]),
            VersionRow(number: 2, id: "bb", time: "2026-11-23 09:00:00", words: 1_818, change: nil, sections: []),
        ]
        _ = handle(.versions(.listed(path: "/project/article.md", .success(rows))), &workspace)
        return workspace
    }

    @Test func theListSaysWhenHowLongAndWhatChanged() {
        let screen = render(workspace()).snapshot()
        #expect(screen.contains("› 2026-11-24 14:05:12     1830 words     +12  One, +词向量"))
    }

    @Test func aVersionIsComparedAndBroughtBackInOneStep() {
        var workspace = workspace()
        guard
            case .versions(.compare("/project/article.md", "bb", _, _))? = type("<Down><Enter>", into: &workspace).first
        else {
            return #expect(Bool(false), "nothing is compared")
        }
        _ = handle(
            .versions(
                .compared(
                    path: "/project/article.md", id: "bb",
                    .success(TextDiff.between("# One\n\nold words\n", "# One\n\nnew words\n")))), &workspace)
        #expect(render(workspace).snapshot().contains("[-old-]new words"))
        guard case .versions(.fetch("/project/article.md", "bb", .utf8))? = type("r", into: &workspace).first else {
            return #expect(Bool(false), "nothing is fetched")
        }
        _ = handle(
            .versions(.fetched(path: "/project/article.md", id: "bb", .success("# One\n\nold words\n"))), &workspace)
        #expect(workspace.editor.text.string == "# One\n\nold words\n" && workspace.modal == nil)
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == "# One\n\nnew words\n")
    }

    @Test func whatCannotBeReadIsSaidAndChangesNothing() {
        var workspace = workspace()
        type("r", into: &workspace)
        _ = handle(
            .versions(
                .fetched(path: "/project/article.md", id: "aa", .failure(Failure(message: "Version 1 is damaged.")))),
            &workspace)
        #expect(
            workspace.notice?.text == "Version 1 is damaged." && workspace.editor.text.string.hasSuffix("new words\n"))
    }

    @Test func longUnchangedStretchesAreCutDown() {
        let same = String(repeating: "word ", count: 400)
        let shown = TextDiff.between(same + "\n\nold end.\n\n" + same, same + "\n\nnew end.\n\n" + same).abridged
        #expect(shown.map(\.text).joined().count < 1_200)
        #expect(shown.contains { $0.kind == .removed } && shown.contains { $0.kind == .added })
        #expect(shown.filter { $0.kind != .same }.map(\.text).joined().contains("old"))
    }
}
