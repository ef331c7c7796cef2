import TextCore

/// Punctuation as a typesetter would have it, made of what a keyboard has, as one types.
///
/// Two sets of rules, each on its own or both: quotation marks, apostrophes, dashes and ellipses of the language; and the
/// full-width marks of Chinese behind Chinese. Pure: a text and a caret give what the end of the text before the caret
/// becomes.
///
/// The settings `editor.smart_punctuation` and `editor.chinese_punctuation` turn the two sets on. `StudioCore.type`
/// asks after each character; `ProseMask` says what is no prose, and `QuotationMarks` has the marks of each language.
///
/// Limits: those of `ProseMask`; whether a mark opens or closes is told by what stands before it and by what is open in its
/// paragraph, of which 4,000 bytes are looked at. `'` before a word left out of `elisions` opens a quotation.
public struct TypedPunctuation: Sendable, Equatable {
    /// The end of a text that becomes something else.
    public struct Conversion: Sendable, Equatable {
        /// What is replaced, up to the caret.
        public var range: Range<Int>
        /// What was typed there, one key after the other.
        public var typed: String
        /// What stands there afterwards.
        public var becomes: String
    }

    /// Whether quotation marks, apostrophes, dashes and ellipses are converted.
    public var isSmart: Bool
    /// Whether ASCII punctuation behind Chinese becomes full-width.
    public var isChinese: Bool
    /// The quotation marks that straight ones become.
    public var marks: QuotationMarks

    /// The rules that are on.
    ///
    /// - Parameter language: whose quotation marks are used, as in `QuotationMarks.init(language:)`.
    public init(isSmart: Bool, isChinese: Bool = false, language: String = "en") {
        self.isSmart = isSmart
        self.isChinese = isChinese
        marks = QuotationMarks(language: language)
    }

    static let reach = 4_000

    /// What a character just typed makes of the text before `caret`; nil where it stays as it is.
    ///
    /// - Parameter state: the state after the line above the caret's.
    public func conversion(in text: Text, at caret: Int, state: LineState) -> Conversion? {
        let line = text.lineRange(text.line(at: caret))
        guard caret > line.lowerBound, line.count < 20_000 else { return nil }
        let last = Array(
            text.slice(text.scalarBoundary(atOrBefore: max(line.lowerBound, caret - 8))..<caret).unicodeScalars.suffix(
                2))
        guard let typed = last.last, mayConvert(typed, after: last.count > 1 ? last[0] : nil) else { return nil }
        let before = Self.paragraphStart(text, caret)
        guard let ending = ending(of: Array(text.slice(before..<caret).unicodeScalars)),
            ProseMask.isProse(text.slice(line), at: caret - line.lowerBound - 1, state: state)
        else { return nil }
        return Conversion(range: caret - ending.bytes..<caret, typed: ending.typed, becomes: ending.becomes)
    }

    /// The start of the paragraph's lines above, within reach.
    static func paragraphStart(_ text: Text, _ offset: Int) -> Int {
        var line = text.line(at: offset)
        while line > 0, offset - text.lineStart(line - 1) < reach, !text.isBlankLine(line - 1) { line -= 1 }
        return max(text.lineStart(line), text.scalarBoundary(atOrBefore: max(0, offset - reach)))
    }

    /// Most keys change nothing, which the last two scalars tell.
    func mayConvert(_ typed: Unicode.Scalar, after before: Unicode.Scalar?) -> Bool {
        if "\"'-.,:;?!()\\<> s".unicodeScalars.contains(typed) { return true }
        // The first letter of a word, and what is behind a quotation mark.
        if isSmart, before == " " || before == "-" { return true }
        return isSmart
            && before.map {
                $0 == "»" || $0 == "«" || (0x2018...0x203A).contains($0.value) || (0x300C...0x300F).contains($0.value)
            } ?? false
    }

    /// What the end of a paragraph's beginning, whose last scalar was just typed, becomes.
    func ending(of scalars: [Unicode.Scalar]) -> Ending? {
        guard let typed = scalars.last else { return nil }
        let tail = Tail(scalars: scalars)
        // What a backslash stands before is meant as it is.
        if typed != "\\", tail[1] == "\\", tail[2] != "\\" { return nil }
        if isChinese, let ending = chinese(typed, tail) { return ending }
        return isSmart ? smart(typed, tail) : nil
    }

    /// So many scalars at the end, as they were typed, and what they become.
    struct Ending {
        var count: Int
        var bytes: Int
        var typed: String
        var becomes: String

        init(_ tail: Tail, _ count: Int, becomes: String, typed: String? = nil) {
            let old = String(String.UnicodeScalarView(tail.scalars.suffix(count)))
            self.count = count
            bytes = old.utf8.count
            self.typed = typed ?? old
            self.becomes = becomes
        }
    }

