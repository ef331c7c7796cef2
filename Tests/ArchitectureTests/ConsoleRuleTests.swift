import Foundation
import Testing

/// Holds that all output for people goes through `Console`, which makes it safe.
@Suite struct ConsoleRuleTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    /// The program, and the libraries that only it uses.
    private static let folders = ["longhand", "Studio/ArticleFiles", "Studio/ModelInstall"]

    /// The files that may write to a stream themselves.
    private static let writers: Set<String> = ["Console.swift", "StandardOutput.swift"]

    @Test func nothingGoesAroundTheConsole() throws {
        let ways = [
            "FileHandle.standardOutput", "FileHandle.standardError", "STDERR_FILENO", "fputs(", "fputc(", "puts(",
            "putchar(", "fwrite(", "printf(",
            "Swift.print(", "debugPrint(", "readLine(", "\"/dev/stdout\"", "\"/dev/stderr\"", "\"/dev/tty\"",
        ]
        var files: [URL] = []
        for folder in Self.folders {
            let found = FileManager.default.enumerator(
                at: Self.sources.appending(path: folder), includingPropertiesForKeys: nil)
            let swift = (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
            #expect(swift.count >= 10, "\(folder) is elsewhere")
            files += swift
        }
        for file in files where !Self.writers.contains(file.lastPathComponent) {
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
