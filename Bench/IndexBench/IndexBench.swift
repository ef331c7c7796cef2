import Foundation
import Kernels
import Retrieval
import VectorSearch

/// Times the vector indexes inside one process, for Scripts/bench_index.py, which sets them beside their peers.
///
///     index-bench VECTORS QUERIES DIMENSION [EF...]
///     index-bench --filed VECTORS QUERIES DIMENSION EF...
///
/// Both files are raw float32 rows of length one. Prints a JSON object a line: the exact search; with widths, the
/// graph with each of them, and what becomes of it when it's filed and opened, filtered, thinned and filled up
/// again, and searched while it grows. With --filed, the graph is made as a library makes it, with a file behind
/// what is in memory, and there is no exact search but for the answers that recall is counted by.
@main
enum IndexBench {
    static let clock = ContinuousClock()

    static func main() throws {
        let isFiled = CommandLine.arguments.contains("--filed")
        let arguments = CommandLine.arguments.filter { $0 != "--filed" }
        guard arguments.count >= 4, let dimension = Int(arguments[3]), dimension > 0 else {
            FileHandle.standardError.write(Data("usage: index-bench VECTORS QUERIES DIMENSION [EF...]\n".utf8))
            exit(2)
        }
        let rows = try Vectors(arguments[1], dimension)
        let queries = try Vectors(arguments[2], dimension).all
        let widths = arguments.dropFirst(4).compactMap { Int($0) }
        if isFiled { return try FiledBench(rows: rows, queries: queries, widths: widths).run() }
        let table = VectorTable(dimension: dimension, capacity: rows.count * 2)
        let rounding = milliseconds(clock.measure { for row in 0..<rows.count { table.append(rows[row]) } })

        let exact = queries.map { query in rows.nearest(query, 10) }
        let flat = FlatIndex(table)
        let figures = measure(queries, exact) { flat.search($0, limit: 10).map(\.row) }
        print(line("flat", rows.count, [("append_ms", rounding)], figures))
        guard !widths.isEmpty else { return }
        let bench = GraphBench(rows: rows, queries: queries, exact: exact, table: table, widths: widths)
        try bench.run()
    }

    struct Figures {
        var p50, p99, mean, recall: Double
    }

    /// Times `search` with each query, and counts what it finds of the `exact` answers.
    static func measure(_ queries: [[Float]], _ exact: [[Int]], _ search: ([Float]) -> [Int]) -> Figures {
        var found = 0
        var expected = 0
        var samples: [Double] = []
        for (query, right) in zip(queries, exact) {
            var rows: [Int] = []
            samples.append(milliseconds(clock.measure { rows = search(query) }))
            found += Set(right).intersection(rows).count
            expected += right.count
        }
        let mean = samples.reduce(0, +) / Double(samples.count)
        samples.sort()
        return Figures(
            p50: samples[samples.count / 2], p99: samples[samples.count * 99 / 100], mean: mean,
            recall: Double(found) / Double(max(expected, 1)))
    }

    static func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }

    static func line(_ index: String, _ rows: Int, _ more: [(String, Double)], _ figures: Figures) -> String {
        let fields =
            more + [
                ("qps", 1000 / figures.mean), ("p50_ms", figures.p50), ("p99_ms", figures.p99),
                ("recall", figures.recall),
            ]
        let parts =
            ["\"index\":\"\(index)\"", "\"rows\":\(rows)"]
            + fields.map { "\"\($0.0)\":" + String(format: "%.4f", $0.1) }
        return "{" + parts.joined(separator: ",") + "}"
    }
}

/// Raw float32 rows in a file.
struct Vectors: @unchecked Sendable {
    // Unchecked: the handle is only read from, at places of the caller's.
    private let data: Data
    private let file: FileHandle
    let dimension: Int
    var count: Int { data.count / 4 / dimension }

    init(_ path: String, _ dimension: Int) throws {
        data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        self.dimension = dimension
    }

    /// Read and not mapped, so that what is measured of this process's memory isn't these.
    subscript(row: Int) -> [Float] {
        var vector = [Float](repeating: 0, count: dimension)
        _ = vector.withUnsafeMutableBytes {
            pread(file.fileDescriptor, $0.baseAddress, $0.count, off_t(row * dimension * 4))
        }
        return vector
    }

    var all: [[Float]] { (0..<count).map { self[$0] } }

    /// The rows nearest to `query` by comparing all in floats.
    func nearest(_ query: [Float], _ limit: Int, where isMeant: (Int) -> Bool = { _ in true }) -> [Int] {
        data.withUnsafeBytes { bytes in
            let floats = bytes.bindMemory(to: Float.self)
            var best: [(row: Int, similarity: Float)] = []
            for row in 0..<count where isMeant(row) {
                var sum: Float = 0
                let start = row * dimension
                for index in 0..<dimension { sum += floats[start + index] * query[index] }
                if best.count == limit, let last = best.last, sum <= last.similarity { continue }
                best.insert((row, sum), at: best.firstIndex { $0.similarity < sum } ?? best.count)
                if best.count > limit { best.removeLast() }
            }
            return best.map(\.row)
        }
    }
}