    /// The scalars of a paragraph from its end backwards: 0 is the last.
    struct Tail {
        let scalars: [Unicode.Scalar]

        /// nil before the paragraph and before the line.
        subscript(_ back: Int) -> Unicode.Scalar? {
            let index = scalars.count - 1 - back
            guard index >= 0, !scalars[index...].contains("\n") else { return nil }
            return scalars[index]
        }

        /// Whether what stands there is Chinese; a quotation where what it ends with is, or what it stands behind, a dash and an
        /// ellipsis where they stand behind Chinese.
        func isChinese(_ back: Int) -> Bool {
            if let mark = self[back], mark == "…" || mark == "—" {
                var end = back
                while end < back + 4, self[end] == mark { end += 1 }
                return PunctuationEdits.isChinese(self[end])
            }
            guard let scalar = self[back], scalar == "”" || scalar == "’" else {
                return PunctuationEdits.isChinese(self[back])
            }
            if PunctuationEdits.isChinese(self[back + 1]), self[back + 1] != "’" { return true }
            let open: Unicode.Scalar = scalar == "”" ? "“" : "‘"
            guard let start = scalars.dropLast(back).lastIndex(of: open), start > 0 else { return false }
            return PunctuationEdits.isChinese(scalars[start - 1])
        }

        /// How many more of `open` than of `close` stand before the last scalar.
        func depth(_ open: Unicode.Scalar, _ close: Unicode.Scalar) -> Int {
            scalars.dropLast().reduce(0) { $1 == open ? $0 + 1 : $1 == close ? max(0, $0 - 1) : $0 }
        }
    }

    // MARK: Chinese

    private func chinese(_ typed: Unicode.Scalar, _ tail: Tail) -> Ending? {
        let isBehind = tail.isChinese(1)
        switch typed {
        case ",", ";", ":", "?", "!", "(":
            guard isBehind, let wide = PunctuationEdits.fullWidth[typed] else { return nil }
            return Ending(tail, 1, becomes: String(Character(wide)))
        case ")":
            // As the bracket that it closes.
            let open = tail.depth("（", "）") > 0
            let isNarrow = tail.depth("(", ")") > 0
            return open && !isNarrow || isBehind && !isNarrow ? Ending(tail, 1, becomes: "）") : nil
        case ".":
            // A second full stop takes the first one back: an ellipsis is on its way.
            if tail[1] == "。" { return Ending(tail, 2, becomes: "..", typed: "..") }
            let dots = run(of: ".", tail)
            if dots == 6, tail.isChinese(6) { return Ending(tail, 6, becomes: "……") }
            return dots == 1 && isBehind ? Ending(tail, 1, becomes: "。") : nil
        case "\\": return isBehind ? Ending(tail, 1, becomes: "、") : nil
        case "<":
            let isMeant = tail[2] == nil || tail.isChinese(2)
            return tail[1] == "<" && isMeant ? Ending(tail, 2, becomes: "《") : nil
        case ">": return tail[1] == ">" && tail.depth("《", "》") > 0 ? Ending(tail, 2, becomes: "》") : nil
        case "-": return tail[1] == "-" && tail.isChinese(2) ? Ending(tail, 2, becomes: "——") : nil
        case "\"":
            if tail.depth("“", "”") > 0 { return Ending(tail, 1, becomes: "”") }
            return isBehind ? Ending(tail, 1, becomes: "“") : nil
        default: return nil
        }
    }

    private func run(of scalar: Unicode.Scalar, _ tail: Tail) -> Int {
        var count = 0
        while count < 8, tail[count] == scalar { count += 1 }
        return count
    }

    // MARK: Quotation marks, dashes, ellipses

    private func smart(_ typed: Unicode.Scalar, _ tail: Tail) -> Ending? {
        switch typed {
        case "\"": return double(tail)
        case "'": return elided(tail, mark: "’") ?? single(tail)
        case "-":
            if tail[1] == "–" { return Ending(tail, 2, becomes: "—", typed: "---") }
            guard run(of: "-", tail) == 2 else { return nil }
            return Ending(tail, 2, becomes: tail.isChinese(2) ? "——" : "–")
        case ".":
            guard run(of: ".", tail) == 3 else { return nil }
            if tail[3] == "…" { return tail.isChinese(4) ? Ending(tail, 3, becomes: "…") : nil }
            return Ending(tail, 3, becomes: "…")
        case " " where tail[1] == "\u{202F}" && tail[2] == marks.open.unicodeScalars.first:
            return Ending(tail, 2, becomes: "\u{202F}")
        default: break
        }
        if let ending = leading(tail) { return ending }
        // What closed a quotation was an apostrophe after all: ‚l’ami‘.
        if marks.innerClose != "’", let close = marks.innerClose.unicodeScalars.first, tail[1] == close,
            Self.isLetter(typed), Self.isLetter(tail[2])
        {
            return Ending(tail, 2, becomes: "’" + String(Character(typed)), typed: "'" + String(Character(typed)))
        }
        return elided(tail, mark: String(Character(typed)))
    }

