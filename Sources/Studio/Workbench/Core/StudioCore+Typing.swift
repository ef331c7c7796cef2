import Manuscript
import TextCore

extension StudioCore {
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
        typing.conversion = (typingPlace, start..<start + found.becomes.utf8.count, found.typed)
        return effects
    }

    /// Backspace right behind a converted mark: what was typed, as it was typed. nil where there is none.
    mutating func takeBackConversion() -> [Effect]? {
        guard let conversion = typing.conversion, conversion.position == typingPlace else { return nil }
        typing.conversion = nil
        return replace(conversion.range, with: conversion.typed, origin: .command("punctuation"))
    }
}
