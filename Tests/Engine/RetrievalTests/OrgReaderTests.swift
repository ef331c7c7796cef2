import TestSupport
import Testing

@testable import Notes
@testable import Retrieval

@Suite struct OrgReaderTests {
    private let source = """
        #+title: On Memory
        #+filetags: :history:rome:
        #+DATE: <2024-05-31 Fri>
        :PROPERTIES:
        :ID: 42
        :END:

        A lead with a [[https://example.org][link]] and [[id:7]].
        # a comment
        * TODO [#A] The Archive :paper:检索:
        SCHEDULED: <2024-06-01 Sat>
        :LOGBOOK:
        - noise
        :END:
        First line
        second line.

        - one
          goes on
          * nested
        - two
        ** Sources
        #+begin_src swift
        let x = "#+title: no"
        ,* no heading
        #+end_src
        #+BEGIN_QUOTE
        Quoted words.
        #+END_QUOTE
        | a | b |
        |---+---|
        | c | d |
        #+begin_export html
        <b>gone</b>
        #+end_export
        ,last
        * DONE
        The end.
        """

    @Test func factsComeFromKeywordsAndHeadings() throws {
        let facts = try NoteReader.read(Array(source.utf8), path: "x/memory.org").facts
        #expect(facts.title == "On Memory")
        #expect(facts.date == "2024-05-31")
        #expect(facts.tags == ["history", "rome", "paper", "检索"])
        #expect(facts.fields["id"] == "42")
        #expect(facts.fields["title"] == "On Memory")
    }

    @Test func blocksHaveTheLinesOfTheFile() {
        let content = OrgReader.read(source)
        let seen = content.blocks.map { "\($0.kind) \($0.lines[0].number)-\($0.lines.last!.number) \($0.title)" }
        #expect(
            seen == [
                "paragraph 8-8 ", "heading(level: 1) 10-10 The Archive", "paragraph 15-16 ", "list 18-21 ",
                "heading(level: 2) 22-22 Sources", "code 24-25 ", "paragraph 28-28 ", "table 30-32 ",
                "paragraph 36-36 ", "heading(level: 1) 37-37 ", "paragraph 38-38 ",
            ])
        #expect(content.blocks[0].lines[0].text == "A lead with a link and id:7.")
        let chunks = Chunker(encoder: nil).chunks(of: content.blocks)
        #expect(chunks.map(\.heading) == ["", "The Archive", "The Archive › Sources", ""])
        #expect(chunks.map(\.line) == [8, 15, 24, 38])
        #expect(!chunks.contains { $0.text.contains("gone") || $0.text.contains("noise") })
    }

    @Test func ownKeywordsAndPlainHeadings() {
        let content = OrgReader.read("#+TODO: DRAFT(d) | SENT(s)\n* DRAFT A letter\n* Plain :not a tag:\n** a:b:\n")
        #expect(content.blocks.map(\.title) == ["A letter", "Plain :not a tag:", "a:b:"])
        #expect(content.title == "A letter")
        #expect(content.tags == [])
    }

    @Test func whatIsNeverClosedEndsAtAHeading() {
        let content = OrgReader.read("#+begin_src c\nx\n* Head\n:DRAWER:\nlost\n* Next\ntext")
        #expect(content.blocks.map(\.title) == ["", "Head", "Next", ""])
    }

    @Test func mutationsNeverTrap() {
        for bytes in Mutations(of: source, marks: "*:#+[]|-<> \n\t\r", count: 600, seed: 11) {
            let blocks = OrgReader.read(String(decoding: bytes, as: UTF8.self)).blocks
            let last = bytes.count { $0 == 0x0A } + 1
            #expect(blocks.allSatisfy { $0.lines.allSatisfy { (1...last).contains($0.number) } })
            _ = Chunker(encoder: nil).chunks(of: blocks)
        }
    }

    @Test(arguments: ["*", "* ", "*\n", "#+begin_src\n", ":a:\n", "[[", "- ", "|", ":"])
    func aMegabyteOfOneThingIsQuick(piece: String) {
        let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let clock = ContinuousClock()
        let took = clock.measure { _ = OrgReader.read(text) }
        // A debug build on a busy machine; what is quadratic takes minutes.
        #expect(took < .seconds(30))
    }
}
