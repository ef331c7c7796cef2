import TextCore

extension Unicode.Scalar {
    /// Han, kana and Hangul.
    package var isCJK: Bool { EastAsianScripts.isIndexedInPairs(value) }

    /// Of a script whose words aren't told apart by spaces, or, in Korean, not from what is attached to them: CJK, Thai,
    /// Lao, Burmese, Khmer.
    package var isUnspaced: Bool {
        if value < 0x0E00 { return false }
        return switch value {
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E81...0x0ECE, 0x0EDC...0x0EDF, 0x1000...0x103F, 0x1050...0x108F,
            0x1780...0x17D3:
            true
        default: isCJK || EastAsianScripts.isBopomofo(value) || EastAsianScripts.isHangulJamo(value)
        }
    }

    /// A letter, digit or mark.
    package var isTermPart: Bool {
        if value < 0x80 {
            return (0x30...0x39).contains(value) || (0x61...0x7A).contains(value | 0x20)
        }
        if properties.isAlphabetic || properties.numericType != nil { return true }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark: true
        default: false
        }
    }
}

/// The words of a text, as full-text search knows them.
package enum Term: Hashable, Sendable {
    /// Letters and digits, folded.
    case word(String)
    /// A run of characters of a script without spaces, however many words it is; folded too.
    case run([Unicode.Scalar])

    /// The word, or the run as one string.
    package var text: String {
        switch self {
        case .word(let word): return word
        case .run(let run):
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: run)
            return String(scalars)
        }
    }
}

/// Cuts text into terms, and terms into what the full-text table holds.
///
/// SQLite's tokenizers take a whole Chinese clause for one word. Here a word becomes its stem, and a run overlapping
/// pairs and its last character (检索质量 → 检索 索质 质量 量): every character begins exactly one token, so that a
/// stretch of two or more is a phrase of pairs, and one alone a prefix. That finds words of any length, and a Korean
/// word with or without its particles.
///
/// FTS5 gets the outcome separated by spaces and cuts no further. A change of what is made here needs a step in
/// `LibraryMigrations` that fills the full-text table anew.
package enum TextAnalyzer {
    /// The terms of a text in order, folded; O(n).
    package static func scan(_ text: String) -> [Term] { scan(folded: Folding.fold(text)) }

    /// The terms of a text that `Folding` has made already.
    package static func scan(folded text: String) -> [Term] {
        var terms: [Term] = []
        var word = String.UnicodeScalarView()
        var run: [Unicode.Scalar] = []
        func flush() {
            if !word.isEmpty { terms.append(.word(String(word))) }
            if !run.isEmpty { terms.append(.run(run)) }
            word.removeAll()
            run.removeAll()
        }
        for scalar in text.unicodeScalars {
            if scalar.isUnspaced {
                if !word.isEmpty { flush() }
                run.append(scalar)
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

    /// The columns of the full-text table for a passage: its headings, its text, and the words of both whose stem is
    /// another, for prefixes to be looked up in.
    package static func columns(heading: String, body: String) -> (heading: String, body: String, forms: String) {
        let heading = scan(heading)
        let body = scan(body)
        var forms: [String] = []
        for case .word(let word) in heading + body where Stemmer.stem(word) != word { forms.append(word) }
        return (
            heading.flatMap(tokens).joined(separator: " "), body.flatMap(tokens).joined(separator: " "),
            forms.joined(separator: " ")
        )
    }

    /// What the full-text table holds for a term: the stem of a word, the pairs and the last character of a run.
    package static func tokens(of term: Term) -> [String] {
        switch term {
        case .word(let word): [Stemmer.stem(word)]
        case .run(let run): pairs(of: run) + [String(run[run.count - 1])]
        }
    }

    /// The overlapping pairs of a run, in order; none for a single character.
    package static func pairs(of run: [Unicode.Scalar]) -> [String] {
        guard run.count > 1 else { return [] }
        return (1..<run.count).map { Term.run(Array(run[($0 - 1)...$0])).text }
    }

    /// Stems and pairs: what two texts are compared by.
    package static func keys(of text: String) -> Set<String> {
        var keys: Set<String> = []
        for term in scan(text) {
            switch term {
            case .word(let word): keys.insert(Stemmer.stem(word))
            case .run(let run):
                if run.count == 1 { keys.insert(String(run[0])) }
                keys.formUnion(pairs(of: run))
            }
        }
        return keys
    }

    /// English words that say nothing about a passage's subject.
    package static let stopWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "d", "did", "do",
        "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in",
        "into", "is", "it", "its", "ll", "m", "may", "me", "my", "no", "nor", "not", "of", "on", "or", "our", "re",
        "s", "she", "should", "so", "t", "than", "that", "the", "their", "them", "then", "there",
        "these", "they", "this", "those", "to", "ve", "was", "we", "were", "what", "when", "where",
        "which", "who", "why", "will", "with", "would", "you", "your",
    ]
}
