extension NoteContent {
    /// A text whose pages end in form feeds. Each page is a section, so that a passage says where it stands;
    /// lines are counted in the text, since the document has none.
    package static func pages(_ source: String) -> NoteContent {
        var content = NoteContent()
        var number = 1
        let pages = Array(source.utf8).split(separator: 0x0C, omittingEmptySubsequences: false)
        for (index, page) in pages.enumerated() {
            // Columns are set with blanks, which say nothing to a reader of sentences.
            let lines = SourceLines.split(page, firstLine: number).map { line in
                SourceLine(
                    number: line.number,
                    text: line.text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
            }
            number += lines.count - 1
            let paragraphs = lines.split { $0.text.isEmpty }
            guard let first = paragraphs.first?.first else { continue }
            content.blocks.append(
                NoteBlock(kind: .heading(level: 1), lines: [first], title: "page \(index + 1)"))
            content.blocks += paragraphs.map { NoteBlock(kind: .paragraph, lines: Array($0)) }
        }
        return content
    }
}
