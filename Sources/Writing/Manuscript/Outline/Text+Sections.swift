import TextCore

/// Moving and selecting by section: a heading and what follows, up to the next heading of its level or a higher one.
/// The definitions at the article's end, of footnotes and links, are in no section. Every function is pure.
///
/// Known limits: headings are looked for up to `reach` bytes around the offset, and a code fence that opened before that
/// isn't known. `Outline` has all of them, but reads the whole text.
extension Text {
    /// A heading where it stands.
    public struct Heading: Sendable, Equatable {
        /// 1–6.
        public var level: Int
        /// The start of its line.
        public var start: Int
    }

    private static var reach: Int { 1 << 21 }

    /// The innermost section at `offset`, heading included; nil before the first heading.
    public func section(at offset: Int) -> Range<Int>? {
        let (headings, bodyEnd) = sections(around: offset)
        guard offset < bodyEnd || bodyEnd == utf8Count, let index = headings.lastIndex(where: { $0.start <= offset })
        else { return nil }
        let next = headings[(index + 1)...].first { $0.level <= headings[index].level }
        return headings[index].start..<(next?.start ?? bodyEnd)
    }

    /// What stands below the heading of the section at `offset`; empty for a bare heading.
    public func sectionBody(at offset: Int) -> Range<Int>? {
        guard let section = section(at: offset) else { return nil }
        let headings = headings(around: section.lowerBound)
        var line = line(at: section.lowerBound)
        // A heading of Setext's kind has its underline on the next line.
        let isUnderlined = byte(at: contentStart(of: line)) != UInt8(ascii: "#")
        line += isUnderlined ? 2 : 1
        guard !headings.isEmpty, line < lineCount else { return section.upperBound..<section.upperBound }
        return min(lineStart(line), section.upperBound)..<section.upperBound
    }

    /// The start of the next heading; the text's end behind the last.
    public func nextSection(after offset: Int) -> Int {
        headings(around: offset).first { $0.start > offset }?.start ?? utf8Count
    }

    /// The start of this section's heading, or of the one before where `offset` is there already; 0 before the first.
    public func previousSection(before offset: Int) -> Int {
        headings(around: offset).last { $0.start < offset }?.start ?? 0
    }

    private func contentStart(of line: Int) -> Int {
        let range = lineRange(line)
        var offset = range.lowerBound
        while offset + 1 < range.upperBound, byte(at: offset) == 0x20 { offset += 1 }
        return min(offset, max(0, utf8Count - 1))
    }

    /// The headings near `offset`, in order.
    public func headings(around offset: Int) -> [Heading] { sections(around: offset).headings }

    /// The headings near `offset`, and where the last section ends: before the definitions at the article's end.
    func sections(around offset: Int) -> (headings: [Heading], bodyEnd: Int) {
        let from = offset > Self.reach ? lineStart(line(at: offset - Self.reach)) : 0
        let last = line(at: min(utf8Count, offset + Self.reach))
        let to = lineRange(last).upperBound
        // A line of many megabytes holds no heading.
        guard to - from <= 4 * Self.reach else { return ([], utf8Count) }
        let bytes = bytes(in: from..<to)
        let blocks = MarkdownBlocks.parse(bytes: bytes)
        let headings: [Heading] = blocks.compactMap { block in
            guard case .heading(let level) = block.kind else { return nil }
            return Heading(level: level, start: from + block.range.lowerBound)
        }
        return (headings, to == utf8Count ? from + Definitions.bodyEnd(blocks, bytes) : utf8Count)
    }
}
