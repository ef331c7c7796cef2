import Testing

@testable import Review

@Suite struct AnswerTextTests {
    /// An answer without anything to read must not take a section's place.
    @Test(arguments: [
        "", " \n\t", "\u{200B}\u{FEFF}", "<!-- nothing to add -->", "<!-- never closed", "&nbsp;\n<br/>\n&#160;",
        "<!-- a -->\u{A0}<!-- b -->&NBSP;",
    ])
    func whatShowsNothingIsBlank(text: String) {
        #expect(AnswerText.isBlank(text))
    }

    @Test(arguments: ["a", "。", "<!-- a --> b", "&amp;", "<b>bold</b>", "---", "&nbsp", "<", "&", "👍"])
    func whatShowsSomethingIsNot(text: String) {
        #expect(!AnswerText.isBlank(text))
    }

    /// A long answer is told by its first letter.
    @Test func manyCommentsAreReadOnce() {
        #expect(AnswerText.isBlank(String(repeating: "<!-- c --> &nbsp;\n", count: 20_000)))
    }
}
