import Foundation
import Processes
import Testing

@Suite struct ChildProcessTests {
    private func run(
        _ script: String, environment: [String]? = nil, timeLimit: Duration = .seconds(60), outputLimit: Int = 1 << 20,
        isCancelled: () -> Bool = { false }
    ) throws(ChildProcess.Failure) -> (output: String, ending: ChildProcess.Ending) {
        let (bytes, ending) = try ChildProcess.run(
            ["/bin/sh", "-c", script], environment: environment, timeLimit: timeLimit, outputLimit: outputLimit,
            isCancelled: isCancelled)
        return (String(decoding: bytes, as: UTF8.self), ending)
    }

    @Test func whatItPrintsAndHowItEndsIsSaid() throws {
        let whole = try run("printf one; echo no >&2; exit 3")
        #expect(whole.output == "one")
        #expect(whole.ending == .status(3))
        #expect(try run("kill -9 $$").ending == .signal(9))
        #expect(try run("cat").output.isEmpty)
        #expect(try run("echo \"$ONE$HOME\"", environment: ["ONE=1"]).output == "1\n")
    }

    @Test func limitsHold() {
        #expect(throws: ChildProcess.Failure.tookTooLong) { try run("sleep 60", timeLimit: .milliseconds(200)) }
        #expect(throws: ChildProcess.Failure.tookTooLong) {
            try run("exec >&-; sleep 60", timeLimit: .milliseconds(200))
        }
        #expect(throws: ChildProcess.Failure.wroteTooMuch) { try run("yes", outputLimit: 1000) }
        #expect(throws: ChildProcess.Failure.cancelled) { try run("sleep 60", isCancelled: { true }) }
        #expect(throws: ChildProcess.Failure.notStarted) {
            try ChildProcess.run(["/no/such/program"], timeLimit: .seconds(1), outputLimit: 1, isCancelled: { false })
        }
    }

    @Test func whatItStartedEndsWithIt() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "child-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let mark = folder.appending(path: "pid").path
        #expect(throws: ChildProcess.Failure.tookTooLong) {
            try run("sleep 60 & echo $! > '\(mark).part'; mv '\(mark).part' '\(mark)'; wait", timeLimit: .seconds(2))
        }
        let text = try String(contentsOfFile: mark, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let grandchild = try #require(pid_t(text))
        // It is gone, or waits for whoever collects the dead; on a busy machine a moment later.
        func isGone() -> Bool {
            let state = (try? String(contentsOfFile: "/proc/\(grandchild)/stat", encoding: .utf8))?.split(
                separator: " ")
            return state == nil || state?[2] == "Z"
        }
        for _ in 0..<500 where !isGone() { usleep(10_000) }
        #expect(isGone())
    }
}
