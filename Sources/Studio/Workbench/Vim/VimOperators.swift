import TextCore

extension Workspace {
    /// Runs a whole command of normal mode.
    mutating func vimRun(_ command: VimCommand) -> [Effect] {
        if editor.isReadOnly, command.changesText { return vimRefuse() }
        switch command.action {
        case .simple(let name, let argument):
            return vimRunSimple(name, argument, command)
        case .motion(let name, let argument):
            if (name == "/" || name == "?"), argument.isEmpty, !vim.isRepeating {
                return vimAskForPattern(name, command)
            }
            guard let operation = command.operation else { return vimMove(name, argument, command) }
            let from = editor.caret
            guard let target = vimTarget(name, argument, count: command.count, operation: operation) else {
                // cl on an empty line still inserts.
                if operation == "c", name == "l" {
                    return vimOperate(operation, VimSpan(range: from..<from), command, from: from)
                }
                vim.hasFailed = true
                return []
            }
            return vimOperate(
                operation,
                vimSpan(from: editor.caret, to: target, operation: operation, word: name == "w" || name == "W"),
                command, from: min(editor.caret, target.offset))
        case .object(let inner, let kind):
            let cursor = VimCursor(editor.text, at: editor.caret)
            guard let span = cursor.object(kind, count: command.times, around: !inner) else {
                vim.hasFailed = true
                return []
            }
            return vimOperate(command.operation ?? "", span, command, from: span.range.lowerBound)
        case .lines:
            let cursor = VimCursor(editor.text, at: editor.caret)
            let last = cursor.lineNumber + command.times - 1
            // As vim: dd with more lines than there are takes those there are, unless there's only the one.
            guard last < cursor.lineCount || cursor.lineNumber < cursor.lineCount - 1 || command.times == 1 else {
                vim.hasFailed = true
                return []
            }
            return vimOperate(
                command.operation ?? "", cursor.lines(cursor.lineNumber...min(last, cursor.lineCount - 1)), command,
                from: editor.caret)
        case .selection:
            return vimRunVisual(command)
        }
    }

    private mutating func vimMove(_ name: String, _ argument: String, _ command: VimCommand) -> [Effect] {
        let from = editor.caret
        guard let target = vimTarget(name, argument, count: command.count, operation: nil) else {
            vim.hasFailed = true
            return []
        }
        if target.isJump { core.vimSetMark("'", at: from) }
        vim.wantedColumn = target.wantedColumn
        let keeps = ["gj", "gk", "<Up>", "<Down>"].contains(name)
        withEditor {
            $0.select(Selection(target.offset), keepingColumn: keeps)
            $0.sealHistory()
        }
        return []
    }

    /// What an operator takes from the caret to where a motion leads.
    func vimSpan(from: Int, to target: VimTarget, operation: String, word: Bool = false) -> VimSpan {
        let cursor = VimCursor(editor.text, at: from)
        var end = cursor
        end.move(to: max(from, target.offset))
        var start = cursor
        start.move(to: min(from, target.offset))
        switch target.kind {
        case .linewise: return cursor.lines(start.lineNumber...end.lineNumber)
        case .inclusive:
            let upper = end.isAtLineEnd ? end.offset : editor.text.nextGrapheme(after: end.offset)
            return vimDeletesLines(VimSpan(range: start.offset..<upper), operation, start, end)
        case .exclusive:
            // The last word of a line ends with it, also where w goes on to the next line.
            if word, end.lineNumber > start.lineNumber, end.offset <= end.firstNonBlank {
                var last = end
                last.moveToLine(end.lineNumber - 1)
                return VimSpan(range: start.offset..<max(start.offset, last.line.upperBound))
            }
            let span = cursor.adjusted(VimSpan(range: start.offset..<end.offset), exclusive: true)
            return span.isLinewise ? span : vimDeletesLines(span, operation, start, end)
        }
    }

    /// A deletion over several lines that leaves only blanks takes whole lines.
    private func vimDeletesLines(_ span: VimSpan, _ operation: String, _ start: VimCursor, _ end: VimCursor) -> VimSpan
    {
        guard operation == "d", start.offset <= start.firstNonBlank else { return span }
        var rest = end
        rest.move(to: span.range.upperBound)
        guard rest.lineNumber > start.lineNumber else { return span }
        while rest.isBlank { rest.forward() }
        return rest.isAtLineEnd ? start.lines(start.lineNumber...rest.lineNumber) : span
    }

