import Testing

@testable import Manuscript

@Suite struct ExporterTests {
    private func export(_ article: String) -> (markdown: String, problems: [String]) {
        MarkdownExporter.export(article) { path in
            switch path {
            case "a.md":
                NoteReference(title: "Alpha", author: "Ada", date: "1843-10-01", path: path, url: "https://a.b/c d")
            case "n/b c.md": NoteReference(title: "Beta", path: path)
            default: nil
            }
        }
    }

    @Test func citationsBecomeNumberedReferences() {
        let (markdown, problems) = export(
            """
            # T

            One[^x] two[^y], one again[^z] and a note[^n].

            [^n]: Kept, see[^y].
            [^x]: Beta, *H* — `n/b c.md:3`
            [^y]: Alpha — `a.md:1` p. 4
            [^z]: Beta — `n/b c.md:9`
            """)
        #expect(problems.isEmpty)
        #expect(
            markdown == """
                # T

                One[1] two[2], one again[1] and a note[^1].

                [^1]: Kept, see[2].

                ## References

                1. *Beta*. [n/b c.md](<n/b%20c.md>)
                2. Ada. *Alpha*. 1843-10-01. <https://a.b/c%20d>. p. 4

                """)
    }

    @Test func chineseArticlesHaveChineseReferences() {
        let (markdown, _) = export("这是一篇关于记忆的文章。[^a]\n\n[^a]: 甲 — `a.md:1`\n")
        #expect(markdown.contains("## 参考文献\n\n1. "))
        #expect(markdown.hasPrefix("这是一篇关于记忆的文章。[1]\n"))
    }

    @Test func problemsAreToldWithTheirLines() {
        let (markdown, problems) = export(
            """
            A[^gone] b[^lost] c[^dup].

            [^lost]: Lost Note — `lost.md:2`
            [^dup]: first
            [^dup]: second
            [^idle]: idle
            """)
        #expect(problems.count == 4)
        #expect(problems[0].hasPrefix("line 1: ") && problems[0].contains("[^gone]"))
        #expect(problems[1].hasPrefix("line 3: ") && problems[1].contains("lost.md"))
        #expect(problems[2].hasPrefix("line 5: ") && problems[2].contains("line 4"))
        #expect(problems[3].hasPrefix("line 6: ") && problems[3].contains("[^idle]"))
        #expect(markdown.contains("A\\[^gone] b[1] c[^1]."))
        #expect(markdown.contains("[^1]: first\n[^2]: idle"))
        #expect(markdown.contains("1. *Lost Note*. [lost.md](lost.md)"))
        #expect(!markdown.contains("second"))
    }

    @Test func codeIsLeftAlone() {
        let source = """
            `[^x]` and \\[^x] <!-- [^x] -->

            ```
            [^x]: Alpha — `a.md:1`
            ```

            - item

              ```
              [^x]
              ```

            """
        let (markdown, problems) = export(source)
        #expect(markdown == source)
        #expect(problems.isEmpty)
    }

    @Test(arguments: [
        ("---\ntitle: T: x\n---\ntext", "# T: x\n\ntext\n"), ("---\ntitle: T\n---\n# H\n", "# H\n"),
        ("---\na: b\n---\n---\nx\n---\n", "***\nx\n---\n"), ("", "\n"), ("text\n\n\n", "text\n"),
        ("a[^1](b)\n\n[^1]: A — `a.md:1`\n```\nx", "a\\[1\\](b)\n\n```\nx\n```\n\n## References\n\n1. Ada. *Alpha*. 1843-10-01. <https://a.b/c%20d>\n"),
        ("a[^é][^É]\n\n[^É]: note\n\n    more\n", "a[^1][^1]\n\n[^1]: note\n\n    more\n"),
    ])
    func forms(_ source: String, _ expected: String) {
        #expect(export(source).markdown == expected)
    }

    @Test func aReferencesHeadingIsUsed() {
        let (markdown, _) = export("x[^1]\n\n## References\n\n[^1]: A — `a.md:1`\n")
        #expect(markdown.hasPrefix("x[1]\n\n## References\n\n1. Ada."))
    }

    @Test(arguments: 0..<500)
    func exportingTwiceChangesNothing(seed: Int) {
        for source in [
            markdownSoup(seed: UInt64(seed), citations: false), byteSoup(seed: UInt64(seed)),
        ] {
            let once = export(source).markdown
            let twice = export(once).markdown
            #expect(once == twice, "seed \(seed): \(source.debugDescription)")
            #expect(once.hasSuffix("\n"))
        }
    }

    @Test(arguments: 0..<300)
    func anySoupIsExported(seed: Int) {
        let source = markdownSoup(seed: UInt64(seed))
        let (markdown, problems) = export(source)
        #expect(markdown.hasSuffix("\n"))
        #expect(problems == MarkdownExporter.check(source) { path in
            path == "a.md" ? NoteReference(title: "x", path: path) : nil
        }.map(\.description))
    }
}
