import Screen
import TextCore

extension Workspace {
    /// Takes what came from the keyboard, the mouse or the terminal itself.
    mutating func handle(_ event: TerminalEvent) -> [Effect] {
        if holds(event) { return [] }
        switch event {
        case .resize(let width, let height):
            self.width = width
            self.height = height
            return []
        case .focusIn:
            return [.disk(.look)] + tryHeld()
        case .focusOut:
            return autosaveAll()
        case .mouse(let event):
            pendingKeys = PendingKeys()
            return handle(event)
        case .paste(let text):
            pendingKeys = PendingKeys()
            return paste(text)
        case .key(let key):
            if let character = vimWithoutAlt(key) {
                // An Esc and the next key that came together.
                let effects = handle(TerminalEvent.key(.escape))
                return effects + handle(TerminalEvent.key(.character(character)))
            }
            if !vim.playback.isEmpty, !vim.isPlaying { return vimTakeWhilePlaying(key) }
            if find.replacing != nil, key == .escape || key == .control("c") { return endReplacing() }
            notice = nil
            articles.reloaded = []
            // Typing goes on: what is to be asked waits.
            let waiting: [Effect] = articles.isAboutToAsk ? [.wait(.disk, milliseconds: 700)] : []
            if vim.recording != nil, !vim.isPlaying { vim.recorded.append(key) }
            if modal != nil { return takeInModal(translated(key)) }
            return press(key) + waiting
        }
    }

    var contexts: [Command.Context] {
        if focus == .editor, assistant.isReviewing { return [.proposal, .everywhere] }
        switch focus {
        case .editor: return [.editor, .everywhere]
        case .outline: return [.outline, .everywhere]
        case .research: return [.research, .everywhere]
        }
    }

    /// Undoes one thing at a time: a preview, a selection, a side pane. It never quits.
    mutating func cancel() -> [Effect] {
        if focus == .research, research.isPreviewing {
            research.isPreviewing = false
        } else if focus != .editor {
            focus = .editor
        } else if find.isShown {
            find.isShown = false
            withEditor { $0.select(Selection($0.caret)) }
        } else if editor.isMarking || !editor.document.selection.isEmpty {
            withEditor { editor in
                editor.isMarking = false
                editor.select(Selection(editor.caret))
            }
        } else if assistant.sources.gathering != nil {
            assistant.sources.gathering = nil
            say("Cancelled.")
        }
        return []
    }

    private mutating func paste(_ text: String) -> [Effect] {
        let clean = TerminalEvent.pasteable(text)
        switch modal {
        case .prompt(var prompt):
            prompt.field.insert(clean)
            modal = .prompt(prompt)
            return prompt.isFinding ? findAsTyped(prompt) : []
        case .palette(var palette):
            palette.field.insert(clean)
            modal = .palette(palette)
            return []
        case .files(let picker): return paste(clean, into: picker)
        case .headings(let picker):
            paste(clean, into: picker)
            return []
        case .some: return []
        case nil:
            guard focus == .editor, !assistant.isReviewing, !clean.isEmpty else { return [] }
            let position = TypingState.Place(self)
            let effects = insert(clean, origin: .paste)
            note(.paste(clean), from: position)
            return effects
        }
    }
}
