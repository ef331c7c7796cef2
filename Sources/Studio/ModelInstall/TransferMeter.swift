import Foundation
import Transfer

/// Makes a line of a download's progress: how much, how fast, how long still.
package struct TransferMeter {
    private let name: String
    /// What came lately, so that the rate follows a connection that changes.
    private var samples: [(time: Date, bytes: Int)] = []

    /// Seconds over which the rate is averaged.
    private static let span = 10.0

    package init(_ name: String) { self.name = name }

    package mutating func line(_ progress: DownloadProgress, at time: Date = Date()) -> String {
        samples.append((time, progress.received))
        // A resumed or restarted file jumps; what was before the jump says nothing of speed.
        if samples.count > 1, progress.received < samples[samples.count - 2].bytes {
            samples.removeFirst(samples.count - 1)
        }
        while let first = samples.first, samples.count > 2, time.timeIntervalSince(first.time) > Self.span {
            samples.removeFirst()
        }
        var text = name + ": " + Self.megabytes(progress.received)
        if let total = progress.total { text += " of " + Self.megabytes(total) }
        text += " MB"
        guard let first = samples.first, time.timeIntervalSince(first.time) >= 0.5, progress.received > first.bytes
        else { return text }
        let rate = Double(progress.received - first.bytes) / time.timeIntervalSince(first.time)
        text += String(format: ", %.1f MB/s", rate / 1_000_000)
        if let total = progress.total, total > progress.received {
            text += ", " + Self.duration(Double(total - progress.received) / rate) + " left"
        }
        return text
    }

    private static func megabytes(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1_000_000) }

    private static func duration(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 86_400).rounded(.up))
        return seconds < 120 ? "\(seconds) s" : "\((seconds + 59) / 60) min"
    }
}
