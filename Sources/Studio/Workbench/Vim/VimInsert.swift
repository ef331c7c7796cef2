import Screen
import TextCore

extension Workspace {
    /// Insert mode begins at the caret, within an undo group that is open already.
    mutating func vimInsert(count: Int) {
        vim.mode = .insert
        vim.insertCount = count
        vim.insertStart = editor.caret
        vim.replaced = []
        vim.wantedColumn = nil
    }

    /// A key of insert or replace mode.
    mutating func vimTakeInsert(_ key: Key) -> [Effect] {
        if vim.pending == [.control("r")] {
            vim.pending = []
            vimType(.control("r"))
            vimType(key)
            guard case .character(let name) = key else { return [] }
            if name == "+" || name == "*", let effects = core.paste(.vim(.putClipboard)) { return effects }
            guard let register = vimRegister(name) else { return [] }
            return insert(register.text, origin: .command("vim"))
        }
        switch key {
        case .escape, .control("c"): return vimLeaveInsert()
        case .control("r"):
            vim.pending = [key]
            return []
        case .control("o"):
            let effects = vimLeaveInsert(oneShot: true)
            vim.isOneShot = true
            return effects
        case .control("w"):
            vimType(key)
            return vimDeleteBack { cursor in
                while cursor.offset > cursor.line.lowerBound, cursor.kindBefore == 0 { cursor.backward() }
                let kind = cursor.kindBefore
                while cursor.offset > cursor.line.lowerBound, cursor.kindBefore == kind { cursor.backward() }
            }
        case .control("u"):
            vimType(key)
            return vimDeleteBack { $0.move(to: $0.line.lowerBound) }
        case .control("t"), .control("d"):
            vimType(key)
            return vimIndent(right: key == .control("t"))
        case .backspace where vim.mode == .replace:
            vimType(key)
            return vimTakeBack()
        case .character(let character):
            vimType(key)
            return vim.mode == .replace
                ? vimOverwrite(String(character)) : core.type(character, origin: .command("vim"))
        case .left, .right, .up, .down, .home, .end, .pageUp, .pageDown, .controlArrow:
            let effects = press(asCommand: key)
            // A move within insert mode begins another insertion.
            vim.insertStart = editor.caret
            vim.insertCount = 1
            if !vim.isRepeating {
                vim.running = VimState.Change(command: VimCommand(action: .simple("i", argument: "")))
            }
            withEditor { $0.beginUndoGroup() }
            return effects
        case .enter, .tab, .backspace, .delete, .altEnter:
            vimType(key)
            return press(asCommand: key)
        default: return press(asCommand: key)
        }
    }

    private mutating func vimType(_ key: Key) {
        guard !vim.isRepeating else { return }
        vim.running?.typed.append(key)
    }

    /// Esc: inserts again what was typed as often as the count says, and goes back by one character.
    mutating func vimLeaveInsert(oneShot: Bool = false) -> [Effect] {
        var effects: [Effect] = []
        let typed = vim.isRepeating ? vim.change?.typed ?? [] : vim.running?.typed ?? []
        if vim.insertCount > 1, !typed.isEmpty { effects = vimInsertAgain(typed, times: vim.insertCount - 1) }
        core.vimEndInsert(oneShot: oneShot)
        return effects
    }

    /// Keys taken again one by one for a count; what they insert is the same each time but for keys that depend on the text.
    private static var mostKeysAgain: Int { 4_000 }

