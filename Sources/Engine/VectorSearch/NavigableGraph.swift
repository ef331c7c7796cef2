import Kernels
import Synchronization

internal import CKernels

/// A hierarchical navigable small-world graph (Malkov & Yashunin 2018) over the rows of a table, compared in bytes.
///
/// Any number of threads may insert and search at the same time.
public final class NavigableGraph: @unchecked Sendable {
    // Unchecked: graph.c orders what it writes for those who read.

    /// The vectors whose rows are the graph's nodes.
    public let table: VectorTable
    /// M: links a row makes on each layer. Layer 0 keeps up to twice as many.
    public let links: Int
    /// Where the links, layers and locks are kept.
    package let parts: Parts
    private let graph: UnsafeMutablePointer<lh_graph>
    private let walks = Mutex<[Traversal]>([])

    /// What one search or insertion works with.
    private final class Traversal: @unchecked Sendable {
        // Unchecked: one at a time has it.
        let pointer: OpaquePointer
        init() {
            guard let pointer = lh_walk_make() else { preconditionFailure("the system has no memory left") }
            self.pointer = pointer
        }
        deinit { lh_walk_free(pointer) }
    }

    /// The graph's memory.
    package struct Parts {
        /// Memory of each row's highest layer, its links on layer 0, the place of its upper links, these links, and its
        /// lock.
        package let levels, base, upperAt, upper, locks: Reservation
        /// How many lists of upper links there is room for; each row has one for every layer above 0 that it is on.
        package let upperBlocks: Int

        /// Reserves the memory of a graph, all zero; nil when the system has no addresses left.
        ///
        /// - Parameters:
        ///   - rows: how many rows the graph may have.
        ///   - links: M, at least 2.
        package init?(rows: Int, links: Int) {
            // A row has 1 / (M - 1) blocks on average: with twice that and a few the memory doesn't run out; where it
            // does, a row stays on layer 0.
            upperBlocks = rows * 2 / (links - 1) + 64
            let word = MemoryLayout<Int32>.stride
            guard let levels = Reservation(count: rows), let locks = Reservation(count: rows),
                let base = Reservation(count: rows * (1 + 2 * links) * word),
                let upperAt = Reservation(count: rows * word),
                let upper = Reservation(count: upperBlocks * (1 + links) * word)
            else { return nil }
            (self.levels, self.base, self.upperAt, self.upper, self.locks) = (levels, base, upperAt, upper, locks)
        }
    }

    /// The most links a row can make.
    public static let mostLinks = 100

    /// A graph without rows; nil when the system has no addresses left for it.
    public convenience init?(_ table: VectorTable, links: Int = 16) {
        guard let parts = Parts(rows: table.capacity, links: links) else { return nil }
        self.init(table, parts, links: links, entry: -1, upperUsed: 0)
    }

    /// A graph over memory that may hold links already, as after reading a file.
    ///
    /// - Parameters:
    ///   - entry: the row where searches begin, with its layer in the upper 32 bits; -1 for an empty graph.
    ///   - upperUsed: how many lists of upper links are taken.
    package init(_ table: VectorTable, _ parts: Parts, links: Int, entry: Int64, upperUsed: UInt64) {
        precondition(links > 1 && links <= Self.mostLinks, "a graph needs between 2 and 100 links a row")
        self.table = table
        self.links = links
        self.parts = parts
        graph = .allocate(capacity: 1)
        graph.initialize(
            to: lh_graph(
                machine: table.machine.code, links: Int32(links), rows: table.capacity, stride: table.stride,
                bytes: UnsafePointer(table.bytePointer), rounding: UnsafePointer(table.roundings),
                levels: parts.levels.base.assumingMemoryBound(to: Int8.self),
                base: parts.base.base.assumingMemoryBound(to: Int32.self),
                upper_at: parts.upperAt.base.assumingMemoryBound(to: UInt32.self),
                upper: parts.upper.base.assumingMemoryBound(to: Int32.self), upper_blocks: parts.upperBlocks,
                locks: parts.locks.base.assumingMemoryBound(to: UInt8.self), upper_used: upperUsed, entry: entry))
    }

    deinit { graph.deallocate() }

    /// Whether a row is in the graph, or on its way into it.
    public func contains(_ row: Int) -> Bool {
        row < table.count && graph.pointee.levels[row] > 0
    }

