import Notes
import Screen
import TextCore

extension Workspace {
    // MARK: Prompts

    mutating func openFind(backwards: Bool) -> [Effect] {
        beginFind()
        find.text = ""
        find.pattern = nil
        find.forgetMatches()
        modal = .prompt(Prompt(purpose: .find, field: TextField(""), origin: editor.caret, isBackwards: backwards))
        return []
    }

    mutating func openReplace() -> [Effect] {
        guard !editor.isReadOnly else {
            say("\(editor.displayName) is open for reading only.", .error)
            return []
        }
        beginFind()
        find.text = ""
        find.pattern = nil
        find.forgetMatches()
        modal = .prompt(Prompt(purpose: .replace, field: TextField(""), origin: editor.caret))
        return []
    }

    private mutating func beginFind() {
        focus = .editor
        let selection = editor.document.selection
        find.before = selection
        find.problem = nil
        find.isShown = true
        // A selection of several lines is a place to search in, one within a line rather is a word that was found.
        let isPlace =
            editor.text.line(at: selection.range.lowerBound) != editor.text.line(at: selection.range.upperBound)
        find.scope = isPlace ? selection.range : nil
        withEditor { $0.isMarking = false }
    }

    /// A key of the prompts for what to find and what to put in its place; nil where it is one of any prompt.
    mutating func takeInFind(_ key: Key, _ prompt: Prompt) -> [Effect]? {
        switch key {
        case .escape:
            modal = nil
            find.isShown = false
            find.waiting = .nothing
            if let before = find.before { withEditor { $0.select(before) } }
            return []
        case .control("g"), .down: return step(backwards: false)
        case .alt("g"), .up:
            guard prompt.field.text.isEmpty, let last = find.lastText else { return step(backwards: true) }
            return retype(last, prompt)
        case .alt("c"):
            find.options.letterCase = find.query.ignoresCase ? .exact : .ignored
        case .alt("r"): find.options.isRegex.toggle()
        case .alt("w"): find.options.isWholeWord.toggle()
        case .alt("s"):
            if find.scope != nil {
                find.scope = nil
            } else if let before = find.before, !before.isEmpty {
                find.scope = before.range
            } else {
                say("Nothing was selected.")
            }
        case .control("r") where prompt.purpose == .find:
            var prompt = prompt
            prompt.purpose = .replace
            modal = .prompt(prompt)
            return []
        case .altEnter where prompt.purpose == .replacement:
            modal = nil
            find.replacement = prompt.field.text
            return replaceAll(with: prompt.field.text)
        default: return nil
        }
        find.forgetMatches()
        return findAsTyped(prompt)
    }

    private mutating func retype(_ text: String, _ prompt: Prompt) -> [Effect] {
        var prompt = prompt
        prompt.field = TextField(text)
        modal = .prompt(prompt)
        return findAsTyped(prompt)
    }

    private mutating func step(backwards: Bool) -> [Effect] {
        guard find.pattern != nil else { return [] }
        return search(then: .next(backwards: backwards))
    }

    mutating func answerFind(_ prompt: Prompt) -> [Effect] {
        if find.text.isEmpty, let last = find.lastText {
            var prompt = prompt
            prompt.field = TextField(last)
            let effects = findAsTyped(prompt)
            return effects + answerFind(prompt)
        }
        if !find.text.isEmpty { find.lastText = find.text }
        switch prompt.purpose {
        case .find:
            if let problem = find.problem { say(problem, .error) }
            return []
        case .replace:
            guard find.pattern != nil else {
                if let problem = find.problem { say(problem, .error) }
                find.isShown = false
                return []
            }
            modal = .prompt(Prompt(purpose: .replacement, field: TextField(find.replacement), origin: prompt.origin))
            return []
        default:
            find.replacement = prompt.field.text
            return search(then: .replacing(with: prompt.field.text))
        }
    }

    /// Shows the first match from where the search began, at every key.
    mutating func findAsTyped(_ prompt: Prompt) -> [Effect] {
        guard prompt.purpose != .replacement else { return search(then: .nothing) }
        find.text = prompt.field.text
        find.problem = nil
        find.pattern = nil
        find.forgetMatches()
        let origin = find.scope?.lowerBound ?? prompt.origin ?? editor.caret
        guard !find.text.isEmpty else {
            if let before = find.before { withEditor { $0.select(before) } }
            return []
        }
        do throws(PatternError) {
            find.pattern = try SearchPattern(find.query)
        } catch {
            find.problem = error.description
            return []
        }
        return search(
            then: .from(prompt.isBackwards ? (find.scope?.upperBound ?? origin) : origin, backwards: prompt.isBackwards)
        )
    }

    // MARK: Searching

    /// Selects the next match of what was last searched, around the end of the text if need be.
    mutating func findNext(backwards: Bool) -> [Effect] {
        if find.pattern == nil, let last = find.lastText {
            find.text = last
            find.pattern = try? SearchPattern(find.query)
        }
        guard find.pattern != nil else {
            say("Nothing was searched for yet: \(environment.keymap.hint("find")) finds.")
            return []
        }
        if find.scope != nil {
            find.scope = nil
            find.forgetMatches()
        }
        find.isShown = true
        return search(then: .next(backwards: backwards))
    }

