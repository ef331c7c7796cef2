import Manuscript
import Retrieval
import Review

/// A model's text whose numbered markers have become footnotes that cite notes.
///
/// `[^1]`, `[1]`, `[1][2]`, `[1, 2]` and `[^1, ^2]` are read outside of code; links and images are
/// left alone. What a number means is decided by the order of the passages only, never by the text.
///
/// Limit: code indented by four blanks counts as text.
public struct Grounding: Sendable, Equatable {
    /// The text with `[^label]` in the markers' place. Unknown markers stay as they are.
    public var text: String
    /// Definitions of the labels the article doesn't define yet, one line each.
    public var definitions: [String]
    /// The passages cited, in the order of their first marker.
    public var used: [Passage]
    /// Markers that name no passage and no footnote of the article, as written, each once.
    public var unknownMarkers: [String]

    /// - Parameters:
    ///   - passages: in the order of their numbers.
    ///   - article: what has labels already; a line of a note cited before keeps its label.
    ///   - firstNumber: the number of the first passage.
    public static func resolve(
        _ text: String, passages: [Passage], in article: String, firstNumber: Int = 1
    ) -> Grounding {
        var resolver = Resolver(
            passages: passages, firstNumber: firstNumber, article: article, text: text)
        return resolver.resolve(text)
    }

    /// A number past every numbered footnote of `article`: there, a passage's number can't be mistaken
    /// for a footnote of the writer's.
    public static func firstNumber(in article: String) -> Int {
        let bytes = Array(article.utf8)
        var highest = 0
        for i in bytes.indices where bytes[i] == UInt8(ascii: "[") {
            guard let marker = Marker(bytes, at: i), marker.isFootnote else { continue }
            highest = max(highest, marker.numbers.max() ?? 0)
        }
        return highest + 1
    }
}

/// Something in brackets that may cite: numbers, or the label of a footnote.
struct Marker {
    /// Whether it is written `[^…]`.
    var isFootnote: Bool
    /// Empty for a label that isn't a number.
    var numbers: [Int]
    /// What stands in the brackets, without `^`.
    var label: String
    /// Behind the closing bracket.
    var end: Int

    /// The marker that begins at the `[` at `start`; nil when there is none.
    init?(_ bytes: [UInt8], at start: Int) {
        var i = start + 1
        isFootnote = i < bytes.count && bytes[i] == UInt8(ascii: "^")
        if isFootnote { i += 1 }
        let from = i
        while i < bytes.count, bytes[i] != UInt8(ascii: "]") {
            if bytes[i] == UInt8(ascii: "[") || bytes[i] < 0x20 || i - from > 120 { return nil }
            i += 1
        }
        guard i < bytes.count, i > from else { return nil }
        end = i + 1
        label = String(decoding: bytes[from..<i], as: UTF8.self)
        numbers = Marker.numbers(label) ?? []
        if numbers.isEmpty, !isFootnote || label.contains(where: \.isWhitespace) { return nil }
    }

    /// The numbers in `1`, `1, 2`, `1; ^2`; nil when anything else is there.
    private static func numbers(_ label: String) -> [Int]? {
        var result: [Int] = []
        for part in label.split(omittingEmptySubsequences: false, whereSeparator: { ",;，、".contains($0) }) {
            var digits = part.drop { $0 == " " || $0 == "^" }
            while digits.last == " " { digits.removeLast() }
            guard (1...4).contains(digits.utf8.count),
                digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
            else { return nil }
            result.append(number)
        }
        return result
    }
}

private struct Resolver {
    let passages: [Passage]
    let firstNumber: Int
    let article: String
    /// Footnotes that are defined in the article or in the text itself, in lower case.
    let defined: Set<String>
    var definitions: [String] = []
    var used: [Passage] = []
    var unknown: [String] = []
    /// Labels given so far, by the place of the passage.
    var labels: [Int: String] = [:]

    init(passages: [Passage], firstNumber: Int, article: String, text: String) {
        self.passages = passages
        self.firstNumber = firstNumber
        self.article = article
        var defined: Set<String> = []
        for block in MarkdownBlocks.parse(article) + MarkdownBlocks.parse(text) {
            if case .footnoteDefinition(let label) = block.kind { defined.insert(label.lowercased()) }
        }
        self.defined = defined
    }

