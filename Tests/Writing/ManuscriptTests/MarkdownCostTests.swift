import Testing

@testable import Manuscript

/// Marks without end in one line or one list: work in proportion to them. With the square of them these would run for minutes.
@Suite struct MarkdownCostTests {
    @Test func aListOverManyLinesIsReadOnce() {
        let lines = (0..<60_000).map { "  tag\($0)," }.joined(separator: "\n")
        #expect(FrontMatter.parse("---\ntags: [\n\(lines)\n]\n---\n").0.tags.count == 60_000)
        let (front, problem) = FrontMatter.parse("---\ntags: [\n\(lines)\n---\n")
        #expect(problem?.line == 2)
        #expect(front.tags.count == 60_000)
    }

    @Test func manyListMarksAreOneLook() {
        var state = LineState.body
        let runs = MarkdownHighlighter.highlight(String(repeating: "- ", count: 200_000) + "x", state: &state)
        #expect(runs.first?.role == .listMarker)
        var other = LineState.body
        _ = MarkdownHighlighter.highlight(String(repeating: "* - ", count: 100_000) + "x", state: &other)
    }

    @Test func nestedEmphasisIsPaintedOnce() {
        var state = LineState.body
        let marks = String(repeating: "*", count: 200_000)
        let runs = MarkdownHighlighter.highlight(marks + "a" + marks, state: &state)
        #expect(runs.map(\.range) == [0..<400_001])
        for text in ["[", "`", "<", "![", "[^", "http://", "_a*"] {
            var state = LineState.body
            _ = MarkdownHighlighter.highlight(String(repeating: text, count: 100_000), state: &state)
        }
    }
}