    /// Makes the matches known, at once where the text is short and else off the main thread, and then does `jump`.
    private mutating func search(then jump: FindState.Jump) -> [Effect] {
        guard let pattern = find.pattern else { return [] }
        if find.version == editor.document.version, find.path == editor.path {
            guard find.ticket != nil else { return perform(jump) }
            // They are on their way.
            if jump != .nothing { find.waiting = jump }
            return []
        }
        let text = editor.text
        let whole = 0..<text.utf8Count
        let range = find.scope.map { $0.clamped(to: whole) } ?? whole
        find.path = editor.path
        find.version = editor.document.version
        guard range.count <= (pattern.isFast ? 1 << 20 : 1 << 16) else {
            let ticket = ticket()
            find.ticket = ticket
            find.matches = []
            find.waiting = jump
            return [.find(.matches(ticket, pattern, text, range: range))]
        }
        let found = pattern.matches(in: text, range: range, limit: FindState.matchLimit)
        find.matches = found.ranges
        find.isPartial = !found.isComplete
        find.ticket = nil
        return perform(jump)
    }

    mutating func receive(_ answer: FindAnswer) -> [Effect] {
        switch answer {
        case .matches(let ticket, let matches, let isPartial):
            guard ticket == find.ticket, find.path == editor.path else { return [] }
            find.ticket = nil
            let jump = find.waiting
            find.waiting = .nothing
            // The text went on meanwhile: the places are no longer true.
            guard find.version == editor.document.version else {
                find.forgetMatches()
                return search(then: jump)
            }
            find.matches = matches
            find.isPartial = isPartial
            return perform(jump)
        case .replacements(let ticket, let changes, let count):
            guard let asked = find.replacing, ticket == asked.ticket else { return [] }
            find.replacing = nil
            guard asked.version == editor.document.version, find.path == editor.path else {
                say("The text changed meanwhile, so nothing was replaced.", .error)
                return []
            }
            return apply(replacements: changes, count: count, after: asked.earlier)
        case .substitutions(let ticket, let substitution, let edits):
            guard let asked = find.replacing, ticket == asked.ticket else { return [] }
            find.replacing = nil
            notice = nil
            guard asked.version == editor.document.version, find.path == editor.path else {
                say("The text changed meanwhile, so nothing was replaced.", .error)
                return []
            }
            return vimSubstitute(substitution, edits)
        }
    }

    private mutating func perform(_ jump: FindState.Jump) -> [Effect] {
        let matches = find.matches
        switch jump {
        case .nothing: return []
        case .replacing(let replacement): return beginReplacing(with: replacement)
        case .from(let offset, let backwards):
            guard !matches.isEmpty else {
                if let before = find.before { withEditor { $0.select(before) } }
                return []
            }
            let index = find.index(at: offset)
            let chosen = backwards ? (index > 0 ? index - 1 : matches.count - 1) : (index < matches.count ? index : 0)
            return select(match: chosen)
        case .next(let backwards):
            guard !matches.isEmpty else {
                say("“\(find.text)” is not in this \(find.scope == nil ? "text" : "selection").")
                return []
            }
            let selected = editor.document.selection.range
            var index: Int
            if backwards {
                index = find.index(at: selected.lowerBound) - 1
            } else {
                index = find.index(at: selected.upperBound)
                // An empty match is left behind by going to the next one.
                if selected.isEmpty, index < matches.count, matches[index] == selected { index += 1 }
            }
            let hasWrapped = index < 0 || index >= matches.count
            if hasWrapped { index = backwards ? matches.count - 1 : 0 }
            let effects = select(match: index)
            let position = "\(index + 1) of \(matches.count)\(find.isPartial ? "+" : "")"
            if hasWrapped {
                say("\(position): the search went around the \(backwards ? "start" : "end").")
            } else if modal == nil {
                say(position)
            }
            return effects
        }
    }

    mutating func select(match index: Int) -> [Effect] {
        let match = find.matches[index]
        withEditor {
            $0.isMarking = false
            $0.select(Selection(anchor: match.lowerBound, head: match.upperBound))
        }
        return requestResearchSoon()
    }

    /// What the bottom row says beside the prompt: which match of how many.
    var findSummary: String {
        if let problem = find.problem { return problem }
        guard !find.text.isEmpty, find.pattern != nil else { return "" }
        if find.ticket != nil { return "searching…" }
        guard !find.matches.isEmpty else { return "none" }
        let selected = editor.document.selection.range
        let index = find.index(at: selected.lowerBound)
        let total = "\(find.matches.count)\(find.isPartial ? "+" : "")"
        return index < find.matches.count && find.matches[index] == selected ? "\(index + 1) of \(total)" : total
    }

    /// The matches to mark in a text from `offset` on; none where they are of another text.
    func shownMatches(from offset: Int) -> ArraySlice<Range<Int>> {
        guard find.isShown, find.version == editor.document.version, find.path == editor.path, find.ticket == nil else {
            return []
        }
        var index = find.index(at: offset)
        // A match of several lines may have begun above.
        if index > 0 { index -= 1 }
        return find.matches[index...]
    }
}
