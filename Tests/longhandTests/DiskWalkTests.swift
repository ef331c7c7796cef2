import ArticleFiles
import Foundation
import TestTerminal
import Testing
import TextCore
import Workbench

@testable import longhand

/// Files that others touch while the real program has them open.
@Suite(.serialized) struct DiskWalkTests {
    private func leave(_ terminal: PseudoTerminal) throws {
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
    }

    /// Writes a file as vim and git do: another file that takes its name.
    private func replace(_ text: String, at path: String, in sandbox: Sandbox) throws {
        try sandbox.write(text, to: path + ".new")
        try #require(rename(sandbox.project.path + "/" + path + ".new", sandbox.project.path + "/" + path) == 0)
    }

    @Test func whatOthersWriteIsShownAskedAboutAndNeverLost() throws {
        let sandbox = try Sandbox(article: "# One\n\nThe start.\n", model: false)
        let terminal = try sandbox.studio(["project/article.md"], width: 80, height: 24)
        try terminal.wait(for: "The start.")
        // In place, by another name, and deleted before it is written.
        try sandbox.write("# One\n\nWritten in place.\n", to: "article.md")
        try terminal.wait(for: "Written in place.")
        try terminal.wait(for: "is shown as it is on the disk now; Ctrl-U brings back what was here.")
        try replace("# One\n\nWritten anew.\n", at: "article.md", in: sandbox)
        try terminal.wait(for: "Written anew.")
        try FileManager.default.removeItem(at: sandbox.project.appending(path: "article.md"))
        try terminal.wait(for: "article.md is no longer on the disk; saving writes it anew.")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved article.md.")
        #expect(try sandbox.read("article.md") == "# One\n\nWritten anew.\n")

        // With something unsaved it is asked.
        terminal.send("Mine: ")
        try terminal.wait(for: "Mine: # One")
        try replace("# One\n\nTheirs.\n", at: "article.md", in: sandbox)
        try terminal.wait(for: "article.md was changed by another program.")
        terminal.send("c")
        try terminal.wait(for: "From the file on the disk to this text")
        terminal.send("\u{1B}")
        try terminal.wait("the question") {
            $0.text.contains("k keep mine · c compare · Esc later") && !$0.text.contains("From the file")
        }
        terminal.send("r")
        try terminal.wait(for: "Theirs.")
        terminal.send("\u{15}")
        try terminal.wait(for: "Mine: # One")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved article.md.")
        #expect(try sandbox.read("article.md") == "Mine: # One\n\nWritten anew.\n")

        // Own saves, however many, and a new date are no change.
        for number in 1...5 {
            terminal.send("x\u{13}")
            let typed = String(repeating: "x", count: number) + "#"
            try terminal.wait("a save") {
                $0.text.contains(typed) && $0.text.contains("Saved article.md.") && !$0.text.contains("●")
            }
        }
        let path = sandbox.project.appending(path: "article.md").path
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
        terminal.send("y\u{13}")
        try terminal.wait("one more save") {
            $0.text.contains("xy#") && $0.text.contains("Saved article.md.") && !$0.text.contains("●")
        }
        #expect(!terminal.screen.text.contains("another program"))
        #expect(try sandbox.read("article.md").hasPrefix("Mine: xxxxxy# One"))
        try leave(terminal)
    }

    @Test func aSecondOneReadsAndTakesOverWhenTheFirstHasLeft() throws {
        let sandbox = try Sandbox(article: "The start.\n", model: false)
        try FileManager.default.createSymbolicLink(
            atPath: sandbox.project.path + "/link.md", withDestinationPath: "article.md")
        let first = try sandbox.studio(["project/article.md", "project/link.md", "project/article.md"])
        try first.wait(for: "The start.")
        let second = try sandbox.studio(["project/link.md"])
        try second.wait(for: "is open in another Longhand (process \(first.processID)")
        second.send("x")
        try second.wait(for: "is still open in another Longhand")
        first.send("unsaved ")
        try first.wait(for: "unsaved The start.")
        first.send("\u{13}")
        try first.wait(for: "Saved article.md.")
        try second.wait(for: "unsaved The start.")
        // Its journal is no remainder.
        first.send("more ")
        let journals = sandbox.folder.appending(path: "home/.local/state/longhand/journals").path
        try first.wait("a journal") { _ in
            ((try? FileManager.default.contentsOfDirectory(atPath: journals)) ?? []).count == 1
        }
        second.send("\u{11}")
        #expect(try second.waitForExit() == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: journals).count == 1)

        // A crash lets go of it, and what it left is offered to who takes over.
        let third = try sandbox.studio(["project/article.md"])
        try third.wait(for: "is open in another Longhand")
        kill(first.processID, SIGKILL)
        _ = try first.waitForExit()
        third.send("x")
        try third.wait(for: "has unsaved changes from an earlier run.")
        third.send("r")
        try third.wait(for: "unsaved more The start.")
        third.send("\u{13}")
        try third.wait(for: "Saved article.md.")
        try leave(third)
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: sandbox.folder.appending(path: "home/.local/state/longhand/locks").path) == [])
    }

    @Test func aFileInAnotherEncodingIsOpenedAsOneWants() throws {
        let sandbox = try Sandbox(article: "The start.\n", model: false)
        let path = sandbox.project.path + "/old.md"
        let text = Text("# 知识管理\n\n意思相近的词，它们的向量方向也相近。\n")
        let bytes = try FileCodec.encode(text, FileFormat(encoding: .gb18030), for: path)
        try AtomicFile.write(bytes, to: path)
        let terminal = try sandbox.studio(["project/old.md"], width: 80, height: 24)
        try terminal.wait(for: "it looks like GB18030")
        terminal.send("\u{1B}")
        try terminal.wait(for: "Typing asks again")
        terminal.send("x")
        try terminal.wait(for: "k keep GB18030")
        terminal.send("k")
        try terminal.wait(for: "知识管理")
        terminal.send("词\u{13}")
        try terminal.wait(for: "Saved old.md.")
        #expect(
            try AtomicFile.read(path)
                == (try FileCodec.encode(Text("词" + text.string), FileFormat(encoding: .gb18030), for: path)))
        // Another program's version of it is read in the same way, and so are the versions kept.
        try AtomicFile.write(bytes + [0x0A], to: path)
        try terminal.wait(for: "is shown as it is on the disk now")
        terminal.send("\u{1B}V")
        try terminal.wait(for: "Enter compare with now")
        terminal.send("\u{1B}[B\r")
        try terminal.wait("a comparison") { $0.text.contains("to now") && $0.text.contains("知识管理") }
        terminal.send("\u{1B}")
        try terminal.wait("the list") { $0.text.contains("Enter compare with now") && !$0.text.contains("to now") }
        terminal.send("\u{1B}")
        try terminal.wait("the list to close") { !$0.text.contains("Enter compare with now") }
        try leave(terminal)

        // The project opens with it again, without asking.
        let again = try sandbox.studio()
        try again.wait(for: "知识管理")
        try again.wait(for: "GB18030")
        try leave(again)
    }
}
