import TextCore

/// Where a move leads, and what an operator takes on the way.
struct VimTarget {
    enum Kind { case exclusive, inclusive, linewise }
    var offset: Int
    var kind = Kind.exclusive
    /// The column that `j` and `k` keep from here; nil to forget it.
    var wantedColumn: Int?
    /// A jump, from which `` ` ` `` comes back.
    var isJump = false
}

extension Workspace {
    private var layout: EditorLayout { EditorLayout(width: textAreaWidth, tabWidth: environment.tabWidth) }

    /// Where the motion leads from the caret; nil where it leads nowhere, which undoes the whole command.
    mutating func vimTarget(_ name: String, _ argument: String, count: Int?, operation: String?) -> VimTarget? {
        let text = editor.text
        var cursor = VimCursor(text, at: editor.caret)
        let times = count ?? 1
        let isPending = operation != nil
        switch name {
        case "h", "<Left>", "<BS>", " ", "l", "<Right>":
            return vimCharacterMove(name, times, isPending: isPending, cursor)
        case "j", "<CR>", "+", "<C-n>", "k", "-", "_", "<Down>", "<Up>", "gj", "gk":
            return vimLineMove(name, times, isPending: isPending, cursor)
        case "w", "W":
            // On a word, cw is ce.
            if operation == "c", cursor.kind(big: name == "W") != 0 {
                let moved = cursor.wordEnd(times, big: name == "W", stop: true)
                return vimWordTarget(cursor, moved: moved, isPending: true, inclusive: true)
            }
            let moved = cursor.nextWord(times, big: name == "W", stopAtLineEnd: isPending)
            return vimWordTarget(cursor, moved: moved, isPending: isPending, inclusive: false)
        case "e", "E":
            let moved = cursor.wordEnd(times, big: name == "E")
            return vimWordTarget(cursor, moved: moved, isPending: isPending, inclusive: true)
        case "b", "B":
            guard cursor.previousWord(times, big: name == "B") || cursor.offset < editor.caret else { return nil }
            return VimTarget(offset: cursor.offset)
        case "ge", "gE":
            guard cursor.previousWordEnd(times, big: name == "gE") || cursor.offset < editor.caret else { return nil }
            return VimTarget(offset: cursor.offset, kind: .inclusive)
        case "0", "<Home>": return VimTarget(offset: cursor.line.lowerBound)
        case "^": return VimTarget(offset: cursor.firstNonBlank)
        case "|":
            return VimTarget(
                offset: vimOffset(atColumn: times - 1, in: cursor, past: isPending), wantedColumn: times - 1)
        case "$", "<End>":
            guard cursor.lineNumber + times - 1 < cursor.lineCount else { return nil }
            cursor.moveToLine(cursor.lineNumber + times - 1)
            return VimTarget(
                offset: vim.isVisual ? cursor.line.upperBound : cursor.lastOfLine, kind: .inclusive, wantedColumn: .max)
        case "g_":
            guard cursor.lineNumber + times - 1 < cursor.lineCount else { return nil }
            cursor.moveToLine(cursor.lineNumber + times - 1)
            cursor.move(to: cursor.lastOfLine)
            while cursor.isBlank, cursor.offset > cursor.line.lowerBound { cursor.backward() }
            return VimTarget(offset: cursor.offset, kind: .inclusive)
        case "g0", "g^": return VimTarget(offset: rowBounds().lowerBound)
        case "g$":
            let bounds = rowBounds()
            let end =
                bounds.upperBound == cursor.line.upperBound && !bounds.isEmpty
                ? text.previousGrapheme(before: bounds.upperBound) : bounds.upperBound
            return VimTarget(offset: end, kind: .inclusive)
        case "G", "<C-End>", "gg", "<C-Home>":
            let isFirst = name == "gg" || name == "<C-Home>"
            cursor.moveToLine(count.map { $0 - 1 } ?? (isFirst ? 0 : cursor.lineCount - 1))
            return VimTarget(offset: cursor.firstNonBlank, kind: .linewise, isJump: true)
        case "H", "M", "L": return vimScreenLine(name, times)
        case "{", "}", "(", ")", "[[", "]]": return vimBlockTarget(name, times, cursor)
        case "f", "F", "t", "T":
            guard let character = argument.first else { return nil }
            vim.lastFind = (name, character)
            return vimFind(name, character, times, cursor, isRepeat: false)
        case ";", ",":
            guard let (motion, character) = vim.lastFind else { return nil }
            let back = ["f": "F", "F": "f", "t": "T", "T": "t"]
            return vimFind(name == ";" ? motion : back[motion] ?? motion, character, times, cursor, isRepeat: true)
        case "%": return vimPartner(count, cursor)
        case "n", "N", "/", "?", "*", "#": return vimSearchTarget(name, argument, times)
        case "'", "`": return vimMarkTarget(name, argument, cursor, isPending: isPending)
        default: return nil
        }
    }

