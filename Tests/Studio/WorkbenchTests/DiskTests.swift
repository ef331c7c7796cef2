import Manuscript
import Screen
import TestSupport
import Testing
import TextCore

@testable import Workbench

/// Files that other programs touch while they are open.
@Suite struct DiskTests {
    private let path = "/project/article.md"

    /// The workspace hears that its file looks different; returns the look it asks for.
    private func notice(
        _ workspace: inout Workspace, path: String = "/project/article.md", stamp: Int = 7, size: Int = 1
    ) -> FileCheck? {
        let effects = handle(
            .saving(.seen([path: FileStamp(size: size, modifiedNanoseconds: Int64(stamp), inode: 1)])), &workspace)
        for case .saving(.examine(let look)) in effects { return look }
        return nil
    }

    private func question(_ workspace: Workspace) -> Workbench.Confirmation? {
        if case .confirm(let confirmation) = workspace.modal { confirmation } else { nil }
    }

    @Test func withNothingUnsavedTheNewTextIsShownAndTheCaretStaysInItsWord() throws {
        var workspace = workspace(before: "# Title\n\nOne line here.\n\nThe ca|ret is here.\n\nLast.\n")
        let look = try #require(notice(&workspace))
        let effects = findFile(
            "# Another title\n\nOne more line here.\n\nAnd one.\n\nThe caret is here.\n\nLast one.\n", look, &workspace)
        #expect(
            marked(workspace)
                == "# Another title\n\nOne more line here.\n\nAnd one.\n\nThe ca|ret is here.\n\nLast one.\n")
        #expect(!workspace.editor.document.isModified && workspace.editor.stamp?.modifiedNanoseconds == 7)
        #expect(
            workspace.notice?.text == "article.md is shown as it is on the disk now; Ctrl-U brings back what was here.")
        #expect(effects.names.contains("removeJournal") && effects.names.contains("wait outline"))
        type("<Ctrl-U>", into: &workspace)
        #expect(marked(workspace) == "# Title\n\nOne line here.\n\nThe ca|ret is here.\n\nLast.\n")
        #expect(workspace.editor.document.isModified)
        guard
            case .saving(.save(_, _, _, _, .this(let stamp), _))? = type("<Ctrl-S>", into: &workspace).last(
                where: \.isSave)
        else { return #expect(Bool(false), "nothing is saved") }
        #expect(stamp.modifiedNanoseconds == 7)
    }

    @Test func unsavedTextIsAskedAboutOnceTypingRests() throws {
        var workspace = workspace(before: "|text\n")
        type("my ", into: &workspace)
        let look = try #require(notice(&workspace))
        let effects = findFile("their text\n", look, &workspace)
        #expect(workspace.modal == nil && effects.names.contains("wait disk"))
        // What is typed meanwhile goes into the text and puts the question off.
        #expect(type("k", into: &workspace).names.contains("wait disk"))
        #expect(workspace.editor.text.string == "my ktext\n")
        _ = handle(.saving(.pause), &workspace)
        #expect(question(workspace)?.question == "article.md was changed by another program.")
        #expect(render(workspace).snapshot().contains("r reload · k keep mine · c compare · Esc later"))
        // The same file seen again asks nothing more.
        #expect(notice(&workspace, size: 11) == nil)

        // Compared, and back to the question.
        for case .saving(.compare(let path, let file, let text)) in type("c", into: &workspace) {
            _ = handle(.saving(.compared(path: path, TextDiff.between(file.string, text.string))), &workspace)
        }
        guard case .comparison = workspace.modal else { return #expect(Bool(false), "nothing is compared") }
        #expect(render(workspace).snapshot().contains("[-their text"))
        type("<Down><Esc>", into: &workspace)
        #expect(question(workspace) != nil)

        // Mine is kept: the next save replaces that file and no other.
        type("k", into: &workspace)
        #expect(workspace.modal == nil && workspace.editor.document.isModified)
        guard
            case .saving(.save(_, let saved, _, _, .this(let stamp), _))? = type("<Ctrl-S>", into: &workspace).last(
                where: \.isSave)
        else { return #expect(Bool(false), "nothing is saved") }
        #expect(saved.string == "my ktext\n" && stamp.modifiedNanoseconds == 7)
    }

    @Test func reloadingReplacesUnsavedTextAsOneStepOfUndo() throws {
        var workspace = workspace(before: "|text\n")
        type("my ", into: &workspace)
        findFile("their text\n", try #require(notice(&workspace)), &workspace)
        _ = handle(.saving(.pause), &workspace)
        guard case .saving(.examine(let look))? = type("r", into: &workspace).first else {
            return #expect(Bool(false), "nothing is read")
        }
        findFile("their text\n", look, &workspace)
        #expect(workspace.editor.text.string == "their text\n" && !workspace.editor.document.isModified)
        type("<Ctrl-U>", into: &workspace)
        #expect(workspace.editor.text.string == "my text\n")
    }

    @Test func escDecidesLaterAndSavingAsksAgain() throws {
        var workspace = workspace(before: "|text\n")
        type("x", into: &workspace)
        findFile("theirs\n", try #require(notice(&workspace)), &workspace)
        _ = handle(.saving(.pause), &workspace)
        type("<Esc>", into: &workspace)
        #expect(workspace.modal == nil && workspace.notice?.text == "Asked again when it is saved.")
        #expect(!type("y", into: &workspace).names.contains("wait disk"))
        type("<Ctrl-S>", into: &workspace)
        let effects = handle(.saving(.saved(path: path, version: 2, .failure(.changedOnDisk))), &workspace)
        guard case .saving(.examine(let look))? = effects.first else { return #expect(Bool(false), "nothing is read") }
        findFile("theirs\n", look, &workspace)
        #expect(question(workspace)?.answers.map { $0.title } == ["reload", "keep mine and save", "compare"])
        guard case .saving(.save(_, _, _, _, .this, _))? = type("k", into: &workspace).last(where: \.isSave) else {
            return #expect(Bool(false), "nothing is saved")
        }
    }

    @Test func aFileThatWasOnlyTouchedAsksNothingAndIsSaved() throws {
        var workspace = workspace(before: "|text\n")
        type("x", into: &workspace)
        findFile("text\n", try #require(notice(&workspace)), &workspace)
        #expect(
            workspace.modal == nil && workspace.outside == nil
                && workspace.editor.stamp?.modifiedNanoseconds == 7)
        type("<Ctrl-S>", into: &workspace)
        let effects = handle(.saving(.saved(path: path, version: 1, .failure(.changedOnDisk))), &workspace)
        guard case .saving(.examine(let look))? = effects.first else { return #expect(Bool(false), "nothing is read") }
        let next = findFile("text\n", look, &workspace, stamp: 9)
        guard case .saving(.save(_, _, _, _, .this(let stamp), _))? = next.last(where: \.isSave) else {
            return #expect(Bool(false), "it isn't saved after all")
        }
        #expect(stamp.modifiedNanoseconds == 9)
    }

    @Test func ownSavesAreNoChange() throws {
        var workspace = workspace(before: "|text\n")
        type("x<Ctrl-S>", into: &workspace)
        // The watch sees the new file before the save is known to be done, and then again.
        #expect(notice(&workspace, stamp: 5, size: 6) == nil)
        let saved = FileStamp(size: 6, modifiedNanoseconds: 5, inode: 1)
        #expect(
            handle(.saving(.saved(path: path, version: 1, .success(saved))), &workspace).contains {
                if case .saving(.look) = $0 { true } else { false }
            })
        #expect(notice(&workspace, stamp: 5, size: 6) == nil)
        // A late sight of the old file finds the text that was saved.
        let look = try #require(notice(&workspace, stamp: 1))
        findFile("xtext\n", look, &workspace, stamp: 5)
        #expect(workspace.modal == nil && workspace.outside == nil && !workspace.editor.document.isModified)
        // What was read before a save says nothing after it.
        let old = try #require(notice(&workspace, stamp: 6))
        type("y<Ctrl-S>", into: &workspace)
        _ = handle(
            .saving(.saved(path: path, version: 2, .success(FileStamp(size: 7, modifiedNanoseconds: 8, inode: 1)))),
            &workspace)
        let again = findFile("late\n", old, &workspace, stamp: 6)
        #expect(
            again.contains { if case .saving(.examine) = $0 { true } else { false } }
                && workspace.editor.text.string == "xytext\n")
    }

    @Test func aDeletedFileIsSaidAndWrittenAnew() throws {
        var workspace = workspace(before: "|text\n")
        workspace.withEditor { $0.stamp = FileStamp(size: 5, modifiedNanoseconds: 1, inode: 1) }
        let effects = handle(.saving(.seen([path: nil])), &workspace)
        guard case .saving(.examine(let look))? = effects.first else {
            return #expect(Bool(false), "nothing is looked at")
        }
        _ = handle(.saving(.examined(look, .gone)), &workspace)
        #expect(
            workspace.notice?.text == "article.md is no longer on the disk; saving writes it anew."
                && workspace.editor.document.isModified)
        // Back as it was, it counts as saved.
        findFile("text\n", try #require(notice(&workspace)), &workspace)
        #expect(!workspace.editor.document.isModified && workspace.editor.stamp != nil)
        workspace.withEditor { $0.stamp = nil }
        guard case .saving(.save(_, _, _, _, .nothing, _))? = type("<Ctrl-S>", into: &workspace).last(where: \.isSave)
        else {
            return #expect(Bool(false), "nothing is saved")
        }
    }

    /// Where a new article was begun, a file has appeared.
    @Test func aFileThatAppearsIsShownOrAskedAbout() throws {
        var workspace = makeWorkspace("")
        findFile("theirs\n", try #require(notice(&workspace)), &workspace)
        #expect(workspace.editor.text.string == "theirs\n")
        workspace = makeWorkspace("")
        type("mine", into: &workspace)
        findFile("theirs\n", try #require(notice(&workspace)), &workspace)
        _ = handle(.saving(.pause), &workspace)
        #expect(question(workspace) != nil)
    }

    @Test func whatOthersWroteIsNotCountedAsTheWriters() {
        var progress = ProgressState()
        func counts(_ words: Int) -> ArticleCounts {
            let text = String(repeating: "word ", count: words)
            return ArticleCounts(Outline(Text(text)), bytes: Array(text.utf8))
        }
        _ = progress.note(counts(10), path: "/a.md")
        progress.noteForeignChange(of: "/a.md")
        #expect(progress.note(counts(50), path: "/a.md") == 0 && progress.sessionWords == 0)
        #expect(progress.note(counts(53), path: "/a.md") == 3 && progress.sessionWords == 3)
    }

    @Test func severalThatChangeAtOnceAreToldTogetherAndAskedAboutOneByOne() throws {
        var workspace = workspace(before: "|text\n")
        for name in ["b", "c", "d"] {
            let editor = Editor(path: "/project/\(name).md", displayName: "\(name).md", libraryPath: nil, text: "old\n")
            _ = handle(.saving(.opened(.success(OpenedFile(editor: editor)), line: nil)), &workspace)
        }
        type("x<Alt-n>", into: &workspace)
        #expect(workspace.editor.displayName == "article.md")
        for name in ["article", "b", "c", "d"] {
            findFile("new\n", try #require(notice(&workspace, path: "/project/\(name).md")), &workspace)
        }
        #expect(workspace.notice?.text == "3 articles were changed by other programs and are shown as they are now.")
        #expect(
            workspace.editors.map(\.text.string) == ["new\n", "new\n", "new\n", "xold\n"] && workspace.modal == nil)
        // The one with unsaved text is asked about when it is looked at.
        _ = handle(.saving(.pause), &workspace)
        #expect(workspace.modal == nil)
        type("<Alt-N>", into: &workspace)
        _ = handle(.saving(.pause), &workspace)
        #expect(question(workspace)?.question == "d.md was changed by another program.")
    }

    @Test func itWaitsWhileSomethingIsAsked() throws {
        var workspace = workspace(before: "|text\n")
        type("<Ctrl-P>", into: &workspace)
        findFile("new\n", try #require(notice(&workspace)), &workspace)
        #expect(workspace.editor.text.string == "text\n")
        type("<Esc>", into: &workspace)
        #expect(workspace.editor.text.string == "new\n")
    }

    @Test func inVimsInsertModeTypingGoesOnAndStaysApart() throws {
        var workspace = workspace(before: "|text\n")
        workspace.configure { $0.keymap = Keymap(.vim) }
        type("i", into: &workspace)
        findFile("text\nmore\n", try #require(notice(&workspace)), &workspace)
        type("ab<Esc>", into: &workspace)
        #expect(workspace.editor.text.string == "abtext\nmore\n")
        type("u", into: &workspace)
        #expect(workspace.editor.text.string == "text\nmore\n")
        type("u", into: &workspace)
        #expect(workspace.editor.text.string == "text\n")
    }
}

/// Articles that another Longhand has, and those that aren't UTF-8.
@Suite struct HolderTests {
    private func held(_ keymap: Keymap = .standard) -> Workspace {
        var workspace = makeWorkspace("text\n", width: 80, height: 24)
        workspace.configure { $0.keymap = keymap }
        var editor = Editor(
            path: "/project/b.md", displayName: "b.md", libraryPath: nil, text: "old\n", isReadOnly: true)
        editor.lockOwner = LockOwner(processID: 4711, terminal: "pts/3", since: "10:02")
        _ = handle(.saving(.opened(.success(OpenedFile(editor: editor)), line: nil)), &workspace)
        return workspace
    }

    @Test func itIsReadOnlyAndSaysWhoHasIt() {
        let workspace = held()
        #expect(
            workspace.notice?.text
                == "b.md is open in another Longhand (process 4711 on pts/3, since 10:02): read only here until that ends."
        )
        let screen = render(workspace).snapshot()
        #expect(screen.contains("b.md (open elsewhere: read only)") && screen.contains("until that ends."))
    }

    @Test func typingTriesToTakeItOver() {
        var workspace = held()
        guard case .saving(.takeOver(let look))? = type("x", into: &workspace).first else {
            return #expect(Bool(false), "nothing is tried")
        }
        #expect(workspace.editor.text.string == "old\n")
        _ = handle(
            .saving(
                .takenOver(path: look.path, lockOwner: workspace.editor.lockOwner, isReadOnly: true, journal: nil)),
            &workspace)
        #expect(workspace.editor.isReadOnly)
        // It has left: what it saved is there before the first key.
        findFile("saved by the other\n", look, &workspace)
        _ = handle(.saving(.takenOver(path: look.path, lockOwner: nil, isReadOnly: false, journal: nil)), &workspace)
        #expect(workspace.notice?.text == "The other Longhand has left b.md: it can be edited here now.")
        type("x", into: &workspace)
        #expect(
            workspace.editor.text.string.contains("x") && workspace.editor.text.string.contains("saved by the other"))
    }

    @Test func whatACrashedOneLeftIsOffered() {
        var workspace = held()
        _ = handle(
            .saving(
                .takenOver(
                    path: "/project/b.md", lockOwner: nil, isReadOnly: false,
                    journal: RecoveredText(id: "j", text: "unsaved\n", file: workspace.editor.text))), &workspace)
        guard case .confirm(let question) = workspace.modal, question.question.contains("has unsaved changes") else {
            return #expect(Bool(false), "nothing is offered")
        }
        type("r", into: &workspace)
        #expect(workspace.editor.text.string == "unsaved\n")
    }

    @Test func vimsWriteSaysWhoSavesIt() {
        var workspace = held(Keymap(.vim))
        for line in [":w\n", ":w!\n"] {
            type(line, into: &workspace)
            #expect(
                workspace.notice?.text
                    == "b.md belongs to another Longhand (process 4711 on pts/3, since 10:02), which saves it; :w NAME writes a copy."
            )
        }
    }

    @Test func closingGivesItBack() {
        var workspace = makeWorkspace("text\n")
        _ = handle(
            .saving(
                .opened(
                    .success(
                        OpenedFile(
                            editor: Editor(path: "/project/b.md", displayName: "b.md", libraryPath: nil, text: "b\n"))),
                    line: nil)), &workspace)
        let effects = type("<Ctrl-W>", into: &workspace)
        #expect(effects.contains { if case .saving(.release("/project/b.md")) = $0 { true } else { false } })
        #expect(effects.contains { if case .saving(.watch(["/project/article.md"])) = $0 { true } else { false } })
    }

    private func undecided(_ path: String, isLossless: Bool = true) -> OpenedFile {
        var editor = Editor(path: path, displayName: "old.txt", libraryPath: nil, text: "", isReadOnly: true)
        editor.undecided = UndecidedEncoding(
            path: path, line: 3, recognised: .gb18030, isLossless: isLossless, target: 9)
        return OpenedFile(editor: editor)
    }

    @Test func anEncodingIsChosenBeforeTheFileIsShown() {
        var workspace = makeWorkspace("text\n", width: 80, height: 24)
        _ = handle(.saving(.opened(.success(undecided("/project/old.txt")), line: 9)), &workspace)
        #expect(workspace.editor.displayName == "article.md")
        let screen = render(workspace).snapshot()
        #expect(screen.contains("old.txt isn't UTF-8 (line 3); it looks like GB18030."))
        #expect(screen.contains("u as GB18030, save as UTF-8 · k keep GB18030 · b bytes as they are · Esc not now"))
        // The panes make room for it, so that the status line stays.
        #expect(
            screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2).last?.contains(
                "article.md  1:1") == true)
        guard case .saving(.openAs(let file, .kept(.gb18030)))? = type("k", into: &workspace).first else {
            return #expect(Bool(false), "nothing is opened")
        }
        #expect(file.target == 9)
        let editor = Editor(
            path: "/project/old.txt", displayName: "old.txt", libraryPath: nil, text: "词\n",
            format: FileFormat(encoding: .gb18030))
        _ = handle(.saving(.opened(.success(OpenedFile(editor: editor)), line: 9)), &workspace)
        #expect(workspace.editor.text.string == "词\n" && render(workspace).snapshot().contains("GB18030"))
        #expect(workspace.session.articles.last?.encoding == .gb18030)

        // Esc opens nothing, and gives the file back.
        _ = handle(
            .saving(.opened(.success(undecided("/project/other.txt", isLossless: false)), line: nil)), &workspace)
        guard case .confirm(let question) = workspace.modal else { return #expect(Bool(false), "nothing is asked") }
        #expect(question.answers.map { $0.key } == ["u", "b"])
        guard case .saving(.release("/project/other.txt"))? = type("<Esc>", into: &workspace).first else {
            return #expect(Bool(false), "it is kept")
        }
        #expect(workspace.modal == nil && workspace.editors.count == 2)
    }

    @Test func aStartWithSuchAFileAsksAndEscLeavesAnEmptyPage() {
        let file = undecided("/project/old.txt")
        var workspace = Workspace(
            environment: makeWorkspace("").environment, launch: LaunchState(first: file), width: 80, height: 24)
        _ = handle(.terminal(.resize(width: 80, height: 24)), &workspace)
        guard case .confirm = workspace.modal else { return #expect(Bool(false), "nothing is asked") }
        type("<Esc>", into: &workspace)
        #expect(
            workspace.modal == nil
                && workspace.notice?.text == "old.txt isn't open. Typing asks again; Ctrl-O opens another.")
        type("x", into: &workspace)
        guard case .saving(.openAs(_, .converted(.gb18030)))? = type("u", into: &workspace).first else {
            return #expect(Bool(false), "nothing is opened")
        }
        #expect(workspace.modal == nil)
        var editor = Editor(
            path: "/project/old.txt", displayName: "old.txt", libraryPath: nil, text: "词\n",
            format: FileFormat(encoding: .gb18030))
        editor.format = FileFormat()
        _ = handle(.saving(.opened(.success(OpenedFile(editor: editor)), line: nil)), &workspace)
        #expect(workspace.editors.count == 1 && workspace.editor.text.string == "词\n")
        #expect(render(workspace).snapshot().contains("GB18030→UTF-8") && workspace.session.articles[0].encoding == nil)
    }

    @Test func whatIsNoCharacterIsShownByASign() {
        var workspace = makeWorkspace("a\u{10FEE9}b\r\nc\u{1}\n", width: 80, height: 24)
        let screen = render(workspace).snapshot()
        #expect(screen.contains("a�b␍") && screen.contains("c␁"))
        // A step over the byte is one step.
        type("<Right><Right><Backspace>", into: &workspace)
        #expect(workspace.editor.text.string == "ab\r\nc\u{1}\n")
    }
}
