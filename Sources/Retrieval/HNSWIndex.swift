import Kernels

/// A hierarchical navigable small-world graph (Malkov & Yashunin 2018): approximate search in
/// about logarithmic time.
///
/// Every row is a node of layer 0 and, with falling probability, of the layers above. A search walks
/// greedily down the layers and widens at the lowest. Built in memory from the matrix, with a
/// seeded generator, so the same rows give the same graph. Immutable afterwards: a changed library builds
/// a new one.
package struct HNSWIndex: Sendable {
    package let vectors: VectorMatrix
    /// The highest layer of each node; -1 for rows that were left out.
    var levels: [Int8]
    /// Layer 0: for each node a count and then `maximumAtBase` neighbours, in one array.
    var base: [Int32]
    /// Layers 1 and up, by node and layer - 1; empty for most nodes.
    var upper: [[[Int32]]]
    var entry: Int?

    /// M: links a node makes on each layer. Layer 0 keeps up to twice as many.
    let links: Int
    let efConstruction: Int
    var maximumAtBase: Int { links * 2 }

    /// - Parameter rows: the rows that become nodes; nil for all.
    package init(
        _ vectors: VectorMatrix, rows: CandidateSet? = nil, links: Int = 16,
        efConstruction: Int = 100, seed: UInt64 = 0x5EED
    ) {
        precondition(links > 1, "a graph with one link a node is not navigable")
        self.vectors = vectors
        self.links = links
        self.efConstruction = efConstruction
        levels = [Int8](repeating: -1, count: vectors.count)
        base = [Int32](repeating: 0, count: vectors.count * (links * 2 + 1))
        upper = [[[Int32]]](repeating: [], count: vectors.count)
        var random = SplitMix(state: seed)
        for row in 0..<vectors.count {
            if let rows, !rows.contains(row) { continue }
            insert(row, level: HNSWIndex.level(&random, links: links))
        }
    }

    /// ⌊-ln(u) / ln(M)⌋: a layer has 1/M of the nodes of the one below.
    private static func level(_ random: inout SplitMix, links: Int) -> Int {
        var level = 0
        while level < 24, random.next() % UInt64(links) == 0 { level += 1 }
        return level
    }

    // MARK: Links

    func forEachNeighbour(_ node: Int, _ layer: Int, _ body: (Int) -> Void) {
        if layer == 0 {
            let start = node * (maximumAtBase + 1)
            for i in 0..<Int(base[start]) { body(Int(base[start + 1 + i])) }
        } else {
            for other in upper[node][layer - 1] { body(Int(other)) }
        }
    }

    private func neighbours(_ node: Int, _ layer: Int) -> [Int] {
        var result: [Int] = []
        forEachNeighbour(node, layer) { result.append($0) }
        return result
    }

    private mutating func setNeighbours(_ node: Int, _ layer: Int, _ others: [Int]) {
        if layer == 0 {
            let start = node * (maximumAtBase + 1)
            base[start] = Int32(others.count)
            for (i, other) in others.enumerated() { base[start + 1 + i] = Int32(other) }
        } else {
            upper[node][layer - 1] = others.map(Int32.init)
        }
    }

    // MARK: Insertion

    private mutating func insert(_ node: Int, level: Int) {
        levels[node] = Int8(level)
        upper[node] = [[Int32]](repeating: [], count: level)
        guard let top = entry else {
            entry = node
            return
        }
        let query = vectors.row(node)
        var nearest = [Neighbour(row: top, similarity: vectors.dot(top, query))]
        var layer = Int(levels[top])
        while layer > level {
            nearest = searchLayer(query, from: nearest, ef: 1, layer: layer)
            layer -= 1
        }
        layer = min(level, Int(levels[top]))
        while layer >= 0 {
            nearest = searchLayer(query, from: nearest, ef: efConstruction, layer: layer)
            let chosen = select(nearest, links)
            setNeighbours(node, layer, chosen)
            for other in chosen { link(other, to: node, layer) }
            layer -= 1
        }
        if level > Int(levels[top]) { entry = node }
    }

    private mutating func link(_ node: Int, to other: Int, _ layer: Int) {
        var linked = neighbours(node, layer)
        linked.append(other)
        let maximum = layer == 0 ? maximumAtBase : links
        if linked.count > maximum {
            let sorted = linked.map { Neighbour(row: $0, similarity: vectors.dot(node, $0)) }
                .sorted(by: Neighbour.isNearer)
            linked = select(sorted, maximum)
        }
        setNeighbours(node, layer, linked)
    }

    /// The paper's heuristic (algorithm 4): of `sorted`, nearest first, a candidate is kept that is nearer
    /// to the node than to any kept one, so that links lead out of a cluster too. Places left
    /// are filled with the nearest of the rest.
    private func select(_ sorted: [Neighbour], _ maximum: Int) -> [Int] {
        guard sorted.count > maximum else { return sorted.map(\.row) }
        var kept: [Int] = []
        var rest: [Int] = []
        for candidate in sorted {
            if kept.count == maximum { break }
            if kept.contains(where: { vectors.dot(candidate.row, $0) > candidate.similarity }) {
                rest.append(candidate.row)
            } else {
                kept.append(candidate.row)
            }
        }
        return kept + rest.prefix(maximum - kept.count)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
