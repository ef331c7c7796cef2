import TestSupport
import TextCore
import Testing

@testable import Manuscript

@Suite struct CitationTests {
    @Test(arguments: [
        ("Title", "Heading", "notes/x.md"), ("", "", "a.md"), ("A, *b* — c_d", "x*y", "n/with space.md"),
        ("[link](x) `code` \\ end\\", "H \\", "n/`tick`.md"), ("标题", "一 › 二", "笔记/文.md"), ("T", "", "no-extension"),
        ("two\nlines", "h", "a:b.md"),
    ])
    func footnotesReadBack(_ title: String, _ heading: String, _ path: String) {
        let definition = Citations.footnote(
            label: "l", title: title, path: path, line: 12, heading: heading)
        let citations = Citations.parse("Text[^l].\n\n\(definition)\n")
        #expect(citations.count == 1)
        #expect(citations.first?.label == "l")
        #expect(citations.first?.title == title.replacing("\n", with: " "))
        #expect(citations.first?.heading == (heading.isEmpty ? nil : heading))
        #expect(citations.first?.note == path)
        #expect(citations.first?.line == 12)
        #expect(citations.first?.definitionLine == 3)
        #expect(citations.first?.remark == nil)
    }

    @Test func theFormIsPlain() {
        #expect(
            Citations.footnote(label: "x", title: "T", path: "n/x.md", line: 3, heading: "H")
                == "[^x]: T, *H* — `n/x.md:3`")
    }

    @Test(arguments: [
        "[^a]: an ordinary note", "[^a]: the flag — `--help`", "[^a]: `x.md:3` first", "```\n[^a]: T — `x.md:3`\n```",
    ])
    func otherFootnotesCiteNothing(_ source: String) {
        #expect(Citations.parse(source).isEmpty)
    }

    @Test func whatFollowsIsARemark() {
        let citation = Citations.parse("[^a]: T — `x.md` see [p. 4](http://a.b)\n").first
        #expect(citation?.note == "x.md")
        #expect(citation?.line == nil)
        #expect(citation?.remark == "see [p. 4](http://a.b)")
    }

    @Test func labelsAreFree() {
        #expect(Citations.nextLabel(for: "n/My Note.md", in: "") == "my-note")
        #expect(Citations.nextLabel(for: "n/My Note.md", in: "x[^my-note] [^My-Note-2]") == "my-note-3")
        #expect(Citations.nextLabel(for: "笔记.md", in: "") == "笔记")
        #expect(Citations.nextLabel(for: "2024.md", in: "") == "note-2024")
        #expect(Citations.nextLabel(for: "***", in: "") == "note")
        let article = "a[^k]\n\n[^k]: T — `n.md:4`"
        #expect(Citations.existingLabel(path: "n.md", line: 4, in: article) == "k")
        #expect(Citations.existingLabel(path: "n.md", line: 5, in: article) == nil)
    }

    private func quoted(_ article: String, at offset: Int) throws -> (text: String, caret: String) {
        var text = Text(article)
        let source = QuotationSource(
            markdown: "Said\nso.", title: "T", path: "n/k.md", line: 4, heading: "", passageID: "p")
        let edit = Citations.quotationEdit(source, in: text, at: offset)
        #expect(edit.origin == .quotation(passage: "p"))
        try edit.changes.apply(to: &text)
        let bytes = Array(text.string.utf8)
        return (text.string, String(decoding: bytes[..<edit.selection.head], as: UTF8.self))
    }

    private static let quote = "> Said\n> so.[^k]"
    private static let note = "[^k]: T — `n/k.md:4`"

    @Test(arguments: [
        ("", 0, "\(quote)\n\n‸\n\n\(note)\n"),
        ("One.\n", 2, "One.\n\n\(quote)\n\n‸\n\n\(note)\n"),
        ("One.\n\nTwo.\n", 1, "One.\n\n\(quote)\n\n‸\n\nTwo.\n\n\(note)\n"),
        ("One.\n# H\n", 1, "One.\n\n\(quote)\n\n‸\n\n# H\n\n\(note)\n"),
        ("One.\n\n\n\nTwo.\n\n[^z]: z\n", 6, "One.\n\n\(quote)\n\n‸\n\nTwo.\n\n[^z]: z\n\(note)\n"),
        ("One\nmore.\n\n```\nopen", 20, "One\nmore.\n\n\(quote)\n\n‸\n\n\(note)\n\n```\nopen"),
        ("One.\n\n[^k]: T — `n/k.md:4`\n", 0, "One.\n\n\(quote)\n\n‸\n\n[^k]: T — `n/k.md:4`\n"),
        ("One.\n\n[^k]: T — `n/k.md:4`", 20, "One.\n\n\(quote)\n\n‸\n\n[^k]: T — `n/k.md:4`"),
        ("One.\n\n[a]: http://b.c\n", 12, "One.\n\n\(quote)\n\n‸\n\n[a]: http://b.c\n\n\(note)\n"),
        ("- a\n- b\n\nTwo.\n", 1, "- a\n- b\n\n\(quote)\n\n‸\n\nTwo.\n\n\(note)\n"),
        ("> said\n\nTwo.\n", 3, "> said\n\n\(quote)\n\n‸\n\nTwo.\n\n\(note)\n"),
        ("One.\n\n\n\n", 8, "One.\n\n\(quote)\n\n‸\n\n\(note)\n"),
    ])
    func aQuotationIsOneEdit(_ article: String, _ offset: Int, _ expected: String) throws {
        let (text, caret) = try quoted(article, at: offset)
        #expect(caret + "‸" + text.dropFirst(caret.count) == expected)
    }

    @Test(arguments: 0..<200)
    func quotationsReadBackAnywhere(seed: Int) throws {
        let article = markdownSoup(seed: UInt64(seed), citations: false)
        let offset = article.utf8.isEmpty ? 0 : seed * 7 % article.utf8.count
        let label = Citations.nextLabel(for: "n/k.md", in: article)
        let (text, caret) = try quoted(article, at: offset)
        #expect(caret.hasSuffix("[^\(label)]\n\n"))
        // What is typed there is a paragraph of its own, and all blocks there were still are.
        let end = caret.utf8.count
        let typed = String(
            decoding: Array(text.utf8)[..<end] + Array("A sentence.".utf8) + Array(text.utf8)[end...], as: UTF8.self)
        let blocks = MarkdownBlocks.parse(typed)
        #expect(blocks.contains { $0.kind == .paragraph && $0.range == end..<end + 11 })
        let kinds = blocks.map(\.kind).filter { $0 != .paragraph && $0 != .quotation }.count
        let before = MarkdownBlocks.parse(article).map(\.kind).filter { $0 != .paragraph && $0 != .quotation }.count
        #expect(kinds == before + 1)
        #expect(Citations.existingLabel(path: "n/k.md", line: 4, in: text) == label)
    }

    @Test(arguments: [
        ("a\nb", "> a\n> b[^k]"),
        ("> said\n> > deep", "> > said\n> > > deep[^k]"),
        ("As so:\n\n```swift\n  let a = [^1]\n```", "> As so:\n>\n> ```swift\n>   let a = [^1]\n> ```\n>\n> [^k]"),
        ("```\ncut off", "> ```\n> cut off\n> ```\n>\n> [^k]"),
        ("- a\n  - b\n    c", "> - a\n>   - b\n>     c[^k]"),
        ("  - b\n  - c", "> - b\n> - c[^k]"),
        ("- a\n\n  ```\n  x", "> - a\n>\n>   ```\n>   x\n>   ```\n>\n> [^k]"),
        ("    code\n      more", ">     code\n>       more\n>\n> [^k]"),
        ("| a | b |\n| - | - |\n| c | d |", "> | a | b |\n> | - | - |\n> | c | d |\n>\n> [^k]"),
        ("A fact[^1] and `x[^1]`.", "> A fact\\[^1] and `x[^1]`.[^k]"),
        ("[^1]: defined", "> \\[^1]: defined[^k]"),
        ("[a]: http://b.c", "> [a]: http://b.c\n>\n> [^k]"),
        ("a\r\nb\u{2028}c", "> a\n> b\n> c[^k]"),
        ("\n\n", "> [^k]"),
    ])
    func aQuotationKeepsItsMarkup(_ passage: String, _ expected: String) {
        #expect(Quotation.markdown(passage, label: "k") == expected)
    }
}
