import ArticleFiles
import Foundation
import TestTerminal
import Testing

@testable import longhand

/// The versions of articles, in the real program.
@Suite(.serialized) struct VersionTests {
    @Test func commandsSayThatVersionsCannotBeRead() throws {
        let sandbox = try Sandbox(article: "one\n", model: false)
        let state = sandbox.folder.appending(path: "home/.local/state/longhand/versions").path
        let store = VersionStore(folder: state, limit: 1 << 30)
        let article = sandbox.project.appending(path: "article.md").path
        try store.keep(article)
        let list = state + "/" + StateName.of(article) + "/list"
        unlink(list)
        #expect(symlink(list, list) == 0)
        let found = try sandbox.run(["versions", article])
        #expect(found.status == 3 && found.errors.contains("can't be read") && found.output.isEmpty, "\(found)")
        try sandbox.write("two\n", to: "article.md")
        let back = try sandbox.run(["versions", article, "--restore", "1"])
        #expect(back.status == 3 && back.errors.contains("can't be read"), "\(back)")
        #expect(try sandbox.read("article.md") == "two\n")
    }

    @Test func writtenSavedListedComparedAndBroughtBack() throws {
        let sandbox = try Sandbox(article: "# One\n\nThe start.\n", model: false)
        let terminal = try sandbox.studio(width: 100, height: 30)
        try terminal.wait(for: "The start.")
        terminal.send("\u{1B}[B\u{1B}[Bsome words \u{13}")
        try terminal.wait(for: "Saved article.md")
        terminal.send("and much more \u{13}")
        try terminal.wait("a second save") { $0.text.contains("some words and much more") && $0.text.contains("Saved") }
        // The list has them once they are kept, which no save waits for.
        let state = sandbox.folder.appending(path: "home/.local/state/longhand/versions")
        func kept() -> Int {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: state.path)) ?? []
            return names.compactMap { try? String(contentsOf: state.appending(path: $0 + "/list"), encoding: .utf8) }
                .joined().split(separator: "\n").count
        }
        for _ in 0..<500 where kept() < 3 { _ = terminal.pump(milliseconds: 20) }
        terminal.send("\u{1B}V")
        try terminal.wait(for: "+3  One")
        terminal.send("\u{1B}[B\u{1B}[B\r")
        try terminal.wait(for: "r bring this version back")
        terminal.send("r")
        try terminal.wait("the first version") {
            $0.text.contains("The version is back") && !$0.text.contains("some words")
        }
        terminal.send("\u{1F}")
        try terminal.wait(for: "some words and much more")
        terminal.send("\u{13}\u{11}")
        #expect(try terminal.waitForExit() == 0)

        let listed = try sandbox.run(["versions", "project/article.md"])
        #expect(
            listed.status == 0 && listed.output.split(separator: "\n").count == 3, "\(listed.output)\(listed.errors)")
        #expect(listed.output.hasPrefix("1  20") && listed.output.contains("+3  One"))
        let json = try sandbox.run(["versions", "project/article.md", "--json"])
        #expect(json.output.hasPrefix("{\"version\":1,\"article\":\"project/article.md\",\"versions\":[{\"number\":1,"))
        let diff = try sandbox.run(["versions", "project/article.md", "--diff", "3"])
        #expect(diff.output.contains("{+some words and much more +}The start."), "\(diff.output)")
        #expect(try sandbox.run(["versions", "project/article.md", "--restore", "3"]).status == 0)
        #expect(try sandbox.read("article.md") == "# One\n\nThe start.\n")
        #expect(try sandbox.run(["versions", "project/article.md", "--diff", "1"]).output.contains("The start."))
        #expect(try sandbox.run(["versions", "project/article.md", "--restore", "2"]).status == 0)
        #expect(try sandbox.read("article.md") == "# One\n\nsome words and much more The start.\n")
        #expect(try sandbox.run(["versions", "project/article.md", "--restore", "77"]).status == 3)
        #expect(try sandbox.run(["versions", "project/none.md"]).status == 1)
        #expect(try sandbox.run(["versions", "project/article.md", "--diff", "1", "--restore", "1"]).status == 2)
    }

    @Test func aStoreThatCannotBeWrittenStopsNoSaveAndOffKeepsNone() throws {
        let sandbox = try Sandbox(article: "The start.\n", model: false)
        let state = sandbox.folder.appending(path: "home/.local/state/longhand")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        // A file stands where the folder should be.
        try Data().write(to: state.appending(path: "versions"))
        var terminal = try sandbox.studio(width: 160)
        try terminal.wait(for: "The start.")
        terminal.send("x\u{13}")
        // The complaint may come before the save is done.
        try terminal.wait("the save") { screen in
            screen.text.contains("xThe start.") && !screen.text.contains("●")
                && ["No version is kept", "Saved"].contains { screen.text.contains($0) }
        }
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        #expect(try sandbox.read("article.md") == "xThe start.\n")
        try FileManager.default.removeItem(at: state.appending(path: "versions"))
        try sandbox.write("versions = \"off\"\n", to: "longhand.toml")
        terminal = try sandbox.studio()
        try terminal.wait(for: "xThe start.")
        terminal.send("y\u{13}")
        try terminal.wait(for: "Saved article.md")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        #expect(!FileManager.default.fileExists(atPath: state.appending(path: "versions").path))
        try sandbox.write("versions = \"some\"\n", to: "longhand.toml")
        #expect(try sandbox.run(["config", "-p", "project"]).status == 3)
    }
}