    /// Types again what was typed. As soon as it inserts the same twice, the rest is inserted at once.
    private mutating func vimInsertAgain(_ typed: [Key], times: Int) -> [Effect] {
        let (wasRepeating, action) = (vim.isRepeating, vim.running?.command.action ?? vim.change?.command.action)
        vim.isRepeating = true
        vim.insertCount = 1
        defer { vim.isRepeating = wasRepeating }
        if let effects = vimOverwriteAgain(typed, times: times) { return effects }
        var opensLines = false
        if case .simple("o", _)? = action { opensLines = true }
        if case .simple("O", _)? = action { opensLines = true }
        let onlyInserts =
            vim.mode == .insert && typed.allSatisfy { if case .character = $0 { true } else { $0 == .enter } }
        if onlyInserts, vimRepeated(String(repeating: " ", count: typed.count), times) == nil { return [] }
        var effects: [Effect] = []
        var previous: String?
        for done in 1...times {
            let (start, length, version) = (editor.caret, editor.text.utf8Count, editor.document.version)
            if opensLines { effects = vimOpenLine(below: true) }
            for key in typed { effects = vimTakeInsert(key) }
            // Refused.
            guard editor.document.version != version else { return effects }
            guard done < times else { break }
            let grown = editor.text.utf8Count - length
            if onlyInserts, grown > 0, editor.caret == start + grown {
                let inserted = editor.text.slice(start..<editor.caret)
                if inserted == previous {
                    guard let rest = vimRepeated(inserted, times - done) else { return effects }
                    return insert(rest, origin: .command("vim"))
                }
                previous = inserted
            }
            guard (done + 1) * typed.count <= Self.mostKeysAgain else {
                say(
                    "Inserted \(done + 1) times, and not \(times + 1): those are too many keys for one command.", .error
                )
                return effects
            }
        }
        return effects
    }

    /// In replace mode what was typed goes over what follows at once; nil where that isn't only characters.
    private mutating func vimOverwriteAgain(_ typed: [Key], times: Int) -> [Effect]? {
        var text = ""
        for case .character(let character) in typed { text.append(character) }
        guard vim.mode == .replace, text.count == typed.count else { return nil }
        guard let new = vimRepeated(text, times) else { return [] }
        let lineEnd = VimCursor(editor.text, at: editor.caret).line.upperBound
        var (end, left) = (editor.caret, text.count * times)
        while end < lineEnd, left > 0 {
            end = editor.text.nextGrapheme(after: end)
            left -= 1
        }
        return vimReplace(editor.caret..<end, with: new, caret: editor.caret + new.utf8.count)
    }

    private mutating func vimDeleteBack(_ step: (inout VimCursor) -> Void) -> [Effect] {
        let end = editor.caret
        var cursor = VimCursor(editor.text, at: end)
        if cursor.offset == cursor.line.lowerBound { return press(asCommand: .backspace) }
        step(&cursor)
        var start = cursor.offset
        // What was typed just now goes first, and only then what was there before.
        if vim.insertStart > start, vim.insertStart < end { start = vim.insertStart }
        return vimReplace(start..<end, with: "", caret: start)
    }

    private mutating func vimIndent(right: Bool) -> [Effect] {
        let cursor = VimCursor(editor.text, at: editor.caret)
        let indent = cursor.firstNonBlank - cursor.line.lowerBound
        let width = environment.tabWidth
        let new = right ? (indent / width + 1) * width : max(0, (indent + width - 1) / width - 1) * width
        let caret = max(cursor.line.lowerBound, editor.caret + new - indent)
        return vimReplace(
            cursor.line.lowerBound..<cursor.firstNonBlank, with: String(repeating: " ", count: new), caret: caret)
    }

    // MARK: Replace mode

    private mutating func vimOverwrite(_ character: String) -> [Effect] {
        let cursor = VimCursor(editor.text, at: editor.caret)
        let (old, version) = (cursor.character, editor.document.version)
        let effects = vimReplace(
            editor.caret..<editor.caret + old.utf8.count, with: character, caret: editor.caret + character.utf8.count)
        if editor.document.version != version { vim.replaced.append(old) }
        return effects
    }

    /// Backspace in replace mode gives back what stood there.
    private mutating func vimTakeBack() -> [Effect] {
        let start = editor.text.previousGrapheme(before: editor.caret)
        guard let old = vim.replaced.popLast() else {
            withEditor { $0.select(Selection(start)) }
            return []
        }
        return vimReplace(start..<editor.caret, with: old, caret: start)
    }
}

extension VimCursor {
    /// The kind of the character before this place in its line.
    fileprivate var kindBefore: Int {
        guard offset > line.lowerBound else { return -1 }
        var before = self
        before.backward()
        return before.kind(big: false)
    }
}
