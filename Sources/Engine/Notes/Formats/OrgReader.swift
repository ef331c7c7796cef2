import Manuscript

/// Reads Org: outlines, keywords, drawers, lists, tables and blocks.
///
/// Every line is looked at once and belongs to the innermost thing that is open, so any text is read in linear
/// time. A block that isn't closed ends at the next heading, as in Org itself.
///
/// Limits: emphasis and footnotes keep their marks; macros, includes and `#+STARTUP` are passed over;
/// inline tasks are headings.
package struct OrgReader {
    /// Deeper headings count as this deep.
    package static let deepest = 12

    private enum Inside {
        case text
        /// Until `#+end_NAME`; nil drops what is in it.
        case block(name: String, kind: BlockKind?)
        /// Until `:END:`; fields are kept of the file's own properties.
        case drawer(keepsFields: Bool)
    }

    private var content = NoteContent()
    private var inside = Inside.text
    private var kind = BlockKind.paragraph
    private var lines: [SourceLine] = []
    private var keywords: Set<String> = [
        "TODO", "DONE", "NEXT", "WAIT", "WAITING", "HOLD", "STARTED", "CANCELLED", "CANCELED",
    ]
    private var isBeforeHeadings = true
    private var blanks = 0

    /// The content of a text in Org; O(n).
    package static func read(_ source: String) -> NoteContent {
        var reader = OrgReader()
        for line in SourceLines.split(Array(source.utf8)[...], firstLine: 1) { reader.read(line) }
        reader.flush()
        reader.content.title = reader.content.title ?? reader.content.mainHeading
        return reader.content
    }

    private mutating func read(_ line: SourceLine) {
        if let (level, title) = OrgReader.heading(line.text) {
            inside = .text
            flush()
            isBeforeHeadings = false
            return heading(line, level, title)
        }
        let text = line.text.drop { $0 == " " || $0 == "\t" }
        switch inside {
        case .block(let name, let kind):
            if OrgReader.keyword(text).map({ $0.name == "end_" + name }) == true {
                inside = .text
                flush()
            } else if kind != nil {
                lines.append(line)
            }
        case .drawer(let keepsFields):
            if text.lowercased() == ":end:" {
                inside = .text
            } else if keepsFields, let (key, value) = OrgReader.property(text) {
                content.fields[key] = value
            }
        case .text:
            read(text, of: line)
        }
    }

    private mutating func read(_ text: Substring, of line: SourceLine) {
        if text.isEmpty {
            blanks += 1
            // A list goes on behind one blank line when what follows is indented or an item.
            if kind != .list || blanks > 1 { flush() }
            return
        }
        defer { blanks = 0 }
        if let (name, value) = OrgReader.keyword(text) {
            flush()
            return keyword(name, value)
        }
        if text == "#" || text.hasPrefix("# ") { return flush() }
        if OrgReader.isDrawer(text) {
            flush()
            inside = .drawer(keepsFields: isBeforeHeadings && text.lowercased() == ":properties:")
            return
        }
        if OrgReader.isPlanning(text) || OrgReader.isRule(text) { return flush() }
        let isIndented = text.startIndex != line.text.startIndex
        let found: BlockKind
        if OrgReader.isItem(text, isIndented: isIndented) {
            found = .list
        } else if text.hasPrefix("|") {
            found = .table
        } else if text == ":" || text.hasPrefix(": ") {
            found = .code
        } else {
            found = kind == .list && !lines.isEmpty && isIndented ? .list : .paragraph
        }
        if found != kind || found == .paragraph && blanks > 0 { flush() }
        kind = found
        let shown = found == .code ? String(text.dropFirst(2)) : WikiLinks.org(line.text)
        if found == .table, text.hasPrefix("|-") { return }
        lines.append(SourceLine(number: line.number, text: shown))
    }

    private mutating func flush() {
        if !lines.isEmpty { content.blocks.append(NoteBlock(kind: kind, lines: lines)) }
        lines = []
        kind = .paragraph
        blanks = 0
    }

    private mutating func heading(_ line: SourceLine, _ level: Int, _ text: Substring) {
        var rest = text
        let word = rest.prefix { $0 != " " }
        if keywords.contains(String(word)) { rest = rest[word.endIndex...].drop { $0 == " " } }
        if rest.hasPrefix("[#"), let end = rest.firstIndex(of: "]"),
            rest.distance(from: rest.startIndex, to: end) == 3
        {
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        var title = String(rest)
        if let blank = rest.lastIndex(where: { $0 == " " || $0 == "\t" }) ?? rest.indices.first,
            let tags = OrgReader.tags(rest[blank...])
        {
            tags.forEach { content.add(tag: $0) }
            title = String(rest[..<blank])
        }
        while title.last?.isWhitespace == true { title.removeLast() }
        title = WikiLinks.org(title)
        content.blocks.append(
            NoteBlock(kind: .heading(level: min(level, OrgReader.deepest)), lines: [line], title: title))
    }

    private mutating func keyword(_ name: String, _ value: String) {
        if name.hasPrefix("begin_") {
            let block = String(name.dropFirst(6))
            switch block {
            case "src", "example": kind = .code
            case "comment", "export":
                inside = .block(name: block, kind: nil)
                return
            default: kind = .paragraph
            }
            inside = .block(name: block, kind: kind)
            return
        }
        switch name {
        case "title":
            // Several lines of title are one, as in Org.
            if !value.isEmpty { content.title = content.title.map { $0 + " " + value } ?? value }
        case "date":
            content.date = OrgReader.date(value) ?? content.date
        case "filetags":
            for tag in value.split(whereSeparator: { $0 == ":" || $0 == " " || $0 == "\t" }) {
                content.add(tag: String(tag))
            }
        case "todo", "seq_todo", "typ_todo":
            for word in value.split(separator: " ") where word != "|" {
                keywords.insert(String(word.prefix { $0 != "(" }))
            }
            return
        case "author", "email", "description", "subtitle", "category", "language", "keywords":
            break
        default:
            return
        }
        if content.fields.count < 200 { content.fields[name] = value }
    }
}
