import Foundation
import TestTerminal
import Testing
import TextCore
import Workbench

@testable import longhand

/// What is open, in the real program and from one run to the next.
@Suite(.serialized) struct SessionTests {
    private func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox(article: "# First\n\nWords of the first.\n", notes: ["second.md": "# Second\n\nWords of the second.\n"], model: false)
        try sandbox.write("# Third\n\n" + (1...80).map { "Line \($0) of the third.\n" }.joined(separator: "\n"), to: "third.md")
        return sandbox
    }

    private func leave(_ terminal: PseudoTerminal) throws {
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func theNextStartOpensWhatWasOpen() throws {
        let sandbox = try sandbox()
        let terminal = try sandbox.studio()
        try terminal.wait(for: "Words of the first.")
        terminal.send("\u{0F}")
        try terminal.wait(for: "notes/second.md")
        terminal.send("sec\r")
        try terminal.wait(for: "Words of the second.")
        terminal.send("\u{0F}")
        try terminal.wait(for: "Open an article")
        terminal.send("third\r")
        try terminal.wait(for: "Line 1 of the third.")
        terminal.send("\u{1B}[1;5F")
        try terminal.wait(for: "Line 80 of the third.")
        try terminal.wait(for: "3/3")
        try leave(terminal)

        let again = try sandbox.studio()
        try again.wait(for: "Line 80 of the third.")
        try again.wait(for: "3/3")
        again.send("\u{1B}n")
        try again.wait(for: "Words of the first.")
        try leave(again)

        // What is gone is passed over, and what can't be read as a session stops nobody.
        try FileManager.default.removeItem(at: sandbox.project.appending(path: "notes/second.md"))
        let third = try sandbox.studio()
        try third.wait(for: "Words of the first.")
        try third.wait(for: "1/2")
        try leave(third)
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/sessions")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try Data([0xFF, 0x00, 0x0A, 0x80]).write(to: folder.appending(path: name))
        }
        let fourth = try sandbox.studio()
        try fourth.wait(for: "Words of the first.")
        try leave(fourth)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count { $0.hasSuffix(".unusable") } == 1)
    }

    @Test func numbersBeyondAllSenseInASessionEndNothing() throws {
        let sandbox = try sandbox()
        let terminal = try sandbox.studio()
        try terminal.wait(for: "Words of the first.")
        try leave(terminal)
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/sessions")
        let session = folder.appending(path: try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first))
        let article = sandbox.project.appending(path: "article.md").path
        for numbers in ["0 0 0 9223372036854775807", "9223372036854775807 9223372036854775807 9223372036854775807 9223372036854775807", "0 0 0 1000000000", "5 3 2 40", "-1 -1 -1 -1"] {
            try Data("longhand session 1\nactive 9223372036854775807\nopen \(numbers) \(article)\n".utf8).write(to: session)
            let next = try sandbox.studio()
            try next.wait(for: "Words of the first.")
            try leave(next)
        }
    }

    @Test func aSessionThatCannotBeReadIsLeftAsItIs() throws {
        let sandbox = try sandbox()
        let terminal = try sandbox.studio()
        try terminal.wait(for: "Words of the first.")
        try leave(terminal)
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/sessions")
        let session = folder.appending(path: try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)).path
        unlink(session)
        #expect(symlink(session, session) == 0)
        let next = try sandbox.studio()
        try next.wait(for: "What was open last isn't known")
        try leave(next)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: session) == session)
    }

    @Test func severalAreNamedAtOnce() throws {
        let sandbox = try sandbox()
        let terminal = try sandbox.studio(["project/article.md", "project/third.md", "+7", "project/notes/../notes/second.md"])
        try terminal.wait(for: "Words of the first.")
        try terminal.wait(for: "1/3")
        terminal.send("\u{1B}n")
        try terminal.wait(for: "third.md  7:1")
        terminal.send("x\u{11}")
        try terminal.wait(for: "third.md is not saved.")
        terminal.send("d")
        #expect(try terminal.waitForExit() == 0)
        let refused = try sandbox.run(["project/article.md", "project/notes"])
        #expect(refused.status == 2 && refused.errors.contains("is a folder among others"))
    }

    @Test func aSessionIsReadBackHoweverDamaged() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "longhand-session-\(UInt64.random(in: 0 ... .max))").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let memory = SessionMemory(folder: folder, root: "/home/me/项目")
        #expect(try memory.recall() == nil)
        let record = SessionRecord(
            articles: [
                ArticlePlace(path: "/a b/c.md", selection: Selection(anchor: 3, head: 9), scroll: ScrollPosition(line: 4, row: 1)),
                ArticlePlace(path: "/词.md"),
            ], active: 1, recent: ["/词.md", "/a b/c.md"])
        try memory.remember(record)
        #expect(try memory.recall() == record)
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: memory.path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        let bytes = try #require(try AtomicFile.read(memory.path))
        for index in bytes.indices {
            for damaged in [Array(bytes[..<index]), bytes.enumerated().map { $0.offset == index ? $0.element ^ 0x11 : $0.element }] {
                try AtomicFile.write(damaged, to: memory.path)
                // Read or refused in a sentence, and never a crash.
                _ = try? memory.recall()
            }
        }
    }

    @Test func textFilesAreListedAndWhatIsHiddenIsNot() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "longhand-list-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in ["b.md", "a.txt", "x.png", ".hidden/h.md", "notes/词.md", "notes/deep/d.MD", "node_modules/m.md"] {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: file)
        }
        // A circle of links ends.
        try FileManager.default.createSymbolicLink(atPath: folder.appending(path: "notes/up").path, withDestinationPath: folder.path)
        #expect(ProjectFiles.all(below: folder.path) == ["a.txt", "b.md", "notes/词.md", "notes/deep/d.MD"])
        #expect(ProjectFiles.names(in: folder.path) == [".hidden/", "a.txt", "b.md", "node_modules/", "notes/", "x.png"])
        #expect(ProjectFiles.names(in: folder.path + "/none") == [])
    }
}

