/// What a subtree of a rope holds, without looking inside.
struct Summary: Sendable, Equatable {
    /// UTF-8 bytes.
    var bytes = 0
    /// Line feeds.
    var newlines = 0

    static func + (left: Summary, right: Summary) -> Summary {
        Summary(bytes: left.bytes + right.bytes, newlines: left.newlines + right.newlines)
    }

    static func of(_ bytes: [UInt8]) -> Summary {
        var newlines = 0
        bytes.withUnsafeBufferPointer { buffer in
            for byte in buffer where byte == 0x0A { newlines += 1 }
        }
        return Summary(bytes: bytes.count, newlines: newlines)
    }
}

/// A node of a rope: a B-tree whose leaves hold runs of UTF-8 and whose branches hold the summaries
/// of what is below them.
///
/// Nodes never change once made, so that texts share them and an undo history, a journal and a
/// search can each keep a whole text for the price of a pointer. All leaves are equally deep.
final class RopeNode: Sendable {
    static let maximumLeaf = 1_024
    static let maximumChildren = 16
    static let minimumChildren = 4

    enum Content: Sendable {
        case leaf([UInt8])
        case branch([RopeNode])
    }

    let content: Content
    let summary: Summary
    /// 0 for a leaf.
    let depth: Int

    init(leaf: [UInt8]) {
        content = .leaf(leaf)
        summary = .of(leaf)
        depth = 0
    }

    init(branch: [RopeNode]) {
        content = .branch(branch)
        var total = Summary()
        for child in branch { total = total + child.summary }
        summary = total
        depth = (branch.first?.depth ?? 0) + 1
    }

    static let empty = RopeNode(leaf: [])

    /// A tree over `bytes`, built from the leaves up in linear time.
    static func build(_ bytes: [UInt8]) -> RopeNode {
        guard bytes.count > maximumLeaf else { return RopeNode(leaf: bytes) }
        // Leaves start three quarters full, so that the first edits split nothing.
        return gather(leaves(of: bytes, size: maximumLeaf * 3 / 4))
    }

    /// Equal leaves of at most `size` bytes.
    static func leaves(of bytes: [UInt8], size: Int) -> [RopeNode] {
        let count = max(1, (bytes.count + size - 1) / size)
        return (0..<count).map { RopeNode(leaf: Array(bytes[bytes.count * $0 / count..<bytes.count * ($0 + 1) / count])) }
    }

    /// One tree over nodes of one depth.
    static func gather(_ nodes: [RopeNode]) -> RopeNode {
        var level = nodes
        while level.count > 1 {
            let groups = (level.count + maximumChildren - 1) / maximumChildren
            level = (0..<groups).map { RopeNode(branch: Array(level[level.count * $0 / groups..<level.count * ($0 + 1) / groups])) }
        }
        return level.first ?? .empty
    }

    // MARK: Editing

    /// This tree with `range` replaced: as one or more nodes of this node's depth, because a node
    /// that grew too large comes back as several. May be empty.
    func replacing(_ range: Range<Int>, with bytes: [UInt8]) -> [RopeNode] {
        switch content {
        case .leaf(var leaf):
            leaf.replaceSubrange(range, with: bytes)
            if leaf.isEmpty { return [] }
            if leaf.count <= Self.maximumLeaf { return [RopeNode(leaf: leaf)] }
            return Self.leaves(of: leaf, size: Self.maximumLeaf * 3 / 4)
        case .branch(let children):
            var result: [RopeNode] = []
            result.reserveCapacity(children.count + 2)
            var start = 0
            var pending: [UInt8]? = bytes
            for (index, child) in children.enumerated() {
                let end = start + child.summary.bytes
                // The insertion goes into the first child that the range touches.
                let touches = range.lowerBound < end && range.upperBound > start
                let takesInsertion = pending != nil && range.lowerBound <= end && (range.lowerBound < end || index == children.count - 1 || range.isEmpty)
                if touches || takesInsertion {
                    let local = max(0, range.lowerBound - start)..<min(child.summary.bytes, max(range.upperBound - start, max(0, range.lowerBound - start)))
                    let inserted = takesInsertion ? pending ?? [] : []
                    if takesInsertion { pending = nil }
                    result += child.replacing(local, with: inserted)
                } else {
                    result.append(child)
                }
                start = end
            }
            return Self.balanced(result)
        }
    }

    /// Sibling nodes merged where they are too small and grouped under parents.
    private static func balanced(_ nodes: [RopeNode]) -> [RopeNode] {
        guard !nodes.isEmpty else { return [] }
        var merged: [RopeNode] = []
        merged.reserveCapacity(nodes.count)
        for node in nodes {
            if let last = merged.last, let joined = last.joined(with: node) { merged[merged.count - 1] = joined } else { merged.append(node) }
        }
        guard merged.count > maximumChildren else { return [RopeNode(branch: merged)] }
        let groups = (merged.count + maximumChildren - 1) / maximumChildren
        return (0..<groups).map { RopeNode(branch: Array(merged[merged.count * $0 / groups..<merged.count * ($0 + 1) / groups])) }
    }

    /// The two neighbours as one node where one of them is too small and both fit; nil otherwise.
    private func joined(with next: RopeNode) -> RopeNode? {
        switch (content, next.content) {
        case (.leaf(let left), .leaf(let right)):
            let isSmall = left.count < Self.maximumLeaf / 4 || right.count < Self.maximumLeaf / 4
            return isSmall && left.count + right.count <= Self.maximumLeaf ? RopeNode(leaf: left + right) : nil
        case (.branch(let left), .branch(let right)):
            let isSmall = left.count < Self.minimumChildren || right.count < Self.minimumChildren
            return isSmall && left.count + right.count <= Self.maximumChildren ? RopeNode(branch: left + right) : nil
        default:
            return nil
        }
    }
}
