import Testing
import TextCore

@testable import Workbench

@Suite struct VimPatternTests {
    /// The matches in a text, `[` and `]` around each.
    private func marked(_ source: String, _ text: Text) throws -> String {
        let pattern = try VimPattern(source)
        var scan = RegexScan(pattern.regex, in: text)
        var result = ""
        var end = 0
        scan.forEachMatch(in: 0..<text.utf8Count) { match in
            result += text.slice(end..<match.lowerBound) + "[" + text.slice(match) + "]"
            end = match.upperBound
            return true
        }
        return result + text.slice(end..<text.utf8Count)
    }

    /// What vim 9.0 matches.
    @Test(arguments: [
        ("a*b", "aab b", "[aab] [b]"), ("*a", "*a a", "[*a] a"), ("^*a", "*a", "[*a]"), ("\\(*a\\)", "*a", "[*a]"),
        ("a\\+", "aab", "[aa]b"), ("a+", "a+ aa", "[a+] aa"), ("a\\=b", "ab b", "[ab] [b]"),
        ("a\\?b", "ab b", "[ab] [b]"), ("a=", "a= a", "[a=] a"),
        ("a\\{2}", "aaa", "[aa]a"), ("a\\{2,\\}", "aaa a", "[aaa] a"), ("a\\{,2}b", "aaab", "a[aab]"),
        ("a\\{-1,}", "aaa", "[a][a][a]"),
        ("<.\\{-}>", "<a><b>", "[<a>][<b>]"), ("a\\{3,1}", "aaaa", "[aaa][a]"), ("a{2}", "a{2}", "[a{2}]"),
        ("\\v(a|b)+", "abc", "[ab]c"), ("\\va{2}", "aaa", "[aa]a"), ("\\v<a>", "a ab", "[a] ab"),
        ("\\va\\+", "a+aa", "[a+]aa"), ("\\v%(a)b", "ab", "[ab]"),
        ("\\V.*", "a.*", "a[.*]"), ("\\Va\\.b", "axb", "[axb]"), ("\\M.*a\\.", ".*ab", "[.*ab]"),
        ("\\Va\\$", "aa", "a[a]"),
        ("\\<a", "a ba", "[a] ba"), ("a\\>", "ab a", "ab [a]"), ("\\<中", "中文", "[中]文"),
        ("[a-c]x", "bxdx", "[bx]dx"), ("[]x]", "a]x", "a[]][x]"), ("[^a]", "ab\nc", "a[b]\n[c]"), ("[a", "[a", "[[a]"),
        ("[[:digit:]-]", "1-a", "[1][-]a"),
        ("[\\t\\]]", "a]", "a[]]"), ("a[-b]", "a-", "[a-]"), ("\\[a]", "[a]", "[[a]]"),
        ("\\d\\w\\s\\a", "1_ x", "[1_ x]"), ("\\S", "a b", "[a] [b]"), ("\\D", "1a\n", "1[a]\n"),
        ("\\x\\o", "g7F7", "g7[F7]"), ("\\u\\l", "Ab", "[Ab]"),
        ("a\\nb", "a\nb", "[a\nb]"), ("a\\_sb", "a\nb a b", "[a\nb] [a b]"), ("a\\_.b", "a\nb", "[a\nb]"),
        ("a.b", "a\nb", "a\nb"),
        ("^a", "a\na", "[a]\n[a]"), ("a^", "a^", "[a^]"), ("a$", "a\naa", "[a]\na[a]"), ("$a", "$a", "[$a]"),
        ("x\\|^a", "xa\na", "[x]a\n[a]"), ("a$\\|b", "ab", "a[b]"),
        ("A\\c", "aA", "[a][A]"), ("\\CA", "aA", "a[A]"), ("é", "éE", "[é]E"), ("a\\/b", "a/b", "[a/b]"),
        ("a.b", "a-b", "[a-b]"), ("a\\.b", "a.b axb", "[a.b] axb"),
        ("\\(a\\|b\\)*c", "abc", "[abc]"), ("~", "~", "[~]"), ("a\\~", "a~", "[a~]"), ("(a)", "(a)", "[(a)]"),
        ("{", "{", "[{]"), ("a\\", "a\\", "[a\\]"),
    ])
    func patternsMatchAsVims(pattern: String, text: String, expected: String) throws {
        #expect(try marked(pattern, Text(text)) == expected)
    }

    @Test(arguments: [
        "\\(a", "a\\)", "\\+a", "a**", "a\\{2", "a\\{1,2,3}", "\\1", "a\\@=", "\\zsa", "\\%[a]", "a\\&b", "\\v(",
        "\\v)", "\\v+", "\\vx@<=a", "[z-a]", "\\_", "a\\{9999}",
        "\\(\\(a\\{1000}\\)\\{1000}\\)\\{1000}", "\\_q", "\\y",
    ])
    func oddPatternsAreRefusedWithOneSentence(pattern: String) {
        do {
            _ = try VimPattern(pattern)
            Issue.record("\(pattern) was read")
        } catch {
            #expect(
                error.sentence.hasPrefix("“\(pattern)” is not a pattern that can be read: ")
                    && error.sentence.hasSuffix("."))
            #expect(!error.sentence.contains("\n"))
        }
    }

    @Test(arguments: ["\\(a*\\)*b", "\\(a\\|aa\\)\\+$", "\\(.*\\)\\(.*\\)\\(.*\\)x", "\\v((a+)+)+$"])
    func noPatternTakesMoreThanTheText(pattern: String) throws {
        let text = Text(String(repeating: "a", count: 2_000) + "c")
        var asked = 0
        var scan = RegexScan(try VimPattern(pattern).regex, in: text)
        _ = scan.firstMatch(
            in: 0..<text.utf8Count,
            isCancelled: {
                asked += 1
                return false
            })
        #expect(asked < 20, "65,536 steps each")
    }

    @Test func aSearchThatWouldTakeTooLongIsGivenUp() throws {
        let text = Text(String(repeating: "a", count: 40_000))
        #expect(try VimPattern("\\(a*\\)*b").find(in: text, from: 0, backwards: false, patience: 1) == .givenUp)
        #expect(try VimPattern("\\(a*\\)*b").find(in: text, from: 9_000, backwards: true, patience: 1) == .givenUp)
    }

    @Test func matchesDontOverlapFromTheLinesStart() throws {
        let pattern = try VimPattern("aa")
        #expect(pattern.find(in: "aaaa\naa", from: 0, backwards: false) == .match(2..<4, wrapped: false))
        #expect(pattern.find(in: "aaaa\naa", from: 5, backwards: true) == .match(2..<4, wrapped: false))
        #expect(pattern.find(in: "aaaa\naa", from: 0, backwards: false, times: 3) == .match(0..<2, wrapped: true))
        #expect(pattern.find(in: "aaaa\naa", from: 0, backwards: true) == .match(5..<7, wrapped: true))
    }
}
