import Foundation
import TestTerminal
import Testing

@testable import longhand

/// Other names for an article, in the real program.
@Suite(.serialized) struct NamingWalkTests {
    private func state(_ sandbox: Sandbox, _ name: String) -> [String] {
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/" + name)
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    private func leave(_ terminal: PseudoTerminal) throws {
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
    }

    private func choose(_ command: String, _ name: String, in terminal: PseudoTerminal) throws {
        terminal.send("\u{10}")
        try terminal.wait(for: "Commands")
        terminal.send(command + "\r")
        try terminal.wait("the prompt") { !$0.text.contains("Commands") }
        terminal.send("\u{15}" + name + "\r")
    }

    @Test func renamedWithItsVersionsAndUndo() throws {
        let sandbox = try Sandbox(article: "# One\n\nThe start.\n", model: false)
        let terminal = try sandbox.studio(width: 100, height: 30)
        try terminal.wait(for: "The start.")
        terminal.send("first \u{13}")
        try terminal.wait(for: "Saved article.md")
        terminal.send("second ")
        try choose("rename", "notes/other.md", in: terminal)
        try terminal.wait(for: "This article is notes/other.md now.")
        #expect(try sandbox.read("notes/other.md") == "first # One\n\nThe start.\n")
        #expect(!FileManager.default.fileExists(atPath: sandbox.project.appending(path: "article.md").path))
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved notes/other.md")
        try leave(terminal)
        #expect(try sandbox.read("notes/other.md") == "first second # One\n\nThe start.\n")
        #expect(state(sandbox, "locks") == [] && state(sandbox, "journals") == [])
        let path = sandbox.project.appending(path: "notes/other.md").path
        let versions = try sandbox.run(["versions", path])
        #expect(versions.output.split(separator: "\n").count == 3, "\(versions)")
        #expect(state(sandbox, "versions").count == 1 && state(sandbox, "undo").count == 1)
        let again = try sandbox.studio(width: 100, height: 30)
        try again.wait(for: "first second")
        try again.wait(for: "other.md")
        // What can be undone is read while one already writes.
        for _ in 0..<100 where again.screen.text.contains("second") {
            again.send("\u{15}")
            for _ in 0..<10 where again.screen.text.contains("second") { _ = again.pump(milliseconds: 20) }
        }
        #expect(!again.screen.text.contains("second") && again.screen.text.contains("first"))
        again.send("\u{11}")
        try again.wait(for: "is not saved")
        again.send("d")
        #expect(try again.waitForExit() == 0)
    }

    @Test func savedAsAnotherAndNeverOverAFileUnasked() throws {
        let sandbox = try Sandbox(article: "text\n", notes: ["there.md": "precious\n"], model: false)
        let terminal = try sandbox.studio(width: 100, height: 30)
        try terminal.wait(for: "text")
        terminal.send("more \u{1B}S")
        try terminal.wait(for: "Save as:")
        terminal.send("\u{15}notes/there.md\r")
        try terminal.wait(for: "notes/there.md exists already.")
        terminal.send("\u{1B}")
        try terminal.wait(for: "It was left alone.")
        #expect(try sandbox.read("notes/there.md") == "precious\n" && sandbox.read("article.md") == "text\n")
        terminal.send("\u{1B}S")
        try terminal.wait(for: "Save as:")
        terminal.send("\u{15}notes/there.md\r")
        try terminal.wait(for: "exists already.")
        terminal.send("r")
        try terminal.wait(for: "Saved as notes/there.md")
        #expect(try sandbox.read("notes/there.md") == "more text\n" && sandbox.read("article.md") == "text\n")
        try leave(terminal)
        // What was replaced is a version.
        let found = try sandbox.run(["versions", sandbox.project.appending(path: "notes/there.md").path, "--diff", "2"])
        #expect(found.output.contains("precious"), "\(found)")
    }

    @Test func begunAndDuplicated() throws {
        let sandbox = try Sandbox(article: "text\n", model: false)
        let terminal = try sandbox.studio(width: 100, height: 30)
        try terminal.wait(for: "text")
        try choose("duplicate", "copy.md", in: terminal)
        try terminal.wait(for: "2/2")
        #expect(try sandbox.read("copy.md") == "text\n")
        try choose("new article", "third", in: terminal)
        try terminal.wait(for: "3/3")
        terminal.send("new words\u{13}")
        try terminal.wait(for: "Saved third.md")
        try choose("new article", "copy", in: terminal)
        try terminal.wait(for: "2/3")
        try leave(terminal)
        #expect(try sandbox.read("third.md") == "new words")
    }

    @Test func hardLinksStayOneFileInTheStudio() throws {
        let sandbox = try Sandbox(article: "text\n", model: false)
        let (path, other) = (
            sandbox.project.appending(path: "article.md").path, sandbox.project.appending(path: "other.txt").path
        )
        #expect(link(path, other) == 0)
        let terminal = try sandbox.studio(width: 100, height: 30)
        try terminal.wait(for: "text")
        terminal.send("more \u{13}")
        try terminal.wait(for: "Saved article.md")
        try leave(terminal)
        #expect(try sandbox.read("other.txt") == "more text\n" && state(sandbox, "saves") == [])
    }
}
