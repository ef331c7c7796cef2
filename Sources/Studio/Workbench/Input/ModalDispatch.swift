import Retrieval
import Screen
import TextCore

extension Workspace {
    /// Keys while something lies over the panes. Esc closes it; nothing below sees a key.
    mutating func takeInModal(_ key: Key) -> [Effect] {
        if key == .control("l") { return [.redraw] }
        if key == .control("z") { return [.suspend] }
        switch modal {
        case nil: return []
        case .prompt(let prompt): return press(key, in: prompt)
        case .palette(let palette): return press(key, in: palette)
        case .help(let scroll):
            modal = scrolled(scroll, by: key).map { .help(scroll: $0) }
            return []
        case .consent(let scroll):
            if environment.providerTerms?.question != nil {
                // Enter is pressed out of habit: what a project chose takes a key of its own.
                if key == .character("y"), ConsentView.hasShownTerms(scroll: scroll, self) {
                    environment.providerTerms?.question = nil
                    return [.agreeToProvider] + sendRequest()
                }
            } else if key == .enter || key == .character("s") {
                return sendRequest()
            }
            if let next = scrolled(scroll, by: key) {
                modal = .consent(scroll: min(next, ConsentView.lastScroll(self)))
            } else {
                modal = nil
                assistant.request = nil
                dropTarget()
                say("Nothing was sent.")
            }
            return []
        case .replacing(let session): return press(key, in: session)
        case .substituting(let walk): return press(key, in: walk)
        case .confirm(let confirmation): return press(key, in: confirmation)
        case .comparison(let comparison): return press(key, in: comparison)
        case .menu(let menu): return press(key, in: menu)
        case .files(let picker): return press(key, in: picker)
        case .headings(let picker): return press(key, in: picker)
        case .versions(let list): return press(key, in: list)
        case .report(var report):
            let next = key == .enter ? nil : scrolled(report.scroll, by: key)
            report.scroll = min(next ?? 0, max(0, report.lines.count - max(1, height - 4)))
            modal = next == nil ? nil : .report(report)
            return []
        }
    }

    /// The new scroll position; nil where the key closes what is scrolled, or means nothing else.
    func scrolled(_ scroll: Int, by key: Key) -> Int? {
        let page = max(1, height - 6)
        switch key {
        case .up, .character("k"): return max(0, scroll - 1)
        case .down, .character("j"): return scroll + 1
        case .pageUp: return max(0, scroll - page)
        case .pageDown, .character(" "): return scroll + page
        case .home: return 0
        case .escape, .character("q"), .function(1), .control("q"): return nil
        default: return scroll
        }
    }

    // MARK: Prompts

    private mutating func press(_ key: Key, in prompt: Prompt) -> [Effect] {
        var prompt = prompt
        if prompt.isFinding, let effects = takeInFind(key, prompt) { return effects }
        switch key {
        case .escape:
            modal = nil
            return []
        case .enter:
            modal = nil
            return answer(prompt)
        case .backspace where prompt.field.text.isEmpty && prompt.isVims:
            modal = nil
            return []
        case .tab where prompt.purpose == .vimCommand: return vimComplete(prompt)
        case .tab where prompt.isNaming:
            return listFolder(prompt.field.text.lastIndex(of: "/").map { String(prompt.field.text[...$0]) } ?? "")
        default:
            guard prompt.field.press(key) else { return [] }
            modal = .prompt(prompt)
            return prompt.isFinding ? findAsTyped(prompt) : []
        }
    }

    private mutating func answer(_ prompt: Prompt) -> [Effect] {
        let text = prompt.field.text
        switch prompt.purpose {
        case .lookup:
            guard !text.isEmpty else {
                research.source = .paragraph
                return requestResearch(force: true)
            }
            research.source = .lookup(text)
            focus = .research
            return requestResearch(force: true)
        case .find, .replace, .replacement: return answerFind(prompt)
        case .goToLine:
            guard let number = Int(typed: text.trimmingSpaces), number > 0 else {
                say("“\(text)” is not a line number.", .error)
                return []
            }
            withEditor { editor in
                editor.moveCaret(to: editor.text.lineStart(min(number, editor.text.lineCount) - 1))
            }
            return requestResearchSoon()
        case .instruction:
            return continueDraft(instruction: text)
        case .filter:
            return filterResearch(by: text, prompt)
        case .naming(let kind):
            return name(kind, text)
        case .vimCommand:
            return vimTakeLine(text)
        case .vimSearch(let isBackwards):
            return vimSearchFor(text, backwards: isBackwards)
        }
    }

