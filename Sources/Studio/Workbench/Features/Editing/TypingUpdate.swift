import Manuscript
import Screen
import TextCore

extension Workspace {
    /// What the article says of its language: known with its counts, and before the first count read from its front matter.
    var declaredLanguage: String? {
        let declared = progress.counts.map(\.language) ?? FrontMatter.language(of: editor.text)
        return declared?.isEmpty == false ? declared : nil
    }

    /// The language of the active article: its own, else the spelling's, else the system's.
    var articleLanguage: String {
        declaredLanguage ?? environment.spellingLanguages ?? environment.systemLanguage ?? "en"
    }

    /// Types a character in place of the selection. A mark that the rules in force have another form for gets it, as a step
    /// of undo of its own.
    mutating func type(_ character: Character, times count: Int = 1, origin: Origin = .typing) -> [Effect] {
        let effects = insert(String(repeating: character, count: count), origin: origin)
        guard view.smartPunctuation || view.chinesePunctuation, count == 1, !effects.isEmpty else { return effects }
        let rules = TypedPunctuation(
            isSmart: view.smartPunctuation, isChinese: view.chinesePunctuation, language: articleLanguage)
        let caret = editor.caret
        let line = editor.text.line(at: caret)
        withEditor { $0.highlighting.prepare(line..<line + 1, of: $0.text) }
        guard let found = rules.conversion(in: editor.text, at: caret, state: editor.highlighting.state(of: line))
        else { return effects }
        // What was converted before and grows with this key is typed text again.
        if editor.text.slice(found.range) != found.typed { _ = replace(found.range, with: found.typed, origin: origin) }
        guard found.becomes != found.typed else { return effects }
        let start = found.range.lowerBound
        _ = replace(start..<start + found.typed.utf8.count, with: found.becomes, origin: .command("punctuation"))
        typing.conversion = (TypingState.Place(self), start..<start + found.becomes.utf8.count, found.typed)
        return effects
    }

    /// Backspace right behind a converted mark: what was typed, as it was typed. nil where there is none.
    mutating func takeBackConversion() -> [Effect]? {
        guard let conversion = typing.conversion, conversion.position == TypingState.Place(self) else { return nil }
        typing.conversion = nil
        return replace(conversion.range, with: conversion.typed, origin: .command("punctuation"))
    }

    // MARK: Doing it again

    mutating func typeAndNote(_ character: Character, times count: Int) -> [Effect] {
        let position = TypingState.Place(self)
        typing.conversion = nil
        let effects = type(character, times: count)
        note(.text(String(repeating: character, count: count)), from: position)
        return effects
    }

    /// Takes a command for `repeat` where it changed the text, or is about to.
    mutating func note(_ command: Command, count: Int?, from position: TypingState.Place) {
        let changed = editor.path == position.path && editor.document.version != position.version
        let isOwn = command.context == .editor && !["undo", "redo", "repeat"].contains(command.name)
        // Insert mode is vim's own to repeat.
        guard changed || pasting != nil, isOwn, !(isVimActive && vim.mode != .normal) else { return }
        note(.command(command.name, count: count), from: position)
    }

    mutating func note(_ step: TypingState.Step, from position: TypingState.Place) {
        guard !typing.isRepeating else { return }
        // A line that was ended has been typed.
        var isEnded = false
        if case .command("newline", _)? = typing.steps.last { isEnded = true }
        let goesOn = typing.end == position && !typing.steps.isEmpty && !isEnded
        let isCorrection = step == .command("delete-backward", count: nil)
        if goesOn, step.isTyped || isCorrection, typing.steps[0].isTyped {
            if case .text(let old)? = typing.steps.last, case .text(let new) = step {
                typing.steps[typing.steps.count - 1] = .text(old + new)
            } else {
                typing.steps.append(step)
            }
        } else {
            typing.steps = [step]
        }
        typing.end = TypingState.Place(self)
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
        if pendingKeys.lastCommand == "repeat", case .command(let name, _)? = typing.steps.last {
            pendingKeys.lastCommand = name
        }
        typing.isRepeating = true
        withEditor { $0.beginUndoGroup() }
        var effects: [Effect] = []
        for step in typing.steps {
            switch step {
            case .text(let text): for character in text { effects += type(character) }
            case .paste(let text): effects += insert(text, origin: .paste)
            case .command(let name, let count):
                guard let command = CommandTable.all.first(where: { $0.name == name }) else { continue }
                for _ in 0..<max(1, count ?? 1) { effects += command.run(&self) }
            }
        }
        withEditor { $0.endUndoGroup() }
        typing.isRepeating = false
        typing.end = nil
        return effects
    }
}