/// Undo and redo from one run to the next, in the real program.
@Suite(.serialized) struct PersistentUndoTests {
    private func start(_ sandbox: Sandbox, _ text: String) throws -> PseudoTerminal {
        let terminal = try sandbox.studio()
        try terminal.wait(for: text)
        return terminal
    }

    private func leave(_ terminal: PseudoTerminal) throws {
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func everythingIsUndoneAndRedoneAfterARestart() throws {
        let sandbox = try Sandbox(article: "The start.\n", model: false)
        var terminal = try start(sandbox, "The start.")
        terminal.send("alpha beta gamma ")
        try terminal.wait(for: "alpha beta gamma The start.")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved article.md")
        terminal.send("delta ")
        try terminal.wait(for: "delta The start.")
        terminal.send("\u{13}")
        try terminal.wait("a second save") { !$0.text.contains("●") && $0.text.contains("Saved") }
        try leave(terminal)

        terminal = try start(sandbox, "alpha beta gamma delta The start.")
        try press("\u{1F}", terminal, until: "Nothing to undo") { !$0.contains("alpha") && $0.contains("The start.") }
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved article.md")
        try leave(terminal)
        #expect(try sandbox.read("article.md") == "The start.\n")

        // What was undone before the restart is redone after it.
        terminal = try start(sandbox, "The start.")
        try press("\u{19}", terminal, until: "Nothing to redo") { $0.contains("alpha beta gamma delta The start.") }
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved article.md")
        try leave(terminal)

        // Another program's text has no such history.
        try sandbox.write("Something else.\n", to: "article.md")
        terminal = try start(sandbox, "Something else.")
        terminal.send("\u{1F}")
        try terminal.wait(for: "Nothing to undo")
        #expect(terminal.screen.text.contains("Something else."))
        try leave(terminal)
    }

    /// Presses a key until the condition holds and nothing is left to do; the history comes a moment after the text.
    private func press(_ key: String, _ terminal: PseudoTerminal, until nothing: String, _ condition: (String) -> Bool) throws {
        for _ in 0..<400 where !(terminal.screen.text.contains(nothing) && condition(terminal.screen.text)) {
            terminal.send(key)
            _ = terminal.pump(milliseconds: 60)
        }
        try #require(condition(terminal.screen.text), "the screen was:\n\(terminal.screen.text)")
    }

    @Test func whatIsDamagedOrTooLargeGoes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "longhand-undo-\(UInt64.random(in: 0 ... .max))").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var store = UndoStore(folder: folder)
        func made(_ count: Int) throws -> Document {
            var document = Document(Text("start\n"))
            for number in 0..<count {
                let changes = ChangeSet(length: document.text.utf8Count, replacing: [(range: 0..<0, with: "词 \(number) ")])
                try document.apply(Edit(changes: changes, selection: Selection(0), origin: .command("test")))
            }
            document.markSaved()
            return document
        }
        let document = try made(40)
        try store.keep(document, for: "/a.md")
        #expect(try store.recall(for: "/a.md", document.text) != nil)
        #expect(try store.recall(for: "/a.md", Text("start\n")) == nil)
        #expect(try store.recall(for: "/b.md", document.text) == nil)
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        var bytes = try #require(try AtomicFile.read(folder + "/" + name))
        bytes[bytes.count / 2] ^= 4
        try AtomicFile.write(bytes, to: folder + "/" + name)
        #expect(try store.recall(for: "/a.md", document.text) == nil)
        store.totalLimit = bytes.count + 10
        try store.keep(document, for: "/b.md")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        #expect(try store.recall(for: "/b.md", document.text) != nil)
        store.limit = 300
        try store.keep(document, for: "/c.md")
        #expect(try store.recall(for: "/c.md", document.text)?.canUndo == true)
    }
}
