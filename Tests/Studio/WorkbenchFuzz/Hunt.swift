import Foundation
import Processes
import Synchronization
import TestSupport

/// A failure with the sequence that leads to it.
struct Found {
    /// What tells it from others: the violation, or the message of the trap.
    var signature: String
    /// Where it trapped; empty for a violation.
    var site: String
    var number: Int
    var sequence: StepSequence
}

/// Has sequences played by children until so many events have passed, and shortens those that fail.
final class Hunt: Sendable {
    struct Plan: Sendable {
        var seed: UInt64
        var events: Int
        var length: Int
        /// Goes on behind a failure, to find others.
        var keepsGoing: Bool
    }

    /// Sequences that one child plays.
    private static let batch = 12
    private static let attempts = 150

    private struct State {
        var next = 0
        var events = 0
        var found: [Found] = []
    }

    private let plan: Plan
    private let folder: String
    private let state = Mutex(State())

    init(_ plan: Plan) throws {
        self.plan = plan
        folder =
            FileManager.default.temporaryDirectory.appending(path: "longhand-fuzz-\(UInt64.random(in: 0 ... .max))")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    // It is in the folder of temporary files, which the system empties.
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// - Returns: the events that were handled, and the failures, one of a kind.
    func run() -> (events: Int, found: [Found]) {
        let workers = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            while let first = nextBatch() { play(first, worker: worker) }
        }
        return state.withLock { ($0.events, $0.found) }
    }

    private func nextBatch() -> Int? {
        state.withLock { state in
            guard state.events < plan.events, plan.keepsGoing || state.found.isEmpty else { return nil }
            defer { state.next += Self.batch }
            return state.next
        }
    }

    private func play(_ first: Int, worker: Int) {
        var next = first
        let end = first + Self.batch
        while next < end {
            let progress = folder + "/progress-\(worker)"
            _ = FileManager.default.createFile(atPath: progress, contents: Data(count: 16))
            let run = Child.run([
                "--from", "\(next)", "--to", "\(end)", "--seed", "\(plan.seed)", "--length", "\(plan.length)",
                "--progress", progress,
            ])
            guard let signature = run.signature else {
                state.withLock { $0.events += run.events }
                return
            }
            let place = Self.place(progress)
            note(signature, place, worker: worker)
            guard plan.keepsGoing else { return }
            state.withLock { $0.events += place.step }
            next = place.number + 1
        }
    }

    private static func place(_ path: String) -> (number: Int, step: Int) {
        guard let data = FileManager.default.contents(atPath: path), data.count == 16 else { return (0, 0) }
        return data.withUnsafeBytes {
            (Int($0.loadUnaligned(as: Int64.self)), Int($0.loadUnaligned(fromByteOffset: 8, as: Int64.self)))
        }
    }

    private func note(_ signature: String, _ place: (number: Int, step: Int), worker: Int) {
        var sequence = StepSequence(seed: plan.seed, number: place.number, length: plan.length)
        sequence.steps = Array(sequence.steps.prefix(place.step + 1))
        let (whole, site) = (sequence, Child.run(["--replay", sequence.written], traces: true).site)
        let index: Int? = state.withLock { state in
            guard !state.found.contains(where: { $0.signature == signature && $0.site == site }) else { return nil }
            state.found.append(Found(signature: signature, site: site, number: place.number, sequence: whole))
            return state.found.count - 1
        }
        guard let index else { return }
        let steps = shortened(whole.steps, attempts: Self.attempts) { steps in
            Child.run(["--replay", StepSequence(setup: whole.setup, steps: steps).written]).signature == signature
        }
        state.withLock { $0.found[index].sequence.steps = steps }
    }
}

/// This program once more, to play.
enum Child {
    struct Run {
        /// Nil where all went well.
        var signature: String?
        var events = 0
        var output = ""

        /// The innermost line of our own in a trace.
        var site: String {
            let frame = output.split(separator: "\n").first { $0.contains("/Sources/") && $0.contains(" at ") }
            return frame.flatMap { $0.split(separator: "/").last.map(String.init) } ?? ""
        }
    }

    /// - Parameter traces: says where it trapped, which takes seconds.
    static func run(_ arguments: [String], traces: Bool = false) -> Run {
        let variables = ProcessInfo.processInfo.environment.filter { $0.key != "SWIFT_BACKTRACE" }.map {
            "\($0.key)=\($0.value)"
        }
        let backtrace = "SWIFT_BACKTRACE=enable=\(traces ? "yes" : "no"),color=no,interactive=no,sanitize=yes"
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        // A child's complaint is what tells one trap from another.
        let words = ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", program] + arguments
        do {
            let run = try ChildProcess.run(
                words, environment: variables + [backtrace], timeLimit: .seconds(3_600), outputLimit: 64 << 20,
                isCancelled: { false })
            let output = String(decoding: run.output, as: UTF8.self)
            if run.ending == .status(0) {
                return Run(events: output.split(separator: "\n").last.flatMap { Int($0) } ?? 0, output: output)
            }
            return Run(signature: signature(output, run.ending), output: output)
        } catch {
            return Run(signature: "the child could not be run: \(error)")
        }
    }

    private static func signature(_ output: String, _ ending: ChildProcess.Ending) -> String {
        let lines = output.split(separator: "\n")
        let said = lines.last { $0.hasPrefix("violation: ") } ?? lines.first { $0.contains("Fatal error") } ?? ""
        // Numbers differ from one shortened sequence to the next.
        return said.isEmpty
            ? "\(ending)" : said.hasPrefix("violation") ? String(said.filter { !$0.isNumber }) : String(said)
    }
}
