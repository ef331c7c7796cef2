import Testing

@testable import TextCore

@Suite struct RegexTests {
    /// All matches, `[` and `]` around each.
    private func marked(_ pattern: SearchPattern, _ text: Text) -> String {
        var result = ""
        var end = 0
        pattern.forEachMatch(in: text, range: 0..<text.utf8Count) { match in
            result += text.slice(end..<match.lowerBound) + "[" + text.slice(match) + "]"
            end = match.upperBound
            return true
        }
        return result + text.slice(end..<text.utf8Count)
    }

    @Test(arguments: [
        ("a", "banana", "b[a]n[a]n[a]"),
        ("an|ana", "banana", "b[an][an]a"),
        ("ana|an", "banana", "b[ana]na"),
        ("a*", "baac", "[]b[aa]c[]"),
        ("a+?", "aaa", "[a][a][a]"),
        ("<.*?>", "<a><b>", "[<a>][<b>]"),
        ("<.*>", "<a><b>", "[<a><b>]"),
        ("^", "one\ntwo", "[]one\n[]two"),
        ("$", "one\ntwo", "one[]\ntwo[]"),
        ("^- ", "- a\n- b - c", "[- ]a\n[- ]b - c"),
        ("\\bcat\\b", "cat concat cat's cats", "[cat] concat [cat]'s cats"),
        ("\\<c\\w*", "cat concat c", "[cat] [concat] [c]"),
        ("\\w\\>", "ab c", "a[b] [c]"),
        ("\\<", "a bc", "[]a []bc"),
        ("[\\<]", "<", "[<]"),
        ("[a-c]+", "abcdcba", "[abc]d[cba]"),
        ("[^a-c]+", "abcdxcba", "abc[dx]cba"),
        ("[]x]", "a]x", "a[]][x]"),
        ("\\d{2,3}", "1 12 123 1234", "1 [12] [123] [123]4"),
        ("\\d{2}", "1234", "[12][34]"),
        ("x{,2}", "x{,2}", "[x{,2}]"),
        ("colou?r", "color colour", "[color] [colour]"),
        (".", "é你\n👍", "[é][你]\n[👍]"),
        ("\\p{Han}+", "用 Swift 写作", "[用] Swift [写作]"),
        ("[，。]", "你，好。", "你[，]好[。]"),
        ("a\\nb", "a\nb", "[a\nb]"),
        ("\\s+", "a \t\nb", "a[ \t\n]b"),
        ("\\.", "a.b", "a[.]b"),
        ("(a|b)*c", "ababc", "[ababc]"),
        ("(?:ab)+", "ababa", "[abab]a"),
        ("(a*)*", "aa", "[aa]"),
        ("nothing", "else", "else"),
    ])
    func expressions(pattern: String, text: String, expected: String) throws {
        #expect(marked(try SearchPattern(.init(pattern, isRegex: true)), Text(text)) == expected)
    }

