/// A row of an index and its inner product with the query.
struct Neighbour: Sendable, Equatable {
    var row: Int
    var similarity: Float

    /// Nearer first; of equals, the earlier row.
    static func isNearer(_ a: Neighbour, _ b: Neighbour) -> Bool {
        a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row
    }
}

/// Exact search: the query is compared with every candidate. Every other index is tested against it.
struct FlatIndex: Sendable {
    let vectors: VectorMatrix

    /// The `limit` nearest rows, nearest first.
    ///
    /// - Parameter candidates: the rows that count; nil for all.
    func search(_ query: [Float], limit: Int, candidates: CandidateSet? = nil) -> [Neighbour] {
        guard limit > 0 else { return [] }
        let packed = vectors.packed(query)
        var best = TopK(limit: limit)
        for row in 0..<vectors.count {
            if let candidates, !candidates.contains(row) { continue }
            best.offer(Neighbour(row: row, similarity: vectors.dot(row, packed)))
        }
        return best.sorted()
    }
}

/// The best `limit` of what it is offered: a binary heap with the worst on top.
struct TopK {
    private let limit: Int
    private var heap: [Neighbour] = []

    init(limit: Int) { self.limit = limit }

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
