import Screen
import TextCore

/// What the vim keymap is told beside the keys.
public enum VimEvent: Sendable {
    /// What was typed behind `:`.
    case line(String)
    /// Tab behind `:`.
    case completeLine
    /// The pattern behind `/` or `?`.
    case search(String, isBackwards: Bool)
    /// A whole command, which waited for the system's clipboard.
    case perform(VimCommand)
    /// Ctrl-R and `+` in insert mode.
    case putClipboard
    /// A key for the question at a match of `:s` with `c`.
    case walkKey(Key)
    /// A macro goes on.
    case playOn
    /// What a long `:s` replaces.
    case substituted(Ticket, VimSubstitution, [(range: Range<Int>, with: String)])
}

/// What the vim keymap wants done outside the studio.
public enum VimEffect: Sendable {
    /// A `:s` too long to be done between two keys.
    case substitute(Ticket, VimSubstitution, VimPattern, Text, lines: ClosedRange<Int>)
    /// It is not wanted any more.
    case giveUp(Ticket)

    /// The number of the request. A request with a larger one ends those before it.
    public var ticket: Ticket {
        switch self {
        case .substitute(let ticket, _, _, _, _), .giveUp(let ticket): ticket
        }
    }

    /// Does it; nil where it was given up.
    public func answer(isCancelled: () -> Bool) -> Event? {
        guard case .substitute(let ticket, let substitution, let pattern, let text, let lines) = self else {
            return nil
        }
        return substitution.edits(pattern, in: text, lines: lines, isCancelled: isCancelled).map {
            .vim(.substituted(ticket, substitution, $0))
        }
    }
}

extension Workspace {
    mutating func handle(_ event: VimEvent) -> [Effect] {
        switch event {
        case .line(let line):
            if line.contains(where: { $0 != " " && $0 != ":" }) { vim.lastLine = line }
            return vimExecute(line)
        case .completeLine: return vimComplete()
        case .search(let pattern, let isBackwards): return vimSearchFor(pattern, backwards: isBackwards)
        case .perform(let command): return vimPerform(command)
        case .putClipboard: return vimRegister("+").map { insert($0.text, origin: .command("vim")) } ?? []
        case .walkKey(let key): return core.panel(SubstitutionWalk.self).map { press(key, in: $0) } ?? []
        case .playOn: return vimPlayOn()
        case .substituted(let ticket, let substitution, let edits):
            guard let asked = vim.substituting, ticket == asked.ticket else { return [] }
            vim.substituting = nil
            notice = nil
            guard asked.version == editor.document.version, asked.path == editor.path else {
                say("The text changed meanwhile, so nothing was replaced.", .error)
                return []
            }
            return vimSubstitute(substitution, edits)
        }
    }

    /// Gives up a long `:s`.
    mutating func endSubstituting() -> [Effect] {
        guard vim.substituting != nil else { return [] }
        vim.substituting = nil
        say("Nothing was replaced.")
        // A newer ticket ends the work for the older one.
        return [.vim(.giveUp(ticket()))]
    }
}

extension StudioCore {
    /// Leaves the article as one comes back to it: in normal mode, nothing half typed and nothing half selected. A count
    /// of an insertion is given up.
    mutating func leaveVimModes() {
        if vim.mode == .insert || vim.mode == .replace { vimEndInsert(oneShot: false) }
        vimLeaveVisual()
        vim.mode = .normal
        vim.pending = []
        vim.isOneShot = false
        vim.wantedColumn = nil
    }

    mutating func vimLeaveVisual() {
        guard case .visual(let linewise) = vim.mode else { return }
        vim.lastVisual = (vim.anchor, editor.caret, linewise)
        vim.mode = .normal
    }

    /// Goes from insert to normal mode, back by one character.
    mutating func vimEndInsert(oneShot: Bool) {
        vim.mode = .normal
        vim.pending = []
        vimSetMark("^", at: editor.caret)
        if !vim.isRepeating, let running = vim.running { vim.change = running }
        vim.running = nil
        let line = VimCursor(editor.text, at: editor.caret).line
        let isAtEnd = editor.caret == line.upperBound && !line.isEmpty
        let steps = !oneShot || isAtEnd
        let endsGroup = !vim.isRepeating
        withEditor { editor in
            if steps, editor.caret > line.lowerBound {
                editor.select(Selection(editor.text.previousGrapheme(before: editor.caret)))
            }
            if endsGroup { editor.endUndoGroup() }
        }
        vim.oneShotEnd = oneShot && isAtEnd ? editor.caret : nil
    }

    mutating func vimSetMark(_ name: Character, at offset: Int) {
        let key = name == "`" ? "'" : name
        let path = editor.path
        if let old = vim.marks[path]?[key] { withEditor { $0.removeAnchor(old) } }
        vim.marks[path, default: [:]][key] = withEditor { $0.addAnchor(offset, bias: .before) }
    }

    /// The caret went far from `offset`: vim's keys come back to it.
    mutating func noteJump(from offset: Int) {
        if environment.keymap.base == .vim { vimSetMark("'", at: offset) }
    }

    /// Completes a path that is typed in a prompt, by the names in the folder it begins with.
    mutating func completePrompt(folder: String, _ names: [String]) {
        guard var prompt else { return }
        let typed = prompt.isVims ? VimLine(prompt.field.text).argument : prompt.field.text
        guard typed.hasPrefix(folder),
            let longer = ArticlePaths.completion(of: String(typed.dropFirst(folder.count)), among: names)
        else { return }
        prompt.field = TextField(prompt.field.text.dropLast(typed.count) + folder + longer)
        modal = .prompt(prompt)
        guard prompt.isVims else { return }
        let fitting = names.filter { $0.hasPrefix(longer) && (!$0.hasPrefix(".") || longer.hasPrefix(".")) }
        if fitting.count > 1 { say(fitting.prefix(8).joined(separator: "  ")) }
    }
}
