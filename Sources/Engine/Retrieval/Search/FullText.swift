import TextAnalysis
import TextCore

/// What a query asks the full-text index, and what of it a passage contains.
///
/// All terms are alternatives: BM25 puts the passages with more and rarer ones first. Conditions are asked apart, so that
/// they hold for passages found by their vectors too.
///
/// Whatever a writer typed, only letters and digits in quotation marks get into FTS5's own language.
struct FullTextQuery: Sendable, Equatable {
    typealias Item = ParsedQuery.Item

    /// What is looked for, without stop words (unless there are only such), each once, in order.
    let items: [Item]
    let required: [[Item]]
    let excluded: [Item]
    /// The query as a model is to read it.
    let text: String

    /// A paragraph as a query has many terms; those behind this many change little.
    static let maximumTerms = 64

    init(_ text: String, syntax: QuerySyntax = .plain) {
        let parsed = ParsedQuery(text, syntax: syntax)
        var items: [Item] = []
        var seen: Set<[String]> = []
        for item in parsed.wanted {
            let tokens = item.terms.flatMap(TextAnalyzer.tokens) + (item.isPrefix ? ["*"] : [])
            if seen.insert(tokens).inserted { items.append(item) }
            if items.count >= FullTextQuery.maximumTerms * 2 { break }
        }
        let telling = items.filter { !Self.isStopWord($0) }
        self.items = Self.shortened((telling.isEmpty ? items : telling).prefix(FullTextQuery.maximumTerms))
        required = Array(parsed.required.prefix(FullTextQuery.maximumTerms)).map {
            Array($0.prefix(FullTextQuery.maximumTerms))
        }
        excluded = Array(parsed.excluded.prefix(FullTextQuery.maximumTerms))
        self.text = parsed.text
    }

    var isEmpty: Bool { items.isEmpty }
    var hasConditions: Bool { !required.isEmpty || !excluded.isEmpty }

    /// The first of `items` that together are so many alternatives as are asked; of a run without end, its beginning.
    private static func shortened(_ items: ArraySlice<Item>) -> [Item] {
        var room = maximumTerms * 2
        var kept: [Item] = []
        for var item in items where room > 0 {
            if let run = item.looseRun {
                if run.count - 1 > room { item.terms = [.run(Array(run.prefix(room + 1)))] }
                room -= min(room, run.count - 1)
            } else {
                room -= 1
            }
            kept.append(item)
        }
        return kept
    }

    private static func isStopWord(_ item: Item) -> Bool {
        guard !item.isQuoted, !item.isPrefix, item.terms.count == 1, case .word(let word) = item.terms[0] else {
            return false
        }
        return TextAnalyzer.stopWords.contains(word)
    }

    // MARK: In FTS5's language

    // Terms hold letters and digits only and stand in quotes, so no text can be read as an operator.

    /// What ranks; nil when there is nothing to ask.
    var expression: String? { Self.anyOf(alternatives) }

    /// What ranks, one by one.
    var alternatives: [String] {
        var parts: [String] = []
        var seen: Set<String> = []
        for item in items {
            for part in alternatives(item) where seen.insert(part).inserted { parts.append(part) }
        }
        return parts
    }

    /// What a passage must contain; nil without such a condition.
    var requirement: String? {
        let groups = required.compactMap { Self.anyOf($0.map(phrase)) }
        return groups.isEmpty ? nil : groups.map { "(\($0))" }.joined(separator: " AND ")
    }

    /// What a passage must not contain; nil without such a condition.
    var exclusion: String? { Self.anyOf(excluded.map(phrase)) }

    private static func anyOf(_ parts: [String]) -> String? {
        parts.isEmpty ? nil : parts.joined(separator: " OR ")
    }

    private func alternatives(_ item: Item) -> [String] {
        // A run that nobody put in quotes may be several words.
        guard let run = item.looseRun else { return [phrase(item)] }
        return TextAnalyzer.pairs(of: run).map { Self.column + "\"\($0)\"" }
    }

