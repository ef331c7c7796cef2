import Diagnostics
import Manuscript

/// What is done to a model's text before it may stand in an article.
package enum AnswerText {
    /// Whether nothing in `text` could be read: blanks, what has no look, comments of HTML, and blanks spelt as in HTML.
    /// Reads no further than the first that can.
    package static func isBlank(_ text: String) -> Bool {
        var rest = Substring(plainText(text)).unicodeScalars
        while let first = rest.first {
            if first.properties.isWhitespace || first.properties.isDefaultIgnorableCodePoint {
                rest.removeFirst()
            } else if let length = invisibleMarkup(Substring(rest)) {
                rest.removeFirst(length)
            } else {
                return false
            }
        }
        return true
    }

    /// Scalars of the markup at the start of `text` that shows nothing; nil for what does. A comment without an end goes on to the last.
    private static func invisibleMarkup(_ text: Substring) -> Int? {
        if text.hasPrefix("<!--") {
            let end = text.firstRange(of: "-->")?.upperBound ?? text.endIndex
            return text.unicodeScalars.distance(from: text.startIndex, to: end)
        }
        let words = [
            "<br>", "<br/>", "<br />", "&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&zwnj;", "&zwj;", "&#160;", "&#xa0;",
            "&#8203;", "&#x200b;",
        ]
        let start = String(text.unicodeScalars.prefix(8)).lowercased()
        return words.first { start.hasPrefix($0) }?.unicodeScalars.count
    }

    /// `text` without blank lines at its start and blanks at its end.
    package static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let line = rest.firstIndex(of: "\n"), rest[..<line].allSatisfy(\.isWhitespace) {
            rest = rest[rest.index(after: line)...]
        }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    /// The part of an answer that is meant for the article.
    package static func body(of answer: String, sectionTitle: String) -> String {
        var text = trimmed(withoutThoughts(answer))
        text = withoutHeading(trimmed(withoutFence(text)), title: sectionTitle)
        if let fence = FenceScan.openFence(in: text) { text += "\n" + fence }
        return text
    }

    /// What models put around a thought.
    package static let thoughtTags = ["think", "thinking"]

    /// Some models write what they think before what they say, a piece or several.
    package static func withoutThoughts(_ text: String) -> String {
        var rest = text
        while true {
            let start = trimmed(rest).drop { $0.isWhitespace }
            guard let tag = thoughtTags.first(where: { start.hasPrefix("<\($0)>") }) else { return rest }
            guard let end = start.firstRange(of: "</\(tag)>") else { return "" }
            rest = String(start[end.upperBound...])
        }
    }

    /// Some put all of their Markdown in a fence.
    private static func withoutFence(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, ["```markdown", "```md", "```Markdown"].contains(first) else {
            return text
        }
        let inner = lines.dropFirst()
        // A fence of another language within is opened and closed before the last line.
        guard lines.count > 1, inner.last == "```",
            FenceScan.openFence(in: inner.dropLast().joined(separator: "\n")) == nil
        else { return inner.last == "```" ? text : inner.joined(separator: "\n") }
        return inner.dropLast().joined(separator: "\n")
    }

    private static func withoutHeading(_ text: String, title: String) -> String {
        let line = text.prefix { $0 != "\n" }
        let marks = line.prefix { $0 == "#" }
        guard (1...6).contains(marks.count), !title.isEmpty else { return text }
        var heading = line.dropFirst(marks.count).drop { $0 == " " }
        while let last = heading.last, last == " " || last == "#" { heading.removeLast() }
        guard heading.lowercased() == title.lowercased() else { return text }
        return trimmed(String(text.dropFirst(line.count)))
    }
}
