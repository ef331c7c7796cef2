import Screen
import TextCore

extension Workspace {
    /// Whether the keys of the editor are vim's now.
    var isVimActive: Bool { environment.keymap.base == .vim && focus == .editor && !isReviewing }

    /// A key for vim; nil where it is one for the keymap.
    mutating func vimTake(_ key: Key) -> [Effect]? {
        if vim.mode == .insert || vim.mode == .replace { return vimTakeInsert(key) }
        selectWithVim()
        if key == .escape || key == .control("c") {
            if !vim.pending.isEmpty {
                vim.pending = []
                return []
            }
            if vim.isVisual {
                core.vimLeaveVisual()
                return []
            }
            return key == .control("c") ? [] : nil
        }
        // q ends a recording, and the key isn't part of it.
        if vim.recording != nil, key == .character("q"), vim.pending.isEmpty, !vim.isPlaying {
            vim.recorded.removeLast(min(1, vim.recorded.count))
            vimStopRecording()
            return []
        }
        switch VimParser.parse(vim.pending + [key], visual: vim.isVisual) {
        case .incomplete:
            vim.pending.append(key)
            return []
        case .invalid:
            defer { vim.pending = [] }
            guard vim.pending.isEmpty, !isTyped(key) else { return vimFail() }
            return nil
        case .command(let command):
            vim.pending = []
            if command.putsClipboard, let effects = core.paste(.vim(.perform(command))) { return effects }
            return vimPerform(command)
        }
    }

    /// Runs a whole command, in the mode there is.
    mutating func vimPerform(_ command: VimCommand) -> [Effect] {
        let wasOneShot = vim.isOneShot
        let effects = vim.isVisual ? vimRunVisual(command) : vimRun(command)
        if wasOneShot, vim.mode == .normal, modal == nil {
            vim.isOneShot = false
            if vim.oneShotEnd == editor.caret {
                withEditor { $0.select(Selection($0.text.nextGrapheme(after: $0.caret))) }
            }
            withEditor { $0.beginUndoGroup() }
            vim.running = VimState.Change(command: VimCommand(action: .simple("i", argument: "")))
            vimInsert(count: 1)
        }
        return effects
    }

    /// The character of a key with Alt that means nothing where the keys go now: in vim's keymap that is Esc and the character.
    func vimWithoutAlt(_ key: Key) -> Character? {
        guard case .alt(let character) = key, environment.keymap.base == .vim, pendingKeys.chord.isEmpty else {
            return nil
        }
        switch modal {
        case .prompt(let prompt): return prompt.isVims ? character : nil
        case .some: return nil
        case nil:
            if case .nothing = environment.keymap.meaning(of: KeyChord(key), in: contexts) { return character }
            return nil
        }
    }

    private func isTyped(_ key: Key) -> Bool {
        switch key {
        case .character, .tab, .backTab, .enter: true
        default: false
        }
    }

    /// A selection made by the mouse, Shift or a command becomes a visual one.
    private mutating func selectWithVim() {
        let selection = editor.document.selection
        guard !selection.isEmpty else { return }
        let isForward = selection.head > selection.anchor
        vim.anchor = isForward ? selection.anchor : editor.text.previousGrapheme(before: selection.anchor)
        vim.mode = .visual(linewise: false)
        withEditor {
            $0.select(Selection(isForward ? $0.text.previousGrapheme(before: selection.head) : selection.head))
        }
    }

    /// After each event: in normal mode the caret stands on a character, and not behind the last of a line.
    mutating func settleVim() {
        guard environment.keymap.base == .vim else { return }
        vim.anchor = editor.text.scalarBoundary(atOrBefore: vim.anchor)
        guard vim.mode == .normal, !vim.isOneShot, modal == nil, editor.document.selection.isEmpty else { return }
        let cursor = VimCursor(editor.text, at: editor.caret)
        let caret = min(cursor.offset, cursor.lastOfLine)
        if caret != editor.caret { withEditor { $0.select(Selection(caret), keepingColumn: true) } }
    }
}
