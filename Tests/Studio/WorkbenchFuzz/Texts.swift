import TestSupport

extension SeededGenerator {
    /// One of `items`, which is not empty.
    mutating func of<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// True once in `number` times.
    mutating func once(in number: Int) -> Bool { below(number) == 0 }
}

/// Texts, characters and numbers as writers, notes, servers and files have them, and as nobody would expect them.
enum Texts {
    static let characters: [Character] =
        Array("abcxyz   ...,,1209--*#>|`_~:;!?\"'()[]{}/\\$%^&+=<@") + [
            "字", "笔", "。", "“", "，", "é", "e\u{301}", "👩‍👩‍👧", "🇩🇪", "☺\u{FE0F}", "ﷺ", "\u{200B}", "א", "ก",
        ]

    static let fragments = [
        "a", " ", "\n", "\n\n", "word ", "two words ", "A sentence. Another one? ", "# Heading\n\n",
        "## Second\n\nText of it.\n\n", "- item\n", "  - inner item\n",
        "1. one\n2. two\n", "- [ ] open\n- [x] done\n", "> quoted\n> more\n", "| a | b |\n| --- | :-: |\n| 1 | 二 |\n",
        "```\ncode *here*\n```\n", "```\n", "---\ntitle: T\ntarget: 100\n---\n",
        "---\n", "[^1]", "[^1]: a note\n", "[^note]: notes/a.md\n", "[link](x.md)", "**strong** *em* `code`",
        "<!-- target: 50 -->\n", "\t", "   \n", "我的笔记里有一段话。", "第二句话，很长。\n",
        "👩‍👩‍👧", "e\u{301}", "\u{FE0F}", "\u{200D}", "\u{301}", "\u{E0080}", "\u{F0080}", "\r", "\r\n",
        "longwordwithoutanyblankinitthatneedsmorethanonerow", "a--b... \"c\" 'd' ", "  ", "(", ")", "...",
    ]

    /// Control characters too, which never come from a terminal but do from files and servers.
    static let hostile = [
        "", "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{0}", "\u{202E}gnp.exe", "a\nb\nc",
        String(repeating: "x", count: 500), "字字字字字字字字字字字字", "\u{301}", "%s%n", "\t\t",
    ]

    static let numbers = [
        0, 1, 2, 3, 7, 80, 1_000, -1, -2, 65_535, 1 << 31, 1 << 32, Int.max, Int.max - 1, Int.min, Int.min + 1,
    ]

    static func text(_ random: inout SeededGenerator, upTo limit: Int) -> String {
        var result = ""
        for _ in 0..<random.below(limit + 1) { result += random.of(fragments) }
        return result
    }

    static func word(_ random: inout SeededGenerator) -> String {
        random.once(in: 3) ? random.of(hostile) : random.of(fragments)
    }

    static func number(_ random: inout SeededGenerator) -> Int {
        random.once(in: 2) ? random.below(20) : random.of(numbers)
    }
}
