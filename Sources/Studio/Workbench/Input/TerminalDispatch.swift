import Screen
import TextCore

extension Workspace {
    /// Takes what came from the keyboard, the mouse or the terminal itself.
    mutating func handle(_ event: TerminalEvent) -> [Effect] {
        if holds(event) { return [] }
        switch event {
        case .resize(let width, let height):
            core.width = width
            core.height = height
            return []
        case .focusIn:
            return update(.saving(.focusIn))
        case .focusOut:
            return update(.saving(.focusOut))
        case .mouse(let event):
            pendingKeys = PendingKeys()
            return handle(event)
        case .paste(let text):
            pendingKeys = PendingKeys()
            return paste(text)
        case .key(let key):
            if let character = vimWithoutAlt(key) {
                // An Esc and the next key that came together.
                let effects = update(.terminal(.key(.escape)))
                return effects + update(.terminal(.key(.character(character))))
            }
            if !vim.playback.isEmpty, !vim.isPlaying { return vimTakeWhilePlaying(key) }
            if key == .escape || key == .control("c") {
                if find.replacing != nil { return update(.find(.endReplacing)) }
                if vim.substituting != nil { return endSubstituting() }
            }
            notice = nil
            core.announce(.keyPressed)
            if vim.recording != nil, !vim.isPlaying { vim.recorded.append(key) }
            if modal != nil { return pressInModal(translated(key)) }
            return press(key)
        }
    }

    var contexts: [Command.Context] {
        if focus == .editor, isReviewing { return [.proposal, .everywhere] }
        switch focus {
        case .editor: return [.editor, .everywhere]
        case .outline: return [.outline, .everywhere]
        case .research: return [.research, .everywhere]
        }
    }

    private mutating func paste(_ text: String) -> [Effect] {
        let clean = TerminalEvent.pasteable(text)
        switch modal {
        case .prompt(var prompt):
            prompt.field.insert(clean)
            modal = .prompt(prompt)
            return prompt.change.map { update($0(prompt.field.text)) } ?? []
        case .palette(var palette):
            palette.field.insert(clean)
            modal = .palette(palette)
            return []
        case .panel(let panel): return panel.paste(clean).map { update($0) } ?? []
        case .some: return []
        case nil:
            guard focus == .editor, !isReviewing, !clean.isEmpty else { return [] }
            let position = core.typingPlace
            let effects = insert(clean, origin: .paste)
            note(.paste(clean), from: position)
            return effects
        }
    }
}
