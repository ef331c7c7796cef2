import TestSupport
import Testing

@testable import Manuscript

@Suite struct HighlightTests {
    /// The pieces of every line, as `role:text`.
    private func pieces(_ source: String, from start: LineState = .body) -> [String] {
        var state = start
        return source.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            let bytes = Array(line.utf8)
            return MarkdownHighlighter.highlight(String(line), state: &state).map {
                "\($0.role.rawValue):\(String(decoding: bytes[$0.range], as: UTF8.self))"
            }
        }
    }

    @Test(arguments: [
        ("plain text", []),
        ("an *em* and **strong** _em_", ["emphasis:*em*", "strong:**strong**", "emphasis:_em_"]),
        ("snake_case_name 2*3*4", ["emphasis:*3*"]),
        ("* not emphasis *", ["listMarker:*"]),
        // The inner pair is strong, the outer emphasis.
        ("***both***", ["emphasis:*", "strong:**both**", "emphasis:*"]),
        ("`code *x*` ``a`b``", ["code:`code *x*`", "code:``a`b``"]),
        ("a ` alone", []),
        ("\\*no\\* \\`no", []),
        (
            "[t](u) ![i](s) <https://a.b> https://c.d.",
            [
                "link:[t](u)", "link:![i](s)", "link:<https://a.b>", "link:https://c.d",
            ]
        ),
        ("see[^a] and [[wiki]]", ["footnote:[^a]", "link:[[wiki]]"]),
        ("[^a]: text", ["footnote:[^a]:"]),
        ("## Head `c`", ["heading:## Head ", "code:`c`"]),
        ("> quoted *x*", ["quote:>", "quote:quoted ", "emphasis:*x*"]),
        ("- [x] done", ["listMarker:-", "listMarker:[x]"]),
        ("12. text", ["listMarker:12."]),
        ("***", ["rule:***"]),
        ("| a | b |", ["table:|", "table:|", "table:|"]),
        ("|---|---|", ["table:|---|---|"]),
        ("a <!-- c --> b", ["comment:<!-- c -->"]),
        ("    indented", ["code:    indented"]),
        ("中文*重点*文", ["emphasis:*重点*"]),
    ])
    func line(_ source: String, _ expected: [String]) {
        #expect(pieces(source) == expected)
    }

    @Test func fencesCommentsAndFrontMatterReachOverLines() {
        #expect(pieces("```js\n# x\n```\n# y") == ["code:```js", "code:# x", "code:```", "heading:# y"])
        #expect(pieces("a <!-- b\nc\nd --> *e*") == ["comment:<!-- b", "comment:c", "comment:d -->", "emphasis:*e*"])
        #expect(
            pieces("---\na: b\n---\n# y", from: .start) == [
                "frontMatter:---", "frontMatter:a: b", "frontMatter:---", "heading:# y",
            ])
        #expect(pieces("> ```\n> x\nafter", from: .body) == ["quote:>", "code:```", "quote:>", "code:x"])
    }

    @Test func aThematicBreakAtTheTopIsNoFrontMatter() {
        #expect(pieces("---\n\n# y", from: .start).last == "heading:# y")
    }

    @Test(arguments: 0..<300)
    func piecesAreSortedAndOnScalars(seed: Int) {
        for source in [markdownSoup(seed: UInt64(seed)), byteSoup(seed: UInt64(seed))] {
            var state = LineState.start
            for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
                let bytes = Array(line.utf8)
                var last = 0
                for (range, role) in MarkdownHighlighter.highlight(String(line), state: &state) {
                    #expect(range.lowerBound >= last && range.upperBound <= bytes.count && !range.isEmpty)
                    #expect(role != .text)
                    for edge in [range.lowerBound, range.upperBound] where edge < bytes.count {
                        #expect(bytes[edge] & 0xC0 != 0x80)
                    }
                    last = range.upperBound
                }
            }
        }
    }

    @Test(arguments: ["[", "*a ", "`", "<!--", "[^", "_a*", "![", "[a](", "```` `"])
    func manyOpeningMarksAreRead(mark: String) {
        var state = LineState.body
        let line = String(repeating: mark, count: 20_000)
        for (range, _) in MarkdownHighlighter.highlight(line, state: &state) {
            #expect(range.upperBound <= line.utf8.count)
        }
    }
}
