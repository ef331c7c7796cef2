import Foundation
import Kernels
import Retrieval
import VectorSearch

/// The graph of a large library, made step by step with a file behind what is in memory.
struct FiledBench {
    let rows: Vectors
    let queries: [[Float]]
    let widths: [Int]

    func run() throws {
        let path = FileManager.default.temporaryDirectory.path + "/index-bench-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let start = IndexBench.clock.now
        try build(path)
        let build = IndexBench.milliseconds(IndexBench.clock.now - start) / 1000
        let peak = Self.megabytes("VmHWM") ?? 0
        // Comparing all is left to the table, which was tested against floats.
        let file = try VectorFile(path: path, key: "bench", dimension: rows.dimension)
        guard let graph = file.graph else { return }
        let index = HNSWIndex(graph)
        for width in widths {
            _ = IndexBench.measure(queries, queries.map { _ in [] }) {
                index.search($0, limit: 10, ef: width).map(\.row)
            }
            let figures = IndexBench.measure(queries, queries.map { _ in [] }) {
                index.search($0, limit: 10, ef: width).map(\.row)
            }
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            let memory = Self.megabytes("VmRSS") ?? 0
            let flat = FlatIndex(file.table)
            let exact = queries.map { flat.search($0, limit: 10).map(\.row) }
            let few = IndexBench.measure(queries, exact) { index.search($0, limit: 10, ef: width).map(\.row) }
            let scan = IndexBench.measure(Array(queries.prefix(100)), exact) { flat.search($0, limit: 10).map(\.row) }
            var all = figures
            all.recall = few.recall
            print(
                IndexBench.line(
                    "hnsw filed", rows.count,
                    [
                        ("build_s", build), ("build_peak_mb", peak), ("file_mb", Double(size) / 1e6),
                        ("search_mb", memory), ("ef", Double(width)), ("flat_p50_ms", scan.p50),
                    ], all))
        }
    }

    private func build(_ path: String) throws {
        var file = VectorFile(
            ids: [], table: VectorTable(dimension: rows.dimension, capacity: rows.count), graph: nil)
        file.graph = NavigableGraph(file.table)
        let pool = WorkerPool(size: 2, polite: false)
        while file.ids.count < rows.count {
            let first = file.ids.count
            let last = min(rows.count, first + max(1 << 16, first / 2))
            for row in first..<last { file.table.append(rows[row]) }
            file.ids += (first..<last).map { Int64($0) }
            guard let graph = file.graph else { return }
            HNSWIndex(graph).insert(first..<last, pool: pool)
            try file.write(path: path, key: "bench")
            file = try VectorFile(path: path, key: "bench", dimension: rows.dimension, room: rows.count)
        }
    }

    /// A line of what Linux says of this process, in megabytes.
    private static func megabytes(_ name: String) -> Double? {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Double($0) }
            .map { $0 / 1000 }
    }
}
