import Screen
import TextCore

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
        if command.name == CommandTable.countCommand { return command.run(&self) }
        let count = pendingKeys.count ?? 1
        let hasCount = pendingKeys.count != nil
        pendingKeys.count = nil
        pendingKeys.hasDigits = false
        let position = TypingState.Place(self)
        if command.name != "delete-backward" { typing.conversion = nil }
        var effects = command.run(&self)
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
                effects = command.run(&self)
                left -= 1
            }
        }
        pendingKeys.lastCommand = command.name
        return effects
    }

    private mutating func typed(_ key: Key) -> [Effect] {
        let count = max(1, pendingKeys.count ?? 1)
        pendingKeys = PendingKeys()
        guard focus == .editor, !assistant.isReviewing, case .character(let character) = key else { return [] }
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
        switch command.name {
        case "cancel": return .escape
        case "left": return .left
        case "right": return .right
        case "up": return .up
        case "down": return .down
        case "page-up": return .pageUp
        case "page-down": return .pageDown
        case "line-start": return .home
        case "line-end": return .end
        case "delete-forward": return .delete
        case "find", "find-next": return .control("g")
        case "find-backward", "find-previous": return .alt("g")
        default: return key
        }
    }
}
