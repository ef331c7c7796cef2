/// What a subtree of a rope holds, without looking inside.
struct Summary: Sendable, Equatable {
    /// UTF-8 bytes.
    var bytes = 0
    /// Line feeds.
    var newlines = 0

    static func + (left: Summary, right: Summary) -> Summary {
        Summary(bytes: left.bytes + right.bytes, newlines: left.newlines + right.newlines)
    }

    static func of(_ bytes: ArraySlice<UInt8>) -> Summary {
        Summary(bytes: bytes.count, newlines: bytes.withUnsafeBufferPointer { newlines(in: $0) })
    }

    /// Counts line feeds; without a branch, so that the compiler takes many bytes at a time.
    static func newlines(in buffer: UnsafeBufferPointer<UInt8>) -> Int {
        var total = 0
        var index = 0
        while index < buffer.count {
            // A byte's counter holds as many as this.
            let end = min(buffer.count, index + 255)
            var some: UInt8 = 0
            for byte in buffer[index..<end] { some &+= byte == 0x0A ? 1 : 0 }
            total += Int(some)
            index = end
        }
        return total
    }
}

/// A node of a rope: a B-tree whose leaves hold runs of UTF-8 and whose branches hold the summaries
/// of what is below them.
///
/// Nodes never change once made, so that texts share them and an undo history, a journal and a
/// search can each keep a whole text for the price of a pointer. All leaves are equally deep.
///
/// The leaves of a text as it was read are pieces of the one array it came in, so that opening a file copies nothing; they are
/// larger than others until an edit falls into them. The array stays as long as one of its leaves does.
final class RopeNode: Sendable {
    static let maximumLeaf = 1_024
    /// The leaves of a text as it was read.
    static let firstLeaf = 4_096
    static let maximumChildren = 16
    static let minimumChildren = 4

    enum Content: Sendable {
        case leaf(ArraySlice<UInt8>)
        case branch([RopeNode])
    }

    let content: Content
    let summary: Summary
    /// 0 for a leaf.
    let depth: Int

    init(leaf: ArraySlice<UInt8>) {
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
        guard bytes.count > maximumLeaf else { return RopeNode(leaf: bytes[...]) }
        return gather(leaves(of: bytes, size: firstLeaf))
    }

    /// Equal leaves of at most `size` bytes.
    static func leaves(of bytes: [UInt8], size: Int) -> [RopeNode] {
        let count = max(1, (bytes.count + size - 1) / size)
        return (0..<count).map { RopeNode(leaf: bytes[bytes.count * $0 / count..<bytes.count * ($0 + 1) / count]) }
    }

    /// One tree over nodes of one depth.
    static func gather(_ nodes: [RopeNode]) -> RopeNode {
        var level = nodes
        while level.count > 1 {
            let groups = (level.count + maximumChildren - 1) / maximumChildren
            level = (0..<groups).map {
                RopeNode(branch: Array(level[level.count * $0 / groups..<level.count * ($0 + 1) / groups]))
            }
        }
        return level.first ?? .empty
    }

    /// This leaf without the rest of the array it is a piece of.
    private var withOwnBytes: RopeNode {
        guard case .leaf(let bytes) = content else { return self }
        return RopeNode(leaf: Array(bytes)[...])
    }

    // MARK: Editing

    /// This tree with `range` replaced: as one or more nodes of this node's depth, because a node
    /// that grew too large comes back as several. May be empty.
    func replacing(_ range: Range<Int>, with bytes: [UInt8]) -> [RopeNode] {
        switch content {
        case .leaf(let old):
            var leaf: [UInt8] = []
            leaf.reserveCapacity(old.count - range.count + bytes.count)
            leaf += old.prefix(range.lowerBound)
            leaf += bytes
            leaf += old.dropFirst(range.upperBound)
            if leaf.isEmpty { return [] }
            if leaf.count <= Self.maximumLeaf { return [RopeNode(leaf: leaf[...])] }
            // Three quarters full, so that the next edits split nothing; each with bytes of its own.
            return Self.leaves(of: leaf, size: Self.maximumLeaf * 3 / 4).map(\.withOwnBytes)
        case .branch(let children):
            var result: [RopeNode] = []
            result.reserveCapacity(children.count + 2)
            var start = 0
            var pending: [UInt8]? = bytes
            for (index, child) in children.enumerated() {
                let end = start + child.summary.bytes
                // The insertion goes into the first child that the range touches.
                let touches = range.lowerBound < end && range.upperBound > start
                let takesInsertion =
                    pending != nil && range.lowerBound <= end
                    && (range.lowerBound < end || index == children.count - 1 || range.isEmpty)
                if touches || takesInsertion {
                    let local =
                        max(
                            0, range.lowerBound - start)..<min(
                            child.summary.bytes, max(range.upperBound - start, max(0, range.lowerBound - start)))
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
            if let last = merged.last, let joined = last.joined(with: node) {
                merged[merged.count - 1] = joined
            } else {
                merged.append(node)
            }
        }
        guard merged.count > maximumChildren else { return [RopeNode(branch: merged)] }
        let groups = (merged.count + maximumChildren - 1) / maximumChildren
        return (0..<groups).map {
            RopeNode(branch: Array(merged[merged.count * $0 / groups..<merged.count * ($0 + 1) / groups]))
        }
    }

    /// The two neighbours as one node where one of them is too small and both fit; nil otherwise.
    private func joined(with next: RopeNode) -> RopeNode? {
        switch (content, next.content) {
        case (.leaf(let left), .leaf(let right)):
            let isSmall = left.count < Self.maximumLeaf / 4 || right.count < Self.maximumLeaf / 4
            return isSmall && left.count + right.count <= Self.maximumLeaf
                ? RopeNode(leaf: Array(left + right)[...]) : nil
        case (.branch(let left), .branch(let right)):
            let isSmall = left.count < Self.minimumChildren || right.count < Self.minimumChildren
            return isSmall && left.count + right.count <= Self.maximumChildren ? RopeNode(branch: left + right) : nil
        default:
            return nil
        }
    }
}
