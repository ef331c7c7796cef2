/// What a query asks the full-text index, and what of it a passage contains.
///
/// All terms are alternatives: BM25 puts the passages with more and rarer ones first.
struct FullTextQuery: Sendable, Equatable {
    /// Words without stop words (unless there are only such), each once, in order.
    let words: [String]
    /// Runs of CJK characters, each once, in order.
    let runs: [[Character]]

    /// A paragraph as a query has many terms; those behind this many change little.
    static let maximumTerms = 64

    init(_ text: String) {
        var words: [String] = []
        var runs: [[Character]] = []
        for term in Terms.scan(text) {
            switch term {
            case .word(let word): if !words.contains(word) { words.append(word) }
            case .run(let run): if !runs.contains(run) { runs.append(run) }
            }
            if words.count + runs.count >= FullTextQuery.maximumTerms * 2 { break }
        }
        let telling = words.filter { !Terms.stopWords.contains($0) }
        if !telling.isEmpty || !runs.isEmpty { words = telling }
        self.words = Array(words.prefix(FullTextQuery.maximumTerms))
        self.runs = Array(runs.prefix(FullTextQuery.maximumTerms))
    }

    var isEmpty: Bool { words.isEmpty && runs.isEmpty }

    /// The query in FTS5's language; nil when there is nothing to ask. Terms hold letters and digits
    /// only and stand in quotes, so no text can be read as an operator.
    var expression: String? {
        var parts: [String] = []
        if !words.isEmpty { parts.append("{heading body} : (\(anyOf(words)))") }
        var pairs: [String] = []
        for pair in runs.flatMap(Terms.pairs(of:)) where !pairs.contains(pair) {
            pairs.append(pair)
            if pairs.count == FullTextQuery.maximumTerms { break }
        }
        if !pairs.isEmpty { parts.append("pairs : (\(anyOf(pairs)))") }
        let singles = runs.filter { $0.count == 1 }.map { String($0) }
        if !singles.isEmpty { parts.append("singles : (\(anyOf(singles)))") }
        return parts.isEmpty ? nil : parts.joined(separator: " OR ")
    }

    private func anyOf(_ terms: [String]) -> String {
        terms.map { "\"\($0)\"" }.joined(separator: " OR ")
    }

    /// The query's terms that `text` contains, longest CJK stretches tried first.
    func matchedTerms(in text: String) -> [String] {
        let keys = Terms.keys(of: text)
        var matched = words.filter { keys.contains(Terms.stem($0)) }
        for run in runs {
            var start = 0
            // A pair is the shortest that counts, unless the run itself is one character.
            let shortest = min(2, run.count)
            while start + shortest <= run.count {
                var end = min(run.count, start + 24)
                while end - start >= shortest, !text.contains(String(run[start..<end])) { end -= 1 }
                guard end - start >= shortest else {
                    start += 1
                    continue
                }
                let term = String(run[start..<end])
                if !matched.contains(term) { matched.append(term) }
                start = end
            }
        }
        return matched
    }

    /// The sentence of `text` that shares most terms with the query, the first of equals, on one line.
    func bestSentence(of text: String) -> String {
        let wanted = Set(words.map(Terms.stem)).union(runs.flatMap(Terms.pairs(of:)))
            .union(runs.filter { $0.count == 1 }.map { String($0) })
        var best = ""
        var most = -1
        for sentence in Sentences.split(text) {
            let shared = Terms.keys(of: sentence).intersection(wanted).count
            if shared > most {
                most = shared
                best = sentence
            }
        }
        return best.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
