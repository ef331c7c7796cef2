import Screen
import TextCore

/// What is asked of find, replace and go to line, and the matches that were found.
public enum FindEvent: Sendable {
    case openFind(backwards: Bool)
    case openReplace
    case next(backwards: Bool)
    case askLine
    case goToLine(String)
    /// The text of the prompt is another one.
    case typed(String)
    /// Enter in one of the prompts.
    case answered(String)
    /// A key of the prompts that is none of a field's.
    case key(PromptKey)
    /// A key while each match is asked about.
    case replaceKey(Key)
    /// Esc while a long text is being replaced.
    case endReplacing
    case matches(Ticket, [Range<Int>], isPartial: Bool)
    case replacements(Ticket, ChangeSet, count: Int)

    /// What the keys of the prompts for what to find and what to put in its place do.
    public enum PromptKey: Sendable {
        case cancel, next, previous, letterCase, regex, wholeWord, scope, replace, replaceAll
    }
}

/// A search too long to be made between two keys.
public enum FindEffect: Sendable {
    case matches(Ticket, SearchPattern, Text, range: Range<Int>)
    /// What is known already is replaced too.
    case replaceAll(Ticket, SearchPattern, Text, range: Range<Int>, known: [Range<Int>], with: String)
    /// What is under way is not wanted any more.
    case giveUp(Ticket)

    /// The number of the request. A request with a larger one ends those before it.
    public var ticket: Ticket {
        switch self {
        case .matches(let ticket, _, _, _), .replaceAll(let ticket, _, _, _, _, _), .giveUp(let ticket):
            ticket
        }
    }

    /// Does it; nil where it was given up.
    public func answer(isCancelled: () -> Bool) -> Event? {
        switch self {
        case .matches(let ticket, let pattern, let text, let range):
            let found = pattern.matches(in: text, range: range, limit: FindState.matchLimit, isCancelled: isCancelled)
            return isCancelled() ? nil : .find(.matches(ticket, found.ranges, isPartial: !found.isComplete))
        case .replaceAll(let ticket, let pattern, let text, let range, let known, let replacement):
            let made = pattern.replacingAll(
                in: text, range: range, known: known, with: replacement, isCancelled: isCancelled)
            return made.map { .find(.replacements(ticket, $0.changes, count: $0.count)) }
        case .giveUp: return nil
        }
    }
}

extension FindState {
    mutating func handle(_ event: FindEvent, _ core: inout StudioCore) -> [Effect] {
        defer { refreshPrompt(&core) }
        switch event {
        case .openFind(let backwards): open(.find, &core, backwards: backwards)
        case .openReplace: open(.replace, &core)
        case .next(let backwards): return findNext(&core, backwards: backwards)
        case .askLine: core.modal = .prompt(Prompt("Line:") { .find(.goToLine($0)) })
        case .goToLine(let typed):
            guard let number = Int(typed: typed.trimmingSpaces), number > 0 else {
                core.say("“\(typed)” is not a line number.", .error)
                return []
            }
            core.withEditor { editor in
                editor.moveCaret(to: editor.text.lineStart(min(number, editor.text.lineCount) - 1))
            }
        case .typed(let text): return findAsTyped(&core, text)
        case .answered(let text): return answer(text, &core)
        case .key(let key): return press(key, &core)
        case .replaceKey(let key):
            guard let session = core.panel(ReplaceSession.self) else { return [] }
            return press(&core, key, in: session)
        case .endReplacing: return endReplacing(&core)
        case .matches(let ticket, let found, let isPartial):
            return receive(found, isPartial: isPartial, ticket, &core)
        case .replacements(let ticket, let changes, let count):
            return receive(replacements: changes, count: count, ticket, &core)
        }
        return []
    }

    mutating func hear(_ announcement: Announcement, _ core: inout StudioCore) -> [Effect] {
        if case .articleMoved(let from, let to) = announcement, path == from { path = to }
        return []
    }

    mutating func cancel(_ core: inout StudioCore) -> Bool {
        guard isShown else { return false }
        isShown = false
        core.withEditor { $0.select(Selection($0.caret)) }
        return true
    }

    // MARK: Prompts

