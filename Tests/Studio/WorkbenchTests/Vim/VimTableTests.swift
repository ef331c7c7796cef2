import Foundation
import Screen
import Testing
import TextCore

@testable import Workbench

/// The vim keymap held to vim: `Fixtures/vim-cases.json` has texts, keys, and what vim made of them, recorded by
/// `Scripts/vim-cases.vim`. ‸ is the caret.
@Suite struct VimTableTests {
    struct Case: Codable {
        var before: String
        var keys: String
        var after: String
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let file = folder.appending(path: "Fixtures/vim-cases.json")

    private static func cases() throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    }

    @Test func everyCaseEndsAsInVim() throws {
        let cases = try Self.cases()
        #expect(cases.count >= 200)
        for one in cases {
            let after = vimResult(one.before, one.keys)
            #expect(after == one.after, "\(one.before.debugDescription) \(one.keys)")
        }
    }

    /// The recording is what the vim of this machine does, where there is one.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/vim")))
    func theRecordingIsVims() throws {
        let cases = try Self.cases()
        let work = FileManager.default.temporaryDirectory.appending(path: "vim-cases-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        let output = work.appending(path: "out.json").path
        let vim = Process()
        vim.executableURL = URL(filePath: "/usr/bin/vim")
        vim.arguments = [
            "--clean", "-u", "NONE", "-N", "-i", "NONE", "-n", "-es", "--cmd", "let g:cases='\(Self.file.path)'",
            "--cmd", "let g:out='\(output)'",
            "-S", Self.folder.appending(path: "../../../../Scripts/vim-cases.vim").standardizedFileURL.path,
        ]
        vim.standardInput = FileHandle.nullDevice
        vim.standardOutput = FileHandle.nullDevice
        try vim.run()
        vim.waitUntilExit()
        // A small vim without the language its scripts are in can't be asked.
        guard let data = FileManager.default.contents(atPath: output) else { return }
        let results = try JSONDecoder().decode([String].self, from: data)
        #expect(results.count == cases.count)
        for (one, result) in zip(cases, results) {
            #expect(result == one.after, "\(one.before.debugDescription) \(one.keys)")
        }
    }
}

/// What the vim keymap makes of a text with ‸ at the caret.
func vimResult(_ before: String, _ keys: String) -> String {
    var workspace = vimWorkspace(before)
    type(keys: keys, &workspace)
    // As the recording does: a mode that is left open ends.
    while workspace.modal != nil || workspace.vim.mode != .normal || !workspace.vim.pending.isEmpty {
        _ = handle(.terminal(.key(.escape)), &workspace)
    }
    return caretMarked(workspace)
}

func vimWorkspace(_ before: String) -> Workspace {
    let parts = before.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
    var workspace = makeWorkspace(parts.joined())
    workspace.configure { $0.keymap = Keymap(.vim) }
    workspace.withEditor { $0.select(Selection(parts[0].utf8.count)) }
    return workspace
}

func caretMarked(_ workspace: Workspace) -> String {
    let text = workspace.editor.text
    return text.slice(0..<workspace.editor.caret) + "‸" + text.slice(workspace.editor.caret..<text.utf8Count)
}

/// Types keys written as vim's help writes them: `<Esc>`, `<C-r>`, `<lt>`.
@discardableResult
func type(keys: String, _ workspace: inout Workspace) -> [Effect] {
    var effects: [Effect] = []
    var rest = keys[...]
    while let first = rest.popFirst() {
        var key = Key.character(first)
        if first == "<", let end = rest.firstIndex(of: ">") {
            let name = String(rest[..<end])
            let named: [String: Key] = ["lt": .character("<"), "CR": .enter, "BS": .backspace, "Del": .delete]
            if let found = named[name] ?? KeyChord(name: name)?.keys.first {
                key = found
                rest = rest[rest.index(after: end)...]
            }
        }
        effects = handle(.terminal(.key(key)), &workspace)
    }
    return effects
}
