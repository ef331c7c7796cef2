import Foundation
import TestSupport
import Testing

@testable import Manuscript

/// Footnotes are where GitHub's own parser sees them, where that program is installed.
@Suite struct TreeOracleTests {
    private static let program: String? = [
        "/usr/bin/cmark-gfm", "/usr/local/bin/cmark-gfm", "/opt/homebrew/bin/cmark-gfm",
    ]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

    private static func render(_ source: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: try #require(program))
        process.arguments = ["--unsafe", "-e", "footnotes", "-e", "table"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(source.utf8))
        try input.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// The labels referred to in the body, in order.
    private static func labels(inHTML html: String) -> [String] {
        let body = html.components(separatedBy: "<section class=\"footnotes\"")[0]
        return body.components(separatedBy: "<sup class=\"footnote-ref\"><a href=\"#fn-").dropFirst().map {
            String($0.prefix { $0 != "\"" }).removingPercentEncoding ?? ""
        }
    }

    @Test(.enabled(if: program != nil), arguments: 0..<300)
    func referencesAreWhereTheyAreSeen(seed: Int) throws {
        // Formulas are ours alone, a front matter is none there, and a lone carriage return ends a line there.
        let source = "start\n\n" + markdownSoup(seed: UInt64(seed), pieces: 40)
        let footnotes = Footnotes(MarkdownTree(bytes: Array(source.utf8)))
        let defined = Set(footnotes.definitions.map { Footnotes.key($0.label) })
        let ours = footnotes.references.map { Footnotes.key($0.label) }.filter(defined.contains)
        #expect(ours == Self.labels(inHTML: try Self.render(source)), "\(source.debugDescription)")
    }
}
