import Kernels

/// Exact search: the query is compared with every candidate. Every other index is tested against it.
///
/// Bytes are compared first, which are a quarter of the memory; each comparison comes with a bound on what rounding
/// may have cost, and the rows that could be among the nearest are compared exactly. The answer is the same.
package struct FlatIndex: Sendable {
    /// The rows that are searched; those appended later are too.
    package let table: VectorTable

    /// An index over all rows of a table; there is nothing to build.
    package init(_ table: VectorTable) { self.table = table }

    /// The nearest rows, nearest first.
    ///
    /// - Parameters:
    ///   - limit: how many at most; nil for all.
    ///   - candidates: the rows that count; nil for all.
    ///   - minimum: the least similarity that counts.
    ///   - first: rows before this one don't count.
    package func search(
        _ query: [Float], limit: Int? = nil, candidates: CandidateSet? = nil, minimum: Float = -.infinity,
        from first: Int = 0
    ) -> [Neighbour] {
        let limit = min(limit ?? .max, table.count)
        guard limit > 0, query.count == table.dimension else { return [] }
        var best = TopK(limit: limit)
        for row in contenders(query, limit, candidates, minimum, first) {
            let item = Neighbour(row: row, similarity: table.dot(row, query))
            if item.similarity >= minimum { best.offer(item) }
        }
        return best.sorted()
    }

    /// The rows that may be among the nearest: those whose best case isn't below the worst case of `limit`
    /// others.
    private func contenders(
        _ query: [Float], _ limit: Int, _ candidates: CandidateSet?, _ minimum: Float, _ first: Int
    ) -> [Int] {
        var certain = TopK(limit: limit)
        var threshold = minimum
        var possible: [(row: Int, bestCase: Float)] = []
        table.scan(query, of: candidates, from: first, threshold: minimum) { estimate in
            possible.append((estimate.row, estimate.value + estimate.error))
            certain.offer(Neighbour(row: estimate.row, similarity: estimate.value - estimate.error))
            threshold = max(certain.worst ?? threshold, threshold)
            return threshold
        }
        return possible.filter { $0.bestCase >= threshold }.map(\.row)
    }
}
