import TextCore

/// What `/`, `?`, `*` or `#` looked for last.
struct VimSearch: Sendable, Equatable {
    var pattern: String
    var isBackwards: Bool
}

extension VimPattern {
    /// How often a search on the main thread may be asked whether it goes on, which is every 65,536 steps: some tenths of
    /// a second.
    static let patience = 1_000

    enum Finding: Equatable {
        case match(Range<Int>, wrapped: Bool)
        case nothing
        /// It would take too long.
        case givenUp
    }

    /// The match that is the `times`th behind `offset`, or before it, around the text's ends; as vim, matches don't overlap
    /// within a line.
    func find(in text: Text, from offset: Int, backwards: Bool, times: Int = 1, patience: Int = Self.patience)
        -> Finding
    {
        var left = patience
        let isCancelled = {
            left -= 1
            return left < 0
        }
        let cursor = VimCursor(text, at: offset)
        let end = text.lineRange(cursor.lineCount - 1).upperBound
        let line = text.lineRange(cursor.lineNumber)
        if times == 1, !backwards {
            var scan = RegexScan(regex, in: text)
            var found: Range<Int>?
            scan.forEachMatch(in: line.lowerBound..<end, isCancelled: isCancelled) { match in
                if match.lowerBound > offset { found = match }
                return found == nil
            }
            if let found { return left < 0 ? .givenUp : .match(found, wrapped: false) }
            found =
                left < 0
                ? nil : scan.firstMatch(in: 0..<(crossesLines ? end : line.upperBound), isCancelled: isCancelled)
            if left < 0 { return .givenUp }
            return found.map { .match($0, wrapped: true) } ?? .nothing
        }
        if times == 1, let found = lastMatch(in: text, before: offset, isCancelled: isCancelled) {
            return .match(found, wrapped: false)
        }
        // All of them, once, however often it goes around.
        var all: [Range<Int>] = []
        var scan = RegexScan(regex, in: text)
        if left >= 0 {
            scan.forEachMatch(in: 0..<end, isCancelled: isCancelled) {
                all.append($0)
                return true
            }
        }
        guard left >= 0 else { return .givenUp }
        guard !all.isEmpty else { return .nothing }
        let behind = all.firstIndex { $0.lowerBound > offset } ?? all.count
        let before = all.lastIndex { $0.lowerBound < offset } ?? -1
        let index = backwards ? before - (times - 1) : behind + (times - 1)
        let around = ((index % all.count) + all.count) % all.count
        return .match(all[around], wrapped: !all.indices.contains(index))
    }

    /// The last match that starts before `offset`, looked for line by line.
    private func lastMatch(in text: Text, before offset: Int, isCancelled: () -> Bool) -> Range<Int>? {
        var scan = RegexScan(regex, in: text)
        var number = text.line(at: offset)
        var isOver = false
        while number >= 0, !isOver {
            let line = text.lineRange(number)
            var found: Range<Int>?
            scan.forEachMatch(
                in: line.lowerBound..<(crossesLines ? text.utf8Count : line.upperBound),
                isCancelled: {
                    isOver = isOver || isCancelled()
                    return isOver
                }
            ) { match in
                guard match.lowerBound < offset, match.lowerBound <= line.upperBound else { return false }
                found = match
                return true
            }
            if let found { return isOver ? nil : found }
            number -= 1
        }
        return nil
    }
}

extension Workspace {
    /// Where `n`, `N`, `*`, `#` or a pattern typed behind `/` or `?` leads.
    mutating func vimSearchTarget(_ name: String, _ argument: String, _ times: Int) -> VimTarget? {
        var backwards = vim.search?.isBackwards ?? false
        switch name {
        case "/", "?":
            let pattern = argument.isEmpty ? vim.search?.pattern ?? "" : argument
            guard !pattern.isEmpty else { return nil }
            backwards = name == "?"
            vim.search = VimSearch(pattern: pattern, isBackwards: backwards)
        case "*", "#":
            guard let word = vimWordUnderCaret() else { return nil }
            backwards = name == "#"
            // Only where words of expressions begin and end as well, which an emoji, for one, doesn't.
            let isWord = word.text.unicodeScalars.allSatisfy {
                $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
            }
            let escaped = word.text.reduce(into: "") { $0 += "\\.*[]^$~/".contains($1) ? "\\\($1)" : String($1) }
            vim.search = VimSearch(pattern: isWord ? "\\<\(escaped)\\>" : escaped, isBackwards: backwards)
            if backwards { withEditor { $0.select(Selection(word.start)) } }
        case "N": backwards.toggle()
        default: break
        }
        guard let search = vim.search else {
            say("Nothing was searched for yet.")
            return nil
        }
        let found: VimPattern.Finding
        do throws(VimPatternError) {
            found = try VimPattern(search.pattern).find(
                in: editor.text, from: editor.caret, backwards: backwards, times: times)
        } catch {
            say(error.sentence, .error)
            return nil
        }
        switch found {
        case .match(let range, let wrapped):
            if wrapped { say("The search went around the \(backwards ? "start" : "end").") }
            return VimTarget(offset: range.lowerBound, isJump: true)
        case .nothing: say("“\(search.pattern)” is not in this text.", .error)
        case .givenUp: say("“\(search.pattern)” takes too long to look for in this text.", .error)
        }
        return nil
    }

    /// The word under or behind the caret in its line.
    private func vimWordUnderCaret() -> (text: String, start: Int)? {
        var cursor = VimCursor(editor.text, at: editor.caret)
        let line = cursor.line
        while !cursor.isAtLineEnd, cursor.kind(big: false) < 2 { cursor.forward() }
        if cursor.isAtLineEnd {
            cursor = VimCursor(editor.text, at: editor.caret)
            while !cursor.isAtLineEnd, cursor.kind(big: false) == 0 { cursor.forward() }
        }
        guard !cursor.isAtLineEnd, let span = cursor.object("w", count: 1, around: false) else { return nil }
        return line.contains(span.range.lowerBound) ? (editor.text.slice(span.range), span.range.lowerBound) : nil
    }
}