    private mutating func open(_ asked: Asking, _ core: inout StudioCore, backwards: Bool = false) {
        if asked == .replace, core.editor.isReadOnly { return core.announce(.editRefused) }
        beginFind(&core)
        text = ""
        pattern = nil
        forgetMatches()
        (asking, origin, isBackwards) = (asked, core.editor.caret, backwards)
        core.modal = .prompt(prompt(core))
    }

    private mutating func beginFind(_ core: inout StudioCore) {
        core.focus = .editor
        let selection = core.editor.document.selection
        before = selection
        problem = nil
        isShown = true
        // A selection of several lines is a place to search in, one within a line rather is a word that was found.
        let isPlace =
            core.editor.text.line(at: selection.range.lowerBound)
            != core.editor.text.line(at: selection.range.upperBound)
        scope = isPlace ? selection.range : nil
        core.withEditor { $0.isMarking = false }
    }

    /// A key of the prompts for what to find and what to put in its place.
    private mutating func press(_ key: FindEvent.PromptKey, _ core: inout StudioCore) -> [Effect] {
        guard let typed = core.prompt?.field.text else { return [] }
        switch key {
        case .cancel:
            core.modal = nil
            isShown = false
            waiting = .nothing
            if let before { core.withEditor { $0.select(before) } }
            return []
        case .next: return step(&core, backwards: false)
        case .previous:
            guard typed.isEmpty, let last = lastText else { return step(&core, backwards: true) }
            core.modal = .prompt(prompt(core, last))
            return findAsTyped(&core, last)
        case .letterCase: options.letterCase = query.ignoresCase ? .exact : .ignored
        case .regex: options.isRegex.toggle()
        case .wholeWord: options.isWholeWord.toggle()
        case .scope:
            if scope != nil {
                scope = nil
            } else if let before, !before.isEmpty {
                scope = before.range
            } else {
                core.say("Nothing was selected.")
            }
        case .replace:
            guard asking == .find else { return [] }
            asking = .replace
            core.modal = .prompt(prompt(core, typed))
            return []
        case .replaceAll:
            guard asking == .replacement else { return [] }
            core.modal = nil
            replacement = typed
            return replaceAll(&core, with: typed)
        }
        forgetMatches()
        return findAsTyped(&core, typed)
    }

    private mutating func step(_ core: inout StudioCore, backwards: Bool) -> [Effect] {
        guard pattern != nil else { return [] }
        return search(&core, then: .next(backwards: backwards))
    }

    private mutating func answer(_ typed: String, _ core: inout StudioCore) -> [Effect] {
        if text.isEmpty, let last = lastText {
            let effects = findAsTyped(&core, last)
            return effects + answer(last, &core)
        }
        if !text.isEmpty { lastText = text }
        switch asking {
        case .find:
            if let problem { core.say(problem, .error) }
            return []
        case .replace:
            guard pattern != nil else {
                if let problem { core.say(problem, .error) }
                isShown = false
                return []
            }
            asking = .replacement
            core.modal = .prompt(prompt(core, replacement))
            return []
        case .replacement:
            replacement = typed
            return search(&core, then: .replacing(with: typed))
        }
    }

    /// Shows the first match from where the search began, at every key.
    private mutating func findAsTyped(_ core: inout StudioCore, _ typed: String) -> [Effect] {
        guard asking != .replacement else { return search(&core, then: .nothing) }
        text = typed
        problem = nil
        pattern = nil
        forgetMatches()
        let start = scope?.lowerBound ?? origin ?? core.editor.caret
        guard !text.isEmpty else {
            if let before { core.withEditor { $0.select(before) } }
            return []
        }
        do throws(PatternError) {
            pattern = try SearchPattern(query)
        } catch {
            problem = error.description
            return []
        }
        return search(&core, then: .from(isBackwards ? (scope?.upperBound ?? start) : start, backwards: isBackwards))
    }

    // MARK: Searching

    /// Selects the next match of what was last searched, around the end of the text if need be.
    mutating func findNext(_ core: inout StudioCore, backwards: Bool) -> [Effect] {
        if pattern == nil, let last = lastText {
            text = last
            // As the options are now it may be none.
            do throws(PatternError) {
                pattern = try SearchPattern(query)
            } catch {
                core.say("“\(last)” can't be searched for. \(error.description).", .error)
                return []
            }
        }
        guard pattern != nil else {
            core.say("Nothing was searched for yet: \(core.environment.keymap.hint("find")) finds.")
            return []
        }
        if scope != nil {
            scope = nil
            forgetMatches()
        }
        isShown = true
        return search(&core, then: .next(backwards: backwards))
    }

