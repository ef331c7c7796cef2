import TestSupport
import Testing

@testable import Manuscript

@Suite struct TOMLFrontMatterTests {
    @Test func fieldsAreReadAsThoseOfYAML() {
        let text = """
            +++
            # a comment
            title = "On \\"Memory\\" # here"
            date = 2024-05-31T10:00:00Z # then
            tags = ["history",
              'rome', # and
              "检索"]
            draft = true
            extra = { a = 1 }
            [params]
            title = "nested"
            +++
            # Body
            """
        let (front, problem) = FrontMatter.parse(text)
        #expect(problem == nil)
        #expect(front.title == "On \"Memory\" # here")
        #expect(front.date == "2024-05-31")
        #expect(front.tags == ["history", "rome", "检索"])
        #expect(front.fields["draft"] == "true")
        #expect(front.fields["extra"] == nil)
        #expect(MarkdownBlocks.parse(text).map(\.kind) == [.frontMatter, .heading(level: 1)])
    }

    @Test(arguments: [
        ("+++\ntitle = \"open\nx = 1\n+++\n", 2), ("+++\na = 1\nwords\n+++\n", 3), ("+++\ntags = [a\n+++\n", 2),
        ("+++\ndate = \"soon\"\n+++\n", 2), ("+++\ntitle = 1\n", 1), ("+++\na = [\"x]\n+++\n", 2),
    ])
    func whatIsWrongHasALine(text: String, line: Int) {
        #expect(FrontMatter.parse(text).problem?.line == line)
    }

    @Test func aLineThatIsNoTOMLCostsNoOther() {
        let (front, problem) = FrontMatter.parse("+++\ntitle = \"A\"\nthis is prose\ntags = ['b']\n+++\nText\n")
        #expect(problem?.line == 3)
        #expect(front.title == "A")
        #expect(front.tags == ["b"])
    }

    /// toml++ ends the process on these: what reads notes must not.
    @Test(arguments: ["tags = [}", "[=", "[\n", "[[", "[[[a]", "tags = [\u{2028}"])
    func whatEndsOtherReadersIsSurvived(text: String) {
        let (front, _) = FrontMatter.parse("+++\ntitle = \"A\"\n\(text)\n+++\nText\n")
        #expect(front.title == "A")
    }

    @Test func anyBytesAreRead() {
        var random = SeededGenerator(seed: 3)
        let marks = Array("+=[]\"'#,\\{ \na1-".utf8)
        for _ in 0..<500 {
            var bytes = Array("+++\n".utf8)
            for _ in 0..<40 {
                bytes.append(marks[random.below(marks.count)])
            }
            _ = FrontMatter.parse(String(decoding: bytes, as: UTF8.self) + "\n+++\n")
        }
    }
}
