import Foundation
import Testing

@testable import Processes

@Suite struct FeedTests {
    @Test func theInputArrivesWholeAndWhatIsLeftRunningGoesOn() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "feed-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appending(path: "copy").path
        let pid = folder.appending(path: "pid").path
        let input = [UInt8](String(repeating: "写作 ", count: 100_000).utf8)
        let script = "cat > '\(copy)'; sleep 30 & echo $! > '\(pid)'"
        #expect(try ChildProcess.feed(["/bin/sh", "-c", script], input: input, timeLimit: .seconds(60)) == .status(0))
        #expect(try Array(Data(contentsOf: URL(filePath: copy))) == input)
        let text = try String(contentsOfFile: pid, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let left = try #require(pid_t(text))
        #expect(kill(left, 0) == 0)
        kill(left, SIGKILL)
    }

    @Test func aProgramThatIsNotThereIsSaid() {
        #expect(throws: ChildProcess.Failure.notStarted) {
            try ChildProcess.feed(["/no/such/program"], input: [], timeLimit: .seconds(1))
        }
    }
}
