import Foundation
import Testing

@Suite struct SizeTests {
    @Test func filesFoldersAndFunctionsCanBeReadAtOnce() throws {
        let breaches = SizeRules.breaches(try SourceTree(root: ArchitectureTests.root))
        #expect(breaches == [])
    }

    @Test func eachExceptionHasItsReason() {
        for (key, reason) in SizeRules.exceptions { #expect(reason.count > 20, "\(key)") }
    }

    @Test func functionsAreCounted() {
        let source = #"""
            struct A {
                // func commented(a: Int) {
                init(a: Int, b: [Int: Int], c: (Int) -> Void = { _ in }) {
                    self.a = a
                    self.b = b
                }
                init(b: Int) {
                    guard b > 0 else { return }
                    a = make(b: b)
                }
                func draw<T>(_ text: String, "\(a, b: "}")") -> Int
                where T: B {
                    let text = """
                        func quoted(a: Int) {
                        """
                    A.init(a: 1, b: 2)
                    return 1
                }
                func asked(_ a: Int)
                var x: Int
            }
            """#
        #expect(
            FunctionScan(source).functions == [
                FunctionScan.Function(name: "init", parameters: 3, lines: 4, isMemberwise: true),
                FunctionScan.Function(name: "init", parameters: 1, lines: 4, isMemberwise: false),
                FunctionScan.Function(name: "draw", parameters: 1, lines: 8, isMemberwise: false),
                FunctionScan.Function(name: "asked", parameters: 1, lines: 1, isMemberwise: false),
            ])
    }

    private static func tree(_ files: [String: String]) throws -> SourceTree {
        let root = FileManager.default.temporaryDirectory.appending(path: "sizes-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }  // The system clears its temporary folder too.
        for (path, text) in files.merging(["Package.swift": "", "ARCHITECTURE.md": ""], uniquingKeysWith: { $1 }) {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return try SourceTree(root: root)
    }

    @Test func whatIsTooLargeIsFound() throws {
        let long = "func long() {\n" + String(repeating: "    work()\n", count: 80) + "}\n"
        let wide = "func wide(a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int) {}\n"
        let files = Dictionary(uniqueKeysWithValues: (0..<31).map { ("Sources/Many/F\($0).swift", "") })
        let tree = try Self.tree(
            files.merging(
                ["Sources/A.swift": long + wide, "Sources/B.swift": String(repeating: "//\n", count: 10_000)],
                uniquingKeysWith: { $1 }))
        #expect(
            SizeRules.breaches(tree, exceptions: [:]) == [
                "Sources/Many has 31 files", "Sources/A.swift: long has 82 lines",
                "Sources/A.swift: wide has 7 parameters",
                "Sources/B.swift has 30000 bytes",
            ])
        #expect(
            SizeRules.breaches(
                try Self.tree(["Sources/A.swift": long]), exceptions: ["A.swift:long": "", "A.swift:short": ""])
                == ["A.swift:short needs no exception"])
    }
}