    /// Dashes at a line's start, which could have become a rule until a word begins behind them.
    private func leading(_ tail: Tail) -> Ending? {
        guard let typed = tail[0], Self.isLetter(typed) || typed.properties.numericType != nil else { return nil }
        let blank = tail[1] == " " ? 1 : 0
        var end = 1 + blank
        while tail[end] == "-" { end += 1 }
        let dashes = end - 1 - blank
        guard dashes == 2 || dashes == 3 else { return nil }
        var back = end
        while let scalar = tail[back], back < end + 200 {
            guard scalar == " " || scalar == "\t" || scalar == ">" else { return nil }
            back += 1
        }
        return Ending(
            tail, end, becomes: (dashes == 2 ? "–" : "—") + (blank == 1 ? " " : "") + String(Character(typed)))
    }

    private func double(_ tail: Tail) -> Ending? {
        guard let open = marks.open.unicodeScalars.first, let close = marks.close.unicodeScalars.last else {
            return nil
        }
        let isOpen = open != close && tail.depth(open, close) > 0
        // « Bonjour » as it is typed, with blanks.
        if marks.close.unicodeScalars.count > 1, isOpen, tail[1] == " " || tail[1] == "\u{202F}" {
            return Ending(tail, 2, becomes: marks.close, typed: " \"")
        }
        // Inches.
        if !isOpen, let before = tail[1], before.properties.numericType == .decimal { return nil }
        return Ending(tail, 1, becomes: opens(tail, isOpen: isOpen) ? marks.open : marks.close)
    }

    private func single(_ tail: Tail) -> Ending? {
        guard let open = marks.innerOpen.unicodeScalars.first, let close = marks.innerClose.unicodeScalars.first else {
            return nil
        }
        let isOpen = open != close && tail.depth(open, close) > 0
        if opens(tail, isOpen: isOpen) { return Ending(tail, 1, becomes: marks.innerOpen) }
        return Ending(tail, 1, becomes: isOpen ? marks.innerClose : "’")
    }

    /// Whether a quotation mark at the end opens a quotation, by what is before it.
    private func opens(_ tail: Tail, isOpen: Bool) -> Bool {
        var back = 1
        while let mark = tail[back], mark == "*" || mark == "_" || mark == "~" { back += 1 }
        guard let before = tail[back] else { return true }
        if before.properties.isWhitespace { return true }
        let closing = [marks.close, marks.innerClose].compactMap(\.unicodeScalars.last)
        let opening = [marks.open, marks.innerOpen].compactMap(\.unicodeScalars.first)
        if opening.contains(before), !closing.contains(before) { return true }
        // Where there are no blanks between words, and behind a dash, what is open decides.
        let isUnspaced = PunctuationEdits.isChinese(before) || EastAsianScripts.kanaBlocks.contains(before.value)
        if isUnspaced || before == "-" || before == "–" || before == "—" || before == "/" || before == ":" {
            return !isOpen
        }
        return "([{<“‘«‹„‚".unicodeScalars.contains(before) && !closing.contains(before)
    }

    /// Words that begin with an apostrophe.
    static let elisions: Set<String> = ["tis", "twas", "twere", "twill", "til", "em", "n"]

    /// ’90s, ’tis and rock ’n’ roll, of what was taken for the beginning of a quotation.
    private func elided(_ tail: Tail, mark: String) -> Ending? {
        guard marks.innerOpen == "‘", marks.open == "“", let typed = tail[0] else { return nil }
        var word: [Unicode.Scalar] = []
        var back = 1
        while back < 7, let scalar = tail[back], scalar.isASCII,
            Self.isLetter(scalar) || scalar.properties.numericType != nil
        {
            word.insert(scalar, at: 0)
            back += 1
        }
        guard tail[back] == "‘", !Self.isLetter(tail[back + 1]) else { return nil }
        let text = String(String.UnicodeScalarView(word))
        let isDecade = typed == "s" && word.count == 2 && word.allSatisfy { $0.properties.numericType != nil }
        let isElision =
            !Self.isLetter(typed) && typed.properties.numericType == nil && Self.elisions.contains(text.lowercased())
        guard isDecade || isElision else { return nil }
        return Ending(tail, back + 1, becomes: "’" + text + mark, typed: "'" + text + String(Character(typed)))
    }

    private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isAlphabetic ?? false }
}