    private func phrase(_ item: Item) -> String {
        var tokens: [String] = []
        var isPrefix = item.isPrefix
        for (index, term) in item.terms.enumerated() {
            let isLast = index == item.terms.count - 1
            switch term {
            case .word(let word): tokens.append(isLast && item.isPrefix ? word : Stemmer.stem(word))
            case .run(let run):
                // Its last character may be followed by others in the text.
                if isLast, run.count > 1 {
                    tokens += TextAnalyzer.pairs(of: run)
                    isPrefix = false
                } else {
                    tokens += TextAnalyzer.tokens(of: term)
                    isPrefix = isPrefix || isLast
                }
            }
        }
        let text = "\"\(tokens.joined(separator: " "))\"" + (isPrefix ? " *" : "")
        // Only a prefix of one word is looked up among the words as written; in a phrase the stems count.
        if isPrefix, tokens.count == 1, case .word = item.terms[0] { return "{heading body forms} : " + text }
        return Self.column + text
    }

    private static let column = "{heading body} : "

    // MARK: In a passage

    /// The query's terms that `text` contains, each once, longest stretches of a run tried first.
    func matchedTerms(in text: String) -> [String] {
        let folded = Folding.fold(text)
        let terms = TextAnalyzer.scan(folded: folded)
        var stems: Set<String> = []
        var words: Set<String> = []
        for case .word(let word) in terms {
            words.insert(word)
            stems.insert(Stemmer.stem(word))
        }
        let stretches = RunStretches(folded)
        var matched: [String] = []
        func add(_ term: String) { if !matched.contains(term) { matched.append(term) } }
        for item in items {
            if item.isPrefix, item.terms.count == 1, case .word(let beginning) = item.terms[0] {
                if words.contains(where: { $0.hasPrefix(beginning) }) { add(beginning + "*") }
                continue
            }
            if item.isQuoted || item.terms.count > 1 {
                if Self.contains(terms, item) { add(item.terms.map(\.text).joined(separator: " ")) }
                continue
            }
            for term in item.terms {
                switch term {
                case .word(let word): if stems.contains(Stemmer.stem(word)) { add(word) }
                case .run(let run): stretches.found(of: run).forEach(add)
                }
            }
        }
        return matched.filter { term in !matched.contains { $0 != term && Self.says($0, term) } }
    }

    /// Whether a matched term says all that another one does: 检索质量 of 检索, index* of indexes, a phrase of its words.
    private static func says(_ term: String, _ other: String) -> Bool {
        if other.unicodeScalars.allSatisfy(\.isUnspaced) { return term.contains(other) }
        if other.contains("*") || other.contains(" ") { return false }
        if term.hasSuffix("*") {
            return other.hasPrefix(term.dropLast()) || Stemmer.stem(other).hasPrefix(term.dropLast())
        }
        return term.contains(" ")
            && term.split(separator: " ").contains { Stemmer.stem(String($0)) == Stemmer.stem(other) }
    }

    private static func contains(_ terms: [Term], _ item: Item) -> Bool {
        let text = terms.flatMap(TextAnalyzer.tokens)
        var wanted = item.terms.flatMap(TextAnalyzer.tokens)
        guard let last = item.terms.last else { return false }
        var beginning = item.isPrefix ? wanted.removeLast() : nil
        if case .run(let run) = last {
            // The pairs say it all but for a lone character, which begins a pair.
            if beginning == nil { beginning = wanted.removeLast() }
            if run.count > 1 { beginning = nil }
        }
        let count = wanted.count + (beginning == nil ? 0 : 1)
        guard count > 0, text.count >= count else { return false }
        return (0...(text.count - count)).contains { start in
            text[start..<(start + wanted.count)].elementsEqual(wanted)
                && (beginning.map { text[start + wanted.count].hasPrefix($0) } ?? true)
        }
    }

    /// The terms a sentence may share with the query.
    var sharedKeys: Set<String> { Set(items.flatMap { $0.terms.flatMap(Self.keys) }) }

    private static func keys(_ term: Term) -> [String] {
        switch term {
        case .word(let word): [Stemmer.stem(word)]
        case .run(let run): run.count == 1 ? [String(run[0])] : TextAnalyzer.pairs(of: run)
        }
    }
}

extension ParsedQuery.Item {
    /// A run that nobody put in quotation marks, so that it may be several words; nil for a lone character.
    fileprivate var looseRun: [Unicode.Scalar]? {
        guard !isQuoted, terms.count == 1, case .run(let run) = terms[0], run.count > 1 else { return nil }
        return run
    }
}
