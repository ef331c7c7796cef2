import Testing
import TextCore

@testable import Manuscript

/// Types `keys` at the end of `text`, as an editor would.
private func typed(_ keys: String, after text: String = "", _ rules: TypedPunctuation, behind rest: String = "")
    -> String
{
    var before = text
    for key in keys {
        before.append(key)
        let whole = Text(before + rest)
        let caret = before.utf8.count
        var state = LineState.start
        for line in 0..<whole.line(at: caret) {
            _ = MarkdownHighlighter.highlight(whole.slice(whole.lineRange(line)), state: &state)
        }
        guard let found = rules.conversion(in: whole, at: caret, state: state) else { continue }
        before = whole.slice(0..<found.range.lowerBound) + found.becomes
    }
    return before
}

@Suite struct TypedPunctuationTests {
    @Test(arguments: [
        ("en", "\"Don't,\" he said.", "“Don’t,” he said."),
        ("en", "He said \"so 'it' is.\"", "He said “so ‘it’ is.”"),
        ("en", "\"'Hello,' she said\"", "“‘Hello,’ she said”"),
        ("en", "the '90s and '68", "the ’90s and ‘68"),
        ("en", "'Tis rock 'n' roll", "’Tis rock ’n’ roll"),
        ("en", "the 1980's, James' dog", "the 1980’s, James’ dog"),
        ("en", "(\"x\") [\"y\"] **\"z\"** *\"a\"*", "(“x”) [“y”] **“z”** *“a”*"),
        ("en", "5'10\" tall", "5’10\" tall"),
        ("en", "\"But I--\" he said", "“But I–” he said"),
        ("en", "one--two---three", "one–two—three"),
        ("en", "wait... and....", "wait… and…."),
        ("en", "10--20", "10–20"),
        ("en", "-- Anon", "– Anon"),
        ("en", "> --- Anon -- b", "> — Anon – b"),
        ("fr", "x\n---Oui", "x\n—Oui"),
        ("en", "- -- a", "- -- a"),
        ("en", "---- a", "---- a"),
        ("en", "\\\"a\\\" \\'b", "\\\"a\\\" \\'b"),
        ("de", "\"Ja\", sagte er, \"'s ist 'gut'\"", "„Ja“, sagte er, „‚s ist ‚gut‘“"),
        ("de", "'Geht's gut'", "‚Geht’s gut‘"),
        ("de_CH", "\"Ja\"", "«Ja»"),
        ("fr", "Il dit \"oui\" et l'ami.", "Il dit «\u{202F}oui\u{202F}» et l’ami."),
        ("fr", "\" oui \" non", "«\u{202F}oui\u{202F}» non"),
        ("fr_FR", "\"l'ami dit 'non'\"", "«\u{202F}l’ami dit “non”\u{202F}»"),
        ("zh", "他说\"你好\"吗", "他说“你好”吗"),
        ("zh", "他说：\"'你好'他说\"--真的......", "他说：“‘你好’他说”——真的……"),
        ("zh-Hant", "他說\"你好\"", "他說「你好」"),
        ("ja", "彼は\"はい\"", "彼は「はい」"),
        ("ru", "\"да\"", "«да»"),
        ("sv", "\"ja\"", "”ja”"),
        ("pl", "\"tak\"", "„tak”"),
        ("xx", "\"x\"", "“x”"),
    ])
    func languages(language: String, keys: String, expected: String) {
        #expect(typed(keys, TypedPunctuation(isSmart: true, language: language)) == expected)
    }

    /// What is no prose keeps what was typed.
    @Test(arguments: [
        ("", "`a \"b\" -- c`", ""), ("``x` ", "\"y\"", ""), ("see `", "\"x\"", "`"),
        ("```\n", "print(\"x\")", "\n```\n"), ("~~~ swift\nx\n", "\"...\"", ""), ("text\n\n    ", "\"code\"", ""),
        ("---\ntitle: ", "\"A -- b\"", "\n---\n"), ("", "---", "\n\ntext"), ("text\n\n", "---", ""),
        ("text\n", "-----", ""),
        ("| a | b |\n", "|---|---|", ""), ("|a|\n", "--- | ---", ""), ("", "<a title=\"x\">", ""),
        ("", "<!-- \"x\" -- ... -->", ""),
        ("<!--\n", "\"x\"", "\n-->"), ("[a](", "b \"title\")", ""), ("[a](", "x--y", ")"), ("![a](", "b'c.png)", ""),
        ("a[^", "it's]", ""),
        ("", "[^it's]: ", ""), ("", "[ref]: http://a.b \"title\"", ""), ("", "https://a.b/c--d...", ""),
        ("", "<https://a.b/c--d>", ""),
        ("## T ", "{.x a=\"b\"}", ""), ("> ```\n> ", "\"x\"", ""),
    ])
    func exclusions(before: String, keys: String, rest: String) {
        let rules = TypedPunctuation(isSmart: true, isChinese: true, language: "en")
        #expect(typed(keys, after: before, rules, behind: rest) == before + keys)
    }