    /// Paragraphs, sentences and sections.
    private func vimBlockTarget(_ name: String, _ times: Int, _ cursor: VimCursor) -> VimTarget? {
        var cursor = cursor
        switch name {
        case "{", "}":
            guard let found = cursor.paragraph(times, backwards: name == "{") else { return nil }
            return VimTarget(offset: found.offset, kind: found.inclusive ? .inclusive : .exclusive, isJump: true)
        case "(", ")":
            guard cursor.sentence(times, backwards: name == "(") else { return nil }
            if cursor.isAtLineEnd, !cursor.isEmptyLine {
                return VimTarget(offset: cursor.lastOfLine, kind: .inclusive, isJump: true)
            }
            return VimTarget(offset: cursor.offset, isJump: true)
        case "[[", "]]":
            cursor.section(times, backwards: name == "[[")
            let isLast = name == "]]" && cursor.offset == cursor.lastOfLine && cursor.lineNumber == cursor.lineCount - 1
            return VimTarget(offset: cursor.offset, kind: isLast ? .inclusive : .exclusive, isJump: true)
        default: return nil
        }
    }

    private mutating func vimMarkTarget(
        _ name: String, _ argument: String, _ cursor: VimCursor, isPending: Bool
    ) -> VimTarget? {
        var cursor = cursor
        guard let mark = argument.first, let position = vimMark(mark) else {
            say("The mark \(argument) is not set.")
            return nil
        }
        cursor.move(to: position)
        let isJump = !"[]<>".contains(mark)
        return name == "'"
            ? VimTarget(offset: cursor.firstNonBlank, kind: .linewise, isJump: isJump)
            : VimTarget(offset: min(cursor.offset, isPending ? cursor.offset : cursor.lastOfLine), isJump: isJump)
    }

    private func vimWordTarget(_ cursor: VimCursor, moved: Bool, isPending: Bool, inclusive: Bool) -> VimTarget? {
        let isAtNothing = cursor.isAtLineEnd && !cursor.isEmptyLine && cursor.offset > editor.caret
        if !moved, !isPending, (isAtNothing ? cursor.lastOfLine : cursor.offset) == editor.caret { return nil }
        if isAtNothing {
            return VimTarget(offset: cursor.lastOfLine, kind: isPending || inclusive ? .inclusive : .exclusive)
        }
        return VimTarget(offset: cursor.offset, kind: inclusive ? .inclusive : .exclusive)
    }

    private func vimCharacterMove(_ name: String, _ times: Int, isPending: Bool, _ start: VimCursor) -> VimTarget? {
        var cursor = start
        let isBack = name == "h" || name == "<Left>" || name == "<BS>"
        let crosses = name == " " || name == "<BS>"
        let text = cursor.text
        for _ in 0..<times {
            if isBack {
                if cursor.offset > cursor.line.lowerBound {
                    cursor.backward()
                } else if crosses, cursor.lineNumber > 0 {
                    cursor.moveToLine(cursor.lineNumber - 1)
                    cursor.move(to: isPending ? cursor.line.upperBound : cursor.lastOfLine)
                } else {
                    break
                }
            } else {
                let next = cursor.isAtLineEnd ? cursor.offset : text.nextGrapheme(after: cursor.offset)
                let limit = isPending || vim.isVisual ? cursor.line.upperBound : cursor.lastOfLine
                if !cursor.isAtLineEnd, next <= limit, !(vim.isVisual && !isPending && next == cursor.line.upperBound) {
                    cursor.move(to: next)
                } else if crosses, cursor.lineNumber + 1 < cursor.lineCount {
                    cursor.moveToLine(cursor.lineNumber + 1)
                } else {
                    break
                }
            }
        }
        return cursor.offset == start.offset ? nil : VimTarget(offset: cursor.offset)
    }

    private mutating func vimLineMove(_ name: String, _ times: Int, isPending: Bool, _ start: VimCursor) -> VimTarget? {
        var cursor = start
        if name == "gj" || name == "gk" || (!isPending && (name == "<Down>" || name == "<Up>")) {
            let isBack = name == "gk" || name == "<Up>"
            let target = caretMovedByRows(isBack ? -times : times)
            cursor.move(to: target)
            guard cursor.offset != start.offset else { return nil }
            return VimTarget(offset: cursor.offset)
        }
        let isBack = name == "k" || name == "-" || name == "<Up>"
        let step = name == "_" ? times - 1 : (isBack ? -times : times)
        let number = min(max(0, cursor.lineNumber + step), cursor.lineCount - 1)
        guard number != cursor.lineNumber || step == 0 else { return nil }
        if ["_", "-", "+", "<CR>"].contains(name) {
            cursor.moveToLine(number)
            return VimTarget(offset: cursor.firstNonBlank, kind: .linewise)
        }
        let column = vim.wantedColumn ?? vimColumn(of: cursor)
        cursor.moveToLine(number)
        return VimTarget(
            offset: vimOffset(atColumn: column, in: cursor, past: vim.isVisual && column == .max), kind: .linewise,
            wantedColumn: column)
    }

