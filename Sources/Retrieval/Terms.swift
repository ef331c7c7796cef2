extension Unicode.Scalar {
    /// Written without spaces between words: Han, kana, Hangul and their extensions.
    var isCJK: Bool {
        switch value {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0x20000...0x3134F:
            value != 0x30FB && value != 0x3097
        default: false
        }
    }

    /// A letter, digit or mark.
    var isTermPart: Bool {
        if value < 0x80 {
            return (0x30...0x39).contains(value) || (0x61...0x7A).contains(value | 0x20)
        }
        return properties.isAlphabetic || properties.numericType != nil
    }
}

/// The words of a text, as full-text search knows them.
enum Term: Hashable, Sendable {
    /// Letters and digits in lower case.
    case word(String)
    /// A run of CJK characters, however many words it is.
    case run([Character])
}

/// Cuts text into terms.
///
/// SQLite's tokenizer takes a whole CJK clause for one word. So CJK text goes to the index as
/// overlapping pairs (检索质量 → 检索 索质 质量), and as single characters for queries of one.
enum Terms {
    static func scan(_ text: String) -> [Term] {
        var terms: [Term] = []
        var word = String.UnicodeScalarView()
        var run: [Character] = []
        func flush() {
            if !word.isEmpty { terms.append(.word(String(word).lowercased())) }
            if !run.isEmpty { terms.append(.run(run)) }
            word.removeAll()
            run.removeAll()
        }
        for scalar in text.unicodeScalars {
            if scalar.isCJK {
                if !word.isEmpty { flush() }
                run.append(Character(scalar))
            } else if scalar.isTermPart {
                if !run.isEmpty { flush() }
                word.append(scalar)
            } else {
                flush()
            }
        }
        flush()
        return terms
    }

    /// The columns of the full-text table for `text`.
    static func columns(of text: String) -> (words: String, pairs: String, singles: String) {
        var words: [String] = []
        var pairs: [String] = []
        var singles: [String] = []
        for term in scan(text) {
            switch term {
            case .word(let word): words.append(word)
            case .run(let run):
                pairs.append(contentsOf: Terms.pairs(of: run))
                singles.append(contentsOf: run.map(String.init))
            }
        }
        return (
            words.joined(separator: " "), pairs.joined(separator: " "),
            singles.joined(separator: " ")
        )
    }

    static func pairs(of run: [Character]) -> [String] {
        guard run.count > 1 else { return [] }
        return (1..<run.count).map { String(run[($0 - 1)...$0]) }
    }

    /// Words and pairs, stemmed: what two texts are compared by.
    static func keys(of text: String) -> Set<String> {
        var keys: Set<String> = []
        for term in scan(text) {
            switch term {
            case .word(let word): keys.insert(stem(word))
            case .run(let run):
                if run.count == 1 { keys.insert(String(run)) }
                keys.formUnion(pairs(of: run))
            }
        }
        return keys
    }

    /// A word without its commonest English endings. Coarser than the index's Porter stemmer; it
    /// decides only what is shown as matched.
    static func stem(_ word: String) -> String {
        guard word.utf8.count > 3, word.utf8.allSatisfy({ $0 < 0x80 }) else { return word }
        var stem = Substring(word)
        for ending in ["ies", "ing", "ed", "es", "s"] where stem.hasSuffix(ending) {
            if ending == "s", stem.hasSuffix("ss") { break }
            let shorter = stem.dropLast(ending.utf8.count)
            guard shorter.utf8.count >= 3 else { continue }
            stem = shorter
            if ending == "ies" { return stem + "y" }
            break
        }
        // hop(p)ing and mak(e)
        if let last = stem.last, stem.utf8.count > 3 {
            if last == "e" { return String(stem.dropLast()) }
            if last == stem.dropLast().last, !"lsz".contains(last) { return String(stem.dropLast()) }
        }
        return String(stem)
    }

    /// English words that say nothing about a passage's subject.
    static let stopWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
        "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in",
        "into", "is", "it", "its", "may", "me", "my", "no", "nor", "not", "of", "on", "or", "our",
        "s", "she", "should", "so", "t", "than", "that", "the", "their", "them", "then", "there",
        "these", "they", "this", "those", "to", "was", "we", "were", "what", "when", "where",
        "which", "who", "why", "will", "with", "would", "you", "your",
    ]
}
