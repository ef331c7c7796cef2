import TextCore

/// What `:s` does: as it was typed, and as `&` does it again. Pure.
public struct VimSubstitution: Sendable, Equatable {
    /// The letters behind the last separator.
    struct Flags: Sendable, Equatable {
        var all = false
        var asks = false
        var counts = false
        var isSilent = false
        /// nil where the pattern and its case decide.
        var ignoresCase: Bool?
        /// The flags of the last time come first.
        var keeps = false

        /// nil where a letter is none of them.
        init?(_ letters: some StringProtocol) {
            for letter in letters {
                switch letter {
                case "g": all.toggle()
                case "c": asks = true
                case "n": counts = true
                case "e": isSilent = true
                case "i": ignoresCase = true
                case "I": ignoresCase = false
                case "&": keeps = true
                case "p", "#", "l", "r", " ": break
                default: return nil
                }
            }
        }

        init() {}

        /// These flags on top of the last ones where they ask for that.
        func resolved(over last: Flags?) -> Flags {
            guard keeps, var flags = last else { return self }
            flags.all = flags.all != all
            flags.asks = flags.asks || asks
            flags.counts = flags.counts || counts
            flags.isSilent = flags.isSilent || isSilent
            flags.ignoresCase = ignoresCase ?? flags.ignoresCase
            return flags
        }
    }

    var pattern: String
    var replacement: String
    var flags = Flags()