    /// Puts a row of the table into the graph. Each row once.
    ///
    /// - Parameters:
    ///   - row: a row of the table that isn't in the graph yet.
    ///   - ef: how many rows are looked at for each one linked to; more take longer and find better ones.
    public func insert(_ row: Int, ef: Int) {
        precondition(row >= 0 && row < table.count && !contains(row), "no such row, or in the graph already")
        let done = withWalk { lh_graph_insert(graph, $0, Int32(row), Int32(level(row)), max(ef, links)) }
        precondition(done != 0, "the system has no memory left")
    }

    /// The `ef` nearest rows that a walk of that width finds, nearest first, with similarities as bytes tell them.
    ///
    /// - Parameters:
    ///   - query: a vector of the table's dimension.
    ///   - ef: how many of the nearest are kept in sight; more take longer and find better ones.
    ///   - candidates: the rows that count; nil for all. The others are walked through.
    ///   - budget: how many comparisons may be made.
    /// - Returns: nil when the budget was spent.
    public func search(
        _ query: [Float], ef: Int, candidates: CandidateSet? = nil, budget: Int = .max
    ) -> [Neighbour]? {
        let query = VectorTable.Rounded(query, in: table)
        var found = [lh_near](repeating: lh_near(), count: ef)
        let count = withWalk { walk in
            guard let candidates else {
                return lh_graph_search(
                    graph, walk, query.bytes, query.rounding.scale, ef, nil, 0, budget, &found)
            }
            return lh_graph_search(
                graph, walk, query.bytes, query.rounding.scale, ef, candidates.words, candidates.words.count * 64,
                budget, &found)
        }
        guard count >= 0 else { return nil }
        return found.prefix(count).map { Neighbour(row: Int($0.row), similarity: $0.similarity) }
    }

    /// Links the rows outside `gone` past those in it, which nothing leads to then. Nobody may insert meanwhile.
    package func bridge(_ row: Int, past gone: CandidateSet) {
        guard contains(row), !gone.contains(row) else { return }
        let done = withWalk { lh_graph_bridge(graph, $0, Int32(row), gone.words) }
        precondition(done != 0, "the system has no memory left")
    }

    private func withWalk<T>(_ body: (OpaquePointer) -> T) -> T {
        let walk = walks.withLock { $0.popLast() } ?? Traversal()
        defer { walks.withLock { $0.append(walk) } }
        return body(walk.pointer)
    }

    /// ⌊-ln(u) / ln(M)⌋: a layer has 1/M of the rows of the one below. By the row's number alone, so that
    /// the same rows have the same layers whatever thread inserts them.
    private func level(_ row: Int) -> Int {
        var state = UInt64(row) &* 0x9E37_79B9_7F4A_7C15 &+ 0x5EED
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        state ^= state >> 31
        var level = 0
        while level < 24, state % UInt64(links) == 0 {
            level += 1
            state /= UInt64(links)
        }
        return level
    }

    /// Whether all its links lead to rows of the table.
    package var isSound: Bool { lh_graph_is_sound(graph, table.count) != 0 }

    /// Copies a row's links from another graph of the same shape, in which `numbers` gives the rows' new numbers and -1
    /// those that are left out.
    package func copy(_ row: Int, to own: Int, from other: NavigableGraph, _ numbers: [Int32]) {
        let upper = graph.pointee.upper_used
        let wanted = Int(other.graph.pointee.levels[row])
        let levels = Int(upper) + wanted > parts.upperBlocks ? min(wanted, 1) : wanted
        if levels > 1 {
            graph.pointee.upper_at[own] = UInt32(upper)
            graph.pointee.upper_used += UInt64(levels - 1)
        }
        graph.pointee.levels[own] = Int8(levels)
        for layer in 0..<levels {
            guard let from = lh_graph_links(other.graph, Int32(row), Int32(layer)),
                let to = lh_graph_links(graph, Int32(own), Int32(layer))
            else { continue }
            var count: Int32 = 0
            for link in 1...(1 + Int(from[0])) where link <= Int(from[0]) {
                let number = numbers[Int(from[link])]
                guard number >= 0 else { continue }
                count += 1
                to[Int(count)] = number
            }
            to[0] = count
        }
        let layer = Int64(levels - 1)
        if layer > graph.pointee.entry >> 32 { graph.pointee.entry = layer << 32 | Int64(own) }
    }

    /// The row where searches begin, with its layer in the upper 32 bits; -1 for an empty graph.
    package var entry: Int64 { graph.pointee.entry }
    /// How many lists of upper links are taken; may be more than there is room for.
    package var upperUsed: UInt64 { graph.pointee.upper_used }
}
