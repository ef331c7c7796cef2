import Notes
import Screen
import TextCore

/// Putting something else in the place of what was found, one by one or all at once.
extension Workspace {
    mutating func beginReplacing(with replacement: String) -> [Effect] {
        guard !find.matches.isEmpty else {
            find.isShown = false
            say("“\(find.text)” is not in this \(find.scope == nil ? "text" : "selection").")
            return []
        }
        let start = find.scope?.lowerBound ?? find.before?.range.lowerBound ?? 0
        let index = find.index(at: start)
        var session = ReplaceSession(replacement: replacement, index: index, origin: start)
        if index == find.matches.count {
            session.index = 0
            session.hasWrapped = true
        }
        modal = .replacing(session)
        return select(match: session.index)
    }

    mutating func press(_ key: Key, in session: ReplaceSession) -> [Effect] {
        var session = session
        switch key {
        case .character("y"), .character("Y"), .character(" "), .enter: return replaceOne(session)
        case .character("n"), .character("N"), .delete, .backspace, .right, .down, .control("g"):
            session.index += 1
            return goOn(session)
        case .character("p"), .left, .up, .alt("g"):
            session.index = max(0, session.index - 1)
            modal = .replacing(session)
            return select(match: session.index)
        case .character("a"), .character("!"), .altEnter:
            modal = nil
            return replaceRest(session)
        case .escape, .character("q"): return end(session)
        default: return []
        }
    }

    private mutating func replaceOne(_ session: ReplaceSession) -> [Effect] {
        var session = session
        guard let pattern = find.pattern, find.matches.indices.contains(session.index) else { return end(session) }
        let match = find.matches[session.index]
        let text = editor.text
        let new = pattern.replacement(session.replacement, for: match, in: text)
        let delta = new.utf8.count - match.count
        let changes = ChangeSet(length: text.utf8Count, replacing: [(range: match, with: new)])
        let effects = apply(
            Edit(changes: changes, selection: Selection(match.lowerBound + new.utf8.count), origin: .command("replace"))
        )
        guard text.utf8Count + delta == editor.text.utf8Count, !editor.isReadOnly else { return end(session) + effects }
        find.matches.remove(at: session.index)
        for later in session.index..<find.matches.count {
            find.matches[later] = find.matches[later].lowerBound + delta..<find.matches[later].upperBound + delta
        }
        if let scope = find.scope { find.scope = scope.lowerBound..<scope.upperBound + delta }
        if let before = find.before {
            find.before = Selection(
                anchor: changes.map(before.anchor, bias: .before), head: changes.map(before.head, bias: .before))
        }
        if session.origin > match.lowerBound { session.origin += delta }
        find.version = editor.document.version
        session.count += 1
        return effects + goOn(session)
    }

    private mutating func goOn(_ session: ReplaceSession) -> [Effect] {
        var session = session
        if session.index >= find.matches.count, !session.hasWrapped, find.scope == nil {
            session.index = 0
            session.hasWrapped = true
            if !find.matches.isEmpty, find.matches[0].lowerBound < session.origin { say("From the start.") }
        }
        guard session.index < find.matches.count,
            !session.hasWrapped || find.matches[session.index].lowerBound < session.origin
        else { return end(session) }
        modal = .replacing(session)
        return select(match: session.index)
    }

    private mutating func end(_ session: ReplaceSession) -> [Effect] {
        modal = nil
        find.isShown = false
        withEditor { $0.select(Selection($0.caret)) }
        say("Replaced \(session.count).", session.count > 0 ? .success : .information)
        return []
    }

    /// Every match of the text, or the selection, in one step of undo.
    mutating func replaceAll(with replacement: String) -> [Effect] {
        let whole = 0..<editor.text.utf8Count
        return replaceAll([], find.scope.map { $0.clamped(to: whole) } ?? whole, with: replacement)
    }

    /// The match that is asked about and all behind it that the walk hasn't come to: none that was refused, and nothing that
    /// was put in.
    private mutating func replaceRest(_ session: ReplaceSession) -> [Effect] {
        guard find.version == editor.document.version, find.path == editor.path else { return end(session) }
        let ahead = find.matches[min(session.index, find.matches.count)...]
        var known = Array(ahead)
        // Those that weren't kept lie behind the last one that was.
        let end = find.scope?.upperBound ?? editor.text.utf8Count
        var rest = end..<end
        if session.hasWrapped {
            known = ahead.filter { $0.lowerBound < session.origin }
        } else {
            if find.isPartial, let last = find.matches.last { rest = min(last.upperBound, end)..<end }
            // The walk would go on at the start, up to where it began.
            if find.scope == nil {
                known =
                    find.matches[..<min(session.index, find.matches.count)].filter { $0.lowerBound < session.origin }
                    + known
            }
        }
        return replaceAll(known, rest, with: session.replacement, after: session.count)
    }

    private mutating func replaceAll(
        _ known: [Range<Int>], _ range: Range<Int>, with replacement: String, after count: Int = 0
    ) -> [Effect] {
        guard let pattern = find.pattern else { return [] }
        let text = editor.text
        guard range.count > (pattern.isFast ? 1 << 20 : 1 << 16) || known.count > 10_000 else {
            guard let made = pattern.replacingAll(in: text, range: range, known: known, with: replacement) else {
                return []
            }
            return apply(replacements: made.changes, count: made.count, after: count)
        }
        let ticket = ticket()
        find.replacing = (ticket, editor.document.version, count)
        find.path = editor.path
        find.forgetMatches()
        say("Replacing… Esc ends it.")
        return [.find(.replaceAll(ticket, pattern, text, range: range, known: known, with: replacement))]
    }

    mutating func apply(replacements changes: ChangeSet, count: Int, after earlier: Int = 0) -> [Effect] {
        find.isShown = false
        guard count > 0 else {
            guard earlier == 0 else {
                say("Replaced \(earlier).", .success)
                return []
            }
            say("“\(find.text)” is not in this \(find.scope == nil ? "text" : "selection").")
            return []
        }
        if let before = find.before { withEditor { $0.select(before) } }
        let position = changes.map(find.before?.head ?? editor.caret, bias: .before)
        let effects = apply(Edit(changes: changes, selection: Selection(position), origin: .command("replace")))
        if !editor.isReadOnly {
            say(
                "Replaced \(earlier + count). \(environment.keymap.hint("undo")) takes \(earlier > 0 ? "the last \(count)" : "all") back.",
                .success)
        }
        return effects
    }

    /// Esc while a long text is being replaced.
    mutating func endReplacing() -> [Effect] {
        find.replacing = nil
        find.isShown = false
        say("Nothing more was replaced.")
        return [.find(.giveUp(ticket()))]
    }
}
