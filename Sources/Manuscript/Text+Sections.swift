import TextCore

/// Moving and selecting by section: a heading and what follows, up to the next heading of its level or a higher one.
/// Every function is pure.
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
        let headings = headings(around: offset)
        guard let index = headings.lastIndex(where: { $0.start <= offset }) else { return nil }
        let next = headings[(index + 1)...].first { $0.level <= headings[index].level }
        return headings[index].start..<(next?.start ?? utf8Count)
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
    public func headings(around offset: Int) -> [Heading] {
        let from = offset > Self.reach ? lineStart(line(at: offset - Self.reach)) : 0
        let last = line(at: min(utf8Count, offset + Self.reach))
        let to = lineRange(last).upperBound
        // A line of many megabytes holds no heading.
        guard to - from <= 4 * Self.reach else { return [] }
        var scan = HeadingScan(start: from)
        scan.scan(bytes(in: from..<to))
        return scan.headings
    }
}

/// Finds headings line by line: those of `#` and underlined ones, outside of code fences and front matter.
private struct HeadingScan {
    let start: Int
    var headings: [Text.Heading] = []

    init(start: Int) { self.start = start }

    mutating func scan(_ bytes: [UInt8]) {
        var fence: LineScan.Fence?
        var position = 0
        /// The start of the paragraph's only line so far, which an underline would make a heading.
        var paragraph: Int?
        if start == 0, let body = Self.frontMatterEnd(bytes) { position = body }
        while position < bytes.count {
            let line = LineScan.line(bytes, at: position)
            defer { position = line.next }
            if let open = fence {
                if LineScan.closes(open, bytes, line.content, line.end) { fence = nil }
                continue
            }
            guard !line.isBlank, line.indent < 4 else {
                if line.isBlank { paragraph = nil }
                continue
            }
            if let (opened, _) = LineScan.openingFence(bytes, line.content, line.end) {
                fence = opened
                paragraph = nil
            } else if let (level, _) = LineScan.atxHeading(bytes, line.content, line.end) {
                headings.append(Text.Heading(level: level, start: start + line.start))
                paragraph = nil
            } else if let first = paragraph, let level = LineScan.setextUnderline(bytes, line.content, line.end) {
                headings.append(Text.Heading(level: level, start: start + first))
                paragraph = nil
            } else if bytes[line.content] == UInt8(ascii: ">") || LineScan.listMarker(bytes, line.content, line.end) != nil
                || LineScan.isThematicBreak(bytes, line.content, line.end)
            {
                paragraph = nil
            } else if paragraph == nil {
                paragraph = line.start
            }
        }
    }

    /// Where the body starts behind front matter between two lines of `---`; nil where there is none.
    private static func frontMatterEnd(_ bytes: [UInt8]) -> Int? {
        let first = LineScan.line(bytes, at: 0)
        guard first.end - first.start == 3, bytes[0..<3].allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
        var position = first.next
        while position < bytes.count {
            let line = LineScan.line(bytes, at: position)
            if position == first.next, line.isBlank { return nil }
            if line.end - line.start == 3, bytes[line.start..<line.end].elementsEqual("---".utf8) { return line.next }
            position = line.next
        }
        return nil
    }
}
