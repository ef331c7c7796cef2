import Foundation
import Processes
import TestSupport
import Testing

/// Random events for the pure half of the studio; `WorkbenchFuzz` makes, checks and shortens them, in processes that may trap.
///
/// `LONGHAND_FUZZ_EVENTS` and `LONGHAND_FUZZ_SEED` change how many, and which.
@Suite struct PropertyTests {
    private static var program: String? {
        let folders = [CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
        return folders.lazy.map { URL(filePath: $0).deletingLastPathComponent().appending(path: "WorkbenchFuzz").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    @Test func whateverComesTheWorkspaceStaysWhole() throws {
        let program = try #require(Self.program, "WorkbenchFuzz was not built beside the tests")
        let variables = ProcessInfo.processInfo.environment
        let (events, seed) = (variables["LONGHAND_FUZZ_EVENTS"] ?? "200000", variables["LONGHAND_FUZZ_SEED"] ?? "1")
        let run = try ChildProcess.run(
            [program, "--events", events, "--seed", seed], timeLimit: .seconds(3_600), outputLimit: 1 << 20,
            isCancelled: { false })
        #expect(run.ending == .status(0), "\(String(decoding: run.output, as: UTF8.self))")
    }
}

@Suite struct ShrinkingTests {
    @Test func onlyWhatFailsIsLeft() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let sequence = (0..<200).map { _ in random.below(50) }
            let wanted = [sequence[17], sequence[90], sequence[160]]
            func fails(_ candidate: [Int]) -> Bool {
                var rest = wanted[...]
                for number in candidate where number == rest.first { rest = rest.dropFirst() }
                return rest.isEmpty
            }
            #expect(shortened(sequence, fails: fails) == wanted)
        }
    }

    @Test func whatFailsByItselfLeavesNothing() {
        #expect(shortened([1, 2, 3]) { _ in true }.isEmpty)
        #expect(shortened([7]) { $0 == [7] } == [7])
    }
}
