import Screen
import TextCore

extension CommandTable {
    static let fileCommands: [Command] = [
        Command("save", "Save", "Write the file to disk, whole or not at all.", in: .everywhere, [.control("s")]) {
            $0.saveActive()
        },
        Command(
            "save-as-utf-8", "Save as UTF-8", "Write the file in UTF-8 from now on, whatever it was in.",
            in: .everywhere, []
        ) {
            $0.saveAsUTF8()
        },
        Command(
            "export", "Export the article", "Write finished Markdown with its references.", in: .everywhere, [.alt("e")]
        ) {
            [.export(path: $0.editor.path, $0.editor.text)]
        },
        Command(
            "index", "Index the notes", "Read notes that are new or changed into the library.", in: .everywhere,
            [.alt("i")]
        ) {
            let wasPaused = $0.library.activity == .paused
            $0.library.activity = .indexing(done: 0, total: 0, timeLeft: nil)
            return (wasPaused ? [.pauseIndexing(false)] : []) + [.index(isAsked: true)]
        },
        Command(
            "pause-indexing", "Pause indexing, or go on",
            "Leave the library as it is until you go on; what is done stays.",
            in: .everywhere, [.alt("x")]
        ) {
            $0.pauseOrResumeIndexing()
        },
        Command("suspend", "Suspend", "Return to the shell; `fg` comes back.", in: .everywhere, [.control("z")]) {
            $0.writeJournals() + [.suspend]
        },
        Command("redraw", "Redraw", "Paint the whole screen anew.", in: .everywhere, [.control("l")]) { _ in
            [.redraw]
        },
        Command("quit", "Quit", "Leave; asks when something is not saved.", in: .everywhere, [.control("q")]) {
            $0.quitOrAsk()
        },
    ]

    static let paneCommands: [Command] = [
        Command("help", "Help", "Every key, by pane.", in: .everywhere, [.function(1)]) {
            $0.modal = .help(scroll: 0)
            return []
        },
        Command("palette", "Find a command", "Type part of any command's name.", in: .everywhere, [.control("p")]) {
            $0.modal = .palette(Palette())
            return []
        },
        Command(
            "next-pane", "Next pane", "Move the focus to the next pane.", in: .everywhere, [.function(6), .alt("o")]
        ) {
            $0.moveFocus(by: 1)
            return []
        },
        Command(
            "previous-pane", "Previous pane", "Move the focus to the pane before.", in: .everywhere, [.function(18)]
        ) {
            $0.moveFocus(by: -1)
            return []
        },
        Command("focus-editor", "Go to the editor", "Give the editor the keys.", in: .everywhere, [.alt("1")]) {
            $0.focus = .editor
            return []
        },
        Command(
            "focus-outline", "Go to the outline", "Show the article's headings.", in: .everywhere,
            [.function(2), .alt("2")]
        ) {
            $0.focusOutline()
            return []
        },
        Command(
            "focus-research", "Go to research", "Show the passages of your notes.", in: .everywhere,
            [.function(3), .alt("3")]
        ) {
            $0.focus = .research
            return []
        },
        Command(
            "lookup", "Look something up", "Ask your notes a question in your own words.", in: .everywhere, [.alt("r")]
        ) {
            $0.modal = .prompt(Prompt(purpose: .lookup, field: TextField("")))
            return []
        },
    ]
}

extension Workspace {
    /// Asks for the active file to be written.
    mutating func saveActive() -> [Effect] {
        guard !editor.isReadOnly else { return refuseSave() }
        // A long one takes a while, in which nothing else is seen of it.
        if editor.text.utf8Count > 4 << 20 { say("Saving \(editor.displayName)…") }
        return save(at: activeFile)
    }

    private var activeFile: String { editor.path }

    /// Asks for the open file at `path` to be written.
    ///
    /// - Parameter asked: the writer wants it saved.
    mutating func save(at path: String, asked: Bool = true) -> [Effect] {
        // The journal has what is saved first: a crash in between finds the one or the other whole.
        writeJournal(of: path)
            + (withEditor(path: path) { editor -> [Effect] in
                editor.sealHistory()
                // One at a time: what the file looks like is known once the first one is done.
                guard editor.savingVersion == nil else {
                    editor.nextSave = (editor.text, editor.document.version)
                    return []
                }
                return [editor.beginSave(editor.text, version: editor.document.version, asked: asked)]
            } ?? [])
    }

    mutating func pauseOrResumeIndexing() -> [Effect] {
        if case .withheld(let refusal) = library.activity {
            say(withheldText(refusal))
            return []
        }
        if library.activity == .paused {
            library.activity = .indexing(done: 0, total: 0, timeLeft: nil)
            say("Indexing goes on.")
            return [.pauseIndexing(false)]
        }
        library.activity = .paused
        say("Indexing is paused. \(environment.keymap.hint("pause-indexing")) goes on.")
        return [.pauseIndexing(true)]
    }

    mutating func quitOrAsk() -> [Effect] {
        guard hasUnsavedChanges else { return [.cancelSend, .quit] }
        let all = editors.filter(\.document.isModified).count > 1 ? " all" : ""
        modal = .confirm(
            Confirmation(
                subject: .quit, question: [unsavedNames(), waitingProposals].compactMap { $0 }.joined(separator: " "),
                answers: [("s", "save\(all) and quit"), ("d", "discard\(all) and quit")]))
        return []
    }

    mutating func closeOrAsk() -> [Effect] {
        guard editors.count > 1 else {
            say("This is the only open article; \(environment.keymap.hint("quit")) quits.")
            return []
        }
        if editor.document.isModified {
            modal = .confirm(
                Confirmation(
                    subject: .close, question: "\(editor.displayName) is not saved.",
                    answers: [("s", "save and close"), ("d", "discard and close")]))
            return []
        }
        _ = closeActive()
        return afterFileChange()
    }

    /// What a change of the active file asks for: its outline and its research.
    mutating func afterFileChange() -> [Effect] {
        focus = .editor
        return requestOutline() + requestResearch(force: true)
    }

    mutating func moveFocus(by step: Int) {
        let panes = Pane.allCases
        guard let index = panes.firstIndex(of: focus) else { return }
        focus = panes[(index + step + panes.count) % panes.count]
        if focus == .outline { focusOutline() }
    }

    mutating func focusOutline() {
        focus = .outline
        outline.selected = outline.index(at: editor.caret) ?? 0
    }
}

extension Editor {
    mutating func beginSave(_ text: Text, version: Int, asked: Bool = true) -> Effect {
        savingVersion = version
        disk.saving = text
        nextSave = nil
        isSaveAsked = asked
        return .save(path: path, text, version: version, format: format, expecting: expectation, isAsked: asked)
    }
}
