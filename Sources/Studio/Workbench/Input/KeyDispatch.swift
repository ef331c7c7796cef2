import Screen

extension Workspace {
    /// A key while nothing lies over the panes: part of a chord, a command, or a character to type.
    mutating func press(_ key: Key) -> [Effect] {
        if isVimActive, pendingKeys.chord.isEmpty {
            let isOwn =
                vim.mode == .normal && vim.pending.isEmpty
                && environment.keymap.isRebound(KeyChord(key), in: [.editor, .everywhere])
            if !isOwn, let effects = vimTake(key) { return effects }
        }
        return press(asCommand: key)
    }

    /// A key as the keymap has it.
    mutating func press(asCommand key: Key) -> [Effect] {
        if takeDigit(key) { return [] }
        let chord = KeyChord(pendingKeys.chord + [key])
        switch environment.keymap.meaning(of: chord, in: contexts) {
        case .command(let command):
            pendingKeys.chord = []
            return run(command)
        case .prefix:
            pendingKeys.chord = chord.keys
            return []
        case .nothing:
            guard pendingKeys.chord.isEmpty else {
                let isCancelled = key == .escape || key == .control("g")
                let last = pendingKeys.lastCommand
                pendingKeys = PendingKeys()
                pendingKeys.lastCommand = last
                if !isCancelled { say("\(chord.name) means nothing.") }
                return []
            }
            return typed(key)
        }
    }

    /// Runs a command as often as the count says, which is then used up.
    mutating func run(_ command: Command) -> [Effect] {
        if command.id == .repeatCount { return update(command.event) }
        let count = pendingKeys.count ?? 1
        let hasCount = pendingKeys.count != nil
        pendingKeys.count = nil
        pendingKeys.hasDigits = false
        let position = core.typingPlace
        if command.id != .deleteBackward { typing.conversion = nil }
        var effects = update(command.event)
        defer { note(command, count: hasCount ? count : nil, from: position) }
        if hasCount {
            guard count > 0 else { return effects }
            // A command that opens something has begun a conversation, in which there's nothing to repeat.
            var left = count - 1
            let most = editor.text.utf8Count + Self.largestInsertion
            while left > 0, modal == nil, command.context == .editor {
                guard editor.text.utf8Count <= most else {
                    say("That was done \(count - left) times, and not \(count): more would fill the memory.", .error)
                    break
                }
                effects = update(command.event)
                left -= 1
            }
        }
        pendingKeys.lastCommand = command.id
        return effects
    }

    private mutating func typed(_ key: Key) -> [Effect] {
        let count = max(1, pendingKeys.count ?? 1)
        pendingKeys = PendingKeys()
        guard focus == .editor, !isReviewing, case .character(let character) = key else { return [] }
        return typeAndNote(character, times: count)
    }

    /// Takes a digit behind `repeat-count`; false where the key is none, or no count was begun.
    private mutating func takeDigit(_ key: Key) -> Bool {
        guard let count = pendingKeys.count, pendingKeys.chord.isEmpty, case .character(let character) = key,
            character.isASCII, let digit = character.wholeNumberValue
        else { return false }
        pendingKeys.count = min(PendingKeys.largestCount, pendingKeys.hasDigits ? count * 10 + digit : digit)
        pendingKeys.hasDigits = true
        return true
    }

    /// A key as prompts, the palette and the help know it: what moves or cancels in the keymap in use does so
    /// there too, and what finds goes to the next match.
    func translated(_ key: Key) -> Key {
        if case .character = key { return key }
        guard case .command(let command) = environment.keymap.meaning(of: KeyChord(key), in: [.editor, .everywhere])
        else { return key }
        switch command.id {
        case .cancel: return .escape
        case .left: return .left
        case .right: return .right
        case .up: return .up
        case .down: return .down
        case .pageUp: return .pageUp
        case .pageDown: return .pageDown
        case .lineStart: return .home
        case .lineEnd: return .end
        case .deleteForward: return .delete
        case .find, .findNext: return .control("g")
        case .findBackward, .findPrevious: return .alt("g")
        default: return key
        }
    }
}
