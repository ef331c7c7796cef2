import Screen
import Testing
import TextCore

@testable import Workbench

/// Several articles in one studio: how one goes from one to another, and what each keeps.
@Suite struct ArticleTests {
    private func editor(_ name: String, _ text: String) -> Editor {
        Editor(path: "/project/" + name, displayName: name, libraryPath: name, text: Text(text))
    }

    private func open(_ name: String, _ text: String, _ workspace: inout Workspace, journal: RecoveredText? = nil) {
        _ = handle(
            .saving(.opened(.success(OpenedFile(editor: editor(name, text), journal: journal)), line: nil)), &workspace)
    }

    private func workspace(_ keymap: Keymap = .standard) -> Workspace {
        var workspace = makeWorkspace("one two\n\nthree\n")
        workspace.configure { $0.keymap = keymap }
        workspace.configure { $0.home = "/home/me" }
        open("b.md", "bbb\n", &workspace)
        open("notes/c.md", "ccc\n", &workspace)
        return workspace
    }

    private func picker(_ workspace: Workspace) -> FilePicker? {
        workspace.core.panel(FilePicker.self)
    }

    @Test func eachKeepsItsCaretSelectionAndHistory() {
        var workspace = workspace()
        type("x", into: &workspace)
        type("<Alt-N>", into: &workspace)
        #expect(workspace.editor.displayName == "b.md")
        type("<Right><Shift-Right>", into: &workspace)
        #expect(marked(workspace) == "b#[b]#b\n")
        type("<Alt-n>", into: &workspace)
        #expect(marked(workspace) == "x|ccc\n")
        type("<Ctrl-Z>", into: &workspace)
        type("<Alt-n><Alt-n>", into: &workspace)
        #expect(marked(workspace) == "b#[b]#b\n")
        type("<Alt-n>", into: &workspace)
        _ = workspace.withEditor { $0.undo() }
        #expect(workspace.editor.text.string == "ccc\n")
        #expect(workspace.editors.map(\.displayName) == ["article.md", "b.md", "notes/c.md"])
    }

    @Test func theLastArticleAndBackAgain() {
        var workspace = workspace()
        type("<Alt-6>", into: &workspace)
        #expect(workspace.editor.displayName == "b.md")
        type("<Alt-6>", into: &workspace)
        #expect(workspace.editor.displayName == "notes/c.md")
    }

    @Test func theListOfOpenOnesHasTheLastUsedFirstAndMarksWhatIsNotSaved() {
        var workspace = workspace()
        type("x<Alt-O>", into: &workspace)
        #expect(picker(workspace)?.matches.map(\.shown) == ["b.md", "article.md", "notes/c.md"])
        #expect(picker(workspace)?.matches.map(\.isModified) == [false, false, true])
        let screen = render(workspace).snapshot()
        #expect(screen.contains("● notes/c.md") && screen.contains("not saved"))
        type("art<Enter>", into: &workspace)
        #expect(workspace.editor.displayName == "article.md" && workspace.modal == nil)
    }

    @Test func filesAreFoundByPartsOfTheirNames() {
        var workspace = workspace()
        #expect(
            type("<Ctrl-O>", into: &workspace).contains { if case .articles(.listProject) = $0 { true } else { false } }
        )
        _ = handle(.articles(.project(["a.md", "drafts/second.md", "notes/词向量.md"])), &workspace)
        #expect(picker(workspace)?.matches.first?.shown == "b.md")
        type("词", into: &workspace)
        #expect(picker(workspace)?.matches.map(\.shown) == ["notes/词向量.md", "词.md"])
        let effects = type("<Enter>", into: &workspace)
        guard case .saving(.open(let path, nil))? = effects.first else { return #expect(Bool(false), "nothing opens") }
        #expect(path == "/project/notes/词向量.md")
    }

    @Test func whatIsOpenIsGoneToAndWhatIsNotThereIsOffered() {
        var workspace = workspace()
        type("<Ctrl-O>b.md", into: &workspace)
        #expect(picker(workspace)?.matches.contains { $0.isNew } == false)
        #expect(!type("<Enter>", into: &workspace).names.contains("open"))
        #expect(workspace.editor.displayName == "b.md")
        type("<Ctrl-O>drafts/zzz", into: &workspace)
        #expect(picker(workspace)?.matches.map(\.shown) == ["drafts/zzz.md"])
        guard case .saving(.open(let path, nil))? = type("<Enter>", into: &workspace).first else {
            return #expect(Bool(false), "nothing opens")
        }
        #expect(path == "/project/drafts/zzz.md")
    }

