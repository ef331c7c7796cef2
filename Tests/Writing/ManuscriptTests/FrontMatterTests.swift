import TestSupport
import Testing

@testable import Manuscript

@Suite struct FrontMatterTests {
    @Test func fieldsAreRead() {
        let source = """
            ---
            title: "A: \\"quoted\\" title" # comment
            tags: [one, "two, three", '#four']
            Date: 2024/5/3
            author: Ada Lovelace
            url: https://a.b/c#d
            nested:
              inner: x
              - odd
            empty:
            summary: >
              folded
              text
            weight: 3.5
            ---
            body
            """
        let (front, problem) = FrontMatter.parse(source)
        #expect(problem == nil)
        #expect(front.title == "A: \"quoted\" title")
        #expect(front.tags == ["one", "two, three", "four"])
        #expect(front.date == "2024-05-03")
        #expect(front.fields["author"] == "Ada Lovelace")
        #expect(front.fields["url"] == "https://a.b/c#d")
        #expect(front.fields["summary"] == "folded text")
        #expect(front.fields["weight"] == "3.5")
        #expect(String(source.utf8.dropFirst(front.bodyOffset)) == "body")
    }

    @Test(arguments: [
        ("tags:\n- a\n- 'b c'\n", ["a", "b c"]), ("tags:\n  - a # x\n  - a\n", ["a"]),
        ("tags: a, b", ["a", "b"]), ("tags: [a,\n  b]", ["a", "b"]), ("keywords: 中文", ["中文"]), ("tags: []", []),
    ])
    func tags(_ yaml: String, _ expected: [String]) {
        let (front, problem) = FrontMatter.parse("---\n\(yaml)\n---\n")
        #expect(front.tags == expected)
        #expect(problem == nil)
    }

    @Test(arguments: [
        ("title: \"open\ntags: [a]", 2, "never closed"), ("title: x\nnonsense\n", 3, "key: value"),
        ("date: 2023-02-29", 2, "no date"), ("\tx: y", 2, "tab"), ("a: b\ntags: [a, b", 3, "]"),
        ("a: b\n  x\n- c", 4, "no field"),
    ])
    func problemsNameTheirLine(_ yaml: String, _ line: Int, _ word: String) {
        let (front, problem) = FrontMatter.parse("---\n\(yaml)\n---\nbody")
        #expect(problem?.line == line)
        #expect(problem?.reason.contains(word) == true)
        #expect(front.bodyOffset > 0)
    }

    @Test func anUnclosedFrontMatterLeavesTheBody() {
        let (front, problem) = FrontMatter.parse("---\ntitle: x\n\nbody")
        #expect(front.bodyOffset == 0)
        #expect(problem?.line == 1)
        #expect(FrontMatter.parse("---\n\nbody").problem == nil)
        #expect(FrontMatter.parse("").problem == nil)
    }

    @Test(arguments: [
        ("2024-02-29", "2024-02-29"), ("2024-2-9T10:00:00Z", "2024-02-09"), ("1900-02-29", nil),
        ("2024-13-01", nil), ("May 3", nil), ("24-05-03", nil), ("2024.05.03 x", "2024-05-03"),
    ])
    func days(_ source: String, _ expected: String?) {
        #expect(CalendarDay.beginning(source) == expected)
    }

    @Test(arguments: 0..<300)
    func soupNeverLosesTheBody(seed: Int) {
        for soup in [markdownSoup(seed: UInt64(seed)), byteSoup(seed: UInt64(seed))] {
            let (front, _) = FrontMatter.parse("---\n" + soup + "\n---\nbody")
            #expect(front.bodyOffset <= soup.utf8.count + 9)
        }
    }
}
