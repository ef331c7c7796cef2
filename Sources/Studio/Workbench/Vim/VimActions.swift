import Screen
import TextCore

extension Workspace {
    /// Runs a command of normal mode that is neither a motion nor an operator.
    mutating func vimRunSimple(_ name: String, _ argument: String, _ command: VimCommand) -> [Effect] {
        let text = editor.text
        let cursor = VimCursor(text, at: editor.caret)
        let line = cursor.line
        switch name {
        case "i": return vimInsert(command, at: editor.caret)
        case "a":
            return vimInsert(command, at: cursor.isAtLineEnd ? editor.caret : text.nextGrapheme(after: editor.caret))
        case "I": return vimInsert(command, at: cursor.firstNonBlank)
        case "A": return vimInsert(command, at: line.upperBound)
        case "gi": return vimInsert(command, at: vimMark("^") ?? editor.caret)
        case "<Insert>": return vimInsert(command, at: editor.caret)
        case "R":
            let effects = vimInsert(command, at: editor.caret)
            vim.mode = .replace
            return effects
        case "o", "O":
            vimBegin(command)
            withEditor { $0.beginUndoGroup() }
            let effects = vimOpenLine(below: name == "o")
            vimInsert(count: command.times)
            return effects
        case "p", "P":
            vimBegin(command)
            return vimCommit(vimPut(command, before: name == "P"))
        case "J", "gJ":
            let last = cursor.lineNumber + max(2, command.times) - 1
            guard cursor.lineNumber + 1 < cursor.lineCount else { return vimFail() }
            vimBegin(command)
            return vimCommit(vimJoin(cursor.lineNumber...min(last, cursor.lineCount - 1), withSpace: name == "J"))
        case "~":
            guard !cursor.isEmptyLine else { return vimFail() }
            vimBegin(command)
            var end = cursor.offset
            for _ in 0..<command.times where end < line.upperBound { end = text.nextGrapheme(after: end) }
            let swapped = Self.swappedCase(text.slice(cursor.offset..<end))
            return vimCommit(vimReplace(cursor.offset..<end, with: swapped, caret: cursor.offset + swapped.utf8.count))
        case "r": return vimReplaceCharacters(argument, command, cursor)
        case "u": return vimUndo(command.times, redo: false)
        case "<C-r>": return vimUndo(command.times, redo: true)
        case ".": return vimRepeat(command.count)
        case "v", "V":
            vim.anchor = editor.caret
            vim.mode = .visual(linewise: name == "V")
            return []
        case "gv": return vimSelectLast()
        case "m":
            if let mark = argument.first, mark.isLetter || "'`".contains(mark) {
                core.vimSetMark(mark, at: editor.caret)
            }
            return []
        case "q": return vimRecord(argument)
        case "@": return vimPlay(argument, command.times)
        case ":":
            let range = command.count.map { $0 > 1 ? ".,.+\($0 - 1)" : "." } ?? ""
            return vimAskForLine(range)
        case "&": return vimSubstituteAgain()
        case "<C-^>": return command.count.map { vimExecute("b \($0)") } ?? update(.articles(.goToLast))
        case "ZZ": return vimExecute("x")
        case "ZQ": return vimExecute("q!")
        default: return vimScroll(name, command)
        }
    }

    mutating func vimFail() -> [Effect] {
        vim.hasFailed = true
        return []
    }

    private mutating func vimInsert(_ command: VimCommand, at offset: Int) -> [Effect] {
        vimBegin(command)
        withEditor {
            $0.beginUndoGroup()
            $0.select(Selection(offset))
        }
        vimInsert(count: command.times)
        return []
    }

    mutating func vimOpenLine(below: Bool) -> [Effect] {
        let line = VimCursor(editor.text, at: editor.caret).line
        let target = below ? line.upperBound : line.lowerBound
        return vimReplace(target..<target, with: "\n", caret: below ? target + 1 : target)
    }

    // MARK: Put

    private mutating func vimPut(_ command: VimCommand, before: Bool) -> [Effect] {
        guard let register = vimRegister(command.register) else { return vimFail() }
        let text = editor.text
        let cursor = VimCursor(text, at: editor.caret)
        let line = cursor.line
        guard var inserted = vimRepeated(register.text, command.times) else { return vimFail() }
        if register.isLinewise {
            var target = before ? line.lowerBound : line.upperBound
            var start = target
            if !before, line.upperBound < text.utf8Count {
                target += 1
                start = target
            } else if !before {
                // Behind a last line without a break.
                inserted = "\n" + inserted.dropLast()
                start += 1
            }
            return vimReplace(target..<target, with: inserted, caret: start) { editor in
                editor.select(Selection(VimCursor(editor.text, at: start).firstNonBlank))
            }
        }
        guard !inserted.isEmpty else { return [] }
        let target = before || cursor.isAtLineEnd ? cursor.offset : text.nextGrapheme(after: cursor.offset)
        let end = target + inserted.utf8.count
        let isOneLine = !inserted.contains("\n")
        return vimReplace(target..<target, with: inserted, caret: target) { editor in
            if isOneLine { editor.select(Selection(editor.text.previousGrapheme(before: end))) }
        }
    }

