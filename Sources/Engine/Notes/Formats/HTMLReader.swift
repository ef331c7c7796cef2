import Manuscript

/// Reads HTML as text: headings, paragraphs, lists, tables and preformatted blocks. Nothing in it is run,
/// fetched or believed; what is no text of the page is dropped.
///
/// Every byte is passed over once, so any text is read in linear time.
///
/// Limits: styles aren't applied, so hidden text is text; of a table the cells of a row stand on one line.
package struct HTMLReader {
    private var content = NoteContent()
    private var kind = BlockKind.paragraph
    private var lines: [SourceLine] = []
    private var current: [UInt8] = []
    private var currentLine = 0
    private var lists = 0
    private var tables = 0
    private var preformatted = 0
    private var heading: Int?

    /// The content of a page of HTML, however broken; O(n).
    package static func read(_ source: String) -> NoteContent {
        var reader = HTMLReader()
        var tokens = HTMLTokens(Array(source.utf8))
        while let token = tokens.next() { reader.read(token) }
        reader.flush()
        reader.content.title = reader.content.title ?? reader.content.mainHeading
        return reader.content
    }

    private mutating func read(_ token: HTMLTokens.Token) {
        switch token {
        case .text(let bytes, let line): text(bytes, line)
        case .open(let name, let attributes, let line): open(name, attributes, line)
        case .close(let name): close(name)
        case .raw(let name, let bytes):
            if name == "title", content.title == nil {
                let title = HTMLReader.collapsed(HTMLEntities.decode(bytes))
                if !title.isEmpty { content.title = title }
            }
        }
    }

    private mutating func text(_ bytes: ArraySlice<UInt8>, _ line: Int) {
        var number = line
        var start = bytes.startIndex
        while start <= bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            append(HTMLEntities.decode(bytes[start..<end]), number)
            guard end < bytes.endIndex else { return }
            // The lines of the source stay lines: a passage names them.
            if tables > 0, preformatted == 0 { append([0x20], number) } else { endLine(keepsEmpty: preformatted > 0) }
            number += 1
            start = end + 1
        }
    }

    private mutating func append(_ bytes: [UInt8], _ line: Int) {
        if current.isEmpty { currentLine = line }
        if preformatted > 0 {
            current += bytes.filter { $0 != 0x0D }
            return
        }
        for byte in bytes {
            if byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0C || byte == 0x0A {
                if !current.isEmpty, current.last != 0x20 { current.append(0x20) }
            } else {
                if current.isEmpty { currentLine = line }
                current.append(byte)
            }
        }
    }

    private mutating func endLine(keepsEmpty: Bool = false) {
        if isBareBullet { return }
        while let last = current.last, last == 0x20 || last == 0x09 { current.removeLast() }
        if !current.isEmpty || keepsEmpty && !lines.isEmpty {
            let number = current.isEmpty ? (lines.last?.number ?? 0) + 1 : currentLine
            lines.append(SourceLine(number: number, text: String(decoding: current, as: UTF8.self)))
        }
        current.removeAll(keepingCapacity: true)
    }

    private mutating func flush() {
        if isBareBullet { current = [] }
        endLine()
        defer {
            lines = []
            heading = nil
        }
        while lines.last?.text.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else { return }
        if let level = heading {
            let title = lines.map(\.text).joined(separator: " ")
            content.blocks.append(NoteBlock(kind: .heading(level: level), lines: lines, title: title))
        } else {
            content.blocks.append(NoteBlock(kind: kind, lines: lines))
        }
    }

    // MARK: Tags

    private mutating func open(_ name: String, _ attributes: ArraySlice<UInt8>, _ line: Int) {
        switch name {
        case "br":
            endLine()
        case "h1", "h2", "h3", "h4", "h5", "h6":
            flush()
            heading = Int(name.utf8.last! - 0x30)
        case "ul", "ol":
            if lists == 0 { flush() } else { endLine() }
            lists += 1
            setKind()
        case "li":
            endLine()
            current = Array("- ".utf8)
            currentLine = line
        case "table":
            if tables == 0 { flush() } else { endLine() }
            tables += 1
            setKind()
        case "tr":
            endLine()
        case "td", "th":
            if current.contains(where: { $0 != 0x20 }) { append(Array(" | ".utf8), line) }
        case "pre":
            flush()
            preformatted += 1
            setKind()
        case "meta":
            meta(attributes)
        default:
            if HTMLReader.blocks.contains(name) { boundary() }
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "h1", "h2", "h3", "h4", "h5", "h6":
            flush()
        case "ul", "ol":
            if lists == 1 { flush() } else { endLine() }
            lists = max(0, lists - 1)
            setKind()
        case "table":
            if tables == 1 { flush() } else { endLine() }
            tables = max(0, tables - 1)
            setKind()
        case "pre":
            flush()
            preformatted = max(0, preformatted - 1)
            setKind()
        case "li", "tr":
            if isBareBullet { current = [] }
            endLine()
        default:
            if HTMLReader.blocks.contains(name) { boundary() }
        }
    }

    /// A list's item that has no text yet: its bullet waits for it.
    private var isBareBullet: Bool { current == Array("- ".utf8) }

    /// A paragraph's end: inside of a list or a table, a line's.
    private mutating func boundary() {
        if tables > 0 { return append([0x20], currentLine) }
        if lists > 0 || preformatted > 0 { endLine() } else { flush() }
    }

    private mutating func setKind() {
        kind = preformatted > 0 ? .code : lists > 0 ? .list : tables > 0 ? .table : .paragraph
    }

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "legend", "main",
        "nav", "p", "section", "summary",
    ]

    /// What a page says of itself, as far as notes have a place for it.
    private mutating func meta(_ attributes: ArraySlice<UInt8>) {
        let found = HTMLTokens.attributes(attributes)
        guard let name = found["name"]?.lowercased(), let bytes = found["content"] else { return }
        let value = HTMLReader.collapsed(HTMLEntities.decode(Array(bytes.utf8)[...]))
        guard !value.isEmpty else { return }
        switch name {
        case "author", "description": content.fields[name] = value
        case "date", "dcterms.date", "dc.date":
            content.date = content.date ?? CalendarDay.leading(value)
        case "keywords":
            for tag in value.split(separator: ",").prefix(50) {
                content.add(tag: HTMLReader.collapsed(Array(tag.utf8)))
            }
        default: break
        }
    }

    private static func collapsed(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
