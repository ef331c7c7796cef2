import Configuration
import Testing

@testable import longhand

@Suite struct ClipboardDeskTests {
    private func command(_ environment: [String: String], installed: Set<String>) -> [String]? {
        var environment = environment
        environment["PATH"] = "bin:/usr/bin"
        return ClipboardDesk(environment: environment, isExecutable: { installed.contains($0) }).command
    }

    @Test func theSettingDecides() {
        let environment = ["DISPLAY": ":0", "PATH": "/usr/bin"]
        func desk(_ choice: Settings.WritingSection.Clipboard) -> ClipboardDesk {
            ClipboardDesk(environment: environment, choice: choice, isExecutable: { _ in true })
        }
        #expect(desk(.osc52).command == nil && desk(.osc52).asksTerminal)
        #expect(desk(.command).command != nil && !desk(.command).asksTerminal)
        #expect(desk(.off).command == nil && !desk(.off).asksTerminal)
    }

    @Test func theProgramIsTheOneOfTheSessionThatIsInstalled() {
        let all: Set<String> = ["/usr/bin/wl-copy", "/usr/bin/xclip", "/usr/bin/xsel", "/usr/bin/tmux", "bin/wl-copy"]
        #expect(command(["WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"], installed: all) == ["/usr/bin/wl-copy"])
        #expect(command(["DISPLAY": ":0"], installed: all)?.first == "/usr/bin/xclip")
        #expect(command(["DISPLAY": ":0"], installed: ["/usr/bin/xsel"])?.first == "/usr/bin/xsel")
        #expect(command(["DISPLAY": ":10", "SSH_CONNECTION": "1 2 3 4"], installed: all) == nil)
        #expect(command(["DISPLAY": ":10", "SSH_TTY": "/dev/pts/1", "TMUX": "s"], installed: all)?.first == "/usr/bin/tmux")
        #expect(command(["WAYLAND_DISPLAY": "wayland-0"], installed: ["bin/wl-copy"]) == nil)
    }
}
