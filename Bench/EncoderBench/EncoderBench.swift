import Embedding
import Foundation
import Kernels
import Synchronization

/// Times the encoder inside one process, for Scripts/bench_encoder.py, which sets it beside its peers.
///
///     encoder-bench MODEL_FOLDER TEXTS_FILE fp32|int8 [VECTORS_FILE]
///
/// Prints one JSON object: load_ms, first_ms (packing included), passages_per_second, query_p50_ms,
/// query_beside_indexing_p50_ms and peak_mb. With VECTORS_FILE, writes the vectors as raw float32.
@main
enum EncoderBench {
    static let question =
        "how do small worlds make the search of a graph in many dimensions fast and what does "
        + "the parameter ef mean for its recall"

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let precision = Precision(rawValue: arguments[3]) else {
            FileHandle.standardError.write(Data("usage: encoder-bench MODEL TEXTS fp32|int8 [VECTORS]\n".utf8))
            exit(2)
        }
        let texts = try String(contentsOfFile: arguments[2], encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let clock = ContinuousClock()
        var loads: [Double] = []
        var embedder: Embedder?
        for _ in 0..<5 {
            loads.append(
                milliseconds(
                    try clock.measure {
                        embedder = try Embedder(try ModelDirectory(path: arguments[1]), precision: precision)
                    }))
        }
        guard let embedder else { return }
        let first = milliseconds(try clock.measure { _ = try embedder.encode([question], as: .query) })
        // A thousand at a time, as an indexer would, so that memory doesn't grow with the texts.
        var vectors: [[Float]] = []
        let bulk = milliseconds(
            try clock.measure {
                for start in stride(from: 0, to: texts.count, by: 1000) {
                    let part = try embedder.encode(Array(texts[start..<min(start + 1000, texts.count)]), as: .passage)
                    if arguments.count > 4 { vectors += part }
                }
            })
        let alone = try queries(embedder, clock)

        // The same question while another thread indexes.
        let done = DispatchSemaphore(value: 0)
        let stop = Stop()
        Thread.detachNewThread {
            while !stop.isSet {
                _ = try? embedder.encode(Array(texts.prefix(1000)), as: .passage, isCancelled: { stop.isSet })
            }
            done.signal()
        }
        Thread.sleep(forTimeInterval: 0.2)
        let beside = try queries(embedder, clock)
        stop.set()
        done.wait()

        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        print(
            String(
                format: "{\"precision\":\"%@\",\"texts\":%d,\"load_ms\":%.2f,\"first_ms\":%.2f,"
                    + "\"passages_per_second\":%.2f,\"query_p50_ms\":%.3f,\"query_p99_ms\":%.3f,"
                    + "\"query_beside_indexing_p50_ms\":%.3f,\"peak_mb\":%.1f}",
                precision.rawValue, texts.count, loads.sorted()[loads.count / 2], first,
                Double(texts.count) / bulk * 1000, alone.p50, alone.p99, beside.p50,
                Double(usage.ru_maxrss) / 1024))
        if arguments.count > 4 {
            var bytes = Data()
            for vector in vectors { vector.withUnsafeBytes { bytes.append(contentsOf: $0) } }
            try bytes.write(to: URL(fileURLWithPath: arguments[4]))
        }
    }

    static func queries(_ embedder: Embedder, _ clock: ContinuousClock) throws -> (p50: Double, p99: Double) {
        var times: [Double] = []
        for _ in 0..<200 {
            times.append(milliseconds(try clock.measure { _ = try embedder.encode([question], as: .query) }))
        }
        times.sort()
        return (times[times.count / 2], times[times.count * 99 / 100])
    }

    static func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
}

final class Stop: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
