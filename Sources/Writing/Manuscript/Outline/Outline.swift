import TextCore

/// A heading and what follows it.
public struct Section: Sendable, Hashable {
    /// 1–6; 0 for the preamble, the text before the first heading.
    public var level: Int
    /// The heading's text as written, without its markers; empty for the preamble.
    public var title: String
    /// The heading's line, counted from 1.
    public var line: Int
    /// From the heading to the next one of the same or a higher level, or the text's end.
    public var range: Range<Int>
    /// From behind the heading's line to the next heading of any level.
    public var bodyRange: Range<Int>
    /// Words in `bodyRange`: one a word, one a CJK ideograph. Sections nested in this one count their own.
    public var words: Int

    /// A section of these parts; `Outline` finds them in an article.
    public init(
        level: Int, title: String, line: Int, range: Range<Int>, bodyRange: Range<Int>, words: Int
    ) {
        self.level = level
        self.title = title
        self.line = line
        self.range = range
        self.bodyRange = bodyRange
        self.words = words
    }
}

/// The sections of an article, in the order they are written.
///
/// Headings count where they stand alone: not in code, quotations, lists or front matter. A preamble
/// is listed when the text before the first heading is not blank; front matter is in no section.
public struct Outline: Sendable, Equatable {
    /// The sections in the text's order; one that is nested follows the one it is in.
    public var sections: [Section]

    /// The outline of an article, which is read as a whole.
    public init(_ text: Text) {
        self.init(bytes: text.bytes(in: 0..<text.utf8Count))
    }

    /// The outline of an article given as a string.
    public init(_ s: String) {
        self.init(bytes: Array(s.utf8))
    }

    /// The outline of an article given as UTF-8; bytes that are no UTF-8 are read as text.
    public init(bytes: [UInt8]) {
        let blocks = MarkdownBlocks.parse(bytes: bytes)
        var start = 0
        var first = 0
        if let block = blocks.first, block.kind == .frontMatter {
            start = LineScan.line(bytes, at: block.range.upperBound).next
            first = 1
        }
        sections = []
        if first < blocks.count {
            if case .heading = blocks[first].kind {
            } else {
                sections.append(
                    Section(
                        level: 0, title: "", line: blocks[first].line, range: start..<bytes.count,
                        bodyRange: start..<bytes.count, words: 0))
            }
        }
        for block in blocks {
            guard case .heading(let level) = block.kind else { continue }
            let body = LineScan.line(bytes, at: block.range.upperBound).next
            sections.append(
                Section(
                    level: level, title: block.title, line: block.line,
                    range: block.range.lowerBound..<bytes.count, bodyRange: body..<bytes.count,
                    words: 0))
        }
        close(bytes)
    }

    /// Ends every section where it ends, and counts its words.
    private mutating func close(_ bytes: [UInt8]) {
        /// Sections still open, by growing level.
        var open: [Int] = []
        for index in sections.indices {
            let start = sections[index].range.lowerBound
            if index > 0 {
                let previous = sections[index - 1].bodyRange.lowerBound
                sections[index - 1].bodyRange = previous..<max(previous, start)
            }
            // The preamble ends at the first heading, whatever its level.
            while let last = open.last,
                sections[last].level >= sections[index].level || sections[last].level == 0
            {
                sections[last].range = sections[last].range.lowerBound..<start
                open.removeLast()
            }
            open.append(index)
        }
        for index in sections.indices {
            sections[index].words = WordScan.count(bytes, in: sections[index].bodyRange)
        }
    }

    /// The innermost section that holds the byte at `offset`; nil in front matter and in an empty text.
    public func section(at offset: Int) -> Section? {
        guard let index = index(at: offset) else { return nil }
        return sections[index]
    }

    /// The place in `sections` of the innermost section that holds `offset`.
    public func index(at offset: Int) -> Int? {
        var low = 0
        var high = sections.count
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    /// The first section called `title`, else the first whose title begins so, in any case.
    public func section(titled title: String) -> Section? {
        let wanted = Outline.folded(title)
        guard !wanted.isEmpty else { return nil }
        let headed = sections.filter { $0.level > 0 }
        return headed.first { Outline.folded($0.title) == wanted }
            ?? headed.first { Outline.folded($0.title).hasPrefix(wanted) }
    }

    /// The titles from the outermost heading to the one of `sections[index]`.
    public func path(to index: Int) -> [String] {
        guard sections.indices.contains(index), sections[index].level > 0 else { return [] }
        var titles = [sections[index].title]
        var level = sections[index].level
        for section in sections[..<index].reversed() where section.level > 0 && section.level < level {
            titles.append(section.title)
            level = section.level
        }
        return titles.reversed()
    }

    /// Words in `sections[index]` and all sections nested in it.
    public func totalWords(of index: Int) -> Int {
        guard sections.indices.contains(index) else { return 0 }
        let range = sections[index].range
        return sections[index...].prefix { $0.range.lowerBound < range.upperBound || $0.range == range }
            .reduce(0) { $0 + $1.words }
    }

    private static func folded(_ title: String) -> String {
        title.lowercased().drop { $0 == "#" || $0.isWhitespace }
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
