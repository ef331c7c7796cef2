import Notes
import Testing

@testable import Retrieval

/// What is quoted from a passage is how it stands in the note.
@Suite struct PassageMarkupTests {
    private func markup(_ source: String, path: String = "a.md", window: Int = 256) throws -> [String?] {
        let note = try NoteReader.read(Array(source.utf8), path: path)
        let lines = SourceLines.split(Array(note.source.utf8)[...], firstLine: 1)
        return Chunker(encoder: HashingEncoder(maxTokens: window)).chunks(of: note).map {
            PassageMarkup.of($0, in: note, lines: lines)
        }
    }

    @Test func quotationsKeepTheirLevels() throws {
        #expect(try markup("Some say:\n\n> so it is,\n> > and was\n") == ["Some say:\n\n> so it is,\n> > and was"])
        #expect(try markup("> one\r\n> two\r\n") == ["> one\n> two"])
        #expect(try markup("No quotation.\n\n- a\n  - b\n") == [nil])
        #expect(try markup("> as it is", path: "a.txt") == [nil])
    }

    @Test func aPieceOfAQuotationIsQuoted() throws {
        let found = try markup(
            "> " + (1...12).map { "Here is sentence number \($0) of a long quotation." }.joined(separator: "\n> ")
                + "\n", window: 40)
        #expect(found.count > 1)
        for piece in found {
            #expect(piece?.split(separator: "\n").allSatisfy { $0.hasPrefix("> ") && !$0.hasPrefix("> >") } == true)
        }
    }

    @Test func aPieceOfCodeIsFenced() throws {
        let code = (1...30).map { "let value\($0) = compute(\($0))" }.joined(separator: "\n")
        let found = try markup("```swift\n\(code)\n```\n", window: 40)
        #expect(found.count > 1)
        for piece in found.dropFirst() {
            #expect(piece?.hasPrefix("```swift\n") == true && piece?.hasSuffix("\n```") == true)
        }
    }
}
