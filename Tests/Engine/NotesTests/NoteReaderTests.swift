import Foundation
import TestProjects
import Testing

@testable import Notes

@Suite struct NoteReaderTests {
    private func read(_ text: String, path: String = "notes/a.md") throws -> Note {
        try NoteReader.read(Array(text.utf8), path: path)
    }

    @Test func titleComesFromFrontMatterThenHeadingThenName() throws {
        #expect(try read("---\ntitle: Front\n---\n# Head\n").facts.title == "Front")
        #expect(try read("text\n\n# Head\n").facts.title == "Head")
        #expect(try read("## Deeper only\n").facts.title == "a")
        #expect(try read("# Head", path: "x/my file.txt").facts.title == "my file")
    }

    /// However its lines end, a note is the same note.
    @Test(arguments: ["\r\n", "\r", "\n"], ["a.md", "a.org", "a.txt", "a.html"])
    func linesEndInAnyWay(end: String, path: String) throws {
        let sources = [
            "a.md":
                "---\ntitle: 'Front'\ntags: [x, y]\n---\n# Head\n\nText here.\n\n```\ncode\n```\n\n| a | b |\n| - | - |\n| c | d |\n\n> said\n\n[^1]: note",
            "a.org": "#+TITLE: Org\n* Head :tag:\nText here.\n- item\n", "a.txt": "First line.\nSecond.\n\nThird.",
            "a.html": "<html><head><title>Page</title></head>\n<body><h1>Head</h1>\n<p>Text\nhere.</p></body></html>\n",
        ]
        let plain = try #require(sources[path])
        let expected = try read(plain, path: path)
        for mark in ["", "\u{FEFF}"] {
            var found = try read(mark + plain.replacing("\n", with: end), path: path)
            found.hash = expected.hash
            #expect(found == expected)
        }
    }

    @Test func aHeadingOfAnyLineEndIsATitle() {
        for end in ["\n", "\r\n", "\r", ""] {
            #expect(NoteDescription(Array("# Head\(end)".utf8), path: "n/x.md").title == "Head")
            #expect(
                NoteDescription(Array("\u{FEFF}# Head\(end)\(end)More text.\(end)".utf8), path: "n/x.md").title
                    .hasPrefix("Head"))
        }
        #expect(NoteDescription([0, 1, 2], path: "n/my note.md") == NoteDescription([], path: "n/my note.md"))
        #expect(
            NoteDescription(Array("---\nauthor: [A, B]\n---\nx".utf8), path: "2024-05-31 x.md").fields["author"]
                == "A, B")
        #expect(NoteDescription(Array("x".utf8), path: "2024-05-31 x.md").date == nil)
    }

    @Test func tagsComeFromFrontMatterAndText() throws {
        let note = try read(
            """
            ---
            tags: [history, rome]
            ---
            # Not a tag
            About #rome and #late-antiquity/art, (#检索) but not C#sharp, `#code`, #123 or a.b#c.

            ```
            #include
            ```
            """)
        #expect(note.facts.tags == ["history", "rome", "late-antiquity/art", "检索"])
    }

    @Test func dateComesFromFrontMatterOrName() throws {
        #expect(try read("---\ndate: 2024-05-31\n---\n").facts.date == "2024-05-31")
        #expect(try read("x", path: "2023-01-02 talk.md").facts.date == "2023-01-02")
        #expect(try read("x", path: "2023-13-02.md").facts.date == nil)
    }

    @Test func aByteOrderMarkIsNoText() throws {
        let note = try NoteReader.read([0xEF, 0xBB, 0xBF] + Array("---\ntitle: T\n---\nbody".utf8), path: "a.md")
        #expect(note.facts.title == "T")
        #expect(note.source.hasPrefix("---"))
    }

    @Test func brokenFrontMatterIsReportedAndTheBodyRead() throws {
        let note = try read("---\ntitle: T\ndate: yesterday\n---\n\nThe body.\n")
        #expect(note.problem?.line == 3)
        #expect(note.blocks.map { $0.lines.map(\.text) } == [["The body."]])
    }

    @Test func whatIsNoTextIsRefused() {
        #expect(throws: NoteReader.Refusal(reason: "is a binary file")) {
            try NoteReader.read([0x61, 0, 0x62], path: "a.md")
        }
        #expect(throws: NoteReader.Refusal(reason: "is not UTF-8 (line 2); save it as UTF-8")) {
            try NoteReader.read(Array("fine\nb".utf8) + [0x81, 0x20], path: "a.md")
        }
    }
}

@Suite struct NoteScannerTests {
    @Test func findsNotesAndReportsTheRest() throws {
        let project = try TestProject(scopes: [
            FolderScope("private", .ignore), FolderScope("private/open", .share),
        ])
        for path in [
            "a.md", "b/c.markdown", "b/d.txt", "b/e.pdf", ".hidden/f.md", "b/.g.md", "node_modules/h.md",
            "private/i.md", "private/open/j.md",
        ] { try project.write(path, "text") }
        try project.write("big.md", bytes: [UInt8](repeating: 0x61, count: (8 << 20) + 1))
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: project.layout.root + "/b/loop", withDestinationPath: project.layout.root)
        try manager.createSymbolicLink(
            atPath: project.layout.root + "/gone.md", withDestinationPath: "/nowhere/at/all")
        let found = try NoteScanner.scan(project.layout)
        #expect(found.files.map(\.path) == ["a.md", "b/c.markdown", "b/d.txt", "private/open/j.md"])
        #expect(
            found.problems.sorted { $0.path < $1.path } == [
                NoteProblem(path: "b/loop", reason: "is a link to a folder that holds it"),
                NoteProblem(path: "big.md", reason: "is larger than 8 MB"),
                NoteProblem(path: "gone.md", reason: "is a link to nothing"),
            ])
        #expect(project.layout.scope(of: "private/open/j.md") == .share)
        #expect(project.layout.scope(of: "a.md") == .index)
    }

    @Test func aMissingRootIsSaid() {
        let layout = ProjectLayout(root: "/nowhere/at/all", dataDirectory: "/tmp")
        #expect(throws: NoteError.rootMissing(path: "/nowhere/at/all")) {
            try NoteScanner.scan(layout)
        }
    }
}

@Suite struct GlobTests {
    @Test(arguments: [
        ("*.md", "a.md", true), ("*.md", "x/y/a.md", true), ("/*.md", "x/a.md", false),
        ("notes", "notes/a.md", true), ("notes/", "notes/x/a.md", true), ("notes/", "notes", false),
        ("notes/*", "notes/x/a.md", true),
        ("notes/*.md", "notes/x/a.md", false), ("notes/**/*.md", "notes/x/y/a.md", true),
        ("notes/**/*.md", "notes/a.md", true), ("**/*.txt", "a.txt", true), ("a?c.md", "a日c.md", true),
        ("[a-c]*.md", "b1.md", true), ("[!a-c]*.md", "b1.md", false), ("a[", "a[", false), ("a\\[", "a[", true),
        ("", "a", false),
        ("**", "a/b", true), ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("./x/*.md", "x/a.md", true),
    ])
    func matches(pattern: String, path: String, expected: Bool) {
        #expect(Glob(pattern).matches(path) == expected)
    }
}
