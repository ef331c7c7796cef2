/// One export: first every footnote is given what it becomes, then the text is put together.
struct ExportPlan {
    /// What a footnote becomes.
    private enum Target {
        /// The place of its note in the references, from 1.
        case reference(Int)
        /// Its new number as a footnote.
        case footnote(Int)
    }

    private(set) var problems: [ExportProblem] = []
    private let bytes: [UInt8]
    private let blocks: [Block]
    private let footnotes: Footnotes
    private var targets: [String: Target] = [:]
    private var references: [ReferenceEntry] = []
    /// Indices into the definitions, in the order of their new numbers.
    private var numbered: [Int] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
        blocks = MarkdownBlocks.parse(bytes: bytes)
        footnotes = Footnotes(bytes: bytes, blocks: blocks)
    }

    private mutating func report(_ line: Int, _ reason: String) {
        problems.append(ExportProblem(line: line, reason: reason))
    }

    // MARK: Deciding

    mutating func resolve(_ find: (String) -> NoteReference?) {
        var places: [String: Int] = [:]
        for (index, definition) in footnotes.definitions.enumerated() {
            let key = Footnotes.key(definition.label)
            if let first = places[key] {
                report(
                    definition.line,
                    "the footnote [^\(definition.label)] is defined before, in line \(footnotes.definitions[first].line); this definition is left out"
                )
            } else {
                places[key] = index
            }
        }
        let citations = Dictionary(
            Citations.parse(bytes, footnotes).map { ($0.range.lowerBound, $0) },
            uniquingKeysWith: { first, _ in first })
        var byNote: [String: Int] = [:]

        // A footnote's own references come when it is first referred to, after those of the body.
        var waiting = footnotes.references
        var next = 0
        while next < waiting.count {
            let reference = waiting[next]
            next += 1
            let key = Footnotes.key(reference.label)
            guard let index = places[key] else {
                report(reference.line, "the footnote [^\(reference.label)] is nowhere defined")
                continue
            }
            if targets[key] != nil { continue }
            let definition = footnotes.definitions[index]
            if let citation = citations[definition.range.lowerBound] {
                targets[key] = .reference(entry(for: citation, &byNote, find))
            } else {
                numbered.append(index)
                targets[key] = .footnote(numbered.count)
                waiting += definition.references
            }
        }
        leaveNoteUnused(places, citations)
    }

    /// Footnotes nothing refers to: those the writer wrote are kept, behind the others.
    private mutating func leaveNoteUnused(_ places: [String: Int], _ citations: [Int: Citation]) {
        for (index, definition) in footnotes.definitions.enumerated() {
            let key = Footnotes.key(definition.label)
            guard places[key] == index, targets[key] == nil else { continue }
            report(definition.line, "nothing refers to the footnote [^\(definition.label)]")
            guard citations[definition.range.lowerBound] == nil else { continue }
            numbered.append(index)
            targets[key] = .footnote(numbered.count)
        }
    }

    private mutating func entry(
        for citation: Citation, _ byNote: inout [String: Int], _ find: (String) -> NoteReference?
    ) -> Int {
        let note = find(citation.note)
        if note == nil {
            report(
                citation.definitionLine,
                "the note \(citation.note), cited by [^\(citation.label)], cannot be found")
        }
        let place: Int
        if let known = byNote[citation.note] {
            place = known
        } else {
            let entry = ReferenceEntry(
                note: note ?? NoteReference(title: citation.title, path: citation.note))
            references.append(entry)
            place = references.count
            byNote[citation.note] = place
        }
        if let remark = citation.remark, !references[place - 1].remarks.contains(remark) {
            references[place - 1].remarks.append(remark)
        }
        return place
    }

    // MARK: Writing

    /// The finished text. `title` becomes its first heading where it has none of level 1.
    func render(title: String?) -> String {
        var out: [UInt8] = []
        let hasTitle = blocks.contains { $0.kind == .heading(level: 1) }
        let dropped = blocks.first?.kind == .frontMatter
        if dropped, !hasTitle, let title {
            out += Array("# \(CitationForm.oneLine(title))".utf8)
        }
        var body = ReplacementWriter(bytes: bytes, replacements: bodyReplacements())
        var previous: Int?
        for (index, block) in blocks.enumerated() {
            switch block.kind {
            case .footnoteDefinition, .frontMatter: continue
            default: break
            }
            if let previous, previous == index - 1 {
                out += bytes[blocks[previous].range.upperBound..<block.range.lowerBound]
            } else if !out.isEmpty {
                out += [.newline, .newline]
            }
            if out.isEmpty, block.kind == .thematicBreak, block.range.lowerBound > 0 {
                // What comes to stand at the top must not begin a front matter there.
                out += Array("***".utf8)
            } else {
                body.write(block.range, to: &out)
            }
            previous = index
        }
        let lists = definitions() + [referenceList(after: previous)].compactMap { $0 }
        if let previous, let closer = blocks[previous].closer, !lists.isEmpty {
            out += Array("\n\(closer)".utf8)
        }
        return ending(out, lists)
    }

    private func ending(_ body: [UInt8], _ lists: [String]) -> String {
        var text = String(decoding: body, as: UTF8.self)
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" || last == " " || last == "\t" {
            text.unicodeScalars.removeLast()
        }
        for list in lists { text += (text.isEmpty ? "" : "\n\n") + list }
        return text + "\n"
    }

    /// All footnotes that stay, as one stretch of text.
    private func definitions() -> [String] {
        var text = ""
        var spread = false
        for (place, index) in numbered.enumerated() {
            let definition = footnotes.definitions[index]
            var content: [UInt8] = []
            var writer = ReplacementWriter(
                bytes: bytes, replacements: definition.references.map { ($0.range, replacement($0)) })
            writer.write(definition.text, to: &content)
            let string = String(decoding: content, as: UTF8.self)
            let several = content.contains(.newline)
            if place > 0 { text += several || spread ? "\n\n" : "\n" }
            text += string.isEmpty ? "[^\(place + 1)]:" : "[^\(place + 1)]: \(string)"
            spread = several
        }
        return text.isEmpty ? [] : [text]
    }

    private func referenceList(after last: Int?) -> String? {
        if references.isEmpty { return nil }
        let heading = isChinese ? "参考文献" : "References"
        let items = references.enumerated().map { "\($0 + 1). \($1.markdown)" }
            .joined(separator: "\n")
        if let last, case .heading = blocks[last].kind, blocks[last].title == heading, numbered.isEmpty {
            return items
        }
        return "## \(heading)\n\n\(items)"
    }

    /// Whether the article has more ideographs than other words.
    private var isChinese: Bool {
        var ideographs = 0
        var i = 0
        while i < bytes.count {
            let (scalar, length) = UTF8Scan.decode(bytes, at: i, end: bytes.count)
            if WordScan.isIdeograph(scalar) { ideographs += 1 }
            i += length
        }
        return ideographs * 2 > WordScan.count(bytes, in: 0..<bytes.count)
    }

    private func bodyReplacements() -> [(range: Range<Int>, with: String)] {
        footnotes.references.map { ($0.range, replacement($0)) }
    }

    private func replacement(_ reference: Footnotes.Reference) -> String {
        switch targets[Footnotes.key(reference.label)] {
        case .reference(let number):
            // In front of these, "[1]" would begin a link or define one.
            let next = reference.range.upperBound
            let linked = next < bytes.count && "([:".utf8.contains(bytes[next]) && !isReference(at: next)
            return linked ? "\\[\(number)\\]" : "[\(number)]"
        case .footnote(let number):
            return "[^\(number)]"
        case nil:
            return "\\[^\(reference.label)]"
        }
    }

    private func isReference(at offset: Int) -> Bool {
        LineScan.footnoteLabel(bytes, offset, bytes.count) != nil
    }
}

