import Foundation
import Kernels
import Synchronization
import VectorSearch

/// All vectors of a model in memory: a table, which database row each of its rows is, and the graph over them.
///
/// Rows are appended as the database gets new ones, while others search. The graph may lack the newest, which are
/// compared one by one then.
final class VectorIndex: Sendable {
    let table: VectorTable
    let graph: HNSWIndex?
    /// How many rows the file on the disk has.
    let filed: Int
    /// The `vectors.id` of each row, ascending.
    private let known: Mutex<[Int64]>
    /// How many rows from the first on are in the graph.
    private let linked: Mutex<Int>
    /// Held while rows are put into the graph.
    private let linking = Mutex(())

    /// - Parameter capacity: how many vectors there can be.
    init(dimension: Int, capacity: Int = 1) {
        table = VectorTable(dimension: dimension, capacity: capacity)
        graph = nil
        filed = 0
        known = Mutex([])
        linked = Mutex(0)
    }

    init(_ file: VectorFile, filed: Int) {
        table = file.table
        graph = file.graph.map { HNSWIndex($0) }
        self.filed = filed
        known = Mutex(file.ids)
        var rows = 0
        if let graph { while rows < file.ids.count, graph.graph.contains(rows) { rows += 1 } }
        linked = Mutex(rows)
    }

    var ids: [Int64] { known.withLock { $0 } }

    /// Appends what `next` gives, in ascending order of ids, until it gives nil or there's no room; what is known
    /// already is passed over.
    func append<Failure: Error>(_ next: () throws(Failure) -> (id: Int64, vector: [Float])?) throws(Failure) {
        try known.withLock { ids throws(Failure) in
            while let (id, vector) = try next() {
                if let last = ids.last, id <= last { continue }
                guard table.append(vector) != nil else { return }
                ids.append(id)
            }
        }
    }

    /// The same vectors with a graph, which is empty if there was none; nil when the system has no addresses left.
    func withGraph() -> VectorIndex? {
        if graph != nil { return self }
        guard let graph = NavigableGraph(table) else { return nil }
        return VectorIndex(VectorFile(ids: ids, table: table, graph: graph), filed: filed)
    }

    /// Puts the rows that the graph lacks into it; false when that was cancelled.
    func link(
        pool: WorkerPool, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> Bool {
        guard let graph else { return true }
        return linking.withLock { _ in
            let first = linked.withLock { $0 }
            let rows = first..<max(first, ids.count)
            guard
                graph.insert(rows, pool: pool, progress: { progress($0, rows.count) }, isCancelled: isCancelled)
            else { return false }
            linked.withLock { $0 = max($0, rows.upperBound) }
            return true
        }
    }

    /// Whether a search can walk.
    var hasGraph: Bool { graph != nil }

    /// How many rows the graph lacks.
    var unlinked: Int { graph == nil ? 0 : table.count - linked.withLock { $0 } }

    /// The rows nearest to `query` among the candidates, nearest first.
    func nearest(
        _ query: [Float], limit: Int, candidates: CandidateSet?, minimum: Float, usesGraph: Bool
    ) -> [Neighbour] {
        guard usesGraph, let graph else {
            return FlatIndex(table).search(query, limit: limit, candidates: candidates, minimum: minimum)
        }
        let first = linked.withLock { $0 }
        let walked = graph.search(query, limit: limit, candidates: candidates, minimum: minimum)
        guard first < table.count else { return walked }
        // A walk that came to the end by comparing all has seen the newest too.
        let newest = FlatIndex(table).search(
            query, limit: limit, candidates: candidates, minimum: minimum, from: first)
        var best = TopK(limit: limit)
        for item in walked where item.row < first { best.offer(item) }
        for item in newest { best.offer(item) }
        return best.sorted()
    }
}