    // MARK: Lines and characters

    /// Joins lines, as they are numbered in the text.
    mutating func vimJoin(_ lines: ClosedRange<Int>, withSpace: Bool, then follow: (inout Editor) -> Void = { _ in })
        -> [Effect]
    {
        let text = editor.text
        var edits: [(range: Range<Int>, with: String)] = []
        var caret = 0
        var shift = 0
        // The end of what has been joined so far, and the byte before it.
        let first = text.lineRange(lines.lowerBound)
        var end = first.upperBound
        var last: UInt8? = first.isEmpty ? nil : text.byte(at: end - 1)
        for number in lines.dropFirst() {
            let line = text.lineRange(number)
            let start = withSpace ? VimCursor.firstNonBlank(of: line, in: text) : line.lowerBound
            let next: UInt8? = start == line.upperBound ? nil : text.byte(at: start)
            let space =
                withSpace && next != nil && next != UInt8(ascii: ")") && last != nil && last != 0x20 && last != 0x09
                ? " " : ""
            edits.append((end..<start, space))
            caret = end + shift
            shift += space.utf8.count - (start - end)
            end = line.upperBound
            if let next { last = end > start ? text.byte(at: end - 1) : next } else if !space.isEmpty { last = 0x20 }
        }
        return vimChange(edits, caret: caret, then: follow)
    }

    private mutating func vimReplaceCharacters(_ argument: String, _ command: VimCommand, _ cursor: VimCursor)
        -> [Effect]
    {
        var end = cursor.offset
        for _ in 0..<command.times {
            guard end < cursor.line.upperBound else { return vimFail() }
            end = editor.text.nextGrapheme(after: end)
        }
        vimBegin(command)
        if argument == "<CR>" {
            return vimCommit(vimReplace(cursor.offset..<end, with: "\n", caret: cursor.offset + 1))
        }
        guard argument.count == 1 else { return [] }
        let new = String(repeating: argument, count: command.times)
        return vimCommit(
            vimReplace(cursor.offset..<end, with: new, caret: cursor.offset + new.utf8.count - argument.utf8.count))
    }

    private mutating func vimUndo(_ times: Int, redo: Bool) -> [Effect] {
        var effects: [Effect] = []
        for _ in 0..<times {
            var start: Int?
            effects += core.replay(
                { editor in
                    let changes = redo ? editor.redo() : editor.undo()
                    if case .retain(let count)? = changes?.operations.first {
                        start = count
                    } else {
                        start = changes == nil ? nil : 0
                    }
                    return changes
                }, redo: redo, nothing: redo ? "Nothing to redo." : "Nothing to undo.")
            guard let start else { break }
            // The caret is where the change was made: undo brings its own place back, redo has the change's.
            if redo { withEditor { $0.select(Selection(min(start, $0.text.utf8Count))) } }
            let range = editor.document.selection.range
            if !range.isEmpty { withEditor { $0.select(Selection(range.lowerBound)) } }
        }
        vim.wantedColumn = nil
        return effects
    }

    // MARK: Scrolling

    private mutating func vimScroll(_ name: String, _ command: VimCommand) -> [Effect] {
        let height = textAreaHeight
        switch name {
        case "zz", "z.": scrollCaret(to: height / 2)
        case "zt", "z<CR>": scrollCaret(to: height > 8 ? 2 : 0)
        case "zb", "z-": scrollCaret(to: height - 1 - (height > 8 ? 2 : 0))
        case "<C-f>", "<PageDown>": return vimMoveRows(max(1, height - 2) * command.times)
        case "<C-b>", "<PageUp>": return vimMoveRows(-max(1, height - 2) * command.times)
        case "<C-d>": return vimMoveRows(command.count ?? max(1, height / 2))
        case "<C-u>": return vimMoveRows(-(command.count ?? max(1, height / 2)))
        case "<C-e>", "<C-y>":
            let layout = EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth)
            let step = name == "<C-e>" ? command.times : -command.times
            let margin = height > 8 ? 2 : 0
            withEditor { editor in
                let top = EditorLayout.Row(line: editor.scroll.line, index: editor.scroll.row)
                guard let row = layout.row(top, movedBy: step, in: editor.text) else { return }
                editor.scroll = ScrollPosition(line: row.line, row: row.index)
                // The caret comes along where it would leave the screen.
                let first = layout.row(row, movedBy: margin, in: editor.text) ?? row
                let last = layout.row(row, movedBy: height - 1 - margin, in: editor.text)
                let caret = layout.position(of: editor.caret, in: editor.text)
                if (caret.row.line, caret.row.index) < (first.line, first.index) {
                    editor.select(Selection(layout.offset(at: caret.column, of: first, in: editor.text)))
                } else if let last, (caret.row.line, caret.row.index) > (last.line, last.index) {
                    editor.select(Selection(layout.offset(at: caret.column, of: last, in: editor.text)))
                }
            }
        default: break
        }
        return []
    }

    private mutating func vimMoveRows(_ rows: Int) -> [Effect] {
        let target = caretMovedByRows(rows)
        let cursor = VimCursor(editor.text, at: target)
        withEditor { $0.select(Selection(cursor.offset), keepingColumn: true) }
        return []
    }
}
