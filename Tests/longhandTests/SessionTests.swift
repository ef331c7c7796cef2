import Foundation
import TestTerminal
import Testing
import TextCore
import Workbench

@testable import longhand

/// What is open, in the real program and from one run to the next.
@Suite(.serialized) struct SessionTests {
    private func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox(
            article: "# First\n\nWords of the first.\n", notes: ["second.md": "# Second\n\nWords of the second.\n"],
            model: false)
        try sandbox.write(
            "# Third\n\n" + (1...80).map { "Line \($0) of the third.\n" }.joined(separator: "\n"), to: "third.md")
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
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).count { $0.hasSuffix(".unusable") } == 1)
    }

    @Test func numbersBeyondAllSenseInASessionEndNothing() throws {
        let sandbox = try sandbox()
        let terminal = try sandbox.studio()
        try terminal.wait(for: "Words of the first.")
        try leave(terminal)
        let folder = sandbox.folder.appending(path: "home/.local/state/longhand/sessions")
        let session = folder.appending(
            path: try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first))
        let article = sandbox.project.appending(path: "article.md").path
        for numbers in [
            "0 0 0 9223372036854775807",
            "9223372036854775807 9223372036854775807 9223372036854775807 9223372036854775807", "0 0 0 1000000000",
            "5 3 2 40", "-1 -1 -1 -1",
        ] {
            try Data("longhand session 1\nactive 9223372036854775807\nopen \(numbers) \(article)\n".utf8).write(
                to: session)
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
        let session = folder.appending(
            path: try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        ).path
        unlink(session)
        #expect(symlink(session, session) == 0)
        let next = try sandbox.studio()
        try next.wait(for: "What was open last isn't known")
        try leave(next)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: session) == session)
    }

    @Test func severalAreNamedAtOnce() throws {
        let sandbox = try sandbox()
        let terminal = try sandbox.studio([
            "project/article.md", "project/third.md", "+7", "project/notes/../notes/second.md",
        ])
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
    private func press(_ key: String, _ terminal: PseudoTerminal, until nothing: String, _ condition: (String) -> Bool)
        throws
    {
        for _ in 0..<400 where !(terminal.screen.text.contains(nothing) && condition(terminal.screen.text)) {
            terminal.send(key)
            _ = terminal.pump(milliseconds: 60)
        }
        try #require(condition(terminal.screen.text), "the screen was:\n\(terminal.screen.text)")
    }
}
