import Foundation
import TestTerminal
import Testing

@testable import longhand

/// Whatever stands where a file is expected, the program says so at once and waits for nothing.
@Suite struct SpecialFileTests {
    /// Runs a command that must end by itself.
    private func run(_ arguments: [String], in sandbox: Sandbox) throws -> Sandbox.Output? {
        let running = try sandbox.launch(arguments)
        for _ in 0..<3_000 where running.isRunning { usleep(10_000) }
        if running.isRunning {
            running.crash()
            return nil
        }
        return try running.wait()
    }

    @Test(arguments: ["pipe", "device", "folder", "circle"]) func anArticleThatIsNoFileIsRefused(kind: String) throws {
        let sandbox = try Sandbox(article: "# A\n\ntext\n", model: false)
        let path = sandbox.project.appending(path: "odd.md").path
        let word: String
        switch kind {
        case "pipe": (word, _) = ("is a named pipe, not a file.", mkfifo(path, 0o600))
        case "device": (word, _) = ("is a device, not a file.", symlink("/dev/zero", path))
        case "folder": (word, _) = ("folder", mkdir(path, 0o700))
        default: (word, _) = ("Too many levels of symbolic links", symlink(path, path))
        }
        for arguments in [
            ["outline"], ["export"], ["draft", "--section", "A", "--dry-run"],
            ["refine", "--section", "A", "--as", "tighten", "--dry-run"],
        ] {
            let words = [arguments[0], path] + arguments.dropFirst()
            guard let found = try run(words, in: sandbox) else {
                Issue.record("\(arguments[0]) waits for a \(kind)")
                continue
            }
            #expect(
                found.status != 0 && found.output.isEmpty && found.errors.contains(word),
                "\(words): \(found.status) \(found.errors)")
            #expect(found.errors.split(separator: "\n").count <= 2, "\(found.errors)")
        }
    }

    @Test(arguments: ["longhand.toml", "config.toml"]) func settingsThatAreAPipeAreRefused(name: String) throws {
        let sandbox = try Sandbox(article: "# A\n", model: false)
        if name == "longhand.toml" {
            let path = sandbox.project.appending(path: name).path
            unlink(path)
            #expect(mkfifo(path, 0o600) == 0)
        } else {
            let folder = sandbox.folder.appending(path: "home/.config/longhand")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            #expect(mkfifo(folder.appending(path: name).path, 0o600) == 0)
        }
        let found = try run(["config", "-p", sandbox.project.path], in: sandbox)
        #expect(
            found?.status == 3
                && found?.errors.contains("\(name) could not be read: it is a named pipe, not a file.") == true,
            "\(found?.errors ?? "it waits")")
    }

    @Test func aNoteThatIsAPipeIsNoSourceAndHoldsNothingUp() throws {
        let sandbox = try Sandbox(article: "A.[^1]\n\n[^1]: Odd — `notes/odd.md:1`\n", model: false)
        #expect(mkfifo(sandbox.project.appending(path: "notes/odd.md").path, 0o600) == 0)
        #expect(mkfifo(sandbox.project.appending(path: ".longhand-words").path, 0o600) == 0)
        let exported = try run(["export", sandbox.project.appending(path: "article.md").path, "-o", "-"], in: sandbox)
        #expect(exported?.status == 0 && exported?.output.contains("A.") == true)
        let indexed = try run(["index", "-p", sandbox.project.path], in: sandbox)
        #expect(indexed != nil)
        let terminal = try sandbox.studio(width: 80, height: 24)
        try terminal.wait(for: "notes/odd.md")
    }
}
