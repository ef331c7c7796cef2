import Kernels

/// A row of an index and its inner product with the query.
package struct Neighbour: Sendable, Equatable {
    package var row: Int
    package var similarity: Float

    /// Nearer first; of equals, the earlier row.
    static func isNearer(_ a: Neighbour, _ b: Neighbour) -> Bool {
        a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row
    }
}

/// Exact search: the query is compared with every candidate. Every other index is tested against it.
///
/// With many rows, bytes are compared first, which are a quarter of the memory; each comparison comes with a
/// bound on what rounding may have cost, and the rows that could be among the nearest are compared exactly. The
/// answer is the same.
package struct FlatIndex: Sendable {
    package let vectors: VectorMatrix
    private let bytes: ByteMatrix?

    /// Below this many rows, reading all floats takes less than a third of a millisecond.
    package static let fewRows = 2048

    /// - Parameter fewRows: up to how many rows bytes aren't worth having.
    package init(vectors: VectorMatrix, fewRows: Int = fewRows) {
        self.vectors = vectors
        bytes = vectors.count > fewRows ? ByteMatrix(vectors) : nil
    }

    /// The `limit` nearest rows, nearest first.
    ///
    /// - Parameter candidates: the rows that count; nil for all.
    package func search(_ query: [Float], limit: Int, candidates: CandidateSet? = nil) -> [Neighbour] {
        guard limit > 0, vectors.count > 0, query.count == vectors.dimension else { return [] }
        var best = TopK(limit: limit)
        // A look at a few floats costs less than one at all bytes.
        if let bytes, (candidates?.count ?? vectors.count) > vectors.count / 8 {
            for row in Self.contenders(bytes, query, limit, candidates) {
                best.offer(Neighbour(row: row, similarity: vectors.dot(row, query)))
            }
        } else {
            for row in 0..<vectors.count {
                if let candidates, !candidates.contains(row) { continue }
                best.offer(Neighbour(row: row, similarity: vectors.dot(row, query)))
            }
        }
        return best.sorted()
    }

    /// The rows that may be among the nearest: those whose best case isn't below the worst case of `limit`
    /// others.
    private static func contenders(
        _ bytes: ByteMatrix, _ query: [Float], _ limit: Int, _ candidates: CandidateSet?
    ) -> [Int] {
        var certain = TopK(limit: limit)
        var threshold = -Float.infinity
        var possible: [(row: Int, bestCase: Float)] = []
        bytes.forEachEstimate(query) { estimate in
            guard estimate.value + estimate.error >= threshold else { return }
            if let candidates, !candidates.contains(estimate.row) { return }
            possible.append((estimate.row, estimate.value + estimate.error))
            certain.offer(Neighbour(row: estimate.row, similarity: estimate.value - estimate.error))
            threshold = certain.worst ?? threshold
        }
        return possible.filter { $0.bestCase >= threshold }.map(\.row)
    }
}

/// The best `limit` of what it is offered: a binary heap with the worst on top.
struct TopK {
    private let limit: Int
    private var heap: [Neighbour] = []

    init(limit: Int) { self.limit = limit }

    /// The similarity of the worst that is kept, once there are `limit`.
    var worst: Float? { heap.count == limit ? heap.first?.similarity : nil }

    mutating func offer(_ item: Neighbour) {
        if heap.count < limit {
            heap.append(item)
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard Neighbour.isNearer(heap[parent], heap[child]) else { break }
                heap.swapAt(parent, child)
                child = parent
            }
        } else if let worst = heap.first, Neighbour.isNearer(item, worst) {
            heap[0] = item
            sink()
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && Neighbour.isNearer(heap[worst], heap[child]) {
                worst = child
            }
            if worst == parent { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }

    func sorted() -> [Neighbour] { heap.sorted(by: Neighbour.isNearer) }
}