    /// Sets or clears the filter; one that can't be read is asked for again, with the caret at the place.
    private mutating func filterResearch(by line: String, _ prompt: Prompt) -> [Effect] {
        guard line.contains(where: { !$0.isWhitespace }) else {
            research.filter = nil
            return requestResearch(force: true)
        }
        do throws(LibraryError) {
            research.filter = ResearchFilter(line: line, filter: try Filter.parse(line: line))
        } catch {
            guard case .badExpression(_, let column, let reason) = error else {
                say(error.message, .error)
                return []
            }
            var prompt = prompt
            prompt.field.moveToStart()
            prompt.field.move(by: column - 1)
            modal = .prompt(prompt)
            say(reason, .error)
            return []
        }
        focus = .research
        return requestResearch(force: true)
    }

    // MARK: The palette

    private mutating func press(_ key: Key, in palette: Palette) -> [Effect] {
        var palette = palette
        let matches = palette.matches
        switch key {
        case .escape:
            modal = nil
            return []
        case .up: palette.selected = max(0, palette.selected - 1)
        case .down: palette.selected = min(max(0, matches.count - 1), palette.selected + 1)
        case .enter:
            modal = nil
            guard matches.indices.contains(palette.selected) else { return [] }
            let command = matches[palette.selected]
            switch command.context {
            case .everywhere, .proposal: break
            case .editor: focus = .editor
            case .outline: focus = .outline
            case .research: focus = .research
            }
            return run(command)
        default:
            if palette.field.press(key) { palette.selected = 0 }
        }
        modal = .palette(palette)
        return []
    }

    // MARK: Questions

    mutating func press(_ key: Key, in confirmation: Confirmation) -> [Effect] {
        guard case .character(let character) = key, confirmation.answers.contains(where: { $0.key == character }) else {
            guard key == .escape else { return [] }
            modal = nil
            switch confirmation.subject {
            case .discard(_, let recovered): offer(recovered)
            case .recover: say("Kept for later: it is offered again when the file is opened.")
            case .outside(let path, _): putOffOutside(path)
            case .encoding(let file): return declineEncoding(file)
            case .replaceFile: say("It was left alone.")
            case .quit, .close: break
            }
            return []
        }
        modal = nil
        switch (confirmation.subject, character) {
        case (.quit, "s"):
            isQuitting = true
            return editors.filter(\.document.isModified).map(\.path).flatMap { save(at: $0) }
        case (.quit, _):
            return endJournals() + [.cancelSend, .quit]
        case (.close, "s"):
            withEditor { $0.closesAfterSave = true }
            return save(at: editor.path)
        case (.close, _):
            let path = editor.path
            let effects = endJournal(of: path)
            _ = closeActive()
            return effects + afterFileChange()
        case (.outside(let path, let isSaving), _):
            return answer(outside: path, isSaving: isSaving, character, confirmation)
        case (.encoding(let file), _): return answer(encoding: file, character)
        case (.replaceFile(let naming), _): return replaceFile(naming)
        case (.discard(_, let recovered), _):
            say("Discarded.")
            return [.recovery(.discard(id: recovered.id))]
        case (.recover(let path, let recovered), let answer):
            return answerRecovery(recovered, of: path, answer, confirmation)
        }
    }
}

extension Palette {
    /// The commands whose title or name holds every word typed, in the table's order; those whose
    /// title starts with it first.
    public var matches: [Command] {
        let words = field.text.lowercased().split(separator: " ")
        guard !words.isEmpty else { return CommandTable.all }
        let found = CommandTable.all.filter { command in
            let haystack = (command.title + " " + command.name).lowercased()
            return words.allSatisfy { haystack.contains($0) }
        }
        let start = words[0]
        return found.filter { $0.title.lowercased().hasPrefix(start) }
            + found.filter { !$0.title.lowercased().hasPrefix(start) }
    }
}

extension TextField {
    /// Takes an editing key; false where the key is not one.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace: deleteBackward()
        case .delete: deleteForward()
        case .left: move(by: -1)
        case .right: move(by: 1)
        case .home, .control("a"): moveToStart()
        case .end, .control("e"): moveToEnd()
        case .control("u"): clear()
        default: return false
        }
        return true
    }
}
