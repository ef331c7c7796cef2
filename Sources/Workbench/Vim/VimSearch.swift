import TextCore

/// What `/`, `?`, `*` or `#` looked for last.
struct VimSearch: Sendable, Equatable {
    var pattern: String
    var isBackwards: Bool
}

/// A pattern in vim's "magic" notation, found line by line.
///
/// Known: `. * ^ $ [] ~` less the last, `\+ \= \? \{n,m} \( \) \| \< \> \s \S \d \D \w \W \a \A \l \L \u \U \c \C \v \V`.
/// Known limits: a pattern doesn't match across lines; no look-around, no `\zs`.
struct VimPattern {
    private let regex: Regex<AnyRegexOutput>?
    private let literal: String?

    /// nil where the pattern can't be read.
    init?(_ pattern: String) {
        var expression = ""
        var plain = ""
        var isPlain = true
        var ignoresCase = false
        var isVery = false
        var isLiteral = false
        var rest = pattern[...]
        func special(_ text: String) {
            expression += text
            isPlain = false
        }
        func character(_ character: Character) {
            plain.append(character)
            expression += "\\.*+?()[]{}|^$/".contains(character) ? "\\\(character)" : String(character)
        }
        while let first = rest.popFirst() {
            var isEscaped = false
            var one = first
            if first == "\\" {
                guard let next = rest.popFirst() else {
                    character("\\")
                    break
                }
                isEscaped = true
                one = next
            }
            let isLetterClass = isEscaped && "sSdDwWaAlLuUcCvVtn<>".contains(one)
            if isLetterClass {
                switch one {
                case "c": ignoresCase = true
                case "C": ignoresCase = false
                case "v": isVery = true
                case "V": isLiteral = true
                case "<": special("\\b(?=\\w)")
                case ">": special("\\b(?!\\w)")
                case "a": special("[A-Za-z]")
                case "A": special("[^A-Za-z]")
                case "l": special("[a-z]")
                case "L": special("[^a-z]")
                case "u": special("[A-Z]")
                case "U": special("[^A-Z]")
                case "s": special("[ \\t]")
                case "S": special("[^ \\t]")
                case "t": character("\t")
                case "n": return nil
                default: special("\\\(one)")
                }
                continue
            }
            if isVery, !isEscaped, one == "<" { special("\\b(?=\\w)") ; continue }
            if isVery, !isEscaped, one == ">" { special("\\b(?!\\w)") ; continue }
            // What is special without a backslash, and what is with one.
            if ".*[".contains(one), isEscaped == isLiteral {
                if one == "[" {
                    guard let end = rest.dropFirst().firstIndex(of: "]") else {
                        character("[")
                        continue
                    }
                    special("[" + rest[..<end].replacing("[", with: "\\[") + "]")
                    rest = rest[rest.index(after: end)...]
                } else if one == "*", expression.isEmpty {
                    character("*")
                } else {
                    special(String(one))
                }
            } else if one == "^", !isEscaped, expression.isEmpty || expression.hasSuffix("(") || expression.hasSuffix("|") {
                special("^")
            } else if one == "$", !isEscaped, rest.isEmpty || rest.hasPrefix("\\|") || rest.hasPrefix("\\)") {
                special("$")
            } else if "+=?(|){".contains(one), isEscaped != isVery {
                switch one {
                case "=": special("?")
                case "{":
                    guard let end = rest.firstIndex(of: "}") else { return nil }
                    let bounds = rest[..<end].filter { $0 != "\\" }
                    special(bounds == "" || bounds == "-" ? "*" : "{" + (bounds.first == "," ? "0" : "") + bounds + "}")
                    rest = rest[rest.index(after: end)...]
                default: special(String(one))
                }
            } else {
                character(one)
            }
        }
        if isPlain, !ignoresCase {
            literal = plain
            regex = nil
        } else {
            guard var made = try? Regex(expression) else { return nil }
            if ignoresCase { made = made.ignoresCase() }
            regex = made.wordBoundaryKind(.simple)
            literal = nil
        }
        if literal?.isEmpty == true { return nil }
    }

    /// The matches in a line, as bytes from its start, with what the groups matched.
    func matches(in line: String) -> [(range: Range<Int>, groups: [String])] {
        func offset(_ index: String.Index) -> Int { line.utf8.distance(from: line.startIndex, to: index) }
        if let literal {
            return line.ranges(of: literal).map { (offset($0.lowerBound)..<offset($0.upperBound), [literal]) }
        }
        guard let regex else { return [] }
        return line.matches(of: regex).map { match in
            (offset(match.range.lowerBound)..<offset(match.range.upperBound), match.output.map { $0.substring.map(String.init) ?? "" })
        }
    }

    /// The next match that starts behind `offset`, or before it; around the text's end where none does.
    func find(in text: Text, from offset: Int, backwards: Bool) -> (range: Range<Int>, wrapped: Bool)? {
        if let literal {
            if backwards {
                let before = min(text.utf8Count, offset + literal.utf8.count - 1)
                if let found = TextSearch.find(literal, in: text, from: before, backwards: true, ignoringCase: false) { return (found, false) }
                return TextSearch.find(literal, in: text, from: text.utf8Count, backwards: true, ignoringCase: false).map { ($0, true) }
            }
            let start = text.nextGrapheme(after: offset)
            if let found = TextSearch.find(literal, in: text, from: start, backwards: false, ignoringCase: false) { return (found, false) }
            return TextSearch.find(literal, in: text, from: 0, backwards: false, ignoringCase: false).map { ($0, true) }
        }
        let cursor = VimCursor(text, at: offset)
        let count = cursor.lineCount
        for distance in 0...count {
            let number = (cursor.lineNumber + (backwards ? count - distance : distance)) % count
            let line = text.lineRange(number)
            var found = matches(in: text.slice(line)).map { line.lowerBound + $0.range.lowerBound..<line.lowerBound + $0.range.upperBound }
            if distance == 0 { found = found.filter { backwards ? $0.lowerBound < offset : $0.lowerBound > offset } }
            guard let range = backwards ? found.last : found.first else { continue }
            let wrapped = backwards ? range.lowerBound >= offset : range.lowerBound <= offset
            return (range, wrapped)
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
            let isWord = word.text.unicodeScalars.first.map { VimCharacterKind.of($0) != 1 || ($0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || $0.properties.numericType != nil)) } ?? false
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
        guard let pattern = VimPattern(search.pattern) else {
            say("“\(search.pattern)” is not a pattern that can be read.", .error)
            return nil
        }
        var place = editor.caret
        for _ in 0..<times {
            guard let found = pattern.find(in: editor.text, from: place, backwards: backwards) else {
                say("“\(search.pattern)” is not in this text.", .error)
                return nil
            }
            if found.wrapped { say("The search went around the end.") }
            place = found.range.lowerBound
        }
        return VimTarget(offset: place, isJump: true)
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