    /// Prose it is again behind them.
    @Test(arguments: [
        ("`a` ", "\"b\"", "“b”"), ("```\nx\n```\n\n", "\"b\"", "“b”"), ("[a](b) ", "\"b\"", "“b”"),
        ("a[^1] ", "it's", "it’s"),
        ("[^1]: ", "it's", "it’s"), ("a < b, ", "\"c\"", "“c”"), ("- ", "\"a\"", "“a”"), ("> ", "\"a\"", "“a”"),
        ("# ", "\"a\"", "“a”"),
        ("| ", "\"a\" |", "“a” |"), ("[", "\"a\"](b)", "“a”](b)"), ("- [ ] ", "'a'", "‘a’"),
        ("---\ntitle: x\n---\n", "\"a\"", "“a”"),
    ])
    func proseBehind(before: String, keys: String, expected: String) {
        #expect(typed(keys, after: before, TypedPunctuation(isSmart: true)) == before + expected)
    }

    @Test(arguments: [
        ("你好,世界.真的吗?是!好;对:", "你好，世界。真的吗？是！好；对："),
        ("Hi, you. 3.5, f(x)", "Hi, you. 3.5, f(x)"),
        ("第3.5节(见图 1)和(a)", "第3.5节（见图 1）和（a）"),
        ("f(x)和(y)好", "f(x)和（y）好"),
        ("见(图f(x)一)", "见（图f(x)一）"),
        ("他说\"hello\",\"你好\"", "他说“hello”，“你好”"),
        ("他说:\"你好\"", "他说：“你好”"),
        ("甲\\乙", "甲、乙"),
        ("读<<红楼梦>>吧", "读《红楼梦》吧"),
        ("<<红楼梦>>", "《红楼梦》"),
        ("cin << x >> y", "cin << x >> y"),
        ("等等......好", "等等……好"),
        ("等等......!真的--?no...?", "等等……！真的——？no...?"),
        ("等等...好", "等等...好"),
        ("真的--好", "真的——好"),
        ("Swift 6.3,好", "Swift 6.3,好"),
        ("[文](http://a.b/你,c)", "[文](http://a.b/你,c)"),
        ("`你,好`", "`你,好`"),
        (">> 引", ">> 引"),
    ])
    func chinese(keys: String, expected: String) {
        #expect(typed(keys, TypedPunctuation(isSmart: false, isChinese: true, language: "zh")) == expected)
    }

    @Test func bothSetsOfRulesGoTogether() {
        let rules = TypedPunctuation(isSmart: true, isChinese: true, language: "zh")
        #expect(
            typed("他说\"Don't\",\"'好'\"......\n\nIt's \"so\"--yes...", rules) == "他说“Don’t”，“‘好’”……\n\nIt’s “so”–yes…")
    }

    @Test func aDashThatGrowsIsToldAsItWasTyped() throws {
        let text: Text = "a–-"
        let found = try #require(TypedPunctuation(isSmart: true).conversion(in: text, at: text.utf8Count, state: .body))
        #expect(found == TypedPunctuation.Conversion(range: 1..<5, typed: "---", becomes: "—"))
    }

    @Test func aLongParagraphIsNotReadWhole() {
        let text = Text(String(repeating: "word ", count: 3_000) + "\"")
        #expect(TypedPunctuation(isSmart: true).conversion(in: text, at: text.utf8Count, state: .body)?.becomes == "“")
    }
}

@Suite struct TypesetTests {
    @Test(arguments: [
        ("en", "\"It's -- so --- good...\" `\"x\"` [a](b \"t\")", "“It’s – so — good…” `\"x\"` [a](b \"t\")"),
        ("fr", "\" oui \" et \"non\"", "«\u{202F}oui\u{202F}» et «\u{202F}non\u{202F}»"),
        ("de", "\"Ja\"\n\"Nein\"\n---", "„Ja“\n„Nein“\n---"),
        ("zh", "他说\"你好\"......", "他说“你好”……"),
    ])
    func paragraphs(language: String, before: String, after: String) throws {
        let text = Text("\"other\"\n\n" + before + "\n\n\"third\"\n")
        let edit = try #require(PunctuationEdits.typeset(text, Selection(9), language: language))
        var result = text
        try edit.changes.apply(to: &result)
        #expect(result.string == "\"other\"\n\n" + after + "\n\n\"third\"\n")
        #expect(PunctuationEdits.typeset(result, edit.selection, language: language) == nil)
    }

    @Test func aSelectionOverAFenceLeavesTheFence() throws {
        let text: Text = "\"a\"\n\n```\n\"b\"\n```\n\n\"c\"\n"
        let edit = try #require(
            PunctuationEdits.typeset(text, Selection(anchor: 0, head: text.utf8Count), language: "en"))
        var result = text
        try edit.changes.apply(to: &result)
        #expect(result.string == "“a”\n\n```\n\"b\"\n```\n\n“c”\n")
    }

    @Test func aSelectionWithinASentenceGoesOnWithWhatIsBeforeIt() throws {
        let text: Text = "“He said it\" and \"more\""
        let edit = try #require(PunctuationEdits.typeset(text, Selection(anchor: 6, head: 16), language: "en"))
        var result = text
        try edit.changes.apply(to: &result)
        #expect(result.string == "“He said it” and \"more\"")
    }

    @Test func aBookIsTypesetInOneEdit() throws {
        let text = Text(String(repeating: "\"It's\" -- a line of “prose”, 他说\"好\".\n\n", count: 20_000))
        let edit = try #require(
            PunctuationEdits.typeset(text, Selection(anchor: 0, head: text.utf8Count), language: "en"))
        #expect(edit.changes.lengthBefore == text.utf8Count)
    }
}
