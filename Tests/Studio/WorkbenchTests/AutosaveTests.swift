import Screen
import Testing
import TextCore

@testable import Workbench

/// Saves that nobody asked for, where the settings want them.
@Suite struct AutosaveTests {
    private let stamp = FileStamp(size: 7, modifiedNanoseconds: 1, inode: 1)
    private let path = "/project/article.md"

    private func workspace(seconds: Int? = 30) -> Workspace {
        var workspace = makeWorkspace("text")
        workspace.configure { $0.autosave = seconds }
        return workspace
    }

    private func save(_ effects: [Effect]) -> (path: String, version: Int, expecting: FileExpectation, isAsked: Bool)? {
        for case .saving(.save(let path, _, let version, _, let expecting, let isAsked)) in effects {
            return (path, version, expecting, isAsked)
        }
        return nil
    }

    @Test func isOffUntilItIsWanted() {
        var workspace = workspace(seconds: nil)
        #expect(!type("x", into: &workspace).names.contains("wait autosave"))
        #expect(handle(.saving(.typingRests), &workspace).isEmpty && handle(.terminal(.focusOut), &workspace).isEmpty)
    }

    @Test func savesWhenTypingRestsAndSaysNothing() throws {
        var workspace = workspace()
        for _ in 0..<3 { #expect(type("x", into: &workspace).names.contains("wait autosave")) }
        #expect(!type("<Left>", into: &workspace).names.contains("wait autosave"))
        let saved = try #require(save(handle(.saving(.typingRests), &workspace)))
        // There was no file: there must be none still.
        #expect(saved.path == path && saved.version == 3 && !saved.isAsked && saved.expecting == .nothing)
        #expect(
            handle(.saving(.saved(path: path, version: 3, .success(stamp))), &workspace).names.contains("removeJournal")
        )
        #expect(workspace.notice == nil && !workspace.editor.document.isModified)
        #expect(handle(.saving(.typingRests), &workspace).isEmpty)
        type("y", into: &workspace)
        #expect(try #require(save(handle(.saving(.typingRests), &workspace))).expecting == .this(stamp))
    }

    @Test func savesOnLeavingTheWindowAndTheArticle() {
        var workspace = workspace()
        #expect(handle(.terminal(.focusOut), &workspace).isEmpty)
        type("x", into: &workspace)
        #expect(save(handle(.terminal(.focusOut), &workspace))?.version == 1)
        _ = handle(.saving(.saved(path: path, version: 1, .success(stamp))), &workspace)
        type("y", into: &workspace)
        let other = Editor(path: "/project/b.md", displayName: "b.md", libraryPath: "b.md", text: "b")
        let opened = handle(.saving(.opened(.success(OpenedFile(editor: other)), line: nil)), &workspace)
        #expect(save(opened)?.path == path && save(opened)?.version == 2)
        _ = handle(.saving(.saved(path: path, version: 2, .success(stamp))), &workspace)
        // A new article in which nothing was written is no file.
        #expect(save(type("<Alt-n>", into: &workspace)) == nil)
    }

    @Test func anotherProgramsTextIsNeverReplacedAndThatIsSaidOnce() throws {
        var workspace = workspace()
        type("x", into: &workspace)
        #expect(save(handle(.saving(.typingRests), &workspace)) != nil)
        _ = handle(.saving(.saved(path: path, version: 1, .failure(.changedOnDisk))), &workspace)
        #expect(
            workspace.modal == nil
                && workspace.notice?.text.contains("Autosave is off for article.md: another program changed it.")
                    == true
        )
        type("y", into: &workspace)
        #expect(handle(.saving(.typingRests), &workspace).isEmpty && handle(.terminal(.focusOut), &workspace).isEmpty)
        #expect(workspace.hasUnsavedChanges)
        // The writer is asked, and from then on it goes on by itself.
        #expect(save(type("<Ctrl-S>", into: &workspace))?.isAsked == true)
        guard
            case .saving(.examine(let look))? = handle(
                .saving(.saved(path: path, version: 2, .failure(.changedOnDisk))), &workspace
            ).first
        else {
            return #expect(Bool(false), "nothing is looked at")
        }
        findFile("another program's", look, &workspace, stamp: 5)
        guard case .confirm = workspace.modal else { return #expect(Bool(false), "nothing is asked") }
        let others = FileStamp(size: "another program's".utf8.count, modifiedNanoseconds: 5, inode: 1)
        #expect(try #require(save(type("k", into: &workspace))).expecting == .this(others))
        _ = handle(.saving(.saved(path: path, version: 2, .success(stamp))), &workspace)
        type("z", into: &workspace)
        #expect(save(handle(.saving(.typingRests), &workspace))?.expecting == .this(stamp))
    }

    @Test func aFailureIsSaidOnce() {
        var workspace = workspace()
        type("x", into: &workspace)
        _ = handle(.saving(.typingRests), &workspace)
        _ = handle(
            .saving(.saved(path: path, version: 1, .failure(.failed(Failure(message: "The disk is full."))))),
            &workspace)
        #expect(workspace.notice?.text.hasPrefix("The disk is full. Autosave is off for article.md until") == true)
        #expect(handle(.saving(.typingRests), &workspace).isEmpty)
    }

    @Test func whatIsAskedForMeanwhileIsSaidAndAsked() {
        var workspace = workspace()
        type("x", into: &workspace)
        _ = handle(.saving(.typingRests), &workspace)
        #expect(save(type("<Ctrl-S>", into: &workspace)) == nil)
        #expect(save(handle(.saving(.saved(path: path, version: 1, .success(stamp))), &workspace))?.isAsked == true)
        _ = handle(.saving(.saved(path: path, version: 1, .success(stamp))), &workspace)
        #expect(workspace.notice?.text == "Saved article.md.")
        // A save under way is waited for.
        type("y<Ctrl-S>z", into: &workspace)
        #expect(handle(.saving(.typingRests), &workspace).names == ["wait autosave"])
    }

    @Test func whoIsAskedWhetherToDiscardFindsItOpen() {
        var workspace = workspace()
        type("x<Ctrl-Q>", into: &workspace)
        #expect(handle(.saving(.typingRests), &workspace).names == ["wait autosave"])
        #expect(save(handle(.terminal(.focusOut), &workspace)) == nil)
        workspace.core.editor.isReadOnly = true
        type("<Esc>", into: &workspace)
        #expect(handle(.saving(.typingRests), &workspace).isEmpty)
    }
}
