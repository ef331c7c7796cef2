import Screen
import TextCore

extension CommandTable {
    /// Cutting and pasting with a ring of what was cut. The default keymap leaves them to the palette.
    static let killCommands: [Command] = [
        Command(
            "kill-line", "Kill to the line's end", "Cut the rest of the line, or its break, into the kill ring.",
            in: .editor, []
        ) {
            $0.kill("kill-line") { editor in
                let end = editor.text.lineRange(editor.text.line(at: editor.caret)).upperBound
                return editor.caret..<(end > editor.caret ? end : editor.text.nextGrapheme(after: editor.caret))
            }
        },
        Command(
            "kill-word-forward", "Kill word forward", "Cut to the end of the word into the kill ring.", in: .editor, []
        ) {
            $0.kill("kill-word-forward") { $0.caret..<$0.text.nextWord(after: $0.caret) }
        },
        Command(
            "kill-word-backward", "Kill word backward", "Cut to the start of the word into the kill ring.", in: .editor,
            []
        ) {
            $0.kill("kill-word-backward", backwards: true) { $0.text.previousWord(before: $0.caret)..<$0.caret }
        },
        Command("kill-region", "Kill the selection", "Cut the selection into the kill ring.", in: .editor, []) {
            workspace in
            guard !workspace.editor.document.selection.isEmpty else {
                workspace.say("Nothing is selected.")
                return []
            }
            return workspace.kill("kill-region") { $0.document.selection.range }
        },
        Command("copy-region", "Copy into the kill ring", "Copy the selection for a yank.", in: .editor, []) {
            workspace in
            let effects = workspace.copySelection()
            if !effects.isEmpty {
                workspace.killRing.add(workspace.clipboard)
                workspace.withEditor { $0.select(Selection($0.caret)) }
            }
            return effects
        },
        Command("yank", "Yank", "Insert what was killed or copied last.", in: .editor, []) {
            $0.paste(.yank)
        },
        Command(
            "yank-pop", "Yank what was killed before", "Right behind a yank: put an older kill in its place.",
            in: .editor, []
        ) {
            $0.yankPop()
        },
        Command(
            "exchange-mark", "Exchange caret and mark", "Put the caret at the other end of the selection.", in: .editor,
            []
        ) { workspace in
            workspace.withEditor { editor in
                let selection = editor.document.selection
                let wasMarking = editor.isMarking
                editor.select(Selection(anchor: selection.head, head: selection.anchor))
                editor.isMarking = wasMarking
            }
            return []
        },
    ]

    /// Kills that join the one before where they follow it.
    static let kills: Set<String> = ["kill-line", "kill-word-forward", "kill-word-backward"]
}

extension Workspace {
    /// Deletes what `range` says into the kill ring and the clipboard; kills in a row are one entry.
    mutating func kill(_ name: String, backwards: Bool = false, _ range: (Editor) -> Range<Int>) -> [Effect] {
        let doomed = range(editor)
        guard !doomed.isEmpty else { return [] }
        let text = editor.text.slice(doomed)
        let effects = replace(doomed, with: "", origin: .command(name))
        guard !effects.isEmpty else { return [] }
        if let last = pendingKeys.lastCommand, CommandTable.kills.contains(last), CommandTable.kills.contains(name) {
            killRing.extend(text, backwards: backwards)
        } else {
            killRing.add(text)
        }
        pendingKeys.lastCommand = name
        clipboard = killRing.current ?? text
        return [.copy(clipboard)] + effects
    }

    mutating func yankPop() -> [Effect] {
        guard let last = pendingKeys.lastCommand, last == "yank" || last == "yank-pop", let old = killRing.current
        else {
            say("There was no yank just before.")
            return []
        }
        killRing.rotate()
        let start = editor.caret - old.utf8.count
        guard let next = killRing.current, start >= 0, editor.text.slice(start..<editor.caret) == old else { return [] }
        pendingKeys.lastCommand = "yank-pop"
        return replace(start..<editor.caret, with: next, origin: .command("yank"))
    }
}
