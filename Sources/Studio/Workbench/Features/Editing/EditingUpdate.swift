import Manuscript
import TextCore

/// What changes the text, the selection or the caret, by a key or by a command.
public enum EditingEvent: Sendable {
    case move(Motion, isExtending: Bool)
    case newline, tab
    /// Deletes the selection, or where there is none a part of the text.
    case delete(Deletion)
    /// As `delete(.backward)`; right behind a mark that was converted, what was typed comes back.
    case deleteBackward
    case undo, redo
    /// Typing has rested: what follows is a step of undo of its own.
    case typingRested
    case toggleMark, exchangeMark, selectAll
    case copy, cut, paste, yank, yankPop, copyRegion
    /// What the clipboard holds is known now.
    case insertClipboard, insertYank
    case kill(Kill)
    case recase(Recasing)
    case transposeCharacters, transposeWords, openLine
    /// Scrolls so that the caret is in the middle, and paints anew.
    case centre
    case markdown(MarkdownEdit)
    case moveParagraph(up: Bool)
    case jumpToFootnote

    /// A part of the text beside the caret.
    public enum Deletion: Sendable { case backward, forward, wordBackward, wordForward, toLineEnd }
    /// What is cut into the kill ring.
    public enum Kill: Sendable { case line, wordForward, wordBackward, region }
    /// How letters are made large or small.
    public enum Recasing: Sendable { case upper, lower, capitals }
}

extension EditingState {
    mutating func handle(_ event: EditingEvent, _ core: inout StudioCore) -> [Effect] {
        switch event {
        case .move(let motion, let isExtending):
            core.move(to: motion.target(&core), extending: isExtending, keepingColumn: motion.keepsColumn)
        case .newline: return insertNewline(&core)
        case .tab: return tab(&core)
        case .delete(let deletion): return core.deleteSelection { deletion.range($0) }
        case .deleteBackward:
            return core.takeBackConversion() ?? core.deleteSelection { EditingEvent.Deletion.backward.range($0) }
        case .undo: return core.replay({ $0.undo() }, redo: false, nothing: "Nothing to undo.")
        case .redo: return core.replay({ $0.redo() }, redo: true, nothing: "Nothing to redo.")
        case .typingRested: core.withEditor { $0.sealHistory() }
        case .toggleMark, .exchangeMark, .selectAll: select(event, &core)
        case .copy: return copySelection(&core)
        case .cut: return cutSelection(&core)
        case .copyRegion: return copyRegion(&core)
        case .paste: return core.paste(.editing(.insertClipboard)) ?? insertClipboard(&core)
        case .insertClipboard: return insertClipboard(&core)
        case .yank: return core.paste(.editing(.insertYank)) ?? yank(&core)
        case .insertYank: return yank(&core)
        case .yankPop: return yankPop(&core)
        case .kill(let kill): return self.kill(kill, &core)
        case .recase(let recasing): return recase(recasing, &core)
        case .transposeCharacters: return transposeCharacters(&core)
        case .transposeWords: return transposeWords(&core)
        case .openLine: return openLine(&core)
        case .centre:
            core.scrollCaret(to: core.textAreaHeight / 2)
            return [.terminal(.redraw)]
        case .markdown(let change):
            let (text, selection) = (core.editor.text, core.editor.document.selection)
            guard let edit = change.edit(text, selection, language: core.articleLanguage) else { return [] }
            return core.apply(edit)
        case .moveParagraph(let up): return moveParagraph(&core, up: up)
        case .jumpToFootnote:
            guard let position = InlineEdits.otherEnd(ofFootnoteAt: core.editor.caret, in: core.editor.text) else {
                core.say("There is no footnote at the caret.")
                return []
            }
            core.withEditor { $0.moveCaret(to: position) }
        }
        return []
    }

    private func select(_ event: EditingEvent, _ core: inout StudioCore) {
        switch event {
        case .toggleMark:
            core.withEditor { editor in
                editor.select(Selection(editor.caret))
                editor.isMarking.toggle()
            }
            core.say(core.editor.isMarking ? "Mark set: moves select." : "Mark cleared.")
        case .exchangeMark:
            core.withEditor { editor in
                let selection = editor.document.selection
                let wasMarking = editor.isMarking
                editor.select(Selection(anchor: selection.head, head: selection.anchor))
                editor.isMarking = wasMarking
            }
        default: core.withEditor { $0.select(Selection(anchor: 0, head: $0.text.utf8Count)) }
        }
    }

