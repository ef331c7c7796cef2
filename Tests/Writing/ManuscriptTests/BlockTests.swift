import TestSupport
import Testing

@testable import Manuscript

@Suite struct BlockTests {
    private func kinds(_ s: String) -> [BlockKind] { MarkdownBlocks.parse(s).map(\.kind) }

    @Test(arguments: [
        ("a\nb\n\nc", [BlockKind.paragraph, .paragraph]),
        ("# One\ntext", [.heading(level: 1), .paragraph]),
        ("#hash is text", [.paragraph]),
        ("####### seven", [.paragraph]),
        ("Title\n===\n\nSub\n---\n", [.heading(level: 1), .heading(level: 2)]),
        ("a\n\n---\n\nb", [.paragraph, .thematicBreak, .paragraph]),
        ("```swift\n# no\n\n```\nx", [.code, .paragraph]),
        ("~~~\n```\n~~~\n", [.code]),
        ("    indented\n\n    more\nx", [.code, .paragraph]),
        ("- a\n- b\n  - c\n\n  d\n\ne", [.list, .paragraph]),
        ("1. a\n2. b\n# H", [.list, .heading(level: 1)]),
        ("- a\n\n  ```\n  # no\n  ```\n", [.list]),
        ("> a\nlazy\n> b\n\nc", [.quotation, .paragraph]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nx", [.table, .paragraph]),
        ("text\n| a | b |\n|---|---|", [.paragraph, .table]),
        ("<div>\nx\n</div>\n\ny", [.html, .paragraph]),
        ("<!-- a\n\nb -->\ny", [.html, .paragraph]),
        (
            "[^1]: note\n    more\n[^2]: two\n\nx",
            [
                .footnoteDefinition(label: "1"), .footnoteDefinition(label: "2"), .paragraph,
            ]
        ),
        ("---\ntitle: x\n---\n# H", [.frontMatter, .heading(level: 1)]),
        ("---\n\nx\n\n---\n", [.thematicBreak, .paragraph, .thematicBreak]),
        ("\u{FEFF}# H", [.heading(level: 1)]),
        ("", []), ("\n \n\t\n", []),
    ])
    func blocksOf(_ source: String, _ expected: [BlockKind]) {
        #expect(kinds(source) == expected)
    }

    @Test func linesAndRangesAreThoseOfTheText() {
        let source = "# H\r\n\r\ntext\nmore\n\n```js x\ncode"
        let blocks = MarkdownBlocks.parse(source)
        let bytes = Array(source.utf8)
        #expect(
            blocks.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
                "# H", "text\nmore", "```js x\ncode",
            ])
        #expect(blocks.map(\.line) == [1, 3, 6])
        #expect(blocks.map(\.endLine) == [1, 4, 7])
        #expect(blocks[0].title == "H")
        #expect(blocks[2].info == "js x")
    }

    @Test(arguments: [
        ("# A #", "A"), ("## C#", "C#"), ("#\tTab  ", "Tab"), ("#", ""), ("# #", ""), ("# 标题 ##", "标题"),
        ("a\nb\n===", "a b"),
    ])
    func titles(_ source: String, _ title: String) {
        #expect(MarkdownBlocks.parse(source).first?.title == title)
    }

    @Test(arguments: 0..<300)
    func soupIsCutIntoOrderedBlocks(seed: Int) {
        for source in [markdownSoup(seed: UInt64(seed)), byteSoup(seed: UInt64(seed))] {
            let bytes = Array(source.utf8)
            var last = 0
            var line = 0
            for block in MarkdownBlocks.parse(source) {
                #expect(block.range.lowerBound >= last && block.range.upperBound <= bytes.count)
                #expect(block.line > line && block.endLine >= block.line)
                let between = bytes[last..<block.range.lowerBound].filter { $0 > 0x20 }
                #expect(between.isEmpty || between == [0xEF, 0xBB, 0xBF])
                last = block.range.upperBound
                line = block.endLine
            }
        }
    }
}
