import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Café", "cafe"), ("cafe\u{301}", "cafe"), ("naïve", "naive"), ("ZÜRICH", "zurich"), ("Straße", "strasse"),
        ("Łódź", "lodz"), ("smørrebrød", "smorrebrod"), ("Œuvre", "oeuvre"), ("İstanbul ısı", "istanbul isi"),
        ("ΣΟΦΟΣ", "σοφοσ"), ("σοφός", "σοφοσ"), ("ﬁre", "fire"), ("Ｆｕｌｌ　２０２４", "full 2024"),
        ("ﾃﾞｰﾀﾍﾞｰｽ", "データベース"), ("Ёлка", "елка"), ("йод", "йод"), ("co\u{AD}operate", "cooperate"),
        ("שָׁלוֹם", "שלום"), ("مُحَمَّد", "محمد"), ("हिन्दी", "हिन्दी"), ("\u{1112}\u{1161}\u{11A8}교", "학교"), ("検索", "検索"),
    ])
    func formsThatReadersTakeForOneAreOne(text: String, folded: String) {
        #expect(Folding.fold(text) == folded)
    }

    @Test func foldingTwiceChangesNothing() {
        var source = TextFuzzer(seed: 5)
        for _ in 0..<500 {
            let once = Folding.fold(source.text())
            #expect(Folding.fold(once) == once)
        }
    }
}
