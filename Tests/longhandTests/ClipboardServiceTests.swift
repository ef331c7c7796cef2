import Configuration
import Foundation
import Synchronization
import TestTerminal
import Testing

@testable import longhand

@Suite struct ClipboardServiceTests {
    private func command(_ environment: [String: String], installed: Set<String>) -> [String]? {
        var environment = environment
        environment["PATH"] = "bin:/usr/bin"
        return ClipboardService(environment: environment, isExecutable: { installed.contains($0) }).command
    }

    @Test func theSettingDecides() {
        let environment = ["DISPLAY": ":0", "PATH": "/usr/bin"]
        func service(_ choice: Settings.WritingSection.Clipboard) -> ClipboardService {
            ClipboardService(environment: environment, choice: choice, isExecutable: { _ in true })
        }
        #expect(service(.osc52).command == nil && service(.osc52).asksTerminal)
        #expect(service(.command).command != nil && !service(.command).asksTerminal)
        #expect(service(.off).command == nil && !service(.off).asksTerminal)
    }

    @Test func theProgramIsTheOneOfTheSessionThatIsInstalled() {
        let all: Set<String> = ["/usr/bin/wl-copy", "/usr/bin/xclip", "/usr/bin/xsel", "/usr/bin/tmux", "bin/wl-copy"]
        #expect(command(["WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"], installed: all) == ["/usr/bin/wl-copy"])
        #expect(command(["DISPLAY": ":0"], installed: all)?.first == "/usr/bin/xclip")
        #expect(command(["DISPLAY": ":0"], installed: ["/usr/bin/xsel"])?.first == "/usr/bin/xsel")
        #expect(command(["DISPLAY": ":10", "SSH_CONNECTION": "1 2 3 4"], installed: all) == nil)
        #expect(
            command(["DISPLAY": ":10", "SSH_TTY": "/dev/pts/1", "TMUX": "s"], installed: all)?.first == "/usr/bin/tmux")
        #expect(command(["WAYLAND_DISPLAY": "wayland-0"], installed: ["bin/wl-copy"]) == nil)
    }

    @Test func theProgramThatIsAskedIsOfTheSameSession() {
        func source(
            _ environment: [String: String], _ installed: Set<String>,
            _ choice: Settings.WritingSection.Clipboard = .auto
        ) -> [String]? {
            var environment = environment
            environment["PATH"] = "/usr/bin"
            return ClipboardService(environment: environment, choice: choice, isExecutable: { installed.contains($0) })
                .source
        }
        let all: Set<String> = ["/usr/bin/wl-paste", "/usr/bin/xclip", "/usr/bin/xsel", "/usr/bin/tmux"]
        #expect(source(["WAYLAND_DISPLAY": "w", "DISPLAY": ":0"], all)?.first == "/usr/bin/wl-paste")
        #expect(source(["DISPLAY": ":0"], all) == ["/usr/bin/xclip", "-selection", "clipboard", "-o"])
        #expect(source(["DISPLAY": ":0"], ["/usr/bin/xsel"]) == ["/usr/bin/xsel", "--clipboard", "--output"])
        #expect(source(["DISPLAY": ":0", "SSH_TTY": "t", "TMUX": "s"], all) == ["/usr/bin/tmux", "save-buffer", "-"])
        #expect(source(["DISPLAY": ":0", "SSH_TTY": "t"], all) == nil)
        #expect(source(["DISPLAY": ":0"], all, .off) == nil && source(["DISPLAY": ":0"], all, .osc52) == nil)
        #expect(source(["DISPLAY": ":0"], all, .command) != nil)
    }

    /// What `xclip` prints, by what the script does.
    @Test(arguments: [
        ("printf 'naïve 你好\\n'", "naïve 你好\n"), ("exit 1", nil), ("printf x; exit 1", nil), ("sleep 60", nil),
        ("kill -9 $$", nil), ("printf '\\377'", "\u{FFFD}"),
    ])
    func whateverTheProgramDoesThereIsAnAnswer(script: String, expected: String?) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-clipboard-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.install("xclip", script, in: folder)
        let service = ClipboardService(environment: ["DISPLAY": ":0", "PATH": folder.path])
        let answer = Mutex<String??>(.none)
        let done = DispatchSemaphore(value: 0)
        service.read { text in
            answer.withLock { $0 = .some(text) }
            done.signal()
        }
        done.wait()
        #expect(answer.withLock { $0 } == .some(expected))
    }

    static func install(_ name: String, _ script: String, in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    @Test func theStudioPastesWhatAnotherProgramCopied() throws {
        let sandbox = try Sandbox(article: "# Title\n", model: false)
        let folder = sandbox.folder.appending(path: "bin")
        // Copying keeps the text in a file; another program has put something there before.
        let held = sandbox.folder.appending(path: "held").path
        try Data("from elsewhere".utf8).write(to: URL(filePath: held))
        try Self.install(
            "xclip", "case \"$*\" in *-o*) sleep 0.1; cat '\(held)';; *) cat > '\(held)';; esac", in: folder)
        sandbox.set("DISPLAY", ":99")
        sandbox.set("PATH", folder.path + ":/usr/bin:/bin")
        let terminal = try sandbox.studio()
        try terminal.wait(for: "Title")
        // Ctrl-End, then typing before and behind the paste.
        terminal.send("\u{1B}[1;5Fbefore \u{16} behind")
        try terminal.wait(for: "before from elsewhere behind")
        // What is cut here comes back by the same way.
        terminal.send("\r\u{1B}[1;2A\u{18}\u{16}\u{16}!")
        try terminal.wait(for: "!")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        let text = try sandbox.read("article.md")
        #expect(text == "# Title\nbefore from elsewhere behind\nbefore from elsewhere behind\n!")
    }
}
