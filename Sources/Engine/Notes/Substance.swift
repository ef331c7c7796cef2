import Manuscript
import TextCore

/// Whether a text says something, or is only a frame for what others say: marks of lists, quotations and footnotes, rules, tags, images,
/// addresses, a link alone.
///
/// Several links with words of their own are a reading list, and that says something; links to other notes by their names don't.
package enum Substance {
    /// - Parameter passingPointers: whether "See" before a link says nothing either.
    package static func isEmpty(_ text: String, passingPointers: Bool = false) -> Bool {
        var scan = SubstanceScan(passesPointers: passingPointers)
        for line in text.split(separator: "\n") where scan.finds(line.unicodeScalars) { return false }
        return scan.links < 2 && (scan.hasLink || !scan.hasPointer)
    }

    /// The parts of a passage one of which is shown for it: its sentences, each item of a list and each row of a table, and of these those
    /// that say something; all where none does.
    package static func sentences(of text: String) -> [String] {
        var parts: [String] = []
        var part: [Substring] = []
        var isBehindRow = false
        func close() {
            parts += Sentences.split(part.joined(separator: "\n"))
            part = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let rest = SubstanceScan.withoutMarks(line.unicodeScalars)
            let isRow = rest.first == "|"
            defer { isBehindRow = isRow }
            if isRow || rest.startIndex > line.unicodeScalars.drop(while: SubstanceScan.isBlank).startIndex {
                close()
                // Without its mark, which would be a sentence of its own ("1.").
                part = [Substring(String(rest))]
                if isRow {
                    // The row above a rule names the columns.
                    if isRule(part[0]), isBehindRow {
                        parts.removeLast()
                    } else {
                        parts.append(part[0].trimmingPrefix("|").trimmed)
                    }
                    part = []
                }
            } else if SubstanceScan.isFence(line.unicodeScalars) {
                close()
            } else {
                part.append(line)
            }
        }
        close()
        let saying = parts.filter { !isEmpty($0, passingPointers: true) }
        return saying.isEmpty ? Sentences.split(text) : saying
    }

    private static func isRule(_ row: Substring) -> Bool { row.utf8.allSatisfy { "|:- \t".utf8.contains($0) } }

    /// Whether code says something: all but its fences does.
    package static func isEmptyCode(_ text: String) -> Bool {
        !text.split(separator: "\n").contains { line in
            !SubstanceScan.isFence(line.unicodeScalars)
                && line.unicodeScalars.contains { $0.isTermPart || $0.isUnspaced }
        }
    }
}

/// Looks for words in lines of Markdown, and counts the links on the way.
private struct SubstanceScan {
    typealias Scalars = Substring.UnicodeScalarView

    let passesPointers: Bool
    /// Links with words in their text.
    private(set) var links = 0
    private(set) var hasLink = false
    /// Words that only lead to a link.
    private(set) var hasPointer = false

    init(passesPointers: Bool) { self.passesPointers = passesPointers }

    private static let pointers: Set<String> = [
        "see", "also", "cf", "compare", "and", "or", "siehe", "auch", "vgl", "und", "voir", "aussi", "et", "véase", "y",
        "vedi", "e",
    ]
    private static let unspacedPointers = ["另见", "参见", "参看", "参考", "见", "參見", "另見", "和"]

    /// Whether a line has words that belong to no link.
    mutating func finds(_ line: Scalars) -> Bool {
        if Self.isFence(line) { return false }
        var rest = Self.withoutMarks(line)
        if Self.isLinkDefinition(rest) { return false }
        while let scalar = rest.first {
            switch scalar {
            case "!" where rest.dropFirst().first == "[":
                rest = Self.behindBrackets(rest.dropFirst())?.rest ?? rest.dropFirst()
            case "[":
                guard let link = Self.behindBrackets(rest) else {
                    rest = rest.dropFirst()
                    continue
                }
                // What is in brackets and isn't a link is text.
                guard link.isLink else {
                    if Self.hasWords(link.text) { return true }
                    rest = link.rest
                    continue
                }
                hasLink = true
                if link.isCounted, Self.hasWords(link.text) { links += 1 }
                rest = link.rest
            case "<": rest = Self.behindTag(rest) ?? rest.dropFirst()
            case "&": rest = Self.behindEntity(rest) ?? rest.dropFirst()
            default:
                if let address = Self.behindAddress(rest) {
                    hasLink = true
                    rest = address
                } else if passesPointers, let behind = Self.behindPointer(rest) {
                    hasPointer = true
                    rest = behind
                } else if scalar.isTermPart || scalar.isUnspaced {
                    return true
                } else {
                    rest = rest.dropFirst()
                }
            }
        }
        return false
    }

    static func isFence(_ line: Scalars) -> Bool {
        FenceScan.beginsWithMarks(line.drop { $0 == " " || $0 == "\t" || $0 == ">" })
    }

    private static func hasWords(_ text: Scalars) -> Bool { text.contains { $0.isTermPart || $0.isUnspaced } }

    private static func behindPointer(_ rest: Scalars) -> Scalars? {
        if let word = unspacedPointers.first(where: { rest.starts(with: $0.unicodeScalars) }) {
            return rest.dropFirst(word.unicodeScalars.count)
        }
        let word = rest.prefix(10).prefix { $0.isTermPart && !$0.isUnspaced }
        return pointers.contains(String(word).lowercased()) ? rest[word.endIndex...] : nil
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }

