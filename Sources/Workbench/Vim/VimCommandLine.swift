import TextCore

/// A line typed behind `:`, read. Pure.
struct VimLine: Equatable {
    /// Where a range's end is, before it is looked up in a text.
    enum Address: Equatable {
        case current
        case last
        case line(Int)
        case mark(Character)
    }

    var from: (address: Address, offset: Int)?
    var to: (address: Address, offset: Int)?
    var isWhole = false
    var name = ""
    var hasBang = false
    var argument = ""

    static func == (left: VimLine, right: VimLine) -> Bool {
        left.from?.address == right.from?.address && left.to?.address == right.to?.address && left.isWhole == right.isWhole
            && left.name == right.name && left.hasBang == right.hasBang && left.argument == right.argument
    }

    init(_ line: String) {
        var rest = line.drop { $0 == " " || $0 == ":" }
        if rest.first == "%" {
            isWhole = true
            rest.removeFirst()
        } else {
            from = Self.address(&rest)
            if rest.first == "," {
                rest.removeFirst()
                to = Self.address(&rest) ?? (.current, 0)
                if from == nil { from = (.current, 0) }
            }
        }
        rest = rest.drop { $0 == " " }
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        // :s takes any sign as its separator, so its name ends with the s.
        if letters.isEmpty, let sign = rest.first, "&><".contains(sign) {
            name = String(sign)
        } else {
            name = String(letters)
        }
        rest = rest.dropFirst(name.count)
        if rest.first == "!" {
            hasBang = true
            rest.removeFirst()
        }
        argument = String(rest.drop { $0 == " " })
    }

    private static func address(_ rest: inout Substring) -> (address: Address, offset: Int)? {
        var address: Address?
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        if let number = Int(digits) {
            address = .line(number)
            rest = rest.dropFirst(digits.count)
        } else if rest.first == "." || rest.first == "$" {
            address = rest.removeFirst() == "." ? .current : .last
        } else if rest.first == "'", rest.count > 1 {
            rest.removeFirst()
            address = .mark(rest.removeFirst())
        }
        var offset = 0
        while let sign = rest.first, sign == "+" || sign == "-" {
            rest.removeFirst()
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            offset += (sign == "+" ? 1 : -1) * (Int(digits) ?? 1)
            if address == nil { address = .current }
        }
        return address.map { ($0, offset) }
    }
}

extension Workspace {
    /// Runs what was typed behind `:`.
    mutating func vimExecute(_ line: String) -> [Effect] {
        let parsed = VimLine(line)
        var cursor = VimCursor(editor.text, at: editor.caret)
        func number(_ address: (address: VimLine.Address, offset: Int)) -> Int? {
            switch address.address {
            case .current: cursor.lineNumber + address.offset
            case .last: cursor.lineCount - 1 + address.offset
            case .line(let number): number - 1 + address.offset
            case .mark(let mark): vimMark(mark).map { editor.text.line(at: $0) + address.offset }
            }
        }
        var lines = cursor.lineNumber...cursor.lineNumber
        if parsed.isWhole {
            lines = 0...cursor.lineCount - 1
        } else if let from = parsed.from {
            guard let first = number(from), let last = number(parsed.to ?? from) else {
                say("A mark of that range is not set.", .error)
                return vimFail()
            }
            let low = max(0, min(min(first, last), cursor.lineCount - 1))
            lines = low...max(low, min(max(first, last), cursor.lineCount - 1))
        }
        if let effects = vimExecuteFile(parsed) { return effects }
        switch parsed.name {
        case "":
            guard parsed.from != nil || parsed.isWhole else { return [] }
            vimSetMark("'", at: editor.caret)
            cursor.moveToLine(lines.upperBound)
            withEditor { $0.select(Selection(cursor.firstNonBlank)) }
            return requestResearchSoon()
        case "s", "substitute": return vimSubstitute(parsed, lines)
        case "&", "&&":
            guard let last = vim.lastSubstitution else { return vimFail() }
            return vimExecute(last)
        case "d", "delete", "y", "yank", ">", "<":
            let command = VimCommand(action: .lines)
            let operation = parsed.name.hasPrefix("d") ? "d" : parsed.name.hasPrefix("y") ? "y" : parsed.name
            let effects = vimOperate(operation, cursor.lines(lines), command, from: editor.caret)
            return effects
        case "j", "join":
            let last = lines.count > 1 ? lines.upperBound : min(cursor.lineCount - 1, lines.upperBound + 1)
            guard last > lines.lowerBound else { return vimFail() }
            let effects = vimJoin(lines.lowerBound...last, withSpace: !parsed.hasBang)
            let joined = VimCursor(editor.text, at: editor.caret)
            withEditor { $0.select(Selection(joined.firstNonBlank)) }
            return effects
        case "u", "undo": return vimRunSimple("u", "", VimCommand(action: .simple("u", argument: "")))
        case "red", "redo": return vimRunSimple("<C-r>", "", VimCommand(action: .simple("<C-r>", argument: "")))
        case "noh", "nohlsearch": return []
        case "h", "help":
            modal = .help(scroll: 0)
            return []
        case "stop", "suspend", "st": return [.suspend]
        default:
            say("“:\(parsed.name)” is no command here. The palette finds those of Longhand.", .error)
            return vimFail()
        }
    }

