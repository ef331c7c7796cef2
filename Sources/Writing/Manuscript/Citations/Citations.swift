import Diagnostics
import TextCore

/// A footnote that cites a note of the project.
public struct Citation: Sendable, Hashable {
    /// The footnote's label, as in `[^label]`.
    public var label: String
    /// The note's title, as it was when cited.
    public var title: String
    /// The note's path, relative to the project.
    public var note: String
    /// The note's line, counted from 1.
    public var line: Int?
    /// The headings above the cited line, as they were when cited; nil where the footnote names none.
    public var heading: String?
    /// What the writer added behind the citation.
    public var remark: String?
    /// The article's line with the definition, counted from 1.
    public var definitionLine: Int
    /// The definition in the article, in UTF-8 bytes.
    public var range: Range<Int>

    /// A citation of these parts; `Citations.parse` reads them from an article.
    public init(
        label: String, title: String, note: String, line: Int? = nil, heading: String? = nil,
        remark: String? = nil, definitionLine: Int = 1, range: Range<Int> = 0..<0
    ) {
        self.label = label
        self.title = title
        self.note = note
        self.line = line
        self.heading = heading
        self.remark = remark
        self.definitionLine = definitionLine
        self.range = range
    }
}

/// The footnotes by which an article cites notes: written in a form people read, and read back.
///
/// The form is ``[^label]: Title, *Heading* — `notes/x.md:12` ``. It is a footnote of plain Markdown:
/// every other tool shows it as one.
public enum Citations {
    /// The definition of a footnote that cites `path`, one line without its end.
    public static func footnote(
        label: String, title: String, path: String, line: Int, heading: String
    ) -> String {
        var text = CitationForm.escaped(plainText(title))
        let heading = CitationForm.escaped(plainText(heading))
        if !heading.isEmpty { text += (text.isEmpty ? "" : ", ") + "*\(heading)*" }
        if !text.isEmpty { text += " " }
        return "[^\(label)]: \(text)— \(CitationForm.codeSpan("\(CitationForm.oneLine(plainText(path))):\(line)"))"
    }

    /// The citations of `article`, in the order of their definitions. Of one label, all definitions
    /// are given; the first is the one that counts.
    public static func parse(_ article: String) -> [Citation] {
        Footnotes(MarkdownTree(bytes: Array(article.utf8))).definitions.compactMap { definition in
            guard let text = definition.text, let form = CitationForm(String(decoding: text.bytes, as: UTF8.self))
            else { return nil }
            return Citation(
                label: definition.label, title: form.title, note: form.path, line: form.line,
                heading: form.heading, remark: form.remark, definitionLine: definition.line,
                range: definition.range)
        }
    }

    /// A label for citing `path` that no footnote of `article` has: the file's name, and a number
    /// when it is taken.
    public static func nextLabel(for path: String, in article: String) -> String {
        let slug = slug(path)
        let taken = labels(Array(article.utf8))
        guard taken.contains(slug) else { return slug }
        var number = 2
        while taken.contains("\(slug)-\(number)") { number += 1 }
        return "\(slug)-\(number)"
    }

    /// The label under which `article` cites this line of this note already.
    public static func existingLabel(path: String, line: Int, in article: String) -> String? {
        let note = CitationForm.oneLine(plainText(path))
        return parse(article).first { $0.note == note && $0.line == line }?.label
    }

    /// One edit that quotes a passage behind the block at `offset`, begins a paragraph behind the quotation, and defines the
    /// footnote at the article's end. A line of a note cited before keeps its footnote.
    ///
    /// - Parameters:
    ///   - text: the article; the edit fits this text only.
    ///   - offset: a UTF-8 offset in the block to quote behind.
    public static func quotationEdit(_ source: QuotationSource, in text: Text, at offset: Int) -> Edit {
        let article = text.string
        var planner = QuotationPlan(bytes: Array(article.utf8), offset: offset)
        let existing = existingLabel(path: source.path, line: source.line, in: article)
        let label = existing ?? nextLabel(for: source.path, in: article)
        let definition =
            existing == nil
            ? footnote(
                label: label, title: source.title, path: source.path, line: source.line, heading: source.heading)
            : nil
        planner.plan(quotation: Quotation.markdown(plainText(source.markdown), label: label), definition: definition)
        return Edit(
            changes: ChangeSet(length: text.utf8Count, replacing: planner.replacements),
            selection: Selection(planner.caret), origin: .quotation(passage: source.passageID))
    }

    /// A label of the file's name: letters, digits and hyphens.
    private static func slug(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
        var result = ""
        for character in stem.lowercased() {
            if character.isLetter || character.isNumber {
                result.append(character)
            } else if !result.isEmpty, !result.hasSuffix("-") {
                result.append("-")
            }
            if result.utf8.count >= 48 { break }
        }
        while result.hasSuffix("-") { result.removeLast() }
        // A bare number would look like a numbered footnote, and be renumbered by eye.
        if result.allSatisfy(\.isNumber) { result = result.isEmpty ? "note" : "note-" + result }
        return result
    }

    /// All labels in `[^…]`, defined or referred to, in code too: none of them is free.
    private static func labels(_ bytes: [UInt8]) -> Set<String> {
        var result: Set<String> = []
        for i in bytes.indices where bytes[i] == UInt8(ascii: "[") {
            if let label = LineScan.footnoteLabel(bytes, i, bytes.count) {
                result.insert(Footnotes.key(String(decoding: bytes[label], as: UTF8.self)))
            }
        }
        return result
    }
}