    /// The cell in its line at which the character under the cursor begins.
    func vimColumn(of cursor: VimCursor) -> Int {
        layout.cells(of: cursor.text.slice(cursor.line.lowerBound..<cursor.offset))
    }

    /// The character of a line that a cell column falls into; the last one beyond the end, or behind it where `past`.
    func vimOffset(atColumn column: Int, in cursor: VimCursor, past: Bool) -> Int {
        let end = past ? cursor.line.upperBound : cursor.lastOfLine
        if column == .max { return end }
        var x = 0
        var offset = cursor.line.lowerBound
        for character in cursor.text.slice(cursor.line) {
            x += layout.cellWidth(character, at: x)
            if x > column { return min(offset, end) }
            offset += character.utf8.count
        }
        return end
    }

    private func vimFind(_ motion: String, _ character: Character, _ times: Int, _ start: VimCursor, isRepeat: Bool)
        -> VimTarget?
    {
        let cursor = start
        let isBack = motion == "F" || motion == "T"
        let isTill = motion == "t" || motion == "T"
        var positions: [(offset: Int, before: Int)] = []
        var offset = cursor.line.lowerBound
        var previous = offset
        for one in cursor.text.slice(cursor.line) {
            if one == character { positions.append((offset, previous)) }
            previous = offset
            offset += one.utf8.count
        }
        let next = cursor.isAtLineEnd ? cursor.offset : cursor.text.nextGrapheme(after: cursor.offset)
        if isBack {
            var found = positions.filter { $0.offset < cursor.offset }
            // T repeated doesn't stay where it is.
            if isTill, isRepeat, times == 1, let last = found.last,
                cursor.text.nextGrapheme(after: last.offset) == cursor.offset
            {
                found.removeLast()
            }
            guard found.count >= times else { return nil }
            let position = found[found.count - times].offset
            return VimTarget(offset: isTill ? cursor.text.nextGrapheme(after: position) : position)
        }
        var found = positions.filter { $0.offset > cursor.offset }
        if isTill, isRepeat, times == 1, found.first?.offset == next { found.removeFirst() }
        guard found.count >= times else { return nil }
        let position = found[times - 1]
        return VimTarget(offset: isTill ? position.before : position.offset, kind: .inclusive)
    }

    private func vimPartner(_ count: Int?, _ start: VimCursor) -> VimTarget? {
        var cursor = start
        if let count {
            guard count <= 100 else { return nil }
            cursor.moveToLine((count * cursor.lineCount + 99) / 100 - 1)
            return VimTarget(offset: cursor.firstNonBlank, kind: .linewise, isJump: true)
        }
        let pairs: [(UInt8, UInt8)] = [(0x28, 0x29), (0x5B, 0x5D), (0x7B, 0x7D)]
        while !cursor.isAtLineEnd {
            let byte = cursor.byte
            if let pair = pairs.first(where: { $0.0 == byte || $0.1 == byte }) {
                return cursor.partner(of: cursor.offset, open: pair.0, close: pair.1).map {
                    VimTarget(offset: $0, kind: .inclusive, isJump: true)
                }
            }
            cursor.forward()
        }
        return nil
    }

    private func vimScreenLine(_ name: String, _ times: Int) -> VimTarget? {
        let height = textAreaHeight
        let top = EditorLayout.Row(line: editor.scroll.line, index: editor.scroll.row)
        let rows =
            switch name {
            case "H": min(times - 1, height - 1)
            case "L": max(0, height - times)
            default: (height - 1) / 2
            }
        var cursor = VimCursor(editor.text, at: 0)
        let row = rows == 0 ? top : layout.row(top, movedBy: rows, in: editor.text)
        cursor.moveToLine(row?.line ?? cursor.lineCount - 1)
        return VimTarget(offset: cursor.firstNonBlank, kind: .linewise, isJump: true)
    }

    // MARK: Marks

    func vimMark(_ name: Character) -> Int? {
        if name == "<" || name == ">", let last = vim.lastVisual {
            // The text may have changed since.
            return editor.text.scalarBoundary(
                atOrBefore: name == "<" ? min(last.anchor, last.head) : max(last.anchor, last.head))
        }
        let key = name == "`" ? "'" : name
        return vim.marks[editor.path]?[key].flatMap { editor.document.offset(of: $0) }.map {
            min($0, editor.text.utf8Count)
        }
    }
}
