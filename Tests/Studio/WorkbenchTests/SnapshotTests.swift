import Assistant
import Foundation
import Manuscript
import Retrieval
import Screen
import Testing
import TextCore

@testable import Workbench

/// Whole screens, compared cell by cell with the text recorded under Snapshots/.
///
/// After a change that is meant, record them anew with `LONGHAND_RECORD=1 swift test --filter
/// SnapshotTests` and read the difference.
@Suite struct SnapshotTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")

    private static let article = """
        ---
        title: How meaning becomes vectors
        ---

        # How meaning becomes vectors

        Words that keep the same company end up close together, and *nearness* is a
        number. 向量之间的夹角越小，意思就越相近；这是余弦相似度要说的事情，而不是点与点之间的距离。

        ## Looking for the nearest

        - exact search reads **everything**, which is slower than it sounds and faster than one fears
        - a graph asks its way, `ef` candidates at a time

        > A quotation that is long enough to be wrapped, with its second row set in under the first.[^1]

        ## What is still to be written

        [^1]: A note, *Part* — `notes/a.md:3`

        """

    /// Everything the writer can have on at once, and a wide character where a row ends.
    private static func withEverything(_ workspace: inout Workspace) {
        workspace.core.view = ViewOptions(
            typewriter: true, focus: .paragraph, lineNumbers: true, textWidth: 76, checksSpelling: true)
        workspace.configure {
            $0.hasColour = false
            $0.sessionTarget = 500
        }
        withHits(&workspace)
        var bytes = Array(workspace.editor.text.string.utf8)
        bytes.replace(Array("title:".utf8), with: Array("target: 2000\ntitle:".utf8), maxReplacements: 1)
        count(bytes, &workspace)
        for case .spelling(.check(let ticket, let words, _)) in handle(.spelling(.pageRests), &workspace) {
            _ = handle(.spelling(.checked(ticket, words: words, misspelt: ["company"])), &workspace)
        }
        type("<Shift-Right><Shift-Right><Shift-Right><Shift-Right><Shift-Right>", into: &workspace)
    }

    private static func withHits(_ workspace: inout Workspace) {
        giveHits(
            [makeHit(1), makeHit(2, similarity: 0.52, text: "意思相近的词，它们的向量方向也相近。"), makeHit(3, similarity: 0.31)],
            &workspace)
    }

    private static let screens: [(name: String, width: Int, height: Int, make: @Sendable (inout Workspace) -> Void)] = [
        ("editor", 120, 40, { _ in }),
        ("editor", 80, 24, { _ in }),
        ("editor", 40, 12, { _ in }),
        ("everything", 40, 12, withEverything), ("everything", 80, 24, withEverything),
        ("everything", 120, 40, withEverything),
        ("everything", 200, 50, withEverything), ("everything", 400, 100, withEverything),
        (
            "theme", 80, 24,
            { workspace in
                _ = handle(.appearance(.themes([.ink, .plain], problem: nil)), &workspace)
                type("<Down>", into: &workspace)
            }
        ),
        ("research", 80, 24, { type("<F3><Down>", into: &$0) }),
        ("preview", 120, 40, { type("<F3><Enter>p", into: &$0) }),
        ("outline", 80, 24, { type("<F2><Down>", into: &$0) }),
        ("palette", 80, 24, { type("<Ctrl-P>pas", into: &$0) }),
        ("help", 80, 24, { type("<F1>", into: &$0) }),
        ("find", 120, 40, { type("<Ctrl-F>graph", into: &$0) }),
        ("quit", 80, 24, { type("x<Ctrl-Q>", into: &$0) }),
        ("recovery", 80, 24, { offerRecovery(&$0) }),
        ("recovery", 40, 12, { offerRecovery(&$0) }),
        ("comparison", 80, 24, { compareRecovered(&$0) }),
        ("comparison", 40, 12, { compareRecovered(&$0) }),
        ("consent", 120, 40, { askForDraft(&$0) }),
        ("consent", 80, 24, { askForDraft(&$0) }),
        (
            "proposal", 120, 40,
            { workspace in
                askForDraft(&workspace)
                guard case .drafting(.send(let ticket, _))? = type("<Enter>", into: &workspace).first else { return }
                _ = handle(
                    .drafting(.text(ticket, "What remains is the **question** of scale.[^2] 还有语言的问题。")), &workspace)
                _ = handle(.drafting(.ended(ticket, .success(nil))), &workspace)
            }
        ),
    ]

    @Test(arguments: screens.indices)
    func screen(_ index: Int) throws {
        let (name, width, height, make) = Self.screens[index]
        let defaults = RequestDefaults(model: "test-model")
        var workspace = makeWorkspace(
            Self.article, width: width, height: height, provider: .ready(destination: "127.0.0.1:9", defaults: defaults)
        )
        workspace.withEditor { $0.select(Selection($0.text.lineStart(6))) }
        Self.withHits(&workspace)
        make(&workspace)
        let grid = render(workspace)
        let cursor = grid.cursor.map { "cursor \($0.x),\($0.y)" } ?? "no cursor"
        let cache = grid.snapshot() + "\n" + cursor + "\n"
        let file = Self.folder.appending(path: "\(name)-\(width)x\(height).txt")
        if ProcessInfo.processInfo.environment["LONGHAND_RECORD"] == "1" {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(cache.utf8).write(to: file)
        }
        let recorded = try String(contentsOf: file, encoding: .utf8)
        #expect(cache == recorded, "\(name) at \(width)x\(height) is now:\n\(cache)")
    }
}

private func askForDraft(_ workspace: inout Workspace) {
    pin([makePassage(1), makePassage(2)], &workspace)
    workspace.withEditor { $0.select(Selection($0.text.string.utf8.count - 45)) }
    type("<Alt-d>Keep it short.<Enter>", into: &workspace)
}

private func offerRecovery(_ workspace: inout Workspace) {
    let file = workspace.editor.text
    var text = file
    text.replace(file.utf8Count..<file.utf8Count, with: "A last sentence, 还没有保存。\n")
    let place = file.lineStart(6)
    text.replace(place..<place + 5, with: "Sentences")
    let recovered = RecoveredText(id: "j", text: text, file: file)
    _ = workspace.update(.saving(.welcome(OpenedFile(editor: workspace.editor, journal: recovered))))
}

private func compareRecovered(_ workspace: inout Workspace) {
    offerRecovery(&workspace)
    guard case .saving(.compareRecovered(let recovered))? = type("c", into: &workspace).first else { return }
    let (file, text) = recovered.surroundings()
    _ = handle(.saving(.recoveryDifference(id: recovered.id, TextDiff.between(file, text))), &workspace)
}