    /// `/pattern/replacement/flags` taken apart; the flags as they stand there.
    static func split(_ argument: String) -> (pattern: String, replacement: String, flags: String)? {
        guard let separator = argument.first, !separator.isLetter, !separator.isNumber, !"\"|\\".contains(separator)
        else { return nil }
        var parts = [""]
        var isEscaped = false
        for character in argument.dropFirst() {
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
        return (parts[0], parts.count > 1 ? parts[1] : "", parts.count > 2 ? parts[2] : "")
    }

    /// What is to be replaced in `lines`, in order; nil where it was given up.
    func edits(
        _ pattern: VimPattern, in text: Text, lines: ClosedRange<Int>, isCancelled: () -> Bool
    ) -> [(range: Range<Int>, with: String)]? {
        var edits: [(range: Range<Int>, with: String)] = []
        var scan = RegexScan(pattern.regex, in: text)
        let needsGroups = replacement.contains("\\")
        var isOver = false
        let asks = {
            isOver = isOver || isCancelled()
            return isOver
        }
        var number = lines.lowerBound
        while number <= lines.upperBound, !isOver {
            let line = text.lineRange(number)
            var last = number
            scan.forEachMatch(
                in: line.lowerBound..<(pattern.crossesLines ? text.utf8Count : line.upperBound), isCancelled: asks
            ) { match in
                guard match.lowerBound <= line.upperBound else { return false }
                let groups = needsGroups ? pattern.regex.groups(in: text, at: match, limit: match.upperBound) : [match]
                edits.append((match, Self.expand(replacement, groups.map { $0.map(text.slice) ?? "" })))
                if match.upperBound > line.upperBound { last = text.line(at: match.upperBound) }
                return flags.all
            }
            // A match of several lines ends in one that has had its turn.
            number = max(number, last) + 1
        }
        return isOver ? nil : edits
    }

    /// What a match is replaced with: `&` and `\0` are the match, `\1` to `\9` its groups, `\r` a line's end, `\u \l \U \L \E` case.
    static func expand(_ replacement: String, _ groups: [String]) -> String {
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
}

extension Workspace {
    // MARK: :s

    /// `:s` with what is behind it: a new substitution, or the last one with other flags.
    mutating func vimSubstitute(_ line: VimLine, _ lines: ClosedRange<Int>) -> [Effect] {
        var substitution: VimSubstitution
        var letters: String
        if let parts = VimSubstitution.split(line.argument) {
            let source = parts.pattern.isEmpty ? vim.search?.pattern ?? "" : parts.pattern
            guard !source.isEmpty else {
                say("Nothing was searched for yet, so there is no pattern to replace.", .error)
                return vimFail()
            }
            substitution = VimSubstitution(pattern: source, replacement: parts.replacement)
            letters = parts.flags
        } else {
            guard let last = vim.lastSubstitution else {
                say("Nothing was replaced yet: :s/this/that/ replaces.", .error)
                return vimFail()
            }
            substitution = last
            letters = line.argument + (line.name == "&&" ? "&" : "")
        }
        var lines = lines
        // A number behind the flags: so many lines from the last one on.
        let digits = String(letters.trimmingSpaces.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        if let count = Int(typed: digits), count > 0 {
            letters = String(letters.trimmingSpaces.dropLast(digits.count))
            lines =
                lines.upperBound...max(lines.upperBound, min(editor.text.lineCount - 1, lines.upperBound + count - 1))
        }
        guard let flags = VimSubstitution.Flags(letters) else {
            say("“\(letters)” behind :s is not known here; c, e, g, i, I, n and & are.", .error)
            return vimFail()
        }
        substitution.flags = flags.resolved(over: vim.lastSubstitution?.flags)
        return vimSubstitute(substitution, in: lines)
    }

    /// The last substitution in the caret's line, without its flags.
    mutating func vimSubstituteAgain() -> [Effect] {
        guard var last = vim.lastSubstitution else { return vimFail() }
        last.flags = VimSubstitution.Flags()
        let line = editor.text.line(at: editor.caret)
        return vimSubstitute(last, in: line...line)
    }

    private mutating func vimSubstitute(_ substitution: VimSubstitution, in lines: ClosedRange<Int>) -> [Effect] {
        let pattern: VimPattern
        do throws(VimPatternError) {
            pattern = try VimPattern(substitution.pattern, ignoringCase: substitution.flags.ignoresCase == true)
        } catch {
            say(error.sentence, .error)
            return vimFail()
        }
        vim.search = VimSearch(pattern: substitution.pattern, isBackwards: false)
        vim.lastSubstitution = substitution
        let text = editor.text
        var patience = VimPattern.patience / 4
        let found = substitution.edits(pattern, in: text, lines: lines) {
            patience -= 1
            return patience < 0
        }
        if let found { return vimSubstitute(substitution, found) }
        // Too long to be done between two keys.
        let ticket = ticket()
        vim.substituting = (ticket, editor.document.version, editor.path)
        say("Replacing… Esc ends it.")
        return [.vim(.substitute(ticket, substitution, pattern, text, lines: lines))]
    }

    /// The places are known: they are counted, asked about, or replaced.
    mutating func vimSubstitute(_ substitution: VimSubstitution, _ edits: [(range: Range<Int>, with: String)])
        -> [Effect]
    {
        guard let first = edits.first else {
            if !substitution.flags.isSilent { say("“\(substitution.pattern)” is not there.", .error) }
            return vimFail()
        }
        if substitution.flags.counts {
            say("\(edits.count) \(edits.count == 1 ? "match" : "matches").")
            return []
        }
        if substitution.flags.asks { return beginWalk(through: edits, of: substitution) }
        // What undo comes back to.
        let line = editor.text.line(at: first.range.lowerBound)
        if line != editor.text.line(at: editor.caret) { withEditor { $0.select(Selection($0.text.lineStart(line))) } }
        let end = SubstitutionWalk.end(of: edits[...]) ?? 0
        let effects = vimChange(edits, caret: editor.caret, origin: "substitute") { $0.selectFirstWord(ofLineAt: end) }
        if edits.count > 1, notice?.kind != .error { say("\(edits.count) replaced.") }
        return effects
    }
}

extension Editor {
    /// The caret at the first word of the line that holds `offset`.
    mutating func selectFirstWord(ofLineAt offset: Int) {
        let cursor = VimCursor(text, at: min(offset, max(0, text.utf8Count - 1)))
        select(Selection(cursor.firstNonBlank))
    }
}
