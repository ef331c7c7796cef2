import Foundation
import Kernels

/// A hierarchical navigable small-world graph (Malkov & Yashunin 2018): approximate search in
/// about logarithmic time.
///
/// The walk compares bytes; the best it saw are compared again in floats. Rows are inserted while others search. A row
/// that is gone is left out of `candidates`, and of the graph by `compacted`; a changed one is a new row.
package struct HNSWIndex: Sendable {
    /// The graph that is walked.
    package let graph: NavigableGraph
    /// The vectors of the graph's rows.
    package var table: VectorTable { graph.table }

    /// Rows looked at for each that is inserted.
    package static let efConstruction = 200

    /// How many rows a walk keeps, unless more are asked for: in the index benchmark more than 99 of 100 of the
    /// nearest ten are among them, at 100,000 rows with 96 and at 1,000,000 with 384.
    package static func ef(rows: Int) -> Int {
        max(96, Int(96 * pow(Double(rows) / 100_000, 0.602)))
    }

    /// An index that searches and fills this graph.
    package init(_ graph: NavigableGraph) { self.graph = graph }

    /// The rows of `range` into the graph that aren't in it, by some threads at a time.
    ///
    /// - Returns: false when it was cancelled: what is in stays in.
    @discardableResult
    package func insert(
        _ range: Range<Int>, efConstruction: Int = efConstruction, pool: WorkerPool,
        progress: @escaping @Sendable (Int) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> Bool {
        let next = Counter(limit: range.count)
        let isStopped = Flag()
        let graph = graph
        let insert: @Sendable (Int) -> Void = { index in
            let row = range.lowerBound + index
            if !graph.contains(row) { graph.insert(row, ef: efConstruction) }
        }
        // The first few lead everybody else.
        for _ in 0..<min(range.count, 64) { if let index = next.take() { insert(index) } }
        pool.run { _ in
            while !isStopped.isUp, let index = next.take() {
                if index & 255 == 0 {
                    if isCancelled() { isStopped.raise() }
                    progress(index)
                }
                insert(index)
            }
        }
        return !isStopped.isUp
    }

    /// The nearest rows, nearest first; approximately.
    ///
    /// A filter holds inside the walk. Where it lets few rows through, or the walk has spent what comparing all of
    /// them costs, they are all compared: the answer is exact then.
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - candidates: the rows that count; nil for all.
    ///   - minimum: the least similarity that counts.
    ///   - ef: the walk's width, at least `limit`; nil for one that suits the number of rows.
    package func search(
        _ query: [Float], limit: Int, candidates: CandidateSet? = nil, minimum: Float = -.infinity,
        ef: Int? = nil
    ) -> [Neighbour] {
        guard limit > 0, query.count == table.dimension else { return [] }
        let flat = FlatIndex(table)
        let count = candidates?.count ?? table.count
        let width = max(ef ?? Self.ef(rows: table.count), limit + limit / 2)
        // Where a share s of n rows counts, a walk that keeps w of them takes time in proportion to w / s, and a scan to
        // n s. The factor is what the index benchmark shows; twice the budget is what a scan costs.
        guard Double(count) * Double(count) > Double(table.count) * Double(width) * 40,
            let seen = graph.search(query, ef: width, candidates: candidates, budget: count / 4),
            seen.count >= limit
        else { return flat.search(query, limit: limit, candidates: candidates, minimum: minimum) }
        var best = TopK(limit: limit)
        // The worst are out of reach of those that rounding could bring back.
        for item in seen.prefix(limit * 2 + 16) {
            let exact = Neighbour(row: item.row, similarity: table.dot(item.row, query))
            if exact.similarity >= minimum { best.offer(exact) }
        }
        return best.sorted()
    }

    /// An index of the rows in `kept` alone, numbered from 0 on in the same order.
    package func compacted(keeping kept: CandidateSet, room: Int, pool: WorkerPool) -> HNSWIndex? {
        let made = graph.compacted(keeping: kept, room: room) { count, body in
            let next = Counter(limit: count)
            pool.run { _ in while let row = next.take() { body(row) } }
        }
        return made.map { HNSWIndex($0.graph) }
    }
}
