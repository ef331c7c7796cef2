import Manuscript
import TestSupport
import Testing

@testable import Publishing

@Suite struct ExporterTests {
    private func export(_ article: String) -> (markdown: String, problems: [String]) {
        MarkdownExporter.export(article) { path in
            switch path {
            case "a.md":
                NoteReference(title: "Alpha", author: "Ada", date: "1843-10-01", path: path, url: "https://a.b/c d")
            case "n/b c.md": NoteReference(title: "Beta", path: path)
            case "Makefile": NoteReference(title: "Build", path: path)
            default: nil
            }
        }
    }

    private static let alpha = "Ada. *Alpha*. 1843-10-01. <https://a.b/c%20d>"
    private static let beta = "*Beta*. [n/b c.md](<n/b%20c.md>)"

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
        // The footnote is shown as 1, so the references go on from 2.
        #expect(
            markdown == """
                # T

                One[2] two[3], one again[2] and a note[^n].

                [^n]: Kept, see[3].

                ## References

                2. \(Self.beta)
                3. \(Self.alpha). p. 4

                """)
    }

    @Test(arguments: [
        ("这是一篇关于记忆的文章。", "参考文献"), ("Der Fluss war gefroren, als sie zur Brücke kamen.", "Literatur"),
        ("---\nlang: fr\n---\n\nThe river was frozen when they came.", "Références"), ("彼らが橋に着いたとき、川は凍っていた。", "参考文献"),
        ("---\nlanguage: zh-TW\n---\n\nx", "參考文獻"), ("Zebra", "References"),
        ("---\nlang: xx\n---\n\nThe river was frozen.", "References"),
    ])
    func theHeadingSpeaksTheArticlesLanguage(_ text: String, _ heading: String) {
        let (markdown, _) = export("\(text)[^a]\n\n[^a]: A — `a.md:1`\n")
        #expect(markdown.contains("[1]\n\n## \(heading)\n\n1. \(Self.alpha)\n"))
    }

    @Test func eachKnownLanguageHasAHeading() {
        for code in Language.known where code != "en" {
            #expect(ReferencesHeading.text(language: code) != "References", "\(code)")
        }
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
        #expect(
            markdown == """
                A[^gone] b[2] c[^dup].

                [^dup]: first
                [^dup]: second
                [^idle]: idle

                ## References

                2. *Lost Note*. [lost.md](lost.md)

                """)
    }

    /// What is no citation passes byte for byte.
    @Test(arguments: [
        "`[^x]` and \\[^x] <!-- [^x] -->\n\n```\n[^x]: Alpha — `a.md:1`\n```\n\n- item\n\n  ```\n  [^x]\n  ```\n",
        "a[^é][^É]\n\n[^É]: note\n\n    more\n", "a\r\n\r\n\r\n* b\r\n[^3]\r\n\r\n[^3]: x\r\n",
        "> a[^1]\n>\n> [^1]: in a quotation\n\n- b[^2]\n\n  [^2]: in an item\n",
        "x[^1][^2]\n\n[^2]: two\n[^1]: one\n", "a  \nb\t\n", "```\nopen\n\n\n", "\u{FEFF}text\n",
        "---\n\nNo front matter.\n\n---\n",
        "---\nOnly prose here.\n---\n\nMore.\n", "---\nHe said: so it is, and\nnothing else\n---\n", "***\n",
        "[^1]: Set `LANG` — `a.md:1`\n\nx[^1]\n", "x[^1]\n\n[^1]: See the config — `settings.swift:12`\n",
        "x[^1]\n\n[^1]: It listens here — `localhost:8080`\n",
        "x[^1]\n\n[^1]: What the file is for — `a.md`\n", "x[^1]\n\n[^1]: [A](b) — `a.md:1`\n",
        "x[^1]\n\n[^1]: A — `a.md:1`\n\n    ```\n    code\n    ```\n",
    ])
    func whatIsNotOursIsLeftAlone(_ source: String) {
        #expect(export(source).markdown == source)
    }

    @Test(arguments: [
        ("---\ntitle: T: x\n---\ntext", "# T: x\n\ntext\n"), ("---\ntitle: T\n---\n\n# H\n", "# T\n\n# H\n"),
        ("---\ntitle: The  *Long* way\n---\n\n# the `Long` Way\n", "# the `Long` Way\n"),
        ("---\ntitle: T\n---\n\nT\n=\n", "T\n=\n"),
        ("---\r\ntitle: T\r\n---\r\n\r\nx\r\n", "# T\r\n\r\nx\r\n"), ("---\ntitle: \"C #\"\n---\n", "# C \\#\n"),
        ("---\na: b\n---\n---\nx\n---\n", "***\nx\n---\n"), ("", "\n"), ("text\n\n\n", "text\n"),
        ("---\n---\ntext\n", "text\n"),
        ("---\n# only a comment\n---\ntext\n", "text\n"), ("+++\ntitle = \"T\"\n+++\nx\n", "# T\n\nx\n"),
    ])
    func frontMatter(_ source: String, _ expected: String) {
        #expect(export(source).markdown == expected)
    }

    /// Each source has one citation, `x` or 1, of `a.md`; the list at the end is left out of what is expected.
    @Test(arguments: [
        // Labels that the article has already.
        (
            "Said[^x], see [here][1].\n\n[1]: https://other/\n\n[^x]: A — `a.md:1`\n",
            "Said[2], see [here][1].\n\n[1]: https://other/\n"
        ),
        (
            "Said[^x].\n\n> - [1]: <https://other/>\n>   'title'\n\n[^x]: A — `a.md:1`\n",
            "Said[2].\n\n> - [1]: <https://other/>\n>   'title'\n"
        ),
        ("By hand [1], [2]; said[^x].\n\n[^x]: A — `a.md:1`\n", "By hand [1], [2]; said[3].\n"),
        (
            "Said[^x], noted[^2], noted[^7].\n\n[^2]: n\n[^7]: m\n\n[^x]: A — `a.md:1`\n",
            "Said[3], noted[^2], noted[^7].\n\n[^2]: n\n[^7]: m\n"
        ),
        // What would make a link of it.
        ("a[^x](see below)\n\n[^x]: A — `a.md:1`\n", "a\\[1\\](see below)\n"),
        ("a[^x][b]\n\n[^x]: A — `a.md:1`\n", "a\\[1\\][b]\n"),
        ("![^x] [in a [^x]](u) *b*[^x]\n\n[^x]: A — `a.md:1`\n", "![1] [in a [1]](u) *b*[1]\n"),
        // Not in addresses, attributes, code, comments, formulas.
        (
            "a[^x] <b title=\"[^x]\">c</b> [d](e[^x] \"[^x]\") <https://a/[^x]> `[^x]`\n\n[^x]: A — `a.md:1`\n",
            "a[1] <b title=\"[^x]\">c</b> [d](e[^x] \"[^x]\") <https://a/[^x]> `[^x]`\n"
        ),
        (
            "a[^x] $f[^x]$ $$\ng[^x]\n$$ <!-- [^x] --> costs $5[^x] and $6[^x].\n\n[^x]: A — `a.md:1`\n",
            "a[1] $f[^x]$ $$\ng[^x]\n$$ <!-- [^x] --> costs $5[1] and $6[1].\n"
        ),
        (
            "a[^x]\n\n<span\ntitle=\"[^x]\">[^x]\n\n<p>\n[^x]\n</p>\n\n    [^x]\n\n[^x]: A — `a.md:1`\n",
            "a[1]\n\n<span\ntitle=\"[^x]\">[1]\n\n<p>\n[^x]\n</p>\n\n    [^x]\n"
        ),
        // Definitions wherever CommonMark allows them.
        ("> a[^x]\n>\n> [^x]: A —\n> `a.md:1`\n", "> a[1]\n>\n>\n"),
        ("- a[^x]\n  [^x]: A — `a.md:1`\n- b\n", "- a[1]\n- b\n"),
        ("1. - a[^x]\n\n     [^x]: A — `a.md:1`\n\n2. b\n", "1. - a[1]\n\n\n2. b\n"),
        ("a[^x]\n[^x]: A — `a.md:1`\n# H\n", "a[1]\n\n# H\n"),
        ("a[^x]\n[^x]: A — `a.md:1`\n---\n", "a[1]\n\n---\n"), ("[^x]: A — `a.md:1`\n\na[^x]\n", "a[1]\n"),
        ("- [^x]: A — `a.md:1`\n- a[^x]\n", "-\n- a[1]\n"),
        ("- a[^x]\n\n[^x]: A — `a.md:1`\n\n- b\n", "- a[1]\n\n<!-- -->\n\n- b\n"),
        ("- a[^x]\n\n[^x]: A — `a.md:1`\n\n  b\n", "- a[1]\n\n<!-- -->\n\n  b\n"),
        (
            "| a[^x] | b |\n|---|---|\n| `[^x]` | c[^x] |\n\n[^x]: A — `a.md:1`\n",
            "| a[1] | b |\n|---|---|\n| `[^x]` | c[1] |\n"
        ),
        ("Setext[^x]\n===\n\n[^x]: A — `a.md:1`\n[^x]: again\n", "Setext[1]\n===\n"),
        ("a\n\n[^x]: A — `a.md:1`\n\n    b[^x]: c\n", nil),
        ("a[^X]\r\n\r\n[^x]: A — `a.md:1`\r\n\r\nb\r\n", "a[1]\r\n\r\nb\r\n"),
    ])
    func citations(_ source: String, _ expected: String?) {
        let (markdown, _) = export(source)
        guard let expected else {
            #expect(markdown == source)
            return
        }
        let end = source.contains("\r") ? "\r\n" : "\n"
        let parts = markdown.components(of: "## References")
        #expect(parts.first == expected + end, "\(markdown.debugDescription)")
        #expect(parts.count == 2 && parts.last?.hasSuffix(". \(Self.alpha)\(end)") == true)
        #expect(export(markdown).markdown == markdown)
    }

    @Test(arguments: [
        ("x[^1]\n\n## References\n\n[^1]: A — `a.md:1`\n", "x[1]\n\n## References\n\n1. %\n"),
        ("x[^1]\n\n# Quellen:\n[^1]: A — `a.md:1`\n", "x[1]\n\n# Quellen:\n\n1. %\n"),
        (
            "x[^1]\n\n参考文献\n-----\n\n# Appendix\n\ny\n\n[^1]: A — `a.md:1`\n",
            "x[1]\n\n参考文献\n-----\n\n1. %\n\n# Appendix\n\ny\n"
        ),
        (
            "x[^1] [1]\n\n## References\n\n1. By hand\n\n[^1]: A — `a.md:1`\n",
            "x[2] [1]\n\n## References\n\n1. By hand\n\n<!-- -->\n\n2. %\n"
        ),
        (
            "x[^1] y[^n]\n\n## References\n\n[^n]: n\n\n[^1]: A — `a.md:1`\n",
            "x[2] y[^n]\n\n## References\n\n2. %\n\n[^n]: n\n"
        ),
        (
            "## Literature\n\nx[^1]\n\n## Art\n\ny\n\n[^1]: A — `a.md:1`\n",
            "## Literature\n\nx[1]\n\n## Art\n\ny\n\n## References\n\n1. %\n"
        ),
        ("x[^1]\n\n[^1]: A — `a.md:1`\n\n```\nx", "x[1]\n\n```\nx\n```\n\n## References\n\n1. %\n"),
    ])
    func theListHasItsPlace(_ source: String, _ expected: String) {
        #expect(export(source).markdown == expected.replacing("%", with: Self.alpha))
    }

    @Test func remarksKeepTheirFootnotes() {
        let (markdown, _) = export("a[^x]\n\n[^x]: A — `a.md:1` but see[^y] and[^n]\n[^y]: B — `n/b c.md:1`\n[^n]: n\n")
        #expect(
            markdown == "a[2]\n\n[^n]: n\n\n## References\n\n2. \(Self.alpha). but see[3] and[^n]\n3. \(Self.beta)\n")
    }

    @Test func whatCitesANote() {
        // A file that notes aren't is one where it is there.
        #expect(export("a[^x]\n\n[^x]: Build — `Makefile:3`\n").markdown.contains("1. *Build*"))
        // Without a line, the title must be the note's.
        #expect(export("a[^x]\n\n[^x]: Alpha — `a.md`\n").markdown.contains("1. Ada. *Alpha*"))
    }

    @Test func linksAreThoseOfTheFileThatIsWritten() {
        func export(_ path: String, url: String? = nil) -> String {
            MarkdownExporter.export(
                "a[^x]\n\n[^x]: T — `n/x.md:1`\n", resolve: { _ in NoteReference(title: "T", path: path, url: url) },
                link: { "../" + $0 }
            ).markdown
        }
        #expect(export("n/x.md").hasSuffix("1. *T*. [n/x.md](../n/x.md)\n"))
        #expect(export("n/50% #1?.md").hasSuffix("[n/50% #1?.md](<../n/50%25%20%231%3F.md>)\n"))
        #expect(export("n/x.md", url: "javascript:alert(1)").hasSuffix("1. *T*. javascript:alert(1)\n"))
    }

    @Test(arguments: 0..<500)
    func exportingTwiceChangesNothing(seed: Int) {
        for source in [
            markdownSoup(seed: UInt64(seed), citations: false), byteSoup(seed: UInt64(seed)),
            markdownSoup(seed: UInt64(seed)),
        ] {
            let once = export(source).markdown
            let twice = export(once).markdown
            #expect(once == twice, "seed \(seed): \(source.debugDescription)")
            // As a byte: with the CR before it, it is one character.
            #expect(once.utf8.last == 0x0A)
        }
    }

    @Test(arguments: 0..<300)
    func anySoupIsExported(seed: Int) {
        let source = markdownSoup(seed: UInt64(seed))
        let (markdown, problems) = export(source)
        #expect(markdown.utf8.last == 0x0A)
        #expect(
            problems
                == MarkdownExporter.check(source) { path in
                    path == "a.md" ? NoteReference(title: "x", path: path) : nil
                }.map(\.description))
    }
}

extension String {
    fileprivate func components(of separator: String) -> [String] {
        guard let range = ranges(of: separator).last else { return [self] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }
}
