import Testing

@testable import longhand

@Suite struct ClipboardDeskTests {
    private func command(_ environment: [String: String], installed: Set<String>) -> [String]? {
        var environment = environment
        environment["PATH"] = "bin:/usr/bin"
        return ClipboardDesk(environment: environment, isExecutable: { installed.contains($0) }).command
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
