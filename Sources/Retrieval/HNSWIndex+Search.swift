import Kernels

extension HNSWIndex {
    /// The `limit` nearest rows, nearest first; approximately.
    ///
    /// Rows that are no candidates are walked through and not answered with. With few candidates the
    /// walk sees too few of them, so then all candidates are compared.
    package func search(
        _ query: [Float], limit: Int, candidates: CandidateSet? = nil, ef: Int = 0
    ) -> [Neighbour] {
        guard let entry, limit > 0 else { return [] }
        if let candidates, candidates.count < max(limit * 4, levels.count / 10) {
            return FlatIndex(vectors: vectors).search(query, limit: limit, candidates: candidates)
        }
        guard query.count == vectors.dimension else { return [] }
        var nearest = [Neighbour(row: entry, similarity: vectors.dot(entry, query))]
        var layer = Int(levels[entry])
        while layer > 0 {
            nearest = searchLayer(query, from: nearest, ef: 1, layer: layer)
            layer -= 1
        }
        var width = max(ef, limit * 2, 100)
        guard let candidates else {
            return Array(searchLayer(query, from: nearest, ef: width, layer: 0).prefix(limit))
        }
        // Widen until enough of what is seen may be answered with.
        while true {
            let found = searchLayer(query, from: nearest, ef: width, layer: 0)
                .filter { candidates.contains($0.row) }
            if found.count >= limit { return Array(found.prefix(limit)) }
            if width >= levels.count {
                // A part of the graph can't be reached: compare all.
                return FlatIndex(vectors: vectors).search(query, limit: limit, candidates: candidates)
            }
            width *= 4
        }
    }

    /// The `ef` nodes of a layer nearest to `query` that a best-first walk from `start` finds, nearest
    /// first (the paper's algorithm 2).
    func searchLayer(
        _ query: [Float], from start: [Neighbour], ef: Int, layer: Int
    ) -> [Neighbour] {
        var visited = CandidateSet(capacity: levels.count)
        var open = NeighbourHeap(nearestFirst: true)
        var best = NeighbourHeap(nearestFirst: false)
        for node in start {
            visited.insert(node.row)
            open.push(node)
            best.push(node)
            if best.count > ef { _ = best.pop() }
        }
        while let node = open.pop() {
            if best.count >= ef, let worst = best.first, Neighbour.isNearer(worst, node) { break }
            forEachNeighbour(node.row, layer) { other in
                guard !visited.contains(other) else { return }
                visited.insert(other)
                let next = Neighbour(row: other, similarity: vectors.dot(other, query))
                if best.count < ef {
                    open.push(next)
                    best.push(next)
                } else if let worst = best.first, Neighbour.isNearer(next, worst) {
                    open.push(next)
                    best.push(next)
                    _ = best.pop()
                }
            }
        }
        return best.sorted()
    }
}

/// A binary heap with the nearest or the farthest on top.
struct NeighbourHeap {
    private let nearestFirst: Bool
    private var items: [Neighbour] = []

    init(nearestFirst: Bool) { self.nearestFirst = nearestFirst }

    var count: Int { items.count }
    var first: Neighbour? { items.first }

    func sorted() -> [Neighbour] { items.sorted(by: Neighbour.isNearer) }

    private func isAbove(_ a: Neighbour, _ b: Neighbour) -> Bool {
        nearestFirst ? Neighbour.isNearer(a, b) : Neighbour.isNearer(b, a)
    }

    mutating func push(_ item: Neighbour) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard isAbove(items[child], items[parent]) else { return }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Neighbour? {
        guard let top = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return top }
        items[0] = last
        var parent = 0
        while true {
            var above = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && isAbove(items[child], items[above]) {
                above = child
            }
            if above == parent { return top }
            items.swapAt(parent, above)
            parent = above
        }
    }
}
