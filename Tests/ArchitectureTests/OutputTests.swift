import Foundation
import Testing

/// Holds that all output for people goes through `Console`, which makes it safe.
@Suite struct OutputTests {
    private static let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/longhand")

    /// The files that may write to a stream themselves.
    private static let writers: Set<String> = ["Console.swift", "StandardOutput.swift"]

    @Test func nothingGoesAroundTheConsole() throws {
        let ways = [
            "FileHandle.standardOutput", "FileHandle.standardError", "STDERR_FILENO", "fputs(", "fputc(", "puts(", "putchar(", "fwrite(", "printf(",
            "Swift.print(", "debugPrint(", "readLine(", "\"/dev/stdout\"", "\"/dev/stderr\"", "\"/dev/tty\"",
        ]
        let files = FileManager.default.enumerator(at: Self.program, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        #expect(files.count > 50)
        for file in files where file.pathExtension == "swift" && !Self.writers.contains(file.lastPathComponent) {
            let source = try String(contentsOf: file, encoding: .utf8)
            for way in ways { #expect(!source.contains(way), "\(file.lastPathComponent) uses \(way)") }
            // The standard library's `print` is one without a name before it.
            for (number, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let isBare = line.firstMatch(of: /(^|[^.A-Za-z_])print\(/) != nil && !line.contains("func print(")
                #expect(!isBare, "\(file.lastPathComponent):\(number + 1)")
            }
        }
    }
}
