import Manuscript
import Notes

/// The Markdown of a passage where its text leaves something out: the marks of quotations, and the fence of code that is cut.
///
/// What is embedded and searched is what a passage says; what is quoted from it is how it stands in the note.
enum PassageMarkup {
    /// - Returns: nil where the text is the Markdown, or the note isn't written in it.
    static func of(_ chunk: Chunk, in note: Note, lines: [SourceLine]) -> String? {
        guard NoteFormat(path: note.facts.path) == .markdown, chunk.line >= 1, chunk.endLine <= lines.count,
            chunk.line <= chunk.endLine
        else { return nil }
        let own = lines[(chunk.line - 1)...(chunk.endLine - 1)].map { WikiLinks.markdown($0.text) }
        if let code = codeBlock(around: chunk, in: note) { return fenced(chunk.text, like: code) }
        guard own.contains(where: isQuoted) else { return nil }
        // Whole lines are taken as they stand, with their levels.
        if signs(own.joined()) == signs(chunk.text) { return own.joined(separator: "\n") }
        // Of a sentence that was cut out of a quotation it is known that it is quoted.
        guard own.allSatisfy({ $0.isEmpty || isQuoted($0) }) else { return nil }
        return chunk.text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> " + $0 }
            .joined(separator: "\n")
    }

    private static func isQuoted(_ line: String) -> Bool { line.drop { $0 == " " || $0 == "\t" }.first == ">" }

    /// What is written, without blanks and marks of quotations.
    private static func signs(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != ">" }))
    }

    /// The first line of the fenced block that the chunk is a piece of; nil where it is none or has that line.
    private static func codeBlock(around chunk: Chunk, in note: Note) -> String? {
        let block = note.blocks.first { block in
            guard block.kind == .code, let first = block.lines.first?.number, let last = block.lines.last?.number else {
                return false
            }
            return first < chunk.line && chunk.endLine <= last
        }
        let first = block?.lines.first?.text.drop { $0 == " " }
        guard let fence = first, FenceScan.beginsWithMarks(fence.unicodeScalars) else { return nil }
        return String(fence)
    }

    private static func fenced(_ text: String, like fence: String) -> String {
        let marks = String(fence.unicodeScalars.prefix { $0 == "`" || $0 == "~" })
        let isClosed = text.split(separator: "\n").last.map { $0.drop { $0 == " " } == marks[...] } ?? false
        return fence + "\n" + text + (isClosed ? "" : "\n" + marks)
    }
}
