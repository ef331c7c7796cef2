import Manuscript

/// A line of a note, and where it stands in the file.
package struct SourceLine: Sendable, Equatable {
    /// Counted from 1.
    package var number: Int
    /// The line without its end.
    package var text: String

    /// A line at its place in the file, counted from 1.
    package init(number: Int, text: String) {
        self.number = number
        self.text = text
    }
}

/// A piece of a note's structure: the same for every format, and what `Chunker` cuts.
package struct NoteBlock: Sendable, Equatable {
    /// What kind of block it is in Markdown's terms, whatever the format.
    package var kind: BlockKind
    /// What the piece says, without the format's own marks where these say nothing.
    package var lines: [SourceLine]
    /// The text of a heading; empty for other kinds.
    package var title = ""

    /// A block of these lines.
    package init(kind: BlockKind, lines: [SourceLine], title: String = "") {
        self.kind = kind
        self.lines = lines
        self.title = title
    }
}

/// What the reader of a format finds in a text.
package struct NoteContent: Sendable, Equatable {
    /// The title that the text gives itself; nil where it gives none.
    package var title: String?
    /// `yyyy-MM-dd`.
    package var date: String?
    /// The tags without `#`, in the order they were found.
    package var tags: [String] = []
    /// By their key in lower case; lists as `NoteFacts.field` writes them.
    package var fields: [String: String] = [:]
    /// The blocks in the text's order.
    package var blocks: [NoteBlock] = []
    /// What is wrong in the front matter; the rest was read all the same.
    package var problem: FrontMatterProblem?
    /// The tags again, to be looked up: a note may have very many.
    private var knownTags: Set<String> = []

    /// Content of these parts.
    package init(
        title: String? = nil, date: String? = nil, tags: [String] = [], fields: [String: String] = [:],
        blocks: [NoteBlock] = [],
        problem: FrontMatterProblem? = nil
    ) {
        self.title = title
        self.date = date
        self.tags = tags
        self.fields = fields
        self.blocks = blocks
        self.problem = problem
    }

    /// Adds a tag that isn't empty and isn't there yet.
    package mutating func add(tag: String) {
        if knownTags.count != tags.count { knownTags = Set(tags) }
        if !tag.isEmpty, knownTags.insert(tag).inserted { tags.append(tag) }
    }

    /// The first heading of the first level.
    package var mainHeading: String? {
        blocks.first { $0.kind == .heading(level: 1) && !$0.title.isEmpty }?.title
    }

    /// A text without any structure but blank lines.
    package static func plain(_ source: String) -> NoteContent {
        let lines = SourceLines.split(Array(source.utf8)[...], firstLine: 1)
        return NoteContent(
            blocks: lines.split { $0.text.allSatisfy(\.isWhitespace) }
                .map { NoteBlock(kind: .paragraph, lines: Array($0)) })
    }

    /// Reads Markdown with its front matter, inline tags and wiki links; blocks that say nothing are left out.
    package static func markdown(_ source: String) -> NoteContent {
        let (front, problem) = FrontMatter.parse(source)
        let parsed = MarkdownBlocks.parse(source)
        var content = NoteContent(
            title: front.title, date: front.date, tags: front.tags, fields: front.fields,
            problem: problem)
        for (key, items) in front.lists { content.fields[key] = NoteFacts.field(items) }
        let bytes = Array(source.utf8)
        for block in parsed where block.kind != .frontMatter && block.kind != .thematicBreak {
            let lines = SourceLines.split(bytes[block.range], firstLine: block.line)
            if block.kind == .html, isComment(lines) { continue }
            content.blocks.append(NoteBlock(kind: block.kind, lines: lines, title: block.title))
        }
        for tag in InlineTags.find(in: content.blocks) { content.add(tag: tag) }
        // Before links lose their brackets: what has nothing else is no passage.
        content.blocks.removeAll { block in
            guard block.title.isEmpty, block.kind != .code else { return false }
            if case .heading = block.kind { return false }
            return Substance.isEmpty(block.lines.map(\.text).joined(separator: "\n"))
        }
        // Behind the tags: what a link shows is none.
        for index in content.blocks.indices where content.blocks[index].kind != .code {
            for line in content.blocks[index].lines.indices {
                content.blocks[index].lines[line].text = WikiLinks.markdown(content.blocks[index].lines[line].text)
            }
        }
        content.title = content.title ?? content.mainHeading
        return content
    }

    private static func isComment(_ lines: [SourceLine]) -> Bool {
        guard let first = lines.first, let last = lines.last else { return true }
        return first.text.drop(while: \.isWhitespace).hasPrefix("<!--") && last.text.hasSuffix("-->")
    }
}

/// Cuts a text into numbered lines.
package enum SourceLines {
    /// The lines of `bytes`, without `\n`, `\r` and blanks at their ends.
    package static func split(_ bytes: ArraySlice<UInt8>, firstLine: Int) -> [SourceLine] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().map {
            var line = $1
            while let last = line.last, last == 0x0D || last == 0x20 || last == 0x09 { line.removeLast() }
            return SourceLine(number: firstLine + $0, text: String(decoding: line, as: UTF8.self))
        }
    }
}
