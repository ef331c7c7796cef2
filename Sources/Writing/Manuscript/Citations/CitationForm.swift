/// The text of a citing footnote, read and written: ``Title, *Heading* — `path:line` remark``.
package struct CitationForm {
    /// As it stood when the note was cited.
    package var title: String
    /// Of the note, above what is cited.
    package var heading: String?
    /// The note's, relative to the project.
    package var path: String
    /// Counted from 1.
    package var line: Int?
    /// What the writer added.
    package var remark: String?

    /// Nil when `text` cites no note.
    package init?(_ text: String) {
        let characters = Array(text)
        guard let (content, span) = CitationForm.position(characters) else { return nil }
        (path, line) = CitationForm.split(content)
        var head = CitationForm.oneLine(String(characters[..<span.lowerBound]))
        guard let dash = head.last, dash == "—", CitationForm.isPlain(head) else { return nil }
        head = head.dropLast().trimmingBlanks
        let remark = String(characters[span.upperBound...])
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.remark = remark.isEmpty ? nil : remark
        if let last = CitationForm.lastStar(head[...]), head[last...] == "*" {
            let body = head[..<last]
            if let star = CitationForm.lastStar(body) {
                heading = CitationForm.unescaped(body[body.index(after: star)...])
                head = body[..<star].trimmingBlanks
                if head.hasSuffix(",") { head = head.dropLast().trimmingBlanks }
            }
        }
        title = CitationForm.unescaped(head[...])
    }

    /// Whether a title is one as `escaped` writes it: code and links in it were typed by somebody.
    private static func isPlain(_ title: String) -> Bool {
        var isEscaped = false
        for character in title {
            if !isEscaped, character == "`" || character == "[" || character == "]" { return false }
            isEscaped = character == "\\" && !isEscaped
        }
        return true
    }

    /// The first code span behind a dash that holds a note's path.
    private static func position(_ characters: [Character]) -> (String, Range<Int>)? {
        var i = 0
        while i < characters.count {
            if characters[i] == "\\" {
                i += 2
                continue
            }
            guard characters[i] == "`" else {
                i += 1
                continue
            }
            var open = i
            while open < characters.count, characters[open] == "`" { open += 1 }
            var close = open
            var found: Range<Int>?
            while close < characters.count, found == nil {
                let run = close
                while close < characters.count, characters[close] == "`" { close += 1 }
                if close - run == open - i { found = run..<close }
                if close == run { close += 1 }
            }
            guard let found else {
                i = open
                continue
            }
            var content = String(characters[open..<found.lowerBound])
            if content.hasPrefix(" "), content.hasSuffix(" "), content.utf8.count > 2 {
                content = String(content.dropFirst().dropLast())
            }
            let before = characters[..<i].last { !$0.isWhitespace }
            if before == "—", isNote(content) { return (content, i..<found.upperBound) }
            i = found.upperBound
        }
        return nil
    }

    /// With a line number anything is a note; without one, a file of a kind that notes have.
    private static func isNote(_ content: String) -> Bool {
        let (path, line) = split(content)
        guard !path.isEmpty else { return false }
        return line != nil || isNoteKind(path)
    }

    /// Whether `path` ends as files of notes do.
    package static func isNoteKind(_ path: String) -> Bool {
        guard let dot = path.lastIndex(of: ".") else { return false }
        return noteKinds.contains(path[path.index(after: dot)...].lowercased())
    }

    private static let noteKinds: Set<String> = [
        "md", "markdown", "txt", "text", "org", "rst", "html", "htm", "pdf", "epub", "docx", "odt", "bib",
        "tex", "json", "csv",
    ]

    private static func split(_ content: String) -> (String, Int?) {
        guard let colon = content.lastIndex(of: ":") else { return (content, nil) }
        let digits = content[content.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit), let line = Int(digits) else {
            return (content, nil)
        }
        return (String(content[..<colon]), line)
    }

    private static func lastStar(_ text: Substring) -> String.Index? {
        var index = text.endIndex
        while index > text.startIndex {
            index = text.index(before: index)
            guard text[index] == "*" else { continue }
            var slashes = 0
            var before = index
            while before > text.startIndex, text[text.index(before: before)] == "\\" {
                before = text.index(before: before)
                slashes += 1
            }
            if slashes % 2 == 0 { return index }
        }
        return nil
    }

    private static let special: Set<Character> = ["\\", "*", "_", "`", "[", "]", "<", ">"]

    /// `text` on one line with Markdown's marks made plain.
    package static func escaped(_ text: String) -> String {
        oneLine(text).reduce(into: "") { result, character in
            if special.contains(character) { result.append("\\") }
            result.append(character)
        }
    }

    /// What `escaped` was made of.
    package static func unescaped(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            if character == "\\", let next = rest.first, special.contains(next) {
                result.append(next)
                rest.removeFirst()
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// `text` with blanks for its line ends.
    package static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }.joined(separator: " ")
            .trimmingBlanks
    }

    /// `content` as a code span, whatever backticks it holds.
    package static func codeSpan(_ content: String) -> String {
        var longest = 0
        var run = 0
        for character in content {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let marks = String(repeating: "`", count: longest + 1)
        let padded = longest > 0 || content.hasPrefix(" ") ? " \(content) " : content
        return marks + padded + marks
    }
}
