"""The texts make_reference.py compares with, and the words it trains a tokenizer on."""

import random
import unicodedata

TEXTS = [
    "",
    "That is a happy person",
    "That is a very happy person",
    "That is a happy dog",
    "Today is a sunny day",
    "The quick brown fox jumps over the lazy dog.",
    "写作是一种思考的方式,笔记帮助我们记住读过的东西。",
    "東京は日本の首都です。カフェで本を読む。",
    "Great news! 🎉🚀 The family 👨‍👩‍👧 arrived 😀.",
    "Café naïve façade — “Ångström” and Straße, ÉCOLE, İstanbul",
    "x",
    "Attention lets every token look at every other token of its own sentence. " * 40,
    "Ωμέγα и Москва: смешанный текст, with HTML <b>bold</b> & code `let x = 1`",
    " ",
    "   \t\n  ",
    "A single line.\nAnother line.\r\nA third.",
    "Writing is thinking on paper; notes are thinking kept.",
    "The archive held letters, ledgers, maps and one unsigned will.",
    "How do I cite a passage from my own notes?",
    "如何在长文写作中引用自己的笔记?",
    "向量检索把相似的段落放在一起,全文检索找到确切的词。",
    "《红楼梦》第一回:甄士隐梦幻识通灵,贾雨村风尘怀闺秀。",
    "機械学習のモデルは文章をベクトルに変換します。",
    "한국어 문장을 벡터로 바꾸는 모델입니다.",
    "النص العربي يُكتب من اليمين إلى اليسار.",
    "ภาษาไทยไม่มีช่องว่างระหว่างคำ",
    "Mixed 中文 and English, 混合 text 2024年 v1.5 API。",
    "Emoji only: 🇨🇳🇯🇵🇰🇷 👩‍💻 🧑🏽‍🚀 ❤️‍🔥",
    "e\u0301 a\u030a o\u0308\u0323 combining, \u0301 alone",
    "zero\u200bwidth\u200djoiner\ufeffmark and soft\u00adhyphen",
    "controls \u0000\u0001\u0007\u001b[31m end",
    "\ufffd replaced \ufffd\ufffd bytes",
    "[CLS] [SEP] [MASK] <s> </s> <mask> <pad> <unk>",
    "ﬁne ﬂow ① Ⅷ ａｂｃ ㍿ ½",
    "https://example.org/path?query=1&other=two#part",
    "def f(x): return x ** 2  # squares",
    "1234567890 3.14159 -42 1e10 0x1F",
    "ALL CAPITALS AND camelCase AND snake_case",
    "don't can't won't it's o'clock",
    "supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis",
    "长" * 600,
    "no" * 900,
    "word " * 700,
]

SAMPLES = [
    "hello world", "Hello, World!", "  leading and trailing  ", "tabs\tand\nnew\r\nlines",
    "unaffable unbelievably antidisestablishmentarianism", "don't can't won't it's",
    "http://example.com/a?b=c&d=%20#frag", "foo_bar-baz.qux@host.tld", "1,234.56 €3.99 £7 ¥100",
    "你好,世界。写作", "混合English与中文text", "日本語のテキスト ひらがな カタカナ が ぎ ガ", "한국어 텍스트 안녕하세요",
    "Москва ёлка Йод", "ελληνικά Άλφα ΑΣ ς", "العربية نص", "עברית שלום", "हिन्दी पाठ किताब", "ภาษาไทย",
    "Tiếng Việt có dấu", "ÀÉÎÕÜ àéîõü ŒœßẞıİŁł", "e\u0301 combining a\u030a o\u0308\u0323",
    "zero\u200bwidth\u200djoin\ufeffbom", "soft\u00adhyphen", "nbsp\u00a0space\u2003em\u3000ideographic",
    "line\u2028sep\u2029para\u0085nel", "null\u0000byte \ufffd replacement \u0007bell \u000bvt \u000cff",
    "\ue000private\uf8ff", "emoji 😀👍🏽👨‍👩‍👧‍👦🇫🇷☺️", "math ∑∫√∞≈≠ ½ ² ³ ™ © ®", "quotes “double” ‘single’ «guillemets» „low“",
    "dashes – — ― … · •", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "z" * 5000,
    "豈更車 CJK compat \uf900\ufa0e", "\U00020000\U0002a6d6\U0002b740\U0002b820\U0002ceb0", "\u037e greek question \u1fef", "\u2000en\u2001quad",
    "[CLS] literal [SEP] and [MASK]x[UNK] [pad] [PAD] [ CLS]", "[[CLS]]", "##ing ##", "# ## ###", "^caret$dollar+plus=eq|pipe~tilde<lt>`tick`",
    "ﬁ ligature ﬂ Ⅷ ① ａｂｃ ＡＢＣ", "ǅ Ǆ ǆ ŉ ΐ", "\u1e9e \u0130 \u0131", "Ａ\u0301", "word\u0300\u0301\u0302", "\u0301 lone mark",
    "", " ", "\u0000", "\u0301", "漢\u0301字", "\u3099", "\u0e33 \u0ec0", "𝒜𝓁𝓅𝒽𝒶", "𐐀𐐨", "ꙀꙁᎠ Ა", "\U000e0001tag", "\u061c\u200f rtl",
]

