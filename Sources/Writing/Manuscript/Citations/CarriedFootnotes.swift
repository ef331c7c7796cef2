import TextCore

/// The footnotes that a piece of an article refers to and that are defined elsewhere in it: they go along to where it is pasted.
public struct CarriedFootnotes: Sendable {
    /// The piece that was cut or copied.
    public let text: String
    private var definitions: [(label: String, text: String)] = []

    /// The definitions that go along, a line or more each.
    public var footnotes: String { definitions.map(\.text).joined(separator: "\n") }

    /// nil where the piece refers to nothing that `article` defines outside of it.
    public init?(_ text: String, of article: Text) {
        guard text.utf8.contains(UInt8(ascii: "^")) else { return nil }
        self.text = text
        let piece = Footnotes(article: Array(text.utf8))
        let bytes = article.bytes(in: 0..<article.utf8Count)
        let all = Footnotes(article: bytes)
        var known = Set(piece.definitions.map { Footnotes.key($0.label) })
        var wanted = (piece.references + piece.definitions.flatMap(\.references)).map(\.label)
        while let label = wanted.first {
            wanted.removeFirst()
            guard known.insert(Footnotes.key(label)).inserted,
                let found = all.definitions.first(where: { Footnotes.key($0.label) == Footnotes.key(label) })
            else { continue }
            definitions.append((found.label, String(decoding: bytes[found.range], as: UTF8.self)))
            wanted += found.references.map(\.label)
        }
        if definitions.isEmpty { return nil }
    }

    /// The piece in place of the selection, and what `article` lacks of its footnotes behind those it has. A label that means
    /// something else there gets another name. nil where both would go to one place.
    public func pasted(into article: Text, _ selection: Selection) -> Edit? {
        let bytes = article.bytes(in: 0..<article.utf8Count)
        let blocks = MarkdownBlocks.parse(bytes: bytes)
        let position = DefinitionInsertion(blocks, bytes)
        let isBehind =
            selection.isEmpty && position.range.contains(selection.head)
            || selection.isEmpty && selection.head == position.range.upperBound
        guard
            isBehind || selection.range.upperBound < position.range.lowerBound
                || selection.range.lowerBound > position.range.upperBound
        else { return nil }
        let there = Footnotes(article: bytes)
        var taken = Set(
            (there.definitions.map(\.label) + there.references.map(\.label) + definitions.map(\.label)).map(
                Footnotes.key))
        var names: [String: String] = [:]
        var lacking: [String] = []
        for (label, text) in definitions {
            if let same = there.definitions.first(where: { Footnotes.key($0.label) == Footnotes.key(label) }) {
                if String(decoding: bytes[same.range], as: UTF8.self) == text { continue }
                let name = Self.freeName(like: label, taken)
                taken.insert(Footnotes.key(name))
                names[Footnotes.key(label)] = name
            }
            lacking.append(text)
        }
        let piece = Self.renamed(text, names)
        let added = lacking.map { Self.renamed($0, names) }.joined(separator: "\n")
        let end = selection.range.lowerBound + piece.utf8.count
        guard !added.isEmpty else {
            return Edit(
                changes: ChangeSet(length: bytes.count, replacing: [(range: selection.range, with: piece)]),
                selection: Selection(end), origin: .paste)
        }
        let lead = isBehind && position.lead.isEmpty ? "\n\n" : position.lead
        let definition = lead + added + position.tail
        var replacements: [(range: Range<Int>, with: String)] = [
            (selection.range, piece), (position.range, definition),
        ]
        if isBehind {
            replacements = [
                (position.range, article.slice(position.range.lowerBound..<selection.head) + piece + definition)
            ]
        } else if selection.range.lowerBound > position.range.lowerBound {
            replacements.reverse()
        }
        let changes = ChangeSet(length: bytes.count, replacing: replacements)
        let shift =
            !isBehind && selection.range.lowerBound > position.range.lowerBound
            ? definition.utf8.count - position.range.count : 0
        return Edit(changes: changes, selection: Selection(end + shift), origin: .paste)
    }

    private static func freeName(like label: String, _ taken: Set<String>) -> String {
        if let number = Int(label), number > 0, number < 1_000_000 {
            return String((taken.compactMap(Int.init).filter { $0 < 1_000_000 }.max() ?? number) + 1)
        }
        var number = 2
        while taken.contains(Footnotes.key("\(label)-\(number)")) { number += 1 }
        return "\(label)-\(number)"
    }

    /// `text` with other names for the labels of references and definitions that `names` has.
    private static func renamed(_ text: String, _ names: [String: String]) -> String {
        guard !names.isEmpty else { return text }
        var bytes = Array(text.utf8)
        let notes = Footnotes(article: bytes)
        var ranges = (notes.references + notes.definitions.flatMap(\.references)).map {
            ($0.range.lowerBound + 2..<$0.range.upperBound - 1, $0.label)
        }
        ranges += notes.definitions.map { note in
            let start = note.range.lowerBound + bytes[note.range].prefix { $0.isSpaceOrTab }.count + 2
            return (start..<start + note.label.utf8.count, note.label)
        }
        for (range, label) in ranges.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
            if let name = names[Footnotes.key(label)] { bytes.replaceSubrange(range, with: Array(name.utf8)) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Footnotes {
    fileprivate init(article bytes: [UInt8]) { self.init(MarkdownTree(bytes: bytes)) }
}