/// An entry of the references.
private struct ReferenceEntry {
    var note: NoteReference
    /// What the writer added to the citations of the note.
    var remarks: [String] = []

    /// `Author. *Title*. 2024-05-01. <https://…>. Remark`; a note without an address is linked by its path.
    var markdown: String {
        var parts: [String] = []
        if let author = note.author, !author.isEmpty { parts.append(CitationForm.escaped(author)) }
        let title = CitationForm.escaped(note.title)
        if !title.isEmpty { parts.append("*\(title)*") }
        if let date = note.date, !date.isEmpty { parts.append(CitationForm.escaped(date)) }
        if let url = note.url, !url.isEmpty {
            parts.append("<\(ReferenceEntry.address(url))>")
        } else {
            let path = CitationForm.oneLine(note.path)
            let plain = path.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"()<>\\".utf8.contains($0) }
            parts.append("[\(CitationForm.escaped(path))](\(plain ? path : "<\(ReferenceEntry.address(path))>"))")
        }
        parts += remarks
        return parts.joined(separator: ". ").replacing("?. ", with: "? ").replacing("!. ", with: "! ")
    }

    /// `text` with what ends an address in angle brackets percent-encoded.
    private static func address(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case " ": result += "%20"
            case "<": result += "%3C"
            case ">": result += "%3E"
            case "\\": result += "%5C"
            case "\u{0}"..."\u{1F}", "\u{7F}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}

/// Copies ranges of bytes in growing order and puts sorted replacements in on the way.
private struct ReplacementWriter {
    let bytes: [UInt8]
    let replacements: [(range: Range<Int>, with: String)]
    private var next = 0

    init(bytes: [UInt8], replacements: [(range: Range<Int>, with: String)]) {
        self.bytes = bytes
        self.replacements = replacements
    }

    mutating func write(_ range: Range<Int>, to out: inout [UInt8]) {
        var from = range.lowerBound
        while next < replacements.count, replacements[next].range.lowerBound < range.upperBound {
            let replacement = replacements[next]
            next += 1
            guard replacement.range.lowerBound >= from else { continue }
            out += bytes[from..<replacement.range.lowerBound]
            out += Array(replacement.with.utf8)
            from = replacement.range.upperBound
        }
        out += bytes[from..<max(from, range.upperBound)]
    }
}