    /// Makes the matches known, at once where the text is short and else off the main thread, and then does `jump`.
    private mutating func search(_ core: inout StudioCore, then jump: FindState.Jump) -> [Effect] {
        guard let pattern = pattern else { return [] }
        if version == core.editor.document.version, path == core.editor.path {
            guard ticket != nil else { return perform(&core, jump) }
            // They are on their way.
            if jump != .nothing { waiting = jump }
            return []
        }
        let article = core.editor.text
        let whole = 0..<article.utf8Count
        let range = scope.map { $0.clamped(to: whole) } ?? whole
        path = core.editor.path
        version = core.editor.document.version
        guard range.count <= (pattern.isFast ? 1 << 20 : 1 << 16) else {
            let ticket = core.ticket()
            self.ticket = ticket
            matches = []
            waiting = jump
            return [.find(.matches(ticket, pattern, article, range: range))]
        }
        let found = pattern.matches(in: article, range: range, limit: FindState.matchLimit)
        matches = found.ranges
        isPartial = !found.isComplete
        ticket = nil
        return perform(&core, jump)
    }

    private mutating func receive(_ found: [Range<Int>], isPartial: Bool, _ ticket: Ticket, _ core: inout StudioCore)
        -> [Effect]
    {
        guard ticket == self.ticket, path == core.editor.path else { return [] }
        self.ticket = nil
        let jump = waiting
        waiting = .nothing
        // The text went on meanwhile: the places are no longer true.
        guard version == core.editor.document.version else {
            forgetMatches()
            return search(&core, then: jump)
        }
        matches = found
        self.isPartial = isPartial
        return perform(&core, jump)
    }

    private mutating func receive(
        replacements changes: ChangeSet, count: Int, _ ticket: Ticket, _ core: inout StudioCore
    ) -> [Effect] {
        guard let asked = replacing, ticket == asked.ticket else { return [] }
        replacing = nil
        guard asked.version == core.editor.document.version, path == core.editor.path else {
            core.say("The text changed meanwhile, so nothing was replaced.", .error)
            return []
        }
        return apply(&core, replacements: changes, count: count, after: asked.earlier)
    }

    private mutating func perform(_ core: inout StudioCore, _ jump: FindState.Jump) -> [Effect] {
        let matches = matches
        switch jump {
        case .nothing: return []
        case .replacing(let replacement): return beginReplacing(&core, with: replacement)
        case .from(let offset, let backwards):
            guard !matches.isEmpty else {
                if let before = before { core.withEditor { $0.select(before) } }
                return []
            }
            let index = self.index(at: offset)
            let chosen = backwards ? (index > 0 ? index - 1 : matches.count - 1) : (index < matches.count ? index : 0)
            return select(&core, match: chosen)
        case .next(let backwards):
            guard !matches.isEmpty else {
                core.say("“\(text)” is not in this \(scope == nil ? "text" : "selection").")
                return []
            }
            let selected = core.editor.document.selection.range
            var index: Int
            if backwards {
                index = self.index(at: selected.lowerBound) - 1
            } else {
                index = self.index(at: selected.upperBound)
                // An empty match is left behind by going to the next one.
                if selected.isEmpty, index < matches.count, matches[index] == selected { index += 1 }
            }
            let hasWrapped = index < 0 || index >= matches.count
            if hasWrapped { index = backwards ? matches.count - 1 : 0 }
            let effects = select(&core, match: index)
            let position = "\(index + 1) of \(matches.count)\(isPartial ? "+" : "")"
            if hasWrapped {
                core.say("\(position): the search went around the \(backwards ? "start" : "end").")
            } else if core.modal == nil {
                core.say(position)
            }
            return effects
        }
    }

    mutating func select(_ core: inout StudioCore, match index: Int) -> [Effect] {
        let match = matches[index]
        core.withEditor {
            $0.isMarking = false
            $0.select(Selection(anchor: match.lowerBound, head: match.upperBound))
        }
        return []
    }
}
