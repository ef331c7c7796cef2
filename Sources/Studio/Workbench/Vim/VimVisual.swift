import TextCore

extension Workspace {
    /// What the visual selection takes: the character under the caret too.
    func vimVisualSpan() -> VimSpan {
        let text = editor.text
        let low = min(vim.anchor, editor.caret)
        let high = max(vim.anchor, editor.caret)
        let start = VimCursor(text, at: low)
        let end = VimCursor(text, at: high)
        if case .visual(true) = vim.mode { return start.lines(start.lineNumber...end.lineNumber) }
        // An empty line or a line's end under the caret takes its break along.
        let upper = end.isAtLineEnd ? min(text.utf8Count, end.offset + 1) : text.nextGrapheme(after: end.offset)
        return VimSpan(range: start.offset..<upper)
    }

    /// What is drawn as selected.
    var shownSelection: Range<Int> {
        guard vim.isVisual, environment.keymap.base == .vim else { return editor.document.selection.range }
        return vimVisualSpan().range
    }

    mutating func vimSelectLast() -> [Effect] {
        guard let last = vim.lastVisual else { return vimFail() }
        // The text may have changed since: no end may stand within a character.
        vim.anchor = editor.text.scalarBoundary(atOrBefore: last.anchor)
        vim.mode = .visual(linewise: last.linewise)
        withEditor { $0.select(Selection($0.text.scalarBoundary(atOrBefore: last.head))) }
        return []
    }

    /// Selects as much as the change to be repeated had.
    mutating func vimSelectAgain(_ size: VimState.VisualSize) {
        var cursor = VimCursor(editor.text, at: editor.caret)
        vim.anchor = editor.caret
        let isOneLine = size.lines == 1
        cursor.moveToLine(cursor.lineNumber + size.lines - 1)
        if !size.isLinewise {
            if isOneLine { cursor.move(to: editor.caret) }
            for _ in 1..<max(1, size.characters) where cursor.offset < cursor.lastOfLine { cursor.forward() }
        }
        vim.mode = .visual(linewise: size.isLinewise)
        withEditor { $0.select(Selection(cursor.offset)) }
    }

    private func vimVisualSize(_ span: VimSpan) -> VimState.VisualSize {
        let start = VimCursor(editor.text, at: span.range.lowerBound)
        let end = VimCursor(editor.text, at: max(span.range.lowerBound, span.range.upperBound - 1))
        let lines = end.lineNumber - start.lineNumber + 1
        let from = lines == 1 ? span.range.lowerBound : end.line.lowerBound
        return VimState.VisualSize(
            isLinewise: span.isLinewise, lines: lines, characters: editor.text.slice(from..<span.range.upperBound).count
        )
    }

