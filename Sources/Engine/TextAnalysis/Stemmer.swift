/// English words without their endings: the Porter2 algorithm (M. F. Porter, "The English (Porter2) stemming
/// algorithm", 2001, snowballstem.org/algorithms/english/stemmer.html).
///
/// writer and writers are one stem, study and studies, hope and hoping; irregular forms (wrote) aren't.
package struct Stemmer {
    private var word: [UInt8]
    /// Where R1 and R2 begin: behind the first consonant after a vowel, and the same again in there.
    private var r1 = 0
    private var r2 = 0

    /// The stem of `word`, which is in lower case without apostrophes. A word with anything but a to z is returned as
    /// it is.
    package static func stem(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard bytes.count > 2, bytes.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
            return word
        }
        if let exception = exceptions[word] { return exception }
        var stemmer = Stemmer(bytes)
        stemmer.run()
        return String(decoding: stemmer.word, as: UTF8.self)
    }

    private init(_ bytes: [UInt8]) {
        word = bytes
        // A y that is a consonant is written Y.
        if word[0] == UInt8(ascii: "y") { word[0] = UInt8(ascii: "Y") }
        for i in 1..<word.count where word[i] == UInt8(ascii: "y") && isVowel(i - 1) { word[i] = UInt8(ascii: "Y") }
        r1 = Self.irregularPrefixes.first { word.starts(with: $0) }?.count ?? region(from: 0)
        r2 = region(from: r1)
    }

    private mutating func run() {
        removePlural()
        if !Self.finished.contains(String(decoding: word, as: UTF8.self)) {
            removeVerbEnding()
            changeFinalY()
            replaceSuffix(Self.step2, from: r1)
            replaceSuffix(Self.step3, from: r1)
            removeSuffix()
            removeFinalLetter()
        }
        for i in word.indices where word[i] == UInt8(ascii: "Y") { word[i] = UInt8(ascii: "y") }
    }

    // MARK: The steps

    private mutating func removePlural() {
        if ends("sses") {
            drop(2)
        } else if ends("ied") || ends("ies") {
            drop(word.count > 4 ? 2 : 1)
        } else if ends("us") || ends("ss") {
            return
        } else if ends("s"), word.dropLast(2).indices.contains(where: isVowel) {
            drop(1)
        }
    }

    private mutating func removeVerbEnding() {
        for (suffix, replacement) in [("eedly", "ee"), ("eed", "ee")] where ends(suffix) {
            if word.count - suffix.utf8.count >= r1 { replace(suffix, by: replacement) }
            return
        }
        for suffix in ["ingly", "edly", "ing", "ed"] where ends(suffix) {
            guard word.dropLast(suffix.utf8.count).indices.contains(where: isVowel) else { return }
            drop(suffix.utf8.count)
            if ends("at") || ends("bl") || ends("iz") {
                word.append(UInt8(ascii: "e"))
            } else if endsInDouble {
                drop(1)
            } else if isShort {
                word.append(UInt8(ascii: "e"))
            }
            return
        }
    }

    private mutating func changeFinalY() {
        guard word.count > 2, let last = word.last, last | 0x20 == UInt8(ascii: "y"), !isVowel(word.count - 2)
        else { return }
        word[word.count - 1] = UInt8(ascii: "i")
    }

    private static let step2 = [
        ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"),
        ("biliti", "ble"), ("lessli", "less"), ("tional", "tion"), ("alism", "al"), ("aliti", "al"),
        ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"), ("iviti", "ive"), ("ousli", "ous"), ("abli", "able"),
        ("alli", "al"), ("anci", "ance"), ("ator", "ate"), ("enci", "ence"), ("izer", "ize"), ("bli", "ble"),
        ("ogi", "og"), ("li", ""),
    ]
    private static let step3 = [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"), ("iciti", "ic"),
        ("ical", "ic"), ("ness", ""), ("ful", ""),
    ]
    private static let step4 = [
        "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous",
        "al", "er", "ic",
    ]

    private mutating func replaceSuffix(_ table: [(String, String)], from region: Int) {
        guard let (suffix, replacement) = table.first(where: { ends($0.0) }) else { return }
        let start = word.count - suffix.utf8.count
        guard start >= region else { return }
        switch suffix {
        case "ogi": guard start > 0, word[start - 1] == UInt8(ascii: "l") else { return }
        case "li": guard start > 0, "cdeghkmnrt".utf8.contains(word[start - 1]) else { return }
        case "ative": guard start >= r2 else { return }
        default: break
        }
        replace(suffix, by: replacement)
    }

    private mutating func removeSuffix() {
        guard let suffix = Self.step4.first(where: { ends($0) }) else { return }
        let start = word.count - suffix.utf8.count
        guard start >= r2 else { return }
        if suffix == "ion" { guard start > 0, "st".utf8.contains(word[start - 1]) else { return } }
        drop(suffix.utf8.count)
    }

    private mutating func removeFinalLetter() {
        let last = word.count - 1
        if ends("e") {
            if last >= r2 || (last >= r1 && !endsInShortSyllable(word.count - 1)) { drop(1) }
        } else if ends("ll"), last >= r2 {
            drop(1)
        }
    }

    // MARK: Letters

    private func isVowel(_ i: Int) -> Bool { "aeiouy".utf8.contains(word[i]) }

    private func region(from start: Int) -> Int {
        var i = start
        while i < word.count, !isVowel(i) { i += 1 }
        while i < word.count, isVowel(i) { i += 1 }
        return min(word.count, i + 1)
    }

    private func ends(_ suffix: String) -> Bool {
        word.count >= suffix.utf8.count && word.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    private mutating func drop(_ count: Int) { word.removeLast(count) }

    private mutating func replace(_ suffix: String, by replacement: String) {
        drop(suffix.utf8.count)
        word += replacement.utf8
    }

    private var endsInDouble: Bool {
        guard word.count > 1, let last = word.last, last == word[word.count - 2] else { return false }
        return "bdfgmnprt".utf8.contains(last)
    }

    /// Whether the first `count` letters end in a vowel and a consonant, and before them a consonant or nothing.
    private func endsInShortSyllable(_ count: Int) -> Bool {
        if count == 2 { return isVowel(0) && !isVowel(1) }
        guard count > 2 else { return false }
        return !isVowel(count - 3) && isVowel(count - 2) && !isVowel(count - 1)
            && !"wxY".utf8.contains(word[count - 1])
    }

    private var isShort: Bool { r1 >= word.count && endsInShortSyllable(word.count) }

    private static let irregularPrefixes = ["gener", "commun", "arsen"].map { Array($0.utf8) }

    private static let exceptions = [
        "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl",
        "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl", "sky": "sky",
        "news": "news", "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
    ]

    /// Words that are done once their plural is gone.
    private static let finished: Set<String> = [
        "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
    ]
}
