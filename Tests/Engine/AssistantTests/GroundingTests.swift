import Assistant
import Manuscript
import Retrieval
import Testing

private let sources = [
    passage("notes/rome.md", line: 12, title: "Rome", heading: "Roads"),
    passage("notes/旅行.md", line: 3, title: "旅行"),
    passage("notes/rome.md", line: 40, title: "Rome"),
]

@Suite struct GroundingTests {
    @Test(arguments: [
        ("Roads led there.[^1]", "Roads led there.[^rome]"),
        ("Roads led there [1].", "Roads led there[^rome]."),
        ("A [^1] and [^2].", "A[^rome] and[^旅行]."),
        ("A[1][2].", "A[^rome][^旅行]."),
        ("A[1, 2].", "A[^rome][^旅行]."),
        ("A[^1, ^3].", "A[^rome][^rome-2]."),
        ("A[^1] b[^1].", "A[^rome] b[^rome]."),
        ("A[1,1].", "A[^rome]."),
        ("Code `[^1]` stays.", "Code `[^1]` stays."),
        ("``a ` [1]`` b[1]", "``a ` [1]`` b[^rome]"),
        ("A ` b[1]", "A ` b[^rome]"),
        ("```\n[1]\n```\na[1]", "```\n[1]\n```\na[^rome]"),
        ("[1](http://x) and [t][1] and ![1]", "[1](http://x) and [t][1] and ![1]"),
        ("\\[1] and \\[^1]", "\\[1] and \\[^1]"),
        ("[1]: http://x", "[1]: http://x"),
        ("A.[^1]\n\n[^1]: Rome, the book", "A.[^rome]"),
        ("[1] begins", "[^rome] begins"),
        ("- [ ] todo [x] done", "- [ ] todo [x] done"),
        ("文字。[^2]", "文字。[^旅行]"),
        ("Nothing.", "Nothing."),
        ("Open [1", "Open [1"),
        ("", ""),
    ])
    func resolves(text: String, expected: String) {
        let grounding = Grounding.resolve(text, passages: sources, in: "")
        #expect(grounding.text == expected)
        #expect(grounding.unknownMarkers.isEmpty)
    }

    @Test func definitionsParseBackToTheirPassages() {
        let grounding = Grounding.resolve("a[3] b[1] c[3]", passages: sources, in: "")
        #expect(grounding.used == [sources[2], sources[0]])
        let citations = Citations.parse(
            grounding.text + "\n\n" + grounding.definitions.joined(separator: "\n"))
        #expect(citations.map(\.note) == ["notes/rome.md", "notes/rome.md"])
        #expect(citations.map(\.line) == [40, 12])
        #expect(citations.map { "[^\($0.label)]" }.allSatisfy { grounding.text.contains($0) })
    }

    @Test func aLineCitedBeforeKeepsItsLabel() {
        let article =
            "Text.[^old]\n\n"
            + Citations.footnote(label: "old", title: "Rome", path: "notes/rome.md", line: 12, heading: "")
            + "\n"
        let grounding = Grounding.resolve("a[1] b[2]", passages: sources, in: article)
        #expect(grounding.text == "a[^old] b[^旅行]")
        #expect(grounding.definitions.count == 1)
        #expect(grounding.used.count == 2)
    }

    @Test func aTakenLabelIsNotTakenAgain() {
        let grounding = Grounding.resolve("a[1]", passages: sources, in: "x[^rome]\n\n[^rome]: mine\n")
        #expect(grounding.text == "a[^rome-2]")
    }

    @Test(arguments: [
        ("a[^9] b[^9]", ["[^9]"]), ("a[7]", ["[7]"]), ("a[^ghost]", ["[^ghost]"]), ("a[1, 9]", ["[1, 9]"]),
        ("in [1984]", []), ("a[^mine]", []), ("a[^0]", ["[^0]"]),
    ])
    func unknownMarkersAreReportedAndLeft(text: String, unknown: [String]) {
        let grounding = Grounding.resolve(text, passages: sources, in: "[^mine]: A note.\n")
        #expect(grounding.unknownMarkers == unknown)
        #expect(grounding.text == text)
        #expect(grounding.definitions.isEmpty)
    }

    @Test func numbersStartPastTheArticlesOwn() {
        let article = "One.[^1] Two.[^2]\n\n[^1]: mine\n[^2]: mine too\n"
        let first = Grounding.firstNumber(in: article)
        #expect(first == 3)
        let grounding = Grounding.resolve("a[^1] b[^3]", passages: sources, in: article, firstNumber: first)
        #expect(grounding.text == "a[^1] b[^rome]")
        #expect(grounding.unknownMarkers.isEmpty)
        #expect(Grounding.firstNumber(in: "No notes, [1] link.") == 1)
    }

    @Test func withoutPassagesNothingIsACitation() {
        let grounding = Grounding.resolve("a [1] b", passages: [], in: "")
        #expect(grounding.text == "a [1] b")
        #expect(grounding.unknownMarkers.isEmpty)
    }
}