    // MARK: :s

    private mutating func vimSubstitute(_ line: VimLine, _ lines: ClosedRange<Int>) -> [Effect] {
        guard let separator = line.argument.first, !separator.isLetter, !separator.isNumber else {
            guard line.argument.isEmpty, let last = vim.lastSubstitution else { return vimFail() }
            return vimExecute(last)
        }
        let parts = Self.split(line.argument.dropFirst(), at: separator)
        let source = parts[0].isEmpty ? vim.search?.pattern ?? "" : parts[0]
        let replacement = parts.count > 1 ? parts[1] : ""
        let flags = parts.count > 2 ? parts[2] : ""
        guard let pattern = VimPattern(flags.contains("i") ? source + "\\c" : source) else {
            say("“\(source)” is not a pattern that can be read.", .error)
            return vimFail()
        }
        vim.search = VimSearch(pattern: source, isBackwards: false)
        vim.lastSubstitution = "s" + line.argument
        var edits: [(range: Range<Int>, with: String)] = []
        var lastLine = 0
        for number in lines {
            let range = editor.text.lineRange(number)
            let found = pattern.matches(in: editor.text.slice(range))
            for match in flags.contains("g") ? found[...] : found.prefix(1) {
                let place = range.lowerBound + match.range.lowerBound..<range.lowerBound + match.range.upperBound
                edits.append((place, Self.expand(replacement, match.groups)))
                lastLine = number
            }
        }
        guard !edits.isEmpty else {
            if !flags.contains("e") { say("“\(source)” is not there.", .error) }
            return vimFail()
        }
        let count = edits.count
        let first = editor.text.line(at: edits[0].range.lowerBound)
        if first != editor.text.line(at: editor.caret) { withEditor { $0.select(Selection($0.text.lineStart(first))) } }
        if flags.contains("n") {
            say("\(count) \(count == 1 ? "match" : "matches").")
            return []
        }
        let broken = edits.reduce(0) { $0 + $1.with.utf8.count(where: { $0 == 0x0A }) }
        let effects = apply(
            Edit(
                changes: ChangeSet(length: editor.text.utf8Count, replacing: edits), selection: Selection(editor.caret),
                origin: .command("substitute")))
        var cursor = VimCursor(editor.text, at: 0)
        cursor.moveToLine(lastLine + broken)
        withEditor { $0.select(Selection(cursor.firstNonBlank)) }
        if count > 1 { say("\(count) replaced.") }
        return effects
    }

    /// The parts between separators; one behind a backslash is text.
    private static func split(_ text: Substring, at separator: Character) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                parts[parts.count - 1] += character == separator ? String(character) : "\\" + String(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == separator, parts.count < 3 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        if isEscaped { parts[parts.count - 1] += "\\" }
        return parts
    }

    /// What a match is replaced with: `&` and `\0` are the match, `\1` to `\9` its groups, `\r` a line's end, `\u \l \U \L \E` case.
    private static func expand(_ replacement: String, _ groups: [String]) -> String {
        var result = ""
        var next: ((String) -> String)?
        var all: ((String) -> String)?
        func add(_ text: String) {
            var text = all.map { $0(text) } ?? text
            if let change = next, let first = text.first {
                text = change(String(first)) + text.dropFirst()
                next = nil
            }
            result += text
        }
        var rest = replacement[...]
        while let first = rest.popFirst() {
            if first == "&" {
                add(groups.first ?? "")
            } else if first == "\\", let code = rest.popFirst() {
                switch code {
                case "r", "n": add("\n")
                case "t": add("\t")
                case "u": next = { $0.uppercased() }
                case "l": next = { $0.lowercased() }
                case "U": all = { $0.uppercased() }
                case "L": all = { $0.lowercased() }
                case "e", "E": all = nil
                default:
                    if let number = code.wholeNumberValue, code.isASCII {
                        add(groups.indices.contains(number) ? groups[number] : "")
                    } else {
                        add(String(code))
                    }
                }
            } else {
                add(String(first))
            }
        }
        return result
    }

    // MARK: / and ?

    mutating func vimAskForPattern(_ name: String, _ command: VimCommand) -> [Effect] {
        vim.searching = command
        modal = .prompt(Prompt(purpose: .vimSearch(isBackwards: name == "?"), field: TextField(""), origin: editor.caret))
        return []
    }

    /// The pattern was typed: the command that waits for it runs.
    mutating func vimSearchFor(_ pattern: String, backwards: Bool) -> [Effect] {
        guard var command = vim.searching else { return [] }
        vim.searching = nil
        let name = backwards ? "?" : "/"
        let source = pattern.isEmpty ? vim.search?.pattern ?? "" : pattern
        guard !source.isEmpty else { return vimFail() }
        command.action = .motion(name, argument: source)
        return vimRun(command)
    }
}
