import Manuscript
import Screen
import TextCore

extension Workspace {
    // MARK: Doing it again

    mutating func typeAndNote(_ character: Character, times count: Int) -> [Effect] {
        let position = core.typingPlace
        typing.conversion = nil
        let effects = core.type(character, times: count)
        note(.text(String(repeating: character, count: count)), from: position)
        return effects
    }

    /// Takes a command for `repeat` where it changed the text, or is about to.
    mutating func note(_ command: Command, count: Int?, from position: TypingState.Place) {
        let changed = editor.path == position.path && editor.document.version != position.version
        let isOwn = command.context == .editor && ![.undo, .redo, .repeatLast].contains(command.id)
        // Insert mode is vim's own to repeat.
        guard changed || pasting != nil, isOwn, !(isVimActive && vim.mode != .normal) else { return }
        note(.command(command.id, count: count), from: position)
    }

    mutating func note(_ step: TypingState.Step, from position: TypingState.Place) {
        guard !typing.isRepeating else { return }
        // A line that was ended has been typed.
        var isEnded = false
        if case .command(.newline, _)? = typing.steps.last { isEnded = true }
        let goesOn = typing.end == position && !typing.steps.isEmpty && !isEnded
        let isCorrection = step == .command(.deleteBackward, count: nil)
        if goesOn, step.isTyped || isCorrection, typing.steps[0].isTyped {
            if case .text(let old)? = typing.steps.last, case .text(let new) = step {
                typing.steps[typing.steps.count - 1] = .text(old + new)
            } else {
                typing.steps.append(step)
            }
        } else {
            typing.steps = [step]
        }
        typing.end = core.typingPlace
    }

    /// The last change once more, here, as one step of undo.
    mutating func repeatLastChange() -> [Effect] {
        guard !typing.steps.isEmpty else {
            if environment.keymap.base == .vim { return vimRepeat(nil) }
            say("There is nothing to repeat yet.")
            return []
        }
        guard !(isVimActive && vim.mode != .normal) else { return [] }
        // Kills that are repeated in a row are in a row.
        if pendingKeys.lastCommand == .repeatLast, case .command(let name, _)? = typing.steps.last {
            pendingKeys.lastCommand = name
        }
        typing.isRepeating = true
        withEditor { $0.beginUndoGroup() }
        var effects: [Effect] = []
        for step in typing.steps {
            switch step {
            case .text(let text): for character in text { effects += core.type(character) }
            case .paste(let text): effects += insert(text, origin: .paste)
            case .command(let id, let count):
                guard let command = CommandTable.command(id) else { continue }
                for _ in 0..<max(1, count ?? 1) { effects += update(command.event) }
            }
        }
        withEditor { $0.endUndoGroup() }
        typing.isRepeating = false
        typing.end = nil
        return effects
    }
}
