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

    @Test func anyBytesAreRead() {
        var state: UInt64 = 3
        let marks = Array("+=[]\"'#,\\{ \na1-".utf8)
        for _ in 0..<500 {
            var bytes = Array("+++\n".utf8)
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(marks[Int((state >> 33) % UInt64(marks.count))])
            }
            _ = FrontMatter.parse(String(decoding: bytes, as: UTF8.self) + "\n+++\n")
        }
    }
}