    mutating func resolve(_ text: String) -> Grounding {
        var lines: [String] = []
        var fences = FenceScan()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if fences.isCode(line) {
                lines.append(String(line))
            } else if !definesPassage(line) {
                lines.append(resolve(line: Array(line.utf8)))
            }
        }
        return Grounding(
            text: AnswerText.trimmed(lines.joined(separator: "\n")), definitions: definitions,
            used: used, unknownMarkers: unknown)
    }

    /// Models like to end with a list of the passages; the footnotes defined here take its place.
    private func definesPassage(_ line: Substring) -> Bool {
        let bytes = Array(line.utf8)
        guard bytes.first == UInt8(ascii: "["), let marker = Marker(bytes, at: 0), marker.isFootnote,
            marker.end < bytes.count, bytes[marker.end] == UInt8(ascii: ":"), marker.numbers.count == 1
        else { return false }
        return index(marker.numbers[0]) != nil
    }

    private func index(_ number: Int) -> Int? {
        let index = number - firstNumber
        return passages.indices.contains(index) ? index : nil
    }

    private mutating func resolve(line bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 16)
        var i = 0
        var markerEnd = -1
        while i < bytes.count {
            switch bytes[i] {
            case UInt8(ascii: "\\"):
                let next = min(i + 2, bytes.count)
                out += bytes[i..<next]
                i = next
            case UInt8(ascii: "`"):
                let next = Resolver.codeEnd(bytes, i)
                out += bytes[i..<next]
                i = next
            case UInt8(ascii: "["):
                if let marker = Marker(bytes, at: i), stands(marker, bytes, i, markerEnd),
                    let footnotes = footnotes(marker, String(decoding: bytes[i..<marker.end], as: UTF8.self))
                {
                    // A footnote leans on its word.
                    if !out.allSatisfy({ $0 == 0x20 }) {
                        while out.last == 0x20 { out.removeLast() }
                    }
                    out += Array(footnotes.utf8)
                    i = marker.end
                    markerEnd = i
                } else {
                    out.append(bytes[i])
                    i += 1
                }
            default:
                out.append(bytes[i])
                i += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Whether brackets are a marker rather than a part of a link or an image.
    private func stands(_ marker: Marker, _ bytes: [UInt8], _ start: Int, _ markerEnd: Int) -> Bool {
        if marker.isFootnote { return true }
        if start > 0, bytes[start - 1] == UInt8(ascii: "!") { return false }
        if start > 0, bytes[start - 1] == UInt8(ascii: "]"), markerEnd != start { return false }
        guard marker.end < bytes.count else { return true }
        if bytes[marker.end] == UInt8(ascii: "(") { return false }
        return !(start == 0 && bytes[marker.end] == UInt8(ascii: ":"))
    }

    /// The footnotes for a marker's numbers; nil to leave it as it is.
    private mutating func footnotes(_ marker: Marker, _ written: String) -> String? {
        if marker.isFootnote, defined.contains(marker.label.lowercased()),
            marker.numbers.allSatisfy({ index($0) == nil })
        {
            return nil
        }
        let indices = marker.numbers.compactMap(index)
        guard !indices.isEmpty, indices.count == marker.numbers.count else {
            // A bare number may be a year or an omission; a small one was meant to cite.
            if marker.isFootnote || (!passages.isEmpty && marker.numbers.allSatisfy { $0 < 100 }),
                !unknown.contains(written)
            {
                unknown.append(written)
            }
            return nil
        }
        var result = ""
        for index in indices {
            let footnote = "[^\(label(index))]"
            if !result.contains(footnote) { result += footnote }
        }
        return result
    }

    private mutating func label(_ index: Int) -> String {
        if let label = labels[index] { return label }
        let passage = passages[index]
        used.append(passage)
        let sofar = definitions.joined(separator: "\n\n")
        let label: String
        if let existing = Citations.existingLabel(path: passage.path, line: passage.line, in: article)
            ?? Citations.existingLabel(path: passage.path, line: passage.line, in: sofar)
        {
            label = existing
        } else {
            label = Citations.nextLabel(for: passage.path, in: article + "\n\n" + sofar)
            definitions.append(
                Citations.footnote(
                    label: label, title: passage.title, path: passage.path, line: passage.line,
                    heading: passage.heading))
        }
        labels[index] = label
        return label
    }

    /// Behind the code span that begins at `start`; behind its backticks when it doesn't end.
    private static func codeEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        func run(_ i: Int) -> Int {
            var end = i
            while end < bytes.count, bytes[end] == UInt8(ascii: "`") { end += 1 }
            return end
        }
        let open = run(start)
        var i = open
        while i < bytes.count {
            let end = run(i)
            if end - i == open - start { return end }
            i = max(end, i + 1)
        }
        return open
    }
}
