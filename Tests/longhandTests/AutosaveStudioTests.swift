import Foundation
import TestTerminal
import Testing

/// Autosave and what a hang-up leaves, in the real program.
@Suite(.serialized) struct AutosaveStudioTests {
    @Test func savesByItselfAndNeverOverAnotherProgramsText() throws {
        let sandbox = try Sandbox(article: "The start.\n", settings: "[editor]\nautosave = 1\n", model: false)
        let terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "The start.")
        terminal.send("one ")
        try terminal.wait(for: "one The start.")
        for _ in 0..<600 where try sandbox.read("article.md") != "one The start.\n" { terminal.pump(milliseconds: 50) }
        #expect(try sandbox.read("article.md") == "one The start.\n")
        try terminal.wait("the mark of what isn't saved to go") { !$0.text.contains("[+]") }
        #expect(!terminal.screen.text.contains("Saved"))
        // The terminal loses the focus: no second passes.
        terminal.send("two \u{1B}[O")
        for _ in 0..<600 where try sandbox.read("article.md") != "one two The start.\n" {
            terminal.pump(milliseconds: 50)
        }
        try terminal.wait("the mark of what isn't saved to go") { !$0.text.contains("[+]") }
        let journals = sandbox.folder.appending(path: "home/.local/state/longhand/journals").path
        for _ in 0..<600 where try !FileManager.default.contentsOfDirectory(atPath: journals).isEmpty {
            terminal.pump(milliseconds: 50)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: journals) == [])

        try sandbox.write("Another program's.\n", to: "article.md")
        terminal.send("three ")
        try terminal.wait(for: "article.md was changed by another program.")
        terminal.send("\u{1B}")
        try terminal.wait(for: "Asked again when it is saved.")
        terminal.send("four ")
        try terminal.wait(for: "three four ")
        terminal.pump(milliseconds: 1_500)
        #expect(try sandbox.read("article.md") == "Another program's.\n")
        terminal.send("\u{11}")
        try terminal.wait(for: "is not saved")
        terminal.send("d")
        #expect(try terminal.waitForExit() == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: journals) == [])
        let versions = try sandbox.run(["versions", sandbox.project.path + "/article.md", "--json"])
        // What was there before the first save, and no version a second.
        #expect(versions.output.components(separatedBy: "\"number\":").count <= 3, "\(versions.output)")
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalLosesNothing(signal: Int32) throws {
        let sandbox = try Sandbox(article: "The start.\n", model: false)
        var terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "The start.")
        terminal.send("typed just now ")
        try terminal.wait(for: "typed just now The start.")
        kill(terminal.processID, signal)
        _ = try terminal.waitForExit()
        #expect(try sandbox.read("article.md") == "The start.\n")
        terminal = try sandbox.studio(width: 40, height: 12)
        try terminal.wait(for: "Esc later")
        terminal.send("c")
        try terminal.wait(for: "typed just now")
        terminal.send("r")
        try terminal.wait(for: "Recovered.")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved")
        #expect(try sandbox.read("article.md") == "typed just now The start.\n")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        #expect(terminal.screen.unknown == [])
    }

    @Test func whatIsLeftForLaterOutlivesTheNextJournal() throws {
        let sandbox = try Sandbox(article: "The start.\n", model: false)
        var terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "The start.")
        terminal.send("first ")
        try terminal.wait(for: "first The start.")
        kill(terminal.processID, SIGTERM)
        _ = try terminal.waitForExit()
        terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "Esc later")
        terminal.send("\u{1B}")
        try terminal.wait(for: "Kept for later")
        terminal.send("\u{1B}[1;5Hsecond ")
        try terminal.wait(for: "second The start.")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "the file was changed since")
        terminal.send("d")
        try terminal.wait(for: "gone for good")
        terminal.send("y")
        try terminal.wait(for: "Discarded.")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "F1 help")
        #expect(terminal.screen.text.contains("second The start.") && !terminal.screen.text.contains("earlier run"))
    }
}