    @Test func catastrophicPatternsTakeLinearTime() throws {
        let text = Text(String(repeating: "a", count: 20_000) + "b")
        for pattern in ["(a+)+$", "(a|aa)+$", "(a*)*c", "(.*)(.*)(.*)(.*)x"] {
            _ = try SearchPattern(.init(pattern, isRegex: true)).firstMatch(in: text, range: 0..<2_000)
        }
        // One start only, the longest way there is.
        #expect(
            try SearchPattern(.init("^(a|aa|aaa)*b", isRegex: true)).firstMatch(in: text, range: 0..<text.utf8Count)
                == 0..<20_001)
    }

    @Test(arguments: [
        ("a)", 2), ("(a", 1), ("[a", 1), ("*a", 1), ("a**", 3), ("a\\", 3), ("\\1", 2), ("(?=a)", 3), ("[z-a]", 5),
        ("\\q", 2), ("a{3,1}", 2),
    ])
    func brokenExpressionsAreRefusedWithTheirColumn(pattern: String, column: Int) {
        do {
            _ = try SearchPattern(.init(pattern, isRegex: true))
            Issue.record("\(pattern) was read")
        } catch {
            guard case .syntax(let found, let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(found == column, "\(pattern): \(reason)")
        }
    }

    @Test func expressionsThatWouldGrowTooLargeAreRefused() {
        #expect(throws: PatternError.tooLarge) { try SearchPattern(.init("((a{1000}){1000}){1000}", isRegex: true)) }
        #expect(throws: PatternError.tooLarge) { try SearchPattern(.init("a{2000}", isRegex: true)) }
        #expect(throws: PatternError.tooLarge) {
            try SearchPattern(.init(String(repeating: "(", count: 5_000), isRegex: true))
        }
    }

    @Test(arguments: [
        ("straße", "Straße STRASSE straße", "[Straße] STRASSE [straße]"),
        ("Straße", "Straße straße", "[Straße] straße"),
        ("über", "Über ÜBER über", "[Über] [ÜBER] [über]"),
        ("一", "一二一", "[一]二[一]"),
        ("abc", "ABC abc Abc", "[ABC] [abc] [Abc]"),
        ("Abc", "ABC abc Abc", "ABC abc [Abc]"),
        ("a.b", "a.b axb", "[a.b] axb"),
    ])
    func capitalsCountWhereThePatternHasOne(pattern: String, text: String, expected: String) throws {
        #expect(marked(try SearchPattern(.init(pattern)), Text(text)) == expected)
    }

    @Test func caseAndWholeWordsAsAsked() throws {
        #expect(marked(try SearchPattern(.init("Abc", letterCase: .ignored)), "ABC abc") == "[ABC] [abc]")
        #expect(marked(try SearchPattern(.init("abc", letterCase: .exact)), "ABC abc") == "ABC [abc]")
        #expect(marked(try SearchPattern(.init("[a-z]+", isRegex: true, letterCase: .ignored)), "ABc1") == "[ABc]1")
        #expect(marked(try SearchPattern(.init("[^A]", isRegex: true, letterCase: .ignored)), "aAb") == "aA[b]")
        #expect(marked(try SearchPattern(.init("\\S", isRegex: true)), "a B") == "[a] [B]")
        #expect(
            marked(try SearchPattern(.init("cat", isWholeWord: true)), "cat concat, cats cat.")
                == "[cat] concat, cats [cat].")
        #expect(marked(try SearchPattern(.init("研究", isWholeWord: true)), "我们研究向量") == "我们[研究]向量")
    }

    @Test func replacementsTakeGroups() throws {
        func replaced(_ pattern: String, _ template: String, _ source: String) throws -> String {
            var text = Text(source)
            let made = try SearchPattern(.init(pattern, isRegex: true)).replacingAll(
                in: text, range: 0..<text.utf8Count, with: template)
            try made?.changes.apply(to: &text)
            return text.string
        }
        #expect(try replaced("(\\w+) (\\w+)", "$2 $1", "one two, three four") == "two one, four three")
        #expect(try replaced("(\\w+)@(\\w+)", "\\2 at \\1 ($&)", "a@b") == "b at a (a@b)")
        #expect(try replaced("(a)|(b)", "[$1|$2]", "ab") == "[a|][|b]")
        #expect(try replaced("^", "> ", "one\ntwo") == "> one\n> two")
        #expect(try replaced("\\n\\n+", "\\n", "a\n\n\nb") == "a\nb")
        #expect(try replaced("x", "$$ \\\\ $9 $z", "x") == "$ \\  $z")
        var text = Text("a.b")
        try SearchPattern(.init(".")).replacingAll(in: text, range: 0..<3, with: "$0\\n")?.changes.apply(to: &text)
        #expect(text.string == "a$0\\nb")
    }

    @Test func matchesLieInTheRange() throws {
        let pattern = try SearchPattern(.init("a+", isRegex: true))
        #expect(pattern.matches(in: "aaaaaa", range: 1..<4).ranges == [1..<4])
        #expect(try SearchPattern(.init("aa")).matches(in: "aaaaaa", range: 1..<4).ranges == [1..<3])
        let limited = pattern.matches(in: "a a a", range: 0..<5, limit: 2)
        #expect(limited.ranges.count == 2 && !limited.isComplete)
    }

    /// Against the obvious way, over texts with seams of the rope and of the search's windows.
    @Test func literalsAndExpressionsFindTheSame() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            let source = String(
                (0..<Int.random(in: 0...3_000, using: &generator)).map { _ in
                    "ab你\n".randomElement(using: &generator) ?? "a"
                })
            let needle = String(
                (0..<Int.random(in: 1...4, using: &generator)).map { _ in "ab你".randomElement(using: &generator) ?? "a"
                })
            let text = Text(source)
            var expected: [Range<Int>] = []
            let bytes = Array(source.utf8)
            let wanted = Array(needle.utf8)
            var index = 0
            while index + wanted.count <= bytes.count {
                if Array(bytes[index..<index + wanted.count]) == wanted {
                    expected.append(index..<index + wanted.count)
                    index += wanted.count
                } else {
                    index += 1
                }
            }
            let whole = 0..<text.utf8Count
            #expect(try SearchPattern(.init(needle)).matches(in: text, range: whole).ranges == expected)
            #expect(try SearchPattern(.init(needle, isRegex: true)).matches(in: text, range: whole).ranges == expected)
        }
    }

    @Test func aSearchGivenUpEnds() throws {
        let text = Text(String(repeating: "word ", count: 100_000))
        #expect(
            try SearchPattern(.init("z")).firstMatch(in: text, range: 0..<text.utf8Count, isCancelled: { true }) == nil)
        #expect(
            try SearchPattern(.init("w")).replacingAll(
                in: text, range: 0..<text.utf8Count, with: "", isCancelled: { true }) == nil)
    }
}
