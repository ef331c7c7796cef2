import TextCore

/// The language of a text, as far as its script or its most common words tell.
///
/// Limits: of languages in Latin letters only those whose small words are listed are known; a text without such
/// words, or with those of two languages, is of none.
public struct Language: Sendable, Hashable {
    /// Two letters of ISO 639-1.
    public let code: String

    /// - Parameter code: `en`, or with a region as in `zh-TW`, which says nothing more here. nil for unknown ones.
    public init?(_ code: String) {
        let short = code.lowercased().prefix { $0 != "-" && $0 != "_" }
        guard Self.known.contains(String(short)) else { return nil }
        self.code = String(short)
    }

    private init(known code: String) { self.code = code }

    /// All that can be told apart.
    public static let known = (scripts + smallWords.map(\.code)).sorted()

    /// Those of `known` in one line, for messages.
    public static let names = known.joined(separator: ", ")

    private static let scripts = ["zh", "ja", "ko", "ru", "uk", "el", "ar", "fa", "he", "th", "hi"]

    /// The language of most of a text; nil when that can't be told.
    public static func detect(_ text: String) -> Language? {
        var census = LetterCounts()
        for scalar in text.unicodeScalars { census.count(scalar) }
        if census.latin > census.others { return detectLatin(text) }
        return census.code.map { Language(known: $0) }
    }

    // MARK: By letters

    private struct LetterCounts {
        var latin = 0
        var han = 0
        var kana = 0
        var hangul = 0
        var cyrillic = 0
        var ukrainian = 0
        var greek = 0
        var arabic = 0
        var persian = 0
        var hebrew = 0
        var thai = 0
        var devanagari = 0

        /// A character of a script without spaces says as much as several letters.
        var others: Int { 3 * (han + kana + hangul) + cyrillic + greek + arabic + hebrew + thai + devanagari }

        mutating func count(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: latin += 1
            case let value where EastAsianScripts.isHan(value): han += 1
            case let value where EastAsianScripts.isKana(value): kana += 1
            case let value where EastAsianScripts.isHangul(value): hangul += 1
            case 0x400...0x52F:
                cyrillic += 1
                if [0x404, 0x406, 0x407, 0x454, 0x456, 0x457, 0x490, 0x491].contains(scalar.value) { ukrainian += 1 }
            case 0x370...0x3FF, 0x1F00...0x1FFF: greek += 1
            case 0x600...0x6FF, 0x750...0x77F:
                arabic += 1
                if [0x67E, 0x686, 0x698, 0x6AF, 0x6A9, 0x6CC].contains(scalar.value) { persian += 1 }
            case 0x590...0x5FF: hebrew += 1
            case 0xE00...0xE7F: thai += 1
            case 0x900...0x97F: devanagari += 1
            default: break
            }
        }

        var code: String? {
            let east = han + kana + hangul
            let counts = [
                ("east", 3 * east), ("ru", cyrillic), ("el", greek), ("ar", arabic), ("he", hebrew), ("th", thai),
                ("hi", devanagari),
            ]
            guard let most = counts.max(by: { $0.1 < $1.1 }), most.1 > 0 else { return nil }
            switch most.0 {
            // Japanese is never long without kana, nor Korean prose without Hangul; Chinese quotes a word of either.
            case "east": return hangul > east / 3 ? "ko" : kana * 8 > east ? "ja" : "zh"
            case "ru": return ukrainian * 40 > cyrillic ? "uk" : "ru"
            case "ar": return persian * 20 > arabic ? "fa" : "ar"
            default: return most.0
            }
        }
    }

    // MARK: By small words

    private static func detectLatin(_ text: String) -> Language? {
        var scores = [Int](repeating: 0, count: smallWords.count)
        var words = 0
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            words += 1
            guard let languages = languagesOf[word] else { continue }
            for index in languages { scores[index] += 1 }
            if words == 400 { break }
        }
        guard let best = scores.max(), let index = scores.firstIndex(of: best), best > 0 else { return nil }
        let second = scores.enumerated().filter { $0.offset != index }.map(\.element).max() ?? 0
        // A single small word in a long list of names proves nothing.
        guard best > second, best * 14 >= words else { return nil }
        return Language(known: smallWords[index].code)
    }

    private static let languagesOf: [Substring: [Int]] = {
        var table: [Substring: [Int]] = [:]
        for (index, entry) in smallWords.enumerated() {
            for word in entry.words.split(separator: " ") { table[word, default: []].append(index) }
        }
        return table
    }()

    /// Words that nearly every sentence of a language has one of.
    private static let smallWords: [(code: String, words: String)] = [
        (
            "en",
            "the and of to in is that it for with as was on are be this by not have from at or an which but they his her you were their been has its would what there when who will can more if out so we no one about than into only other these could them then now some such"
        ),
        (
            "de",
            "der die das und in zu den ist von mit sich des auf für nicht ein eine einer eines dem es er sie auch als an nach wie im aus bei um aber dass oder noch nur wird sind war einen zum zur über so wir ich man vor durch haben hat werden kann wenn"
        ),
        (
            "fr",
            "le la les de des et en un une du que qui est dans pour pas au aux ce il elle sur plus par se ne sont avec son sa ses mais comme on ou nous vous leur cette été être ont aussi sans même où leurs deux fait"
        ),
        (
            "es",
            "el la los las de del y en que a un una es por con no se su para al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos fue son era"
        ),
        (
            "it",
            "il lo la i gli le di del della dei delle e è che in un una per con non si da al alla nel nella sono come ma più anche ci questo questa suo sua o se era ha dal dalla cui tra quando essere stato loro"
        ),
        (
            "pt",
            "o a os as de do da dos das e em que um uma é por com não se no na nos nas para ao mais como mas foi ele ela são seu sua ou quando muito já também só pelo pela até isso entre era depois sem mesmo aos"
        ),
        (
            "nl",
            "de het een en van in is dat op te zijn met voor niet aan er om ook als maar door over bij uit naar dan nog wel worden werd heeft hij zij ze je wat kan deze dit tot hun meer geen wordt zich"
        ),
        (
            "sv",
            "och det att i en som på är av för med den till inte har de om ett han men var jag sig från vi så kan när man hon under också efter eller nu sin där vid mot ska skulle kunde dem ut över än blev alla"
        ),
        (
            "da",
            "og det at en som på er af for med den til ikke har de om et han men var jeg sig fra vi så kan når man hun under også efter eller nu sin der ved mod skal skulle kunne dem ud over end blev alle hvad hvor"
        ),
        (
            "pl",
            "i w na z do się nie że to jest o jak ale po co tak za od jego jej są być był który która które dla ten tym przez czy tylko przy może już lub oraz także więc jako gdy bez ich"
        ),
    ]
}