    private func tab(_ core: inout StudioCore) -> [Effect] {
        let (text, selection) = (core.editor.text, core.editor.document.selection)
        if let edit = TableEdits.align(text, selection, move: .next) ?? ListEdits.indent(text, selection, out: false) {
            return core.apply(edit)
        }
        return core.insert(String(repeating: " ", count: core.environment.tabWidth), origin: .typing)
    }

    private func openLine(_ core: inout StudioCore) -> [Effect] {
        let caret = core.editor.document.selection.range.lowerBound
        let effects = core.insert("\n", origin: .command("open-line"))
        core.withEditor { $0.select(Selection(caret)) }
        return effects
    }

    // MARK: The clipboard and the kill ring

    private func insertClipboard(_ core: inout StudioCore) -> [Effect] {
        if let carried = core.carried, carried.text == core.clipboard,
            let edit = carried.pasted(into: core.editor.text, core.editor.document.selection)
        {
            return core.apply(ListEdits.keepingNumbers(edit, in: core.editor.text))
        }
        return core.clipboard.isEmpty ? [] : core.insert(core.clipboard, origin: .paste)
    }

    private mutating func yank(_ core: inout StudioCore) -> [Effect] {
        killRing.receive(clipboard: core.clipboard)
        return killRing.current.map { core.insert($0, origin: .command("yank")) } ?? []
    }

    private mutating func copyRegion(_ core: inout StudioCore) -> [Effect] {
        let effects = copySelection(&core)
        if !effects.isEmpty {
            killRing.add(core.clipboard)
            core.withEditor { $0.select(Selection($0.caret)) }
        }
        return effects
    }

    /// Deletes a part of the text into the kill ring and the clipboard; kills in a row are one entry.
    private mutating func kill(_ kill: EditingEvent.Kill, _ core: inout StudioCore) -> [Effect] {
        let doomed = kill.range(core.editor)
        guard !doomed.isEmpty else {
            if kill == .region { core.say("Nothing is selected.") }
            return []
        }
        let text = core.editor.text.slice(doomed)
        let effects = core.replace(doomed, with: "", origin: .command(kill.command.name))
        guard !effects.isEmpty else { return [] }
        if kill != .region, let last = core.pendingKeys.lastCommand, EditingEvent.Kill.joining.contains(last) {
            killRing.extend(text, backwards: kill == .wordBackward)
        } else {
            killRing.add(text)
        }
        core.pendingKeys.lastCommand = kill.command
        core.clipboard = killRing.current ?? text
        return [.terminal(.copy(core.clipboard))] + effects
    }

    /// Replaces the rest of the word behind the caret, or the selection, by itself in other letters.
    private func recase(_ recasing: EditingEvent.Recasing, _ core: inout StudioCore) -> [Effect] {
        let selected = core.editor.document.selection.range
        let range =
            selected.isEmpty ? core.editor.caret..<core.editor.text.nextWord(after: core.editor.caret) : selected
        let old = core.editor.text.slice(range)
        return core.replace(range, with: recasing.change(old[...]), origin: .command("case"))
    }

    private func copySelection(_ core: inout StudioCore) -> [Effect] {
        let range = core.editor.document.selection.range
        guard !range.isEmpty else {
            core.say("Nothing is selected.")
            return []
        }
        core.clipboard = core.editor.text.slice(range)
        core.carried = CarriedFootnotes(core.clipboard, of: core.editor.text)
        core.withEditor { $0.isMarking = false }
        core.say("Copied.")
        return [.terminal(.copy(core.clipboard))]
    }

    private func cutSelection(_ core: inout StudioCore) -> [Effect] {
        var range = core.editor.document.selection.range
        if range.isEmpty {
            let line = core.editor.text.line(at: core.editor.caret)
            let start = core.editor.text.lineStart(line)
            let end =
                line + 1 < core.editor.text.lineCount
                ? core.editor.text.lineStart(line + 1) : core.editor.text.utf8Count
            range = start..<end
        }
        guard !range.isEmpty else { return [] }
        core.clipboard = core.editor.text.slice(range)
        core.carried = CarriedFootnotes(core.clipboard, of: core.editor.text)
        let edit = Edit(
            changes: ChangeSet(length: core.editor.text.utf8Count, replacing: [(range: range, with: "")]),
            selection: Selection(range.lowerBound), origin: .command("cut"))
        return [.terminal(.copy(core.clipboard))] + core.apply(ListEdits.keepingNumbers(edit, in: core.editor.text))
    }

