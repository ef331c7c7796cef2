import TextAnalysis

/// Which sentence of a passage answers a query best.
package struct SnippetSelector: Sendable {
    private let wanted: Set<String>

    /// A selector for a query as it was typed.
    package init(_ query: String, syntax: QuerySyntax = .plain) { self.init(FullTextQuery(query, syntax: syntax)) }

    init(_ query: FullTextQuery) { wanted = query.sharedKeys }

    /// The place of the sentence that shares most terms with the query, the first of equals.
    package func best(_ sentences: [String]) -> Int {
        best(sentences, [Double](repeating: 0, count: sentences.count), termWeight: 1)
    }

    /// The place of the sentence with the largest sum of its similarity and its share of the query's terms.
    ///
    /// - Parameter similarities: one for each sentence.
    package func best(_ sentences: [String], _ similarities: [Double], termWeight: Double) -> Int {
        var best = 0
        var most = -Double.infinity
        for (index, sentence) in sentences.enumerated() where index < similarities.count {
            let shared =
                Double(TextAnalyzer.keys(of: sentence).intersection(wanted).count) / Double(max(1, wanted.count))
            let sum = similarities[index] + termWeight * shared
            if sum > most {
                most = sum
                best = index
            }
        }
        return best
    }
}