    /// A whole command of visual mode.
    mutating func vimRunVisual(_ command: VimCommand) -> [Effect] {
        if editor.isReadOnly, command.changesText {
            core.vimLeaveVisual()
            return vimRefuse()
        }
        if case .selection = command.action { return vimOperateOnSelection(command) }
        if case .object(let inner, let kind) = command.action {
            let cursor = VimCursor(editor.text, at: editor.caret)
            guard let span = cursor.object(kind, count: command.times, around: !inner),
                span.isLinewise || !span.range.isEmpty
            else { return vimFail() }
            // A selection of one character begins anew; a longer one grows.
            if vim.anchor == editor.caret || span.range.lowerBound < vim.anchor { vim.anchor = span.range.lowerBound }
            if span.isLinewise { vim.mode = .visual(linewise: true) }
            let last = VimCursor(editor.text, at: span.range.upperBound).line.lowerBound
            withEditor {
                $0.select(
                    Selection(max(span.isLinewise ? last : 0, $0.text.previousGrapheme(before: span.range.upperBound))))
            }
            return []
        }
        guard case .simple(let name, let argument) = command.action else { return vimRun(command) }
        guard case .visual(let linewise) = vim.mode else { return [] }
        switch name {
        case "v", "V":
            if linewise == (name == "V") { core.vimLeaveVisual() } else { vim.mode = .visual(linewise: name == "V") }
            return []
        case "o", "O":
            let anchor = vim.anchor
            vim.anchor = editor.caret
            withEditor { $0.select(Selection(anchor)) }
            return []
        case ":":
            core.vimLeaveVisual()
            return vimAskForLine("'<,'>")
        case "u", "U", "~":
            var other = command
            other.operation = ["u": "gu", "U": "gU"][name] ?? "g~"
            other.action = .selection
            return vimOperateOnSelection(other)
        case "J", "gJ":
            let span = vimVisualSpan()
            let size = vimVisualSize(span)
            let first = editor.text.line(at: span.range.lowerBound)
            let count = VimCursor(editor.text, at: 0).lineCount
            core.vimLeaveVisual()
            guard first + 1 < count else { return vimFail() }
            vimBegin(command, visual: size)
            return vimCommit(vimJoin(first...min(count - 1, first + max(2, size.lines) - 1), withSpace: name == "J"))
        case "p", "P": return vimPutOverSelection(command)
        case "I", "A":
            let span = vimVisualSpan()
            core.vimLeaveVisual()
            let position = name == "I" ? span.range.lowerBound : span.range.upperBound
            withEditor {
                $0.beginUndoGroup()
                $0.select(Selection(position))
            }
            vimBegin(VimCommand(action: .simple("i", argument: "")))
            vimInsert(count: 1)
            return []
        case "r":
            guard argument.count == 1 else { return [] }
            let span = vimVisualSpan()
            vimBegin(command, visual: vimVisualSize(span))
            core.vimLeaveVisual()
            let new = editor.text.slice(span.range).map { $0.isNewline ? String($0) : argument }.joined()
            return vimCommit(vimReplace(span.range, with: new, caret: span.range.lowerBound))
        default: return vimRunSimple(name, "", command)
        }
    }

    private mutating func vimOperateOnSelection(_ command: VimCommand) -> [Effect] {
        var span = vimVisualSpan()
        var operation = command.operation ?? ""
        // D, C and Y take whole lines.
        if ["D", "C", "Y"].contains(operation) {
            let start = VimCursor(editor.text, at: span.range.lowerBound)
            let end = VimCursor(editor.text, at: max(vim.anchor, editor.caret))
            span = start.lines(start.lineNumber...end.lineNumber)
            operation = operation.lowercased()
        }
        let size = vimVisualSize(span)
        let from = min(vim.anchor, editor.caret)
        core.vimLeaveVisual()
        if !vim.isRepeating, operation != "y" { vim.running = VimState.Change(command: command, visual: size) }
        let isLinesKept = operation == "y" && span.isLinewise
        return vimOperate(
            operation, span, command,
            from: isLinesKept ? min(from, span.range.upperBound) : span.isLinewise ? from : span.range.lowerBound,
            shifts: command.times)
    }

    private mutating func vimPutOverSelection(_ command: VimCommand) -> [Effect] {
        guard let register = vimRegister(command.register) else {
            // As vim: nothing to put, but the selection goes.
            var other = command
            other.operation = "d"
            return vimOperateOnSelection(other)
        }
        let span = vimVisualSpan()
        guard var text = vimRepeated(register.text, command.times) else { return vimFail() }
        vimBegin(command, visual: vimVisualSize(span))
        core.vimLeaveVisual()
        let effects = vimStore(span.range, isLinewise: span.isLinewise, in: nil, deleting: true)
        if span.isLinewise {
            if text.hasSuffix("\n") { text.removeLast() }
        } else if register.isLinewise {
            text = "\n" + text
        }
        let isOneLine = !register.isLinewise && !text.contains("\n") && !text.isEmpty && !span.isLinewise
        let position = span.range.lowerBound + (register.isLinewise && !span.isLinewise ? 1 : 0)
        let end = position + text.utf8.count
        let put = vimReplace(span.range, with: text, caret: span.range.lowerBound) { editor in
            editor.select(Selection(isOneLine ? editor.text.previousGrapheme(before: end) : position))
        }
        return vimCommit(effects + put)
    }
}