    /// Breaks the line; lists and quotations go on, and an item or a line of a quotation with no text ends them.
    private mutating func insertNewline(_ core: inout StudioCore) -> [Effect] {
        guard core.editor.document.selection.isEmpty,
            let edit = ListEdits.newline(core.editor.text, at: core.editor.caret)
        else {
            return core.insert("\n", origin: .typing)
        }
        return core.apply(edit)
    }

    private mutating func transposeCharacters(_ core: inout StudioCore) -> [Effect] {
        let text = core.editor.text
        let line = text.lineRange(text.line(at: core.editor.caret))
        // At a line's end the two before the caret are meant.
        let middle =
            core.editor.caret == line.upperBound ? text.previousGrapheme(before: core.editor.caret) : core.editor.caret
        let start = text.previousGrapheme(before: middle)
        let end = text.nextGrapheme(after: middle)
        guard middle > line.lowerBound, start >= line.lowerBound, end <= line.upperBound else { return [] }
        return core.replace(
            start..<end, with: text.slice(middle..<end) + text.slice(start..<middle), origin: .command("transpose"))
    }

    private mutating func transposeWords(_ core: inout StudioCore) -> [Effect] {
        let text = core.editor.text
        let first = text.previousWord(before: core.editor.caret)
        let firstEnd = text.nextWord(after: first)
        let secondEnd = text.nextWord(after: max(firstEnd, core.editor.caret))
        let second = text.previousWord(before: secondEnd)
        guard first < firstEnd, firstEnd <= second, second < secondEnd else { return [] }
        let swapped = text.slice(second..<secondEnd) + text.slice(firstEnd..<second) + text.slice(first..<firstEnd)
        return core.replace(first..<secondEnd, with: swapped, origin: .command("transpose"))
    }

    private mutating func moveParagraph(_ core: inout StudioCore, up: Bool) -> [Effect] {
        guard let edit = MoveEdits.moveParagraph(core.editor.text, core.editor.document.selection, up: up) else {
            core.say("There is no paragraph \(up ? "above" : "below") to move past.")
            return []
        }
        return core.apply(ListEdits.keepingNumbers(edit, in: core.editor.text))
    }

    private mutating func yankPop(_ core: inout StudioCore) -> [Effect] {
        guard let last = core.pendingKeys.lastCommand, last == .yank || last == .yankPop, let old = killRing.current
        else {
            core.say("There was no yank just before.")
            return []
        }
        killRing.rotate()
        let start = core.editor.caret - old.utf8.count
        guard let next = killRing.current, start >= 0, core.editor.text.slice(start..<core.editor.caret) == old else {
            return []
        }
        core.pendingKeys.lastCommand = .yankPop
        return core.replace(start..<core.editor.caret, with: next, origin: .command("yank"))
    }
}

extension EditingEvent.Deletion {
    func range(_ editor: Editor) -> Range<Int> {
        let (text, caret) = (editor.text, editor.caret)
        switch self {
        case .backward: return text.previousGrapheme(before: caret)..<caret
        case .forward: return caret..<text.nextGrapheme(after: caret)
        case .wordBackward: return text.previousWord(before: caret)..<caret
        case .wordForward: return caret..<text.nextWord(after: caret)
        case .toLineEnd:
            // At a line's end its break.
            let end = text.lineRange(text.line(at: caret)).upperBound
            return caret..<(end > caret ? end : text.nextGrapheme(after: caret))
        }
    }
}

extension EditingEvent.Kill {
    /// Kills that join the one before where they follow it.
    fileprivate static let joining: Set<Command.ID> = [.killLine, .killWordForward, .killWordBackward]

    fileprivate var command: Command.ID {
        switch self {
        case .line: .killLine
        case .wordForward: .killWordForward
        case .wordBackward: .killWordBackward
        case .region: .killRegion
        }
    }

    fileprivate func range(_ editor: Editor) -> Range<Int> {
        switch self {
        case .line: EditingEvent.Deletion.toLineEnd.range(editor)
        case .wordForward: EditingEvent.Deletion.wordForward.range(editor)
        case .wordBackward: EditingEvent.Deletion.wordBackward.range(editor)
        case .region: editor.document.selection.range
        }
    }
}

extension EditingEvent.Recasing {
    fileprivate func change(_ word: Substring) -> String {
        switch self {
        case .upper: return word.uppercased()
        case .lower: return word.lowercased()
        case .capitals:
            let start = word.firstIndex { $0.isLetter } ?? word.startIndex
            return word[..<start] + word[start...].prefix(1).uppercased() + word[start...].dropFirst().lowercased()
        }
    }
}
