import Foundation
import TestTerminal
import Testing

/// What is around the text, in the real program: colours on terminals of each kind, broken themes, the spelling.
@Suite(.serialized) struct ComfortWalkTests {
    private func colours(of terminal: PseudoTerminal) -> Set<String> {
        var found: Set<String> = []
        for sequence in String(decoding: terminal.received, as: UTF8.self).split(separator: "\u{1B}[") {
            guard let end = sequence.firstIndex(of: "m"),
                sequence[..<end].allSatisfy({ $0.isNumber || $0 == ";" || $0 == ":" })
            else { continue }
            let numbers = sequence[..<end].split(separator: ";").compactMap { Int($0) }
            var i = 0
            while i < numbers.count {
                switch numbers[i] {
                case 38, 48:
                    found.insert(numbers.dropFirst(i + 1).first == 2 ? "24 bits" : "256")
                    i += numbers.dropFirst(i + 1).first == 2 ? 4 : 2
                case 30...37, 40...47: found.insert("8")
                case 90...97, 100...107: found.insert("16")
                default: break
                }
                i += 1
            }
        }
        return found
    }

    @Test(
        arguments: [
            (["TERM": "xterm-256color", "COLORTERM": "truecolor"], ["24 bits"]),
            (["TERM": "xterm-256color"], ["256"]),
            (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], []),
            (["TERM": "xterm"], ["8"]),
            (["TERM": "linux"], ["8"]),
            (["TERM": "vt100"], []),
        ] as [([String: String], Set<String>)])
    func everyTerminalGetsTheColoursItHas(_ variables: [String: String], _ expected: Set<String>) throws {
        let sandbox = try Sandbox(article: "# Title\n\nSome text.\n", model: false)
        for (name, value) in variables { sandbox.set(name, value) }
        let terminal = try sandbox.studio(width: 100, height: 20)
        try terminal.wait(for: "Some text.")
        try terminal.wait(for: "Research")
        #expect(colours(of: terminal) == expected, "\(variables)")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func aBrokenThemeIsToldAndWritingGoesOn() throws {
        let sandbox = try Sandbox(article: "# Title\n\nSome text.\n", model: false)
        try sandbox.writeUserSettings("theme = \"mine\"\n")
        let folder = sandbox.folder.appending(path: "home/.config/longhand/themes")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("name = \"mine\"\n[styles]\nheadin = \"red\"\n".utf8).write(to: folder.appending(path: "mine.toml"))
        let terminal = try sandbox.studio(width: 160, height: 20)
        try terminal.wait(for: "mine.toml:3: no part of the screen is called “headin”")
        #expect(terminal.screen.text.contains("Some text."))
        try sandbox.writeUserSettings("theme = \"away\"\n")
        let another = try sandbox.studio(width: 160, height: 20)
        try another.wait(for: "which is no theme")
    }

    @Test func aMisspeltWordIsFoundCorrectedAndAnotherAdded() throws {
        let sandbox = try Sandbox(article: "---\nlang: xx\n---\n\nalpha beta gama zzyzx `cdoe`\n", model: false)
        let folder = sandbox.folder.appending(path: "home/.local/share/longhand/dictionaries")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("SET UTF-8\nTRY abgeltm\n".utf8).write(to: folder.appending(path: "xx.aff"))
        try Data("3\nalpha\nbeta\ngamma\n".utf8).write(to: folder.appending(path: "xx.dic"))
        let terminal = try sandbox.studio(width: 100, height: 20)
        try terminal.wait(for: "alpha beta")
        try terminal.wait(for: "5 words")
        terminal.send("\u{1B}[18~")
        try terminal.wait(for: "“gama”")
        terminal.send("\u{1B}$")
        try terminal.wait(for: "1 gamma")
        terminal.send("1")
        try terminal.wait(for: "beta gamma zzyzx")
        terminal.send("\u{1B}[18~")
        try terminal.wait(for: "“zzyzx”")
        terminal.send("\u{1B}$")
        try terminal.wait(for: "Add to your dictionary")
        terminal.send("1")
        try terminal.wait(for: "Added “zzyzx” to your dictionary")
        terminal.send("\u{1B}[18~")
        try terminal.wait(for: "No misspelt word was found")
        terminal.send("\u{13}")
        try terminal.wait(for: "Saved")
        terminal.send("\u{11}")
        #expect(try terminal.waitForExit() == 0)
        #expect(try sandbox.read("article.md").contains("beta gamma zzyzx"))
        #expect(try String(contentsOf: folder.appending(path: "words"), encoding: .utf8) == "zzyzx\n")
    }
}
