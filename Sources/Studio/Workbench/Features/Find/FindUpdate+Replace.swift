import Screen
import TextCore

/// Putting something else in the place of what was found, one by one or all at once.
extension FindState {
    mutating func beginReplacing(_ core: inout StudioCore, with replacement: String) -> [Effect] {
        guard !matches.isEmpty else {
            isShown = false
            core.say("“\(text)” is not in this \(scope == nil ? "text" : "selection").")
            return []
        }
        let start = scope?.lowerBound ?? before?.range.lowerBound ?? 0
        let index = index(at: start)
        var session = ReplaceSession(replacement: replacement, index: index, origin: start)
        if index == matches.count {
            session.index = 0
            session.hasWrapped = true
        }
        core.modal = .panel(session)
        return select(&core, match: session.index)
    }

    mutating func press(_ core: inout StudioCore, _ key: Key, in session: ReplaceSession) -> [Effect] {
        var session = session
        switch key {
        case .character("y"), .character("Y"), .character(" "), .enter: return replaceOne(&core, session)
        case .character("n"), .character("N"), .delete, .backspace, .right, .down, .control("g"):
            session.index += 1
            return goOn(&core, session)
        case .character("p"), .left, .up, .alt("g"):
            session.index = max(0, session.index - 1)
            core.modal = .panel(session)
            return select(&core, match: session.index)
        case .character("a"), .character("!"), .altEnter:
            core.modal = nil
            return replaceRest(&core, session)
        case .escape, .character("q"): return end(&core, session)
        default: return []
        }
    }

    private mutating func replaceOne(_ core: inout StudioCore, _ session: ReplaceSession) -> [Effect] {
        var session = session
        guard let pattern = pattern, matches.indices.contains(session.index) else { return end(&core, session) }
        let match = matches[session.index]
        let article = core.editor.text
        let new = pattern.replacement(session.replacement, for: match, in: article)
        let delta = new.utf8.count - match.count
        let changes = ChangeSet(length: article.utf8Count, replacing: [(range: match, with: new)])
        let effects = core.apply(
            Edit(changes: changes, selection: Selection(match.lowerBound + new.utf8.count), origin: .command("replace"))
        )
        guard article.utf8Count + delta == core.editor.text.utf8Count, !core.editor.isReadOnly else {
            return end(&core, session) + effects
        }
        matches.remove(at: session.index)
        for later in session.index..<matches.count {
            matches[later] = matches[later].lowerBound + delta..<matches[later].upperBound + delta
        }
        if let old = scope { scope = old.lowerBound..<old.upperBound + delta }
        if let old = before {
            before = Selection(
                anchor: changes.map(old.anchor, bias: .before), head: changes.map(old.head, bias: .before))
        }
        if session.origin > match.lowerBound { session.origin += delta }
        version = core.editor.document.version
        session.count += 1
        return effects + goOn(&core, session)
    }

    private mutating func goOn(_ core: inout StudioCore, _ session: ReplaceSession) -> [Effect] {
        var session = session
        if session.index >= matches.count, !session.hasWrapped, scope == nil {
            session.index = 0
            session.hasWrapped = true
            if !matches.isEmpty, matches[0].lowerBound < session.origin { core.say("From the start.") }
        }
        guard session.index < matches.count,
            !session.hasWrapped || matches[session.index].lowerBound < session.origin
        else { return end(&core, session) }
        core.modal = .panel(session)
        return select(&core, match: session.index)
    }

    private mutating func end(_ core: inout StudioCore, _ session: ReplaceSession) -> [Effect] {
        core.modal = nil
        isShown = false
        core.withEditor { $0.select(Selection($0.caret)) }
        core.say("Replaced \(session.count).", session.count > 0 ? .success : .information)
        return []
    }

    /// Every match of the text, or the selection, in one step of undo.
    mutating func replaceAll(_ core: inout StudioCore, with replacement: String) -> [Effect] {
        let whole = 0..<core.editor.text.utf8Count
        return replaceAll(&core, [], scope.map { $0.clamped(to: whole) } ?? whole, with: replacement)
    }

    /// The match that is asked about and all behind it that the walk hasn't come to: none that was refused, and nothing that
    /// was put in.
    private mutating func replaceRest(_ core: inout StudioCore, _ session: ReplaceSession) -> [Effect] {
        guard version == core.editor.document.version, path == core.editor.path else { return end(&core, session) }
        let ahead = matches[min(session.index, matches.count)...]
        var known = Array(ahead)
        // Those that weren't kept lie behind the last one that was.
        let end = scope?.upperBound ?? core.editor.text.utf8Count
        var rest = end..<end
        if session.hasWrapped {
            known = ahead.filter { $0.lowerBound < session.origin }
        } else {
            if isPartial, let last = matches.last { rest = min(last.upperBound, end)..<end }
            // The walk would go on at the start, up to where it began.
            if scope == nil {
                known =
                    matches[..<min(session.index, matches.count)].filter { $0.lowerBound < session.origin }
                    + known
            }
        }
        return replaceAll(&core, known, rest, with: session.replacement, after: session.count)
    }

    private mutating func replaceAll(
        _ core: inout StudioCore, _ known: [Range<Int>], _ range: Range<Int>, with replacement: String,
        after count: Int = 0
    ) -> [Effect] {
        guard let pattern = pattern else { return [] }
        let article = core.editor.text
        guard range.count > (pattern.isFast ? 1 << 20 : 1 << 16) || known.count > 10_000 else {
            guard let made = pattern.replacingAll(in: article, range: range, known: known, with: replacement) else {
                return []
            }
            return apply(&core, replacements: made.changes, count: made.count, after: count)
        }
        let ticket = core.ticket()
        replacing = (ticket, core.editor.document.version, count)
        path = core.editor.path
        forgetMatches()
        core.say("Replacing… Esc ends it.")
        return [.find(.replaceAll(ticket, pattern, article, range: range, known: known, with: replacement))]
    }

    mutating func apply(_ core: inout StudioCore, replacements changes: ChangeSet, count: Int, after earlier: Int = 0)
        -> [Effect]
    {
        isShown = false
        guard count > 0 else {
            guard earlier == 0 else {
                core.say("Replaced \(earlier).", .success)
                return []
            }
            core.say("“\(text)” is not in this \(scope == nil ? "text" : "selection").")
            return []
        }
        if let before = before { core.withEditor { $0.select(before) } }
        let position = changes.map(before?.head ?? core.editor.caret, bias: .before)
        let effects = core.apply(Edit(changes: changes, selection: Selection(position), origin: .command("replace")))
        if !core.editor.isReadOnly {
            core.say(
                "Replaced \(earlier + count). \(core.hint(.undo)) takes \(earlier > 0 ? "the last \(count)" : "all") back.",
                .success)
        }
        return effects
    }

    /// Esc while a long text is being replaced.
    mutating func endReplacing(_ core: inout StudioCore) -> [Effect] {
        replacing = nil
        isShown = false
        core.say("Nothing more was replaced.")
        return [.find(.giveUp(core.ticket()))]
    }
}
