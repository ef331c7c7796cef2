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
        left.from?.address == right.from?.address && left.to?.address == right.to?.address
            && left.isWhole == right.isWhole
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
            name = sign == "&" ? String(rest.prefix { $0 == "&" }.prefix(2)) : String(sign)
        } else {
            name = String(letters)
        }
        rest = rest.dropFirst(name.count)
        // Behind :s it is a separator.
        if rest.first == "!", name != "s", name != "substitute" {
            hasBang = true
            rest.removeFirst()
        }
        argument = String(rest.drop { $0 == " " })
    }

    /// What stands behind `:d`, `:y`, `:>`, `:<` and `:j`: a register's letter, further `>` or `<`, a number of lines.
    ///
    /// - Returns: nil for anything else.
    func argumentWords(of operation: String) -> (register: Character?, shifts: Int, count: Int?)? {
        var rest = argument[...]
        var (register, shifts): (Character?, Int) = (nil, 1)
        if operation == ">" || operation == "<" {
            shifts += rest.prefix { String($0) == operation }.count
            rest = rest.dropFirst(shifts - 1)
        } else if operation != "j", let first = rest.first, first == "\"" || (first.isASCII && first.isLetter) {
            register = first
            rest.removeFirst()
        }
        rest = rest.drop { $0 == " " }
        if rest.isEmpty { return (register, shifts, nil) }
        guard rest.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(typed: rest), count > 0 else {
            return nil
        }
        return (register, shifts, count)
    }

    private static func address(_ rest: inout Substring) -> (address: Address, offset: Int)? {
        var address: Address?
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        if let number = Int(typed: digits) {
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
            let step = Int(typed: digits) ?? 1
            offset = min(Int.largestTyped, max(-Int.largestTyped, offset + (sign == "+" ? step : -step)))
            if address == nil { address = .current }
        }
        return address.map { ($0, offset) }
    }
}

extension Workspace {
    /// The commands behind `:` that change the text.
    private static let changingNames: Set<String> = [
        "s", "substitute", "&", "&&", "d", "delete", ">", "<", "j", "join", "u", "undo", "red", "redo",
    ]

    /// Runs a line as it stands behind `:`.
    mutating func vimExecute(_ line: String) -> [Effect] {
        let parsed = VimLine(line)
        var cursor = VimCursor(editor.text, at: editor.caret)
        // The line behind a last line feed is one only for the caret that stands there.
        let lastLine = VimCursor(editor.text, at: 0).lineCount - 1
        let limit = max(lastLine, cursor.lineNumber)
        func number(_ address: (address: VimLine.Address, offset: Int)) -> Int? {
            switch address.address {
            case .current: cursor.lineNumber + address.offset
            case .last: lastLine + address.offset
            case .line(let number): number - 1 + address.offset
            case .mark(let mark): vimMark(mark).map { editor.text.line(at: $0) + address.offset }
            }
        }
        var lines = cursor.lineNumber...cursor.lineNumber
        if parsed.isWhole {
            lines = 0...lastLine
        } else if let from = parsed.from {
            guard let first = number(from), let last = number(parsed.to ?? from) else {
                say("A mark of that range is not set.", .error)
                return vimFail()
            }
            let low = max(0, min(min(first, last), limit))
            lines = low...max(low, min(max(first, last), limit))
        }
        if let effects = vimExecuteFile(parsed) { return effects }
        if editor.isReadOnly, Self.changingNames.contains(parsed.name) { return vimRefuse() }
        switch parsed.name {
        case "":
            guard parsed.argument.isEmpty else {
                say("“\(line.trimmingSpaces)” is no command here. The palette finds those of Longhand.", .error)
                return vimFail()
            }
            guard parsed.from != nil || parsed.isWhole else { return [] }
            core.vimSetMark("'", at: editor.caret)
            cursor.moveToLine(lines.upperBound)
            withEditor { $0.select(Selection(cursor.firstNonBlank)) }
            return []
        case "s", "substitute", "&", "&&": return vimSubstitute(parsed, lines)
        case "d", "delete", "y", "yank", ">", "<":
            let operation = parsed.name.hasPrefix("d") ? "d" : parsed.name.hasPrefix("y") ? "y" : parsed.name
            guard let words = parsed.argumentWords(of: operation) else { return vimMisread(parsed) }
            if let count = words.count { lines = lines.upperBound...min(limit, lines.upperBound + count - 1) }
            var command = VimCommand(action: .lines)
            command.register = words.register
            let effects = vimOperate(operation, cursor.lines(lines), command, from: editor.caret, shifts: words.shifts)
            if operation == ">" || operation == "<" {
                withEditor { $0.selectFirstWord(ofLineAt: $0.text.lineStart(lines.upperBound)) }
            }
            return effects
        case "j", "join":
            guard let words = parsed.argumentWords(of: "j") else { return vimMisread(parsed) }
            // As vim: a number counts the lines from the last one of the range on, and one line is joined with the next.
            if let count = words.count { lines = lines.upperBound...min(limit, lines.upperBound + count - 1) }
            let last = lines.count > 1 ? lines.upperBound : min(limit, lines.upperBound + 1)
            guard last > lines.lowerBound else { return vimFail() }
            return vimJoin(lines.lowerBound...last, withSpace: !parsed.hasBang) {
                $0.selectFirstWord(ofLineAt: $0.caret)
            }
        case "u", "undo": return vimRunSimple("u", "", VimCommand(action: .simple("u", argument: "")))
        case "red", "redo": return vimRunSimple("<C-r>", "", VimCommand(action: .simple("<C-r>", argument: "")))
        case "noh", "nohlsearch": return []
        case "h", "help":
            modal = .help(scroll: 0)
            return []
        case "stop", "suspend", "st": return update(.input(.suspend))
        default:
            say("“:\(parsed.name)” is no command here. The palette finds those of Longhand.", .error)
            return vimFail()
        }
    }

    private mutating func vimMisread(_ line: VimLine) -> [Effect] {
        say("“\(line.argument)” behind :\(line.name) is not known here; a register and a number of lines are.", .error)
        return vimFail()
    }

    /// The prompt behind `:`, with a range in it.
    mutating func vimAskForLine(_ range: String) -> [Effect] {
        var prompt = Prompt(":", range) { .vim(.line($0)) }
        prompt.isVims = true
        prompt.keys[.tab] = .vim(.completeLine)
        modal = .prompt(prompt)
        return []
    }

    // MARK: / and ?

    mutating func vimAskForPattern(_ name: String, _ command: VimCommand) -> [Effect] {
        vim.searching = command
        let isBackwards = name == "?"
        var prompt = Prompt(name) { .vim(.search($0, isBackwards: isBackwards)) }
        prompt.isVims = true
        modal = .prompt(prompt)
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