    @Test func pathsAreCompletedFolderByFolder() throws {
        var workspace = workspace()
        var effects = type("<Ctrl-O>~/wr<Tab>", into: &workspace)
        func answer(_ names: [String]) {
            for case .articles(.listFolder(let ticket, let typed, let path)) in effects {
                #expect(path == (typed == "~/" ? "/home/me" : "/home/me/writing"))
                _ = handle(.articles(.folder(ticket, typed: typed, entries: names)), &workspace)
            }
        }
        // Asked once, when the folder was typed; Tab asks again while there is no answer.
        answer([".config/", "writing/", "x.md"])
        #expect(picker(workspace)?.field.text == "~/writing/")
        effects = type("b", into: &workspace)
        answer(["book.md", "bye.md"])
        #expect(picker(workspace)?.matches.map(\.shown) == ["~/writing/book.md", "~/writing/bye.md", "~/writing/b.md"])
        effects = type("oo<Tab><Enter>", into: &workspace)
        guard case .saving(.open("/home/me/writing/book.md", nil))? = effects.first else {
            return #expect(Bool(false), "nothing opens")
        }
    }

    @Test func closingGoesBackToTheOneBeforeAndAsksFirst() {
        var workspace = workspace()
        type("<Alt-n>x<Ctrl-W>", into: &workspace)
        #expect(workspace.editors.count == 3)
        type("<Esc>", into: &workspace)
        #expect(workspace.editors.count == 3)
        #expect(type("<Ctrl-W>d", into: &workspace).names.contains("removeJournal"))
        #expect(
            workspace.editors.map(\.displayName) == ["b.md", "notes/c.md"]
                && workspace.editor.displayName == "notes/c.md")
        type("<Ctrl-W><Ctrl-W>", into: &workspace)
        #expect(workspace.editors.count == 1)
    }

    @Test func savingAndClosingClosesThatOneEvenWhenAnotherIsLookedAt() {
        var workspace = workspace()
        let effects = type("x<Ctrl-W>s", into: &workspace)
        type("<Alt-n>", into: &workspace)
        for case .saving(.save(let path, _, let version, _, _, _)) in effects {
            _ = handle(
                .saving(
                    .saved(path: path, version: version, .success(FileStamp(size: 1, modifiedNanoseconds: 2, inode: 3)))
                ),
                &workspace)
        }
        #expect(workspace.editors.map(\.displayName) == ["article.md", "b.md"])
    }

    @Test func leavingWithSeveralUnsavedAsksOnceAndNamesThem() {
        var workspace = workspace()
        type("x<Alt-n>y<Ctrl-Q>", into: &workspace)
        guard case .confirm(let confirmation) = workspace.modal else { return #expect(Bool(false), "nothing is asked") }
        #expect(confirmation.question == "article.md and notes/c.md are not saved.")
        #expect(type("s", into: &workspace).names.count { $0 == "save" } == 2)
    }

    @Test func theTitleSaysWhichOfHowMany() {
        #expect(render(workspace()).snapshot().split(separator: "\n")[0].contains("3/3"))
    }

    @Test func articlesOfTheLastSessionComeInTheirOrderWithCaretAndScroll() {
        var workspace = makeWorkspace("one\n")
        let position = ArticlePosition(
            path: "/project/b.md", selection: Selection(99), scroll: ScrollPosition(line: 70, row: 0))
        let opened = [
            (
                file: OpenedFile(editor: editor("a.md", "abc\n")),
                position: ArticlePosition(path: "/project/a.md", selection: Selection(2)), isBefore: true
            ),
            (
                file: OpenedFile(
                    editor: editor("b.md", String(repeating: "x\n", count: 80)),
                    journal: RecoveredText(id: "j", text: "rescued", file: "")), position: position, isBefore: false
            ),
        ]
        let effects = handle(.articles(.opened(opened, problem: nil)), &workspace)
        #expect(workspace.editors.map(\.displayName) == ["a.md", "article.md", "b.md"] && workspace.activeIndex == 1)
        #expect(
            workspace.editors[0].caret == 2 && workspace.editors[2].caret == 99
                && workspace.editors[2].scroll.line == 70)
        // What is to be recovered is offered when one looks at it.
        #expect(workspace.modal == nil)
        guard case .articles(.remember(let record))? = effects.last else {
            return #expect(Bool(false), "the session is not remembered")
        }
        #expect(record.active == 1 && record.articles[2] == position)
        type("<Alt-n>", into: &workspace)
        guard case .confirm = workspace.modal else { return #expect(Bool(false), "nothing is offered") }
        type("r", into: &workspace)
        #expect(workspace.editor.text.string == "rescued")
    }

    @Test func vimsCommandsForFiles() {
        var workspace = workspace(Keymap(.vim))
        type(":b 1<Enter>", into: &workspace)
        #expect(workspace.editor.displayName == "article.md")
        type("ix<Ctrl-O>:bn\n", into: &workspace)
        #expect(workspace.editor.displayName == "b.md" && workspace.vim.mode == .normal)
        type(":bp\n", into: &workspace)
        #expect(marked(workspace) == "x|one two\n\nthree\n")
        type("<Ctrl-^>", into: &workspace)
        #expect(workspace.editor.displayName == "b.md")
        type(":b notes\n", into: &workspace)
        #expect(workspace.editor.displayName == "notes/c.md")
        type(":ls\n", into: &workspace)
        guard case .report(let report) = workspace.modal else { return #expect(Bool(false), "nothing is listed") }
        #expect(
            report.lines.map(\.text) == [
                "  1  a  + article.md  line 1", "  2 #a    b.md  line 1", "  3 %a    notes/c.md  line 1",
            ])
        type("<Esc>:bd b.md\n", into: &workspace)
        #expect(workspace.editors.map(\.displayName) == ["article.md", "notes/c.md"])
        guard
            case .saving(.writeCopy("/project/copy.md", let text, _, false))? = type(":w copy.md\n", into: &workspace)
                .first
        else {
            return #expect(Bool(false), "no copy is written")
        }
        #expect(text.string == "ccc\n")
        guard case .saving(.open("/project/new.md", nil))? = type(":e new.md\n", into: &workspace).first else {
            return #expect(Bool(false), "nothing opens")
        }
        // :e! brings the file back, and u what was typed.
        type("Ahey<Esc>", into: &workspace)
        #expect(workspace.editor.document.isModified)
        guard case .saving(.examine(let look))? = type(":e!\n", into: &workspace).first else {
            return #expect(Bool(false), "nothing is read")
        }
        #expect(look.path == "/project/notes/c.md" && look.purpose == .rereading)
        findFile("ccc\n", look, &workspace)
        #expect(workspace.editor.text.string == "ccc\n" && !workspace.editor.document.isModified)
        type("u", into: &workspace)
        #expect(workspace.editor.text.string == "ccchey\n")
    }

    @Test func vimCompletesPathsAndNames() {
        var workspace = workspace(Keymap(.vim))
        type(":b art<Tab><Enter>", into: &workspace)
        #expect(workspace.editor.displayName == "article.md")
        for case .articles(.listFolder(let ticket, let typed, let path)) in type(":e notes/se<Tab>", into: &workspace) {
            #expect(typed == "notes/" && path == "/project/notes")
            _ = handle(.articles(.folder(ticket, typed: typed, entries: ["second.md", "third.md"])), &workspace)
        }
        guard case .saving(.open("/project/notes/second.md", nil))? = type("<Enter>", into: &workspace).first else {
            return #expect(Bool(false), "nothing opens")
        }
    }

    private func answer(
        _ effects: [Effect], _ entries: [String] = [], _ problem: FolderProblem? = nil, in workspace: inout Workspace
    ) -> [Effect] {
        var more: [Effect] = []
        for case .articles(.listFolder(let ticket, let typed, _)) in effects {
            more += handle(.articles(.folder(ticket, typed: typed, entries: entries, problem: problem)), &workspace)
        }
        return more
    }

    @Test func aFolderThatCannotBeLookedAtIsTold() {
        var workspace = workspace()
        var effects = type("<Ctrl-O>/secret/", into: &workspace)
        _ = answer(effects, [], FolderProblem(reason: "Permission denied", isMissing: false), in: &workspace)
        #expect(render(workspace).snapshot().contains("/secret/ can't be looked at: Permission denied."))
        let none = type("<Enter>", into: &workspace)
        #expect(none.isEmpty)
        #expect(workspace.notice?.text == "/secret/ can't be looked at: Permission denied." && picker(workspace) != nil)
        // A file in it may well be opened; if not, the answer says why.
        type("a.md", into: &workspace)
        guard case .saving(.open("/secret/a.md", nil))? = type("<Enter>", into: &workspace).first else {
            return #expect(Bool(false), "nothing opens")
        }
        workspace.modal = nil
        effects = type("<Ctrl-O>/nowhere/a.md", into: &workspace)
        _ = answer(effects, [], FolderProblem(reason: "No such file or directory", isMissing: true), in: &workspace)
        workspace.notice = nil
        #expect(!type("<Enter>", into: &workspace).names.contains("open"))
        #expect(workspace.notice?.text.contains("No such file or directory") == true)
    }

    @Test func enterWaitsForTheFolderAndSaysWhereNothingFits() {
        var workspace = workspace()
        // Typed faster than the folder is listed: only the last ticket is answered.
        var effects = type("<Ctrl-O>/x.md", into: &workspace)
        let none = type("<Enter>", into: &workspace)
        #expect(none.isEmpty)
        effects = answer(effects, ["x.md"], in: &workspace)
        guard case .saving(.open("/x.md", nil))? = effects.first else {
            return #expect(Bool(false), "nothing opens: \(effects.names)")
        }
        type("<Alt-O>zzzzz", into: &workspace)
        workspace.notice = nil
        type("<Enter>", into: &workspace)
        #expect(workspace.notice?.text == "Nothing here has that in its name.")
    }
}
