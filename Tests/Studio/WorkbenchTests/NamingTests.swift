import Screen
import Testing
import TextCore

@testable import Workbench

/// Save as, Rename, Duplicate, New: what is asked of the outside, and what follows the name.
@Suite struct NamingTests {
    private func asked(_ effects: [Effect]) -> ArticleNaming? {
        for case .saving(.name(let naming)) in effects { return naming }
        return nil
    }

    private let stamp = FileStamp(size: 9, modifiedNanoseconds: 5, inode: 3)

    /// A workspace whose article is on the disk.
    private func saved(_ text: String = "start\n") -> Workspace {
        var workspace = makeWorkspace(text)
        workspace.withEditor { $0.stamp = FileStamp(size: 6, modifiedNanoseconds: 1, inode: 1) }
        return workspace
    }

    private func say(_ workspace: Workspace) -> String { workspace.notice?.text ?? "" }

    @Test func savedAsTheArticleIsTheOtherFile() throws {
        var workspace = saved()
        type("abc", into: &workspace)
        _ = handle(.saving(.journalRests), &workspace)
        type("<Alt-S><Ctrl-U>drafts/two", into: &workspace)
        let naming = try #require(asked(type("<Enter>", into: &workspace)))
        #expect(
            naming.kind == .saveAs && naming.from == "/project/article.md" && naming.to == "/project/drafts/two.md"
                && !naming.isOverwriting)
        #expect(naming.text == workspace.editor.text)
        // Nothing else is saved until that is done.
        var other = workspace
        #expect(!type("<Ctrl-S>", into: &other).names.contains("save"))
        let effects = handle(.saving(.named(naming, .done(stamp))), &workspace)
        #expect(
            workspace.editor.path == "/project/drafts/two.md" && workspace.editor.displayName == "drafts/two.md"
                && workspace.editor.libraryPath == "drafts/two.md")
        #expect(
            !workspace.editor.document.isModified && workspace.editor.stamp == stamp
                && !workspace.isSaving)
        #expect(
            effects.names.contains("removeJournal") && !effects.names.contains("journal")
                && say(workspace) == "Saved as drafts/two.md.")
        #expect(
            workspace.core.recent == ["/project/drafts/two.md"]
                && workspace.session.articles.map(\.path) == ["/project/drafts/two.md"])
        var released: [String] = []
        for case .saving(.release(let path)) in effects { released.append(path) }
        #expect(released == ["/project/article.md"])
        // What can be undone is kept under the new name.
        #expect(type("<Ctrl-U>", into: &workspace).isEmpty == false && workspace.editor.text == "start\n")
    }

    @Test(arguments: [".", "..", "notes/", "a/..", "~"]) func aFolderIsNoName(typed: String) {
        var workspace = saved()
        #expect(asked(type("<Alt-S><Ctrl-U>\(typed)<Enter>", into: &workspace)) == nil)
        #expect(say(workspace) == "\(typed) is a folder; add the name of a file.")
    }

    @Test func aNameNoFileSystemTakesIsNotTried() throws {
        var workspace = saved()
        #expect(asked(type("<Alt-S><Ctrl-U>\(String(repeating: "長", count: 85))<Enter>", into: &workspace)) == nil)
        #expect(say(workspace) == "That name is too long: file systems take up to 255 bytes.")
        let longest = String(repeating: "長", count: 84)
        #expect(
            try #require(asked(type("<Alt-S><Ctrl-U>\(longest)<Enter>", into: &workspace))).to
                == "/project/\(longest).md")
    }

    @Test func itsOwnNameWithoutAnEndingStaysItsName() {
        var workspace = saved()
        workspace.core.show(
            Editor(path: "/project/README", displayName: "README", libraryPath: "README", text: "start\n"))
        let effects = type("x<Alt-S><Enter>", into: &workspace)
        #expect(asked(effects) == nil && effects.names.contains("save"))
    }

    @Test func whatIsTypedMeanwhileIsInTheNewJournal() throws {
        var workspace = saved()
        type("a", into: &workspace)
        let naming = try #require(asked(type("<Alt-S><Ctrl-U>two<Enter>", into: &workspace)))
        type("b", into: &workspace)
        let effects = handle(.saving(.named(naming, .done(stamp))), &workspace)
        #expect(workspace.editor.document.isModified)
        let names = effects.names
        let journal = try #require(names.firstIndex(of: "journal"))
        #expect(journal < (names.firstIndex(of: "removeJournal") ?? 0))
        for case .saving(.journal(let path, let part)) in effects {
            var text = part.base
            for changes in part.changes { try changes.apply(to: &text) }
            #expect(
                path == "/project/two.md" && part.base == "astart\n" && text == workspace.editor.text
                    && text == "abstart\n")
        }
    }

    @Test func aFileThatIsThereIsAskedAbout() throws {
        var workspace = saved()
        let naming = try #require(asked(type("<Alt-S><Ctrl-U>other.md<Enter>", into: &workspace)))
        _ = handle(.saving(.named(naming, .exists)), &workspace)
        guard case .confirm(let question) = workspace.modal else { throw Failure(message: "not asked") }
        #expect(question.question == "other.md exists already." && !workspace.isSaving)
        #expect(asked(type("<Esc>", into: &workspace)) == nil && workspace.editor.path == naming.from)
        _ = handle(
            .saving(.named(try #require(asked(type("<Alt-S><Ctrl-U>other.md<Enter>", into: &workspace))), .exists)),
            &workspace)
        let again = try #require(asked(type("r", into: &workspace)))
        #expect(again.isOverwriting && again.to == naming.to)
    }

    @Test func renamedItKeepsWhatIsNotSaved() throws {
        var workspace = saved()
        type("x", into: &workspace)
        let naming = try #require(asked(run("rename-article", typing: "new.md", &workspace)))
        #expect(naming.kind == .rename && naming.to == "/project/new.md")
        let effects = handle(.saving(.named(naming, .done(stamp))), &workspace)
        #expect(
            workspace.editor.path == "/project/new.md" && workspace.editor.document.isModified
                && workspace.editor.stamp == stamp)
        for case .saving(.journal(let path, let part)) in effects {
            #expect(path == "/project/new.md" && part.base == "start\n")
        }
        #expect(effects.names.contains("journal") && effects.names.filter { $0 == "indexFile" }.count == 2)
        #expect(say(workspace) == "This article is new.md now.")
        workspace.configure { $0.namedArticle = "/project/new.md" }
        let next = try #require(asked(run("rename-article", typing: "last.md", &workspace)))
        _ = handle(.saving(.named(next, .done(stamp))), &workspace)
        #expect(say(workspace) == "This article is last.md now. longhand.toml still names new.md.")
    }

    @Test func whatFailsLeavesEverythingAsItWas() throws {
        for command in ["rename-article", "save-as", "duplicate-article"] {
            var workspace = saved()
            type("x", into: &workspace)
            let naming = try #require(asked(run(command, typing: "new.md", &workspace)))
            _ = handle(.saving(.named(naming, .failed(Failure(message: "No room.")))), &workspace)
            #expect(
                workspace.editor.path == "/project/article.md" && workspace.editor.document.isModified
                    && !workspace.isSaving)
            #expect(say(workspace) == "No room.")
            #expect(type("<Ctrl-S>", into: &workspace).names.contains("save"))
        }
    }

    @Test func oneThatIsOnNoDiskYetOnlyChangesItsName() throws {
        var workspace = makeWorkspace("start\n")
        let naming = try #require(asked(run("rename-article", typing: "new.md", &workspace)))
        #expect(naming.kind == .nameOnly)
        _ = handle(.saving(.named(naming, .done(nil))), &workspace)
        #expect(
            workspace.editor.path == "/project/new.md" && workspace.editor.stamp == nil
                && workspace.editor.document.isModified)
        for case .saving(.save(let path, _, _, _, let expecting, _)) in type("<Ctrl-S>", into: &workspace) {
            #expect(path == "/project/new.md" && expecting == .nothing)
        }
    }

    @Test func duplicatedTheCopyIsOpened() throws {
        var workspace = saved()
        let naming = try #require(asked(run("duplicate-article", typing: nil, &workspace)))
        #expect(naming.kind == .duplicate && naming.to == "/project/article-copy.md")
        let effects = handle(.saving(.named(naming, .done(stamp))), &workspace)
        #expect(effects.names.contains("open") && workspace.editor.path == "/project/article.md")
    }

    @Test func namesThatCannotBeAreRefused() {
        var workspace = saved()
        workspace.core.add(Editor(path: "/project/b.md", displayName: "b.md", libraryPath: "b.md", text: "b"))
        for (typed, word) in [
            ("", "Without a name"), ("notes/", "is a folder"), ("b.md", "is open here"),
            ("article.md", "its name already"),
        ] {
            #expect(asked(run("rename-article", typing: typed, &workspace)) == nil)
            #expect(say(workspace).contains(word), "\(typed): \(say(workspace))")
        }
        workspace.withEditor { $0.lockOwner = LockOwner(processID: 7, since: "10:00") }
        _ = handle(.saving(.askName(.rename)), &workspace)
        #expect(say(workspace).contains("belongs to another Longhand") && workspace.modal == nil)
    }

    @Test func vimsCommands() throws {
        var workspace = saved()
        workspace.configure { $0.keymap = Keymap(.vim) }
        for (keys, isOverwriting) in [(":saveas two<Enter>", false), (":sav! two.md<Enter>", true)] {
            let naming = try #require(asked(type(keys, into: &workspace)))
            #expect(naming.isOverwriting == isOverwriting)
            _ = handle(.saving(.named(naming, .failed(Failure(message: "No room.")))), &workspace)
        }
        let naming = try #require(asked(type(":f three.md<Enter>", into: &workspace)))
        #expect(naming.kind == .nameOnly && naming.to == "/project/three.md")
        _ = handle(.saving(.named(naming, .done(nil))), &workspace)
        #expect(workspace.editor.path == "/project/three.md" && workspace.editor.document.isModified)
        type(":f<Enter>", into: &workspace)
        #expect(say(workspace) == "three.md, not saved, new: line 1 of 2")
        let untitled = try #require(asked(type(":enew<Enter>", into: &workspace)))
        #expect(untitled.kind == .untitled && untitled.to == "/project/untitled.md")
        #expect(asked(type(":saveas<Enter>", into: &workspace)) == nil)
    }

    /// Runs a command that asks for a name.
    private func run(_ command: String, typing name: String?, _ workspace: inout Workspace) -> [Effect] {
        if let command = CommandTable.all.first(where: { $0.name == command }) { _ = workspace.run(command) }
        if let name { type("<Ctrl-U>" + name, into: &workspace) }
        return type("<Enter>", into: &workspace)
    }
}
