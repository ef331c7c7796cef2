import Assistant
import Screen
import Testing
import TextCore

@testable import Workbench

/// The scratch shelf: what is cut to it, how it is found again, and where it is put back.
@Suite struct ShelfTests {
    private func kept(_ effects: [Effect]) -> ShelfPiece? {
        for case .shelf(.keep(let piece)) in effects { return piece }
        return nil
    }

    private func removed(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .shelf(.remove(let id)) = $0 { id } else { nil } }
    }

    /// Shows the list, as the service would answer.
    private func show(_ pieces: [ShelfPiece], _ workspace: inout Workspace) {
        #expect(type("<Alt-s>", into: &workspace).contains { if case .shelf(.list) = $0 { true } else { false } })
        let items = pieces.enumerated().map {
            ShelfItem(id: "\($0.offset).json", date: "2026-03-0\($0.offset + 1) 10:00", piece: $0.element)
        }
        _ = handle(.shelf(.listed(items, problem: nil)), &workspace)
    }

    private func makeOther(_ before: String) -> Workspace { workspace(before: before) }

    // MARK: To the shelf

    @Test(arguments: [
        // A paragraph with the gap behind it; the last one with that before it.
        ("One.\n\nTwo| words.\n\nThree.\n", "Two words.", "One.\n\n|Three.\n"),
        ("One.\n\nTwo|.\n", "Two.", "One.\n|"),
        ("One|.", "One.", "|"),
        ("- a\n- b|\n\nText\n", "- a\n- b", "|Text\n"),
    ])
    func theParagraphIsCut(before: String, piece: String, after: String) {
        var workspace = workspace(before: before)
        let effects = type("<Alt-z>", into: &workspace)
        #expect(kept(effects)?.text == piece && kept(effects)?.article == "article.md")
        #expect(marked(workspace) == after)
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == before.replacing("|", with: ""))
    }

    @Test func aSelectionIsCutAsItIs() {
        var workspace = workspace(before: "one |two three")
        let effects = type("<Shift-Right><Shift-Right><Shift-Right><Alt-z>", into: &workspace)
        #expect(kept(effects)?.text == "two" && marked(workspace) == "one | three")
    }

    @Test func nothingIsNotKept() {
        var workspace = workspace(before: "one\n\n|\n\ntwo")
        #expect(kept(type("<Alt-z>", into: &workspace)) == nil && workspace.notice != nil)
        workspace.core.editor.isReadOnly = true
        workspace.withEditor { $0.select(Selection(0)) }
        #expect(kept(type("<Alt-z>", into: &workspace)) == nil && workspace.editor.text.string == "one\n\n\n\ntwo")
    }

    @Test func aSectionGoesThereFromTheOutlineWithAllBelowIt() {
        var workspace = makeWorkspace("# One\n\nA.\n\n## Two\n\nB.\n\n### Three\n\nC.\n\n## Four\n\nD.\n")
        type("<F2><Down>", into: &workspace)
        let effects = type("x", into: &workspace)
        #expect(kept(effects)?.text == "## Two\n\nB.\n\n### Three\n\nC.")
        #expect(workspace.editor.text.string == "# One\n\nA.\n\n## Four\n\nD.\n" && workspace.focus == .outline)
        type("<Esc><Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string.contains("## Two"))
    }

    @Test func whatCannotBeKeptIsSaidWithTheCure() {
        var workspace = workspace(before: "One|.\n\nTwo.\n")
        type("<Alt-z>", into: &workspace)
        _ = handle(.shelf(.notKept(Failure(message: "The disk is full."))), &workspace)
        #expect(workspace.notice?.text == "The disk is full. It isn't on the shelf: Ctrl-U brings it back.")
        #expect(workspace.notice?.kind == .error)
    }

    // MARK: From the shelf

    @Test func theListIsSearchedAndShowsDateAndFirstLine() {
        var workspace = makeWorkspace("text", width: 80, height: 24)
        show([ShelfPiece(text: "## About cats\n\nThey purr."), ShelfPiece(text: "狗会叫")], &workspace)
        var screen = render(workspace).snapshot()
        #expect(screen.contains("2026-03-01 10:00  About cats") && screen.contains("2026-03-02 10:00  狗会叫"))
        #expect(screen.contains("They purr."))
        type("purr ABOUT", into: &workspace)
        screen = render(workspace).snapshot()
        #expect(screen.contains("About cats") && !screen.contains("狗会叫"))
        type("x", into: &workspace)
        #expect(render(workspace).snapshot().contains("Nothing on the shelf has that in it."))
        type("<Esc>", into: &workspace)
        #expect(workspace.modal == nil && workspace.editor.text.string == "text")
        show([], &workspace)
        #expect(render(workspace).snapshot().contains("Alt-z cuts the selection"))
    }

    @Test(arguments: [
        ("a| b", "two", "atwo| b"),
        ("One| more.\n\nEnd.\n", "A.\n\nB.", "One more.\n\nA.\n\nB.|\n\nEnd.\n"),
        ("One.\n\n|## Two\n", "A.\n\nB.", "One.\n\nA.\n\nB.\n\n|## Two\n"),
        ("One.\n|\nTwo.\n", "A.\n\nB.", "One.\n\nA.\n\nB.\n\n|Two.\n"),
        ("|", "## A\n\nB.", "## A\n\nB.\n|"),
        ("One|", "A.\n\nB.", "One\n\nA.\n\nB.\n|"),
    ])
    func aPieceIsPutBackAtTheCaret(before: String, piece: String, after: String) {
        var workspace = workspace(before: before)
        show([ShelfPiece(text: piece)], &workspace)
        let effects = type("<Enter>", into: &workspace)
        #expect(workspace.editor.text.string == after.replacing("|", with: ""))
        // The article's journal has it before it leaves the shelf.
        let names = effects.names
        #expect(names.firstIndex(of: "journal") ?? 99 < names.firstIndex(of: "shelf") ?? -1)
        #expect(removed(effects) == ["0.json"])
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == before.replacing("|", with: ""))
    }

    @Test func aCopyStaysAndARefusedOneToo() {
        var workspace = workspace(before: "a|")
        show([ShelfPiece(text: "b")], &workspace)
        #expect(removed(type("<Alt-Enter>", into: &workspace)).isEmpty && workspace.editor.text.string == "ab")
        workspace.core.editor.isReadOnly = true
        show([ShelfPiece(text: "b")], &workspace)
        #expect(removed(type("<Enter>", into: &workspace)).isEmpty && workspace.editor.text.string == "ab")
    }

    @Test func footnotesGoAlong() throws {
        var workspace = workspace(before: "One.\n\nA claim|.[^1]\n\n[^1]: The source.\n")
        let piece = try #require(kept(type("<Alt-z>", into: &workspace)))
        #expect(piece.footnotes == "[^1]: The source.")
        var other = makeOther("Other|.\n\nMore.[^1]\n\n[^1]: Another.\n")
        show([piece], &other)
        type("<Enter>", into: &other)
        #expect(
            other.editor.text.string.contains("A claim.[^2]") && other.editor.text.string.contains("[^2]: The source."))
    }

    @Test func discardingAsksFirst() {
        var workspace = makeWorkspace("text")
        show([ShelfPiece(text: "gone soon")], &workspace)
        #expect(removed(type("<Delete>", into: &workspace)).isEmpty)
        guard case .confirm(let question) = workspace.modal else { return #expect(Bool(false), "not asked") }
        #expect(question.question == "“gone soon” will be gone for good.")
        #expect(removed(type("y", into: &workspace)) == ["0.json"])
    }

    @Test func controlCharactersDoNotComeBack() {
        var workspace = workspace(before: "|")
        show([ShelfPiece(text: "a\u{1B}[31mb")], &workspace)
        #expect(!render(workspace).snapshot().contains("\u{1B}"))
        type("<Enter>", into: &workspace)
        #expect(!workspace.editor.text.string.contains("\u{1B}"))
    }

    /// What is on the shelf is in no request.
    @Test func nothingOfItIsSent() throws {
        let ready = ProviderState.ready(destination: "127.0.0.1:9", defaults: RequestDefaults(model: "m"))
        var workspace = makeWorkspace("# One\n\nSECRET words.\n\nOther.\n", provider: ready)
        workspace.withEditor { $0.select(Selection(10)) }
        type("<Alt-z>", into: &workspace)
        pin([makePassage(1)], &workspace)
        type("<Alt-d><Enter>", into: &workspace)
        let request = try #require(workspace.assistant.request)
        #expect(!request.messages.map(\.content).joined().contains("SECRET"))
    }
}
