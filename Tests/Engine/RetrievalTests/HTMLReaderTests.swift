import TestSupport
import Testing

@testable import Notes
@testable import Retrieval

@Suite struct HTMLReaderTests {
    private let source = """
        <!DOCTYPE html>
        <html><head><title>On &amp; Off</title>
        <meta name="keywords" content="history, rome"><meta content='2024-05-31T10:00' name=date>
        <style>p { color: red }</style>
        <script>if (a < b) { document.write("<p>never</p>") }</script>
        </head><body>
        <!-- <p>not this</p> -->
        <h1>The
          Archive</h1>
        <p class="a>b">First&nbsp;line
        second <b>line</b>&hellip; 1 < 2 &unknown; &#x4E2D;&#25991;
        <p>Another.<br>After a break.
        <h2>Sources</h2>
        <ul>
        <li>one
        <li><p>two</p>
          <ul><li>inner</li></ul>
        </ul>
        <pre><code>let x = 1
          let y &lt; 2</code></pre>
        <table><tr><th>a</th>
        <td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
        </body></html>
        """

    @Test func factsComeFromTheHead() throws {
        let facts = try NoteReader.read(Array(source.utf8), path: "x/page.html").facts
        #expect(facts.title == "On & Off")
        #expect(facts.tags == ["history", "rome"])
        #expect(facts.date == "2024-05-31")
    }

    @Test func blocksHaveTheLinesOfTheFile() {
        let blocks = HTMLReader.read(source).blocks
        let seen = blocks.map { block in
            "\(block.kind) " + block.lines.map { "\($0.number):\($0.text)" }.joined(separator: "/")
        }
        #expect(
            seen == [
                "heading(level: 1) 8:The/9:Archive",
                "paragraph 10:First line/11:second line… 1 < 2 &unknown; 中文",
                "paragraph 12:Another./12:After a break.",
                "heading(level: 2) 13:Sources",
                "list 15:- one/16:- two/17:- inner",
                "code 19:let x = 1/20:  let y < 2",
                "table 21:a | b/22:c | d",
            ])
        let chunks = Chunker(encoder: nil).chunks(of: blocks)
        #expect(chunks.map(\.heading) == ["The Archive", "The Archive › Sources"])
        #expect(chunks.map(\.line) == [10, 15])
    }

    @Test(arguments: [
        ("&lt;script&gt;", "<script>"), ("&#27;[31m&#x9b;", "\u{FFFD}[31m\u{FFFD}"), ("&#xFFFFFFFFF;", "\u{FFFD}"),
        ("&#xD800;", "\u{FFFD}"), ("&;&#;&#x;&", "&;&#;&#x;&"), ("&eacute;&Yuml;&yuml;", "éŸÿ"),
    ])
    func characterReferences(written: String, read: String) {
        #expect(String(decoding: HTMLEntities.decode(Array(written.utf8)[...]), as: UTF8.self) == read)
    }

    @Test func whatIsNeverClosedHidesLittle() {
        func text(_ html: String) -> String {
            HTMLReader.read(html).blocks.flatMap(\.lines).map(\.text).joined(separator: "/")
        }
        #expect(text("a<script>b") == "a")
        #expect(text("a<svg>b") == "ab")
        #expect(text("a<!-- b") == "a")
        #expect(text("a<b c=\"d>e") == "a")
        #expect(text("a<SCRIPT>b</ScRiPt >c") == "ac")
        #expect(text("<li>") == "")
        #expect(text("a</ul></table></pre>b") == "a/b")
    }

    @Test func mutationsNeverTrap() {
        for bytes in Mutations(of: source, marks: "<>/&;#\"'=! \n-lp", count: 600, seed: 13) {
            let blocks = HTMLReader.read(String(decoding: bytes, as: UTF8.self)).blocks
            let last = bytes.count { $0 == 0x0A } + 1
            #expect(blocks.allSatisfy { $0.lines.allSatisfy { (1...last).contains($0.number) } })
            _ = Chunker(encoder: nil).chunks(of: blocks)
        }
    }

    @Test(arguments: ["<", "<a", "<!--", "</", "<svg>", "<script ", "&", "<p>", "<li>", "<pre>\n", "<a b=\"", "<td>"])
    func aMegabyteOfOneThingIsQuick(piece: String) {
        let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let took = ContinuousClock().measure { _ = HTMLReader.read(text) }
        // A debug build on a busy machine; what is quadratic takes minutes.
        #expect(took < .seconds(30))
    }
}