POOLS = [
    (0x20, 0x7F), (0x00, 0x20), (0xA0, 0x250), (0x250, 0x370), (0x370, 0x530), (0x590, 0x700),
    (0x900, 0x980), (0xE00, 0xE80), (0x10A0, 0x1100), (0x1E00, 0x2000), (0x2000, 0x2070),
    (0x2100, 0x2400), (0x3000, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0xF900, 0xFB07),
    (0xFE00, 0xFE70), (0xFF00, 0xFFF0), (0x1D400, 0x1D500), (0x1F300, 0x1F650), (0x20000, 0x20050),
    (0x2F800, 0x2F850),
]


def fuzzed(count):
    """Texts of random scalars. The reference's tables of character classes are as old as Unicode 9,
    and Swift's follow the standard, so scalars that came later are left out of the comparison."""
    source = random.Random(20240229)

    def scalar(pool):
        while True:
            one = chr(source.randrange(*pool))
            if pool[0] >= 0x1D400 or unicodedata.ucd_3_2_0.category(one) != "Cn":
                return one

    for _ in range(count):
        pools = source.sample(POOLS, source.randint(1, 4)) + [(0x61, 0x7B)] * 2
        text = "".join(
            " " if source.random() < 0.15 else scalar(source.choice(pools))
            for _ in range(source.randint(1, 40))
        )
        yield text


LANGUAGES = [
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years much where your way down should because long each just state those people too mr how little good world make very year still see own work men day get here old life both between being under three never know same last another while us might great go come since against right came take used himself few house american use place during high without again home around small however found mrs part school thought went say general once upon war left every don't does got united number hand course water until always away public something fact less though far put head think called set almost enough end took government night yet better system four nothing told eyes city going president why days present point didn't look find asked second group later knew room social business side need order god young".split(),
    "写作 笔记 段落 引用 文章 作者 模型 向量 检索 中文 长文 工作室 终端 编辑 光标 图书馆 历史 思考 语言 世界 时间 今天 明天 我们 他们 你们 可以 需要 没有 因为 所以 如果 但是 已经 一个 这个 那个 什么 怎么 为什么 知识 问题 答案 研究 学习 文字 书籍 城市 朋友 生活 工作 机器 数据 系统 开始 结束 重要 简单 困难 的 了 在 是 和 有 不 人 我 他 说 要 去 看 写 读".split(),
    "文章 私 あなた これ それ です ます した する ある いる ない 日本 東京 言葉 本 読む 書く ノート モデル ベクトル コンピュータ 検索 引用 今日 明日 時間 世界 問題 の は を に が と で も から まで".split(),
    "글 노트 문장 모델 벡터 검색 인용 오늘 내일 시간 세계 문제 한국어 사람 우리 그들 있다 없다 하다 되다 이다 쓰다 읽다 책 도시 생활 그리고 하지만 그래서".split(),
    "النص الكتابة ملاحظات فقرة نموذج بحث اقتباس اليوم غدا وقت عالم سؤال لغة كتاب مدينة حياة و في من على إلى هذا ذلك ليس كان يكون".split(),
    "ภาษา ไทย เขียน อ่าน หนังสือ วันนี้ เวลา โลก คำถาม และ ของ ที่ ใน เป็น".split(),
]

UNIGRAM_SAMPLES = [
    "x<mask>y", "a <mask> b", "  <mask>  ", "<mask><mask>", "<s></s><pad><unk>", "the <unk> of", "whole", "a whole day",
    "wholesale unwhole whole.", "Whole WHOLE", "<0x41><0xE4>", "▁▁a▁b", "▁", "▁ ▁", "the▁of", "  two  spaces   three ",
    "say ``quoted``", "ﬁ\u0301 ﬁ\u0301\u0301 ﬁ", "½\u0301", "㍿ ㍿\u0301", "Å\u0301 Å", "e\u0340 e\u0341 \u0344", "\u0340", "\r\n\r\n",
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309b", "\u0600a \u06dd5", "\u1100\u1161\u11a8 각\u0301", "ｶﾞ ﾊﾟ ｱ",
    "👨‍👩‍👧‍👦👍🏽🇫🇷🇩🇪🇫", "กำ ນຳ", "नमस्ते क्षि", "\u200b\u200c\u200d\u2060", "\u3000 \u00a0\u2028x\u2029", "😀\u200d", "ﷺ", "İstanbul ΑΣ ς",
]