    /// Behind the marks of quotations, list items, tasks and footnotes. Notes come from many formats, so this knows more
    /// bullets than `LineScan.listMarker`, and fewer numbers.
    static func withoutMarks(_ line: Scalars) -> Scalars {
        var rest = line.drop(while: isBlank)
        while let mark = rest.first {
            var next = rest
            if mark == ">" {
                next = rest.dropFirst()
            } else if "-*+•".unicodeScalars.contains(mark) {
                next = afterMark(rest.dropFirst()) ?? rest
            } else if ("0"..."9").contains(mark) {
                let behind = rest.drop { ("0"..."9").contains($0) }
                if let sign = behind.first, sign == "." || sign == ")",
                    rest.distance(from: rest.startIndex, to: behind.startIndex) < 4
                {
                    // Four digits are a year at the start of a line.
                    next = afterMark(behind.dropFirst()) ?? rest
                }
            } else if mark == "[", let close = rest.firstIndex(of: "]") {
                let inner = rest[rest.index(after: rest.startIndex)..<close]
                let behind = rest[rest.index(after: close)...]
                if inner.count == 1, " xX".unicodeScalars.contains(inner[inner.startIndex]) {
                    next = afterMark(behind) ?? rest
                } else if inner.first == "^", behind.first == ":" {
                    next = behind.dropFirst()
                }
            }
            next = next.drop(while: isBlank)
            guard next.startIndex > rest.startIndex else { break }
            rest = next
        }
        return rest
    }

    /// A mark counts only before a blank or at the end.
    private static func afterMark(_ rest: Scalars) -> Scalars? { rest.first.map(isBlank) ?? true ? rest : nil }

    /// `[label]: address`
    private static func isLinkDefinition(_ line: Scalars) -> Bool {
        guard line.first == "[", let close = line.firstIndex(of: "]") else { return false }
        let behind = line[line.index(after: close)...]
        guard behind.first == ":" else { return false }
        let address = behind.dropFirst().drop(while: isBlank).prefix { !isBlank($0) }
        return address.contains("/") || address.contains(".") || address.contains("#") || address.contains("@")
    }

    private struct Bracketed {
        var text: Scalars
        var isLink: Bool
        /// Its text is somebody's words about it, and not the name of a note.
        var isCounted: Bool
        var rest: Scalars
    }

    /// The bracket that `rest` begins with; nil where it isn't closed in this line.
    private static func behindBrackets(_ rest: Scalars) -> Bracketed? {
        guard let close = closing(rest, "[", "]") else { return nil }
        let text = rest[rest.index(after: rest.startIndex)..<close]
        let behind = rest[rest.index(after: close)...]
        if text.first == "^" { return Bracketed(text: text, isLink: true, isCounted: false, rest: behind) }
        if text.first == "[", text.last == "]" {
            // Org has words behind a link's target.
            let words = String(text).firstRange(of: "][").map { String(text)[$0.upperBound...].unicodeScalars }
            return Bracketed(text: words ?? text, isLink: true, isCounted: words != nil, rest: behind)
        }
        if behind.first == "(", let end = closing(behind, "(", ")") {
            // A badge is an image that links, and says nothing more than that.
            return Bracketed(
                text: text, isLink: true, isCounted: text.first != "!", rest: behind[behind.index(after: end)...])
        }
        if behind.first == "[", let end = closing(behind, "[", "]") {
            return Bracketed(text: text, isLink: true, isCounted: true, rest: behind[behind.index(after: end)...])
        }
        return Bracketed(text: text, isLink: false, isCounted: false, rest: behind)
    }

    private static func closing(_ rest: Scalars, _ open: Unicode.Scalar, _ close: Unicode.Scalar) -> Scalars.Index? {
        var depth = 0
        // No link is longer, and a line of nothing but brackets isn't read again from each.
        for index in rest.indices.prefix(2_048) {
            if rest[index] == open { depth += 1 }
            if rest[index] == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// Behind a tag, a comment or an address in angle brackets.
    private static func behindTag(_ rest: Scalars) -> Scalars? {
        guard let next = rest.dropFirst().first, next.isASCII,
            next.properties.isAlphabetic || "/!?".unicodeScalars.contains(next),
            let close = rest.prefix(2_048).firstIndex(of: ">")
        else { return nil }
        return rest[rest.index(after: close)...]
    }

    /// Behind `&nbsp;` or `&#160;`.
    private static func behindEntity(_ rest: Scalars) -> Scalars? {
        guard let end = rest.prefix(12).firstIndex(of: ";"), end > rest.index(after: rest.startIndex),
            rest[rest.index(after: rest.startIndex)..<end].allSatisfy({ $0.isASCII && ($0.isTermPart || $0 == "#") })
        else { return nil }
        return rest[rest.index(after: end)...]
    }

    /// Behind `https://…`, `mailto:…` or `www.…`, to the next blank.
    private static func behindAddress(_ rest: Scalars) -> Scalars? {
        let name = rest.prefix(12).prefix { $0.isASCII && $0.properties.isAlphabetic }
        guard !name.isEmpty else { return nil }
        let behind = rest[name.endIndex...]
        let isAddress =
            behind.starts(with: "://".unicodeScalars) || behind.first == "." && String(name).lowercased() == "www"
            || behind.first == ":" && String(name).lowercased() == "mailto"
        // Chinese stands right behind an address.
        return isAddress ? rest.drop { !isBlank($0) && $0.value < 0x2E80 } : nil
    }
}

extension Substring {
    /// Without the bar at a table row's end, and blanks.
    fileprivate var trimmed: String {
        var rest = self
        while let last = rest.last, last == "|" || last.isWhitespace { rest.removeLast() }
        return String(rest.drop(while: \.isWhitespace))
    }
}
