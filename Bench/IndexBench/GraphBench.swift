import Foundation
import Kernels
import Retrieval
import Synchronization
import VectorSearch

/// The graph's part of the index benchmark.
struct GraphBench {
    let rows: Vectors
    let queries: [[Float]]
    let exact: [[Int]]
    let table: VectorTable
    let widths: [Int]
    let pool = WorkerPool(size: 2, polite: false)

    func run() throws {
        guard let graph = NavigableGraph(table) else { return }
        let index = HNSWIndex(graph)
        let build =
            IndexBench.milliseconds(
                IndexBench.clock.measure { index.insert(0..<rows.count, pool: pool) }) / 1000
        for width in widths { report("hnsw", index, width, [("build_s", build), ("ef", Double(width))]) }
        try opened(index)
        filtered(index)
        changed(index)
        growing()
    }

    private func report(_ name: String, _ index: HNSWIndex, _ width: Int, _ more: [(String, Double)] = []) {
        let figures = IndexBench.measure(queries, exact) { index.search($0, limit: 10, ef: width).map(\.row) }
        print(IndexBench.line(name, rows.count, more, figures))
    }

    private func opened(_ index: HNSWIndex) throws {
        let path = FileManager.default.temporaryDirectory.path + "/index-bench-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = VectorFile(ids: (0..<rows.count).map { Int64($0) }, table: table, graph: index.graph)
        var failure: (any Error)?
        var again: VectorFile?
        let write = IndexBench.clock.measure {
            do { try file.write(path: path, key: "bench") } catch { failure = error }
        }
        let open = IndexBench.clock.measure {
            do { again = try VectorFile(path: path, key: "bench", dimension: rows.dimension) } catch { failure = error }
        }
        if let failure { throw failure }
        guard let graph = again?.graph else { return }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        report(
            "hnsw opened", HNSWIndex(graph), HNSWIndex.ef(rows: rows.count),
            [
                ("write_ms", IndexBench.milliseconds(write)), ("open_ms", IndexBench.milliseconds(open)),
                ("megabytes", Double(size) / 1e6),
            ])
    }

    /// Filters that let more and less through, beside a scan of the same rows.
    private func filtered(_ index: HNSWIndex) {
        for share in [0.5, 0.1, 0.01, 0.001] {
            var random = SystemRandomNumberGenerator()
            var few = CandidateSet(capacity: rows.count)
            for row in 0..<rows.count where Double.random(in: 0..<1, using: &random) < share { few.insert(row) }
            let flat = FlatIndex(table)
            let some = Array(queries.prefix(100))
            let right = some.map { flat.search($0, limit: 10, candidates: few).map(\.row) }
            let scan = IndexBench.measure(some, right) { flat.search($0, limit: 10, candidates: few).map(\.row) }
            let walk = IndexBench.measure(some, right) { index.search($0, limit: 10, candidates: few).map(\.row) }
            print(IndexBench.line("hnsw filtered", rows.count, [("share", share), ("scan_p50_ms", scan.p50)], walk))
        }
    }

    /// A fifth of the rows is taken out, and the same vectors are put in again.
    private func changed(_ index: HNSWIndex) {
        let count = rows.count
        var kept = CandidateSet(capacity: count)
        for row in 0..<count where row % 5 != 3 { kept.insert(row) }
        let start = IndexBench.clock.now
        guard let thinned = index.compacted(keeping: kept, room: count, pool: pool) else { return }
        let took = IndexBench.milliseconds(IndexBench.clock.now - start) / 1000
        var numbers: [Int] = []
        kept.forEach { numbers.append($0) }
        for row in 0..<count where row % 5 == 3 {
            thinned.table.append(rows[row])
            numbers.append(row)
        }
        let names = numbers
        thinned.insert(kept.count..<count, pool: pool)
        for width in widths {
            let figures = IndexBench.measure(queries, exact) { query in
                thinned.search(query, limit: 10, ef: width).map { names[$0.row] }
            }
            print(IndexBench.line("hnsw changed", count, [("compact_s", took), ("ef", Double(width))], figures))
        }
    }

    /// Searches while another thread inserts.
    private func growing() {
        let half = rows.count / 2
        let own = VectorTable(dimension: rows.dimension, capacity: rows.count)
        guard let graph = NavigableGraph(own) else { return }
        let index = HNSWIndex(graph)
        for row in 0..<half { own.append(rows[row]) }
        index.insert(0..<half, pool: pool)
        let writer = WorkerPool(size: 1, polite: true)
        let isDone = Flag()
        let rows = rows
        writer.offer { _ in
            for row in half..<rows.count where !isDone.isUp {
                guard let new = own.append(rows[row]) else { return }
                graph.insert(new, ef: HNSWIndex.efConstruction)
            }
        }
        let right = queries.map { _ in [Int]() }
        let figures = IndexBench.measure(queries, right) { index.search($0, limit: 10).map(\.row) }
        isDone.raise()
        print(IndexBench.line("hnsw growing", own.count, [], figures))
    }
}
