import Foundation
import Kernels
import Retrieval

/// Times the vector indexes inside one process, for Scripts/bench_index.py, which sets them beside their peers.
///
///     index-bench VECTORS QUERIES DIMENSION [EF...]
///
/// Both files are raw float32 rows of length one. Prints a JSON object a line: first the exact search, with and
/// without bytes, then the graph with each ef.
@main
enum IndexBench {
    static let clock = ContinuousClock()

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let dimension = Int(arguments[3]), dimension > 0 else {
            FileHandle.standardError.write(Data("usage: index-bench VECTORS QUERIES DIMENSION [EF...]\n".utf8))
            exit(2)
        }
        let rows = try read(arguments[1], dimension)
        let queries = try read(arguments[2], dimension)
        var matrix = VectorMatrix(dimension: dimension, capacity: rows.count)
        for row in rows { matrix.append(row) }

        var flat: FlatIndex?
        let rounding = milliseconds(clock.measure { flat = FlatIndex(vectors: matrix) })
        guard let flat else { return }
        let floats = FlatIndex(vectors: matrix, fewRows: .max)
        var exact: [[Int]] = []
        let plain = times(queries) { exact.append(floats.search($0, limit: 10).map(\.row)) }
        var same = 0
        var next = 0
        let bytes = times(queries) { query in
            if flat.search(query, limit: 10).map(\.row) == exact[next] { same += 1 }
            next += 1
        }
        print(
            line([
                ("index", "\"flat\""), ("rows", "\(rows.count)"), ("round_ms", number(rounding)),
                ("floats_p50_ms", number(plain.p50)), ("p50_ms", number(bytes.p50)), ("p99_ms", number(bytes.p99)),
                ("recall", number(Double(same) / Double(queries.count))),
            ]))
        guard arguments.count > 4 else { return }
        var graph: HNSWIndex?
        let build = milliseconds(clock.measure { graph = HNSWIndex(matrix) }) / 1000
        guard let graph else { return }
        for ef in arguments.dropFirst(4).compactMap({ Int($0) }) {
            var found = 0
            var next = 0
            let figures = times(queries) { query in
                let expected = Set(exact[next])
                found += graph.search(query, limit: 10, ef: ef).count { expected.contains($0.row) }
                next += 1
            }
            print(
                line([
                    ("index", "\"hnsw\""), ("rows", "\(rows.count)"), ("build_s", number(build)), ("ef", "\(ef)"),
                    ("qps", number(1000 / figures.mean)), ("p50_ms", number(figures.p50)),
                    ("p99_ms", number(figures.p99)), ("recall", number(Double(found) / Double(queries.count * 10))),
                ]))
        }
    }

    static func read(_ path: String, _ dimension: Int) throws -> [[Float]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        return data.withUnsafeBytes { bytes in
            let floats = bytes.bindMemory(to: Float.self)
            return stride(from: 0, to: floats.count, by: dimension).map { Array(floats[$0..<$0 + dimension]) }
        }
    }

    static func times(
        _ queries: [[Float]], _ body: ([Float]) -> Void
    ) -> (p50: Double, p99: Double, mean: Double) {
        var samples = queries.map { query in milliseconds(clock.measure { body(query) }) }
        let mean = samples.reduce(0, +) / Double(samples.count)
        samples.sort()
        return (samples[samples.count / 2], samples[samples.count * 99 / 100], mean)
    }

    static func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
    static func number(_ value: Double) -> String { String(format: "%.4f", value) }
    static func line(_ fields: [(String, String)]) -> String {
        "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }
}
