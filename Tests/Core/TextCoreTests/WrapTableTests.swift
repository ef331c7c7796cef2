import TestSupport
import Testing

@testable import TextCore

/// Where rows end, after UAX 14 and kinsoku shori: `|` is a place where a row may end and the next begin.
@Suite struct WrapTableTests {
    /// The line with every place where a row may end.
    private func marked(_ line: String) -> String {
        var rules = BreakRules()
        var result = ""
        let characters = Array(line)
        for (index, character) in characters.enumerated() {
            func kind(_ index: Int) -> (kind: BreakClass, value: UInt32) {
                guard index < characters.count, let scalar = characters[index].unicodeScalars.first else {
                    return (.space, 0x20)
                }
                return (BreakClass(scalar, isWide: DisplayWidth.of(characters[index]) >= 2), scalar.value)
            }
            if rules.take(kind(index).kind, value: kind(index).value, following: kind(index + 1)) { result += "|" }
            result.append(character)
        }
        return result
    }

    @Test(arguments: [
        // Words, and what stands at them.
        "one |two, |three. |Four", "(one |two) |[x](y) |{z}", "well-|known |-x |--flag |a |- |b",
        "2024-11-27 |covid-19 |-5 |10–20",
        "10% |$5 |5 |% |€20 |20°C |№5", "1,000.5 |3:45 |a/b |e.g. |x", "don't |don’t |’90s |rock |’n’ |roll",
        "word—|word — |word —word", "wait… |wait…what …and",
        "he |said |“so |‘it’ |is” |then", "\"a\" |'b' |\"c\"", "„gut“ |und |‚so‘ |da", "« oui » |« non »",
        "sade |”hej” |ja", "«да» |нет",
        "bonjour ! |ça |va ?", "a\u{A0}b |c\u{202F}! |d", "**bold** |*it* |`code` |~~x~~",
        // Addresses.
        "see |https://a.example/|path/|to/|page.html |and/or", "<https://a.b/|c> |x",
        // Chinese.
        "他|说，|你|好。", "他|说：|“你|好！”|他|走|了。", "（一）|二|（三）", "《红|楼|梦》|和|《西|游|记》", "真|的——|假|的……|好", "——你|好", "……你|好",
        "“‘你|好’|他|说”", "用|Swift |6|写|的|程|序", "约-5|度，|50%|的|人，|$5|元，|１|０％|好", "第|1|章：", "甲、|乙、|丙；|丁", "好。|「啊」|『呀』",
        "句|子。[^1] |好[^2]|吧",
        "中|文**粗|体**中|文", "他|说\"你|好\"吗", "“好”|“坏”", "好！！？|是", "见|[链|接](http://a.b/|c)|处",
        // Japanese: small kana and marks of repetition begin no row.
        "キャッ|ト", "ちょっ|と|待っ|て", "ラー|メ|ン|を", "人々|は、|「は|い」|と|言|う。", "ア・|イ・|ウ", "〜|と〜|は",
        // Korean, emoji.
        "한|국|어 |글|자", "好|👍|的|👩‍👩‍👧！", "a |🇫🇷|🇩🇪 |b",
    ])
    func places(expected: String) {
        #expect(marked(expected.replacing("|", with: "")) == expected)
    }

    private func rows(_ line: String, _ width: Int, indent: Int = 0) -> [String] {
        let bytes = Array(line.utf8)
        return LineBreaker.wrap(line, width: width, hangingIndent: indent).map {
            String(decoding: bytes[$0.range], as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("意思相近，向量", 8, 0, ["意思相", "近，向量"]),
        ("他说“你好”吗", 6, 0, ["他说", "“你好”", "吗"]),
        ("真的——假的……", 6, 0, ["真的——", "假的……"]),
        ("好。）」他说", 4, 0, ["好。", "）」", "他说"]),
        ("用Swift写", 6, 0, ["用", "Swift", "写"]),
        ("long https://a.example/path/to x", 18, 0, ["long ", "https://a.example/", "path/to x"]),
        ("- https://example.org/a/b", 12, 2, ["- https://ex", "ample.org/", "a/b"]),
        ("- [ ] abcdefghijkl mno", 12, 6, ["- [ ] abcdef", "ghijkl ", "mno"]),
        ("a\tb\tc", 6, 0, ["a\tb\t", "c"]),
        ("नि नि नि", 5, 0, ["नि नि ", "नि"]),
        ("กำกำกำ", 4, 0, ["กำกำ", "กำ"]),
        ("e\u{301}e\u{301}e\u{301}", 2, 0, ["e\u{301}e\u{301}", "e\u{301}"]),
        ("👩‍👩‍👧👩‍👩‍👧", 3, 0, ["👩‍👩‍👧", "👩‍👩‍👧"]),
    ])
    func lines(line: String, width: Int, indent: Int, expected: [String]) {
        #expect(rows(line, width, indent: indent) == expected)
    }

    /// However it is put together: no row begins with what closes or ends with what opens, where another place could be found.
    @Test(arguments: 1...60)
    func noRowBeginsOrEndsWrong(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "你", "好", "世界", "，", "。", "“好”", "《书》", "（a）", "……", "——", "word", " ", "！", "、", "「", "」", "か", "っ", "ー",
            "：", "1990",
        ]
        let line = (0..<80).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
        for width in [20, 31, 40] {
            let rows = rows(line, width)
            for (index, row) in rows.enumerated().dropFirst() {
                let before = rows[index - 1]
                // A row that had no place at all was cut where it was full.
                guard marked(before).contains("|") else { continue }
                guard let first = row.first, let last = before.last(where: { $0 != " " }) else { continue }
                #expect(!"，。、；：？！」』）】》”’…っー".contains(first), "\(before)/\(row)")
                #expect(first != "—" || last != "—", "\(before)/\(row)")
                #expect(!"「『（【《“‘".contains(last), "\(before)/\(row)")
            }
        }
    }

    /// What goes the quick way has the same graphemes and cells as the string itself.
    @Test(arguments: 1...100)
    func graphemesAreThoseOfTheString(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let scalars: [Unicode.Scalar] = Array(
            "aé我한가ｱﾞかか\u{3099}\u{301}\u{200D}👩👍🏽🇫❤\u{FE0F}\u{FE0E}1\u{20E3}กำนि\u{94D}क\u{1100}\u{1161}\u{11AB}“—…。〰〽㊗©®™\u{AD}\u{200B}\u{600}\u{E0067}\u{7F}\t \u{FEFF}"
                .unicodeScalars)
        var line = ""
        for _ in 0..<40 { line.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)]) }
        var expected = 0
        for row in LineBreaker.wrap(line, width: 1) {
            let text = String(decoding: Array(line.utf8)[row.range], as: UTF8.self)
            #expect(row.range.lowerBound == expected)
            expected = row.range.upperBound
            // One grapheme a row, but for what hangs or has no cells.
            #expect(text.filter { DisplayWidth.of($0) > 0 && !$0.isWhitespace }.count <= 1, "\(text.debugDescription)")
            #expect(
                line.utf8.index(line.startIndex, offsetBy: row.range.lowerBound)
                    == line.index(
                        before: line.index(after: line.utf8.index(line.startIndex, offsetBy: row.range.lowerBound))))
        }
        #expect(expected == line.utf8.count)
    }
}
