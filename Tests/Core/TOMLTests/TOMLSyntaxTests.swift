import TestSupport
import Testing

@testable import TOML

/// The syntax that a text must have before a parser sees it that ends the process where it has another.
@Suite struct TOMLSyntaxTests {
    private static let whole = """
        # What a person writes, and all that the format knows.
        model = "all-MiniLM-L6-v2"  # the standard one
        theme = 'ink'
        title.of."a thing" = "\\u00e9 \\U0001F600 \\"x\\" \\\\"
        numbers = [1, +2, -3, 1_000, 0xDEAD_beef, 0o17, 0b1010, 1.5, -0.0, 6.26e-34, 1e+9, inf, -nan]
        dates = [1979-05-27, 07:32:00, 1979-05-27T07:32:00, 1979-05-27 07:32:00.999, 1979-05-27T07:32:00-07:00]
        nested = [
            [1, 2],  # a comment
            ["a", 'b'], [],
        ]
        point = { x = 1, y = { z = true, "q r" = [ "}" ] } }
        empty = {}
        text = \"""
        one \\
            two "quoted" three\"""
        raw = '''
        \\ no escape ' '''
        [keys]
        save = ["ctrl-s"]
        [a . b . 'c']
        x = false
        [[list]]
        [[list]]
        name = "你好"

        """

    @Test func wholeTextsAreRead() throws {
        #expect(try TOMLDocument.table(Self.whole)["model"]?.string == "all-MiniLM-L6-v2")
        for text in ["", "\u{FEFF}a = 1", "a = 1\r\nb = 2\r\n", "#", "a = 1 #", "  \t\n", "a = \"\"\"x\"\"\"\"\"\n"] {
            #expect(throws: Never.self, "\(text.debugDescription)") { try TOMLDocument.table(text) }
        }
    }

    @Test(arguments: [
        ("model = [}", 1), ("[=", 1), ("a = 1\n[", 2), ("[[[a]", 1), ("a = [1,\n2", 2), ("a = {b = 1,}", 1),
        ("a = {\nb = 1}", 1), ("a = \"x", 1), ("a = 'x\n'", 1), ("a = \"\\q\"", 1), ("a = \"\\uD800\"", 1),
        ("a = \"\\U00110000\"", 1), ("a = 01", 1), ("a = 1__0", 1), ("a = .5", 1), ("a = 5.", 1), ("a = x", 1),
        ("a = ", 1), ("a", 1), ("= 1", 1), ("a..b = 1", 1), ("a = 1 b = 2", 1), ("[a] b", 1), ("a = \"\u{1}\"", 1),
        ("# \u{0}", 1), ("a = 1\rb = 2", 1), ("a = '''x", 1), ("a = [1 2]", 1), ("a = [,]", 1), ("]", 1), ("}", 1),
        ("a = 1\n\nb = 2\na = 3", 4), ("a = 2026-13-45", 1), ("a = 99999999999999999999", 1), ("你 = 1", 1),
        (String(repeating: "[", count: 100_000), 1), ("a = " + String(repeating: "[", count: 100_000), 1),
        ("a = " + String(repeating: "{a=", count: 100_000), 1), ("a = {b = 1}\n[a]\n", 2),
        ("a = +0x1", 1), ("a = 1e", 1), ("a = 1.e5", 1), ("a = 0x", 1), ("a = 12:00", 1), ("a = 2026-1-1", 1),
        ("a = 2026-01-01T", 1), ("a = 07:32:00Z", 1), ("a = 1_", 1), ("a = truee", 1),
    ])
    func brokenOnesSayWhere(text: String, line: Int) {
        do {
            _ = try TOMLDocument.table(text)
            Issue.record("\(text.prefix(40)) was read")
        } catch {
            #expect(error.line == line && !error.reason.isEmpty, "\(text.prefix(40)): \(error)")
        }
    }

    /// Without the check the process would end at one of these.
    @Test(arguments: 0..<20) func noTextEndsTheProcess(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "[", "]", "{", "}", "=", ",", ".", "\"", "'", "\"\"\"", "'''", "\\", "\n", "\r\n", "\r", "#", " ", "\0",
            "\u{7F}",
            "\\u12", "_", "-", "+", "0x", "1e", "é", "\u{2028}", "你", "[[", "]]", "inf", "true", "1979-05-27", ":",
        ].map { Array($0.utf8) }
        for _ in 0..<500 {
            var bytes = Array(Self.whole.utf8)
            if Bool.random(using: &random) {
                let start = Int.random(in: 0..<bytes.count, using: &random)
                bytes = Array(bytes[start..<min(bytes.count, start + Int.random(in: 1..<80, using: &random))])
            }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let start = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, start + Int.random(in: 0...6, using: &random))
                bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &random) ?? [])
            }
            _ = try? TOMLDocument.table(String(decoding: bytes, as: UTF8.self))
        }
    }
}
