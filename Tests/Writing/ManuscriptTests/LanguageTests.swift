import Testing

@testable import Manuscript

@Suite struct LanguageTests {
    @Test(arguments: [
        ("The river was frozen when they came to the bridge.", "en"),
        ("Der Fluss war gefroren, als sie zur Brücke kamen.", "de"),
        ("La rivière était gelée quand ils sont arrivés au pont.", "fr"),
        ("El río estaba helado cuando llegaron al puente.", "es"),
        ("Il fiume era ghiacciato quando sono arrivati al ponte.", "it"),
        ("O rio estava gelado quando eles chegaram à ponte, mas não havia ninguém.", "pt"),
        ("De rivier was bevroren toen ze bij de brug aankwamen, maar er was niemand.", "nl"),
        ("Älven var frusen när de kom till bron och det var kallt.", "sv"),
        ("Rzeka była zamarznięta, gdy przyszli na most, ale nie było tam nikogo.", "pl"),
        ("当他们走到桥边时，河已经结冰了。", "zh"), ("彼らが橋に着いたとき、川は凍っていた。", "ja"), ("그들이 다리에 도착했을 때 강은 얼어 있었다.", "ko"),
        ("Река замёрзла, когда они пришли к мосту.", "ru"), ("Річка замерзла, коли вони прийшли до мосту.", "uk"),
        ("Το ποτάμι ήταν παγωμένο.", "el"), ("كان النهر متجمدا عندما وصلوا إلى الجسر.", "ar"),
        ("رودخانه یخ زده بود وقتی به پل رسیدند.", "fa"),
        ("הנהר היה קפוא כשהגיעו לגשר.", "he"), ("แม่น้ำกลายเป็นน้ำแข็งเมื่อพวกเขามาถึงสะพาน", "th"),
        ("जब वे पुल पर पहुँचे तो नदी जमी हुई थी।", "hi"),
        ("他在《The Art of Computer Programming》里写到了这一点，读者大多没有注意。", "zh"),
        ("The word 检索 means retrieval, and it is written with two characters.", "en"),
        ("使用 BM25 与向量检索融合", "zh"),
    ])
    func isTold(text: String, code: String) { #expect(Language.detect(text)?.code == code) }

    @Test(arguments: ["", "12 + 30 = 42", "Knuth, Dijkstra, Hoare", "let x = foo(bar)", "…"])
    func isNotTold(text: String) { #expect(Language.detect(text) == nil) }

    @Test func namesAreReadWithTheirRegion() {
        #expect(Language("zh-TW")?.code == "zh")
        #expect(Language("EN")?.code == "en")
        #expect(Language("xx") == nil)
    }
}