    /// Runs an operator over a span.
    ///
    /// - Parameter from: where the caret goes after `y` and the operators that keep lines.
    mutating func vimOperate(_ operation: String, _ span: VimSpan, _ command: VimCommand, from: Int, shifts: Int = 1)
        -> [Effect]
    {
        let isLarge: Bool
        if case .motion(let name, _) = command.action {
            isLarge = ["%", "(", ")", "`", "/", "?", "n", "N", "{", "}"].contains(name)
        } else {
            isLarge = false
        }
        // What undo comes back to.
        withEditor { $0.select(Selection(from)) }
        switch operation {
        case "y":
            let effects = vimStore(span.range, isLinewise: span.isLinewise, in: command.register, deleting: false)
            return effects
        case "d":
            vimBegin(command)
            guard !span.range.isEmpty || span.isLinewise else {
                withEditor { $0.select(Selection(span.range.lowerBound)) }
                return vimCommit([])
            }
            var effects = vimStore(
                span.range, isLinewise: span.isLinewise, in: command.register, deleting: true, isLarge: isLarge)
            effects +=
                span.isLinewise
                ? vimDeleteLines(span.range) : vimReplace(span.range, with: "", caret: span.range.lowerBound)
            return vimCommit(effects)
        case "c":
            vimBegin(command)
            var effects: [Effect] = []
            withEditor { $0.beginUndoGroup() }
            if span.range.isEmpty {
                withEditor { $0.select(Selection(span.range.lowerBound)) }
            } else {
                effects = vimStore(
                    span.range, isLinewise: span.isLinewise, in: command.register, deleting: true, isLarge: isLarge)
                effects += vimReplace(span.range, with: "", caret: span.range.lowerBound)
            }
            vimInsert(count: 1)
            return effects
        case ">", "<":
            vimBegin(command)
            return vimCommit(vimShift(span, right: operation == ">", by: shifts))
        case "gu", "gU", "g~":
            vimBegin(command)
            let old = editor.text.slice(span.range)
            let new =
                switch operation {
                case "gu": old.lowercased()
                case "gU": old.uppercased()
                default: Self.swappedCase(old)
                }
            return vimCommit(vimReplace(span.range, with: new, caret: span.isLinewise ? span.range.lowerBound : from))
        default:
            return []
        }
    }

    static func swappedCase(_ text: String) -> String {
        text.reduce(into: "") { $0 += $1.isLowercase ? $1.uppercased() : $1.lowercased() }
    }

    /// Deletes whole lines with their breaks; the caret goes to the first word of the line that follows.
    private mutating func vimDeleteLines(_ lines: Range<Int>) -> [Effect] {
        let text = editor.text
        var range = lines
        if lines.upperBound < text.utf8Count {
            range = lines.lowerBound..<lines.upperBound + 1
        } else if lines.lowerBound > 0 {
            range = lines.lowerBound - 1..<lines.upperBound
        }
        // Never behind the last line feed.
        return vimReplace(range, with: "", caret: range.lowerBound) { $0.selectFirstWord(ofLineAt: lines.lowerBound) }
    }

    private mutating func vimShift(_ span: VimSpan, right: Bool, by shifts: Int) -> [Effect] {
        let text = editor.text
        let first = text.line(at: span.range.lowerBound)
        var last = text.line(at: span.range.upperBound)
        if !span.isLinewise, last > first, text.lineStart(last) == span.range.upperBound { last -= 1 }
        let width = environment.tabWidth
        var edits: [(range: Range<Int>, with: String)] = []
        var inserted = 0
        for number in first...last where inserted <= Self.largestInsertion {
            let line = text.lineRange(number)
            if line.isEmpty { continue }
            let range = line.lowerBound..<VimCursor.firstNonBlank(of: line, in: text)
            let indent = text.slice(range)
            var cells = 0
            for character in indent { cells += character == "\t" ? width - cells % width : 1 }
            let moved = right ? cells + width * shifts : max(0, cells - width * shifts)
            inserted += moved
            let new = String(repeating: " ", count: moved)
            if new != indent { edits.append((range, new)) }
        }
        let start = text.lineStart(first)
        return vimChange(edits, caret: span.range.lowerBound) { editor in
            editor.select(
                Selection(
                    VimCursor.firstNonBlank(of: editor.text.lineRange(editor.text.line(at: start)), in: editor.text)))
        }
    }

    // MARK: What . repeats

    /// A change begins, which `.` shall repeat.
    mutating func vimBegin(_ command: VimCommand, visual: VimState.VisualSize? = nil) {
        guard !vim.isRepeating else { return }
        vim.running = VimState.Change(command: command, visual: visual ?? vim.running?.visual)
    }

    /// A change that inserts nothing has ended.
    mutating func vimCommit(_ effects: [Effect]) -> [Effect] {
        if !vim.isRepeating, let running = vim.running { vim.change = running }
        vim.running = nil
        vim.wantedColumn = nil
        withEditor { $0.sealHistory() }
        return effects
    }

    /// vim's `.`, with another count where one is typed.
    mutating func vimRepeat(_ count: Int?) -> [Effect] {
        guard let change = vim.change, !vim.isRepeating else { return [] }
        vim.isRepeating = true
        defer { vim.isRepeating = false }
        var command = change.command
        if let count {
            command.count = count
            vim.change?.command.count = count
        }
        withEditor { $0.beginUndoGroup() }
        var effects: [Effect] = []
        if let size = change.visual {
            vimSelectAgain(size)
            effects = vimRunVisual(command)
        } else {
            effects = vimRun(command)
        }
        if vim.mode == .insert || vim.mode == .replace {
            for key in change.typed { effects += vimTakeInsert(key) }
            effects += vimLeaveInsert()
        }
        withEditor { $0.endUndoGroup() }
        return effects
    }
}
