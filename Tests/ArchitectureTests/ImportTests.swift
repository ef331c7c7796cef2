import Foundation
import Testing

/// Holds the directions in which rooms may import each other, as ARCHITECTURE.md draws them.
@Suite struct ImportTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What each room may import of the project's own and of others' modules. What the system brings
    /// (Foundation, Dispatch, Synchronization) is listed apart, because the pure rooms do with less.
    private static let allowed: [String: Set<String>] = [
        "Diagnostics": [],
        "FileAccess": ["CFileAccess"],
        "TextCore": [],
        "Manuscript": ["TextCore", "Diagnostics"],
        "Kernels": ["CKernels"],
        "Embedding": ["Kernels", "Diagnostics"],
        "Watching": [],
        "Processes": ["CProcesses"],
        "Retrieval": ["Kernels", "Embedding", "Manuscript", "TextCore", "Watching", "Processes", "FileAccess", "Diagnostics", "GRDB"],
        "Transfer": ["CCurl", "Kernels", "FileAccess", "Diagnostics"],
        "Spelling": ["CHunspell", "Manuscript", "TextCore", "FileAccess", "Diagnostics"],
        "RemoteEmbedding": ["Transfer", "Retrieval", "Diagnostics"],
        "Assistant": ["Transfer", "Manuscript", "Retrieval", "TextCore", "Processes", "Diagnostics"],
        "Screen": ["TextCore", "Diagnostics", "TOMLKit"],
        "Workbench": ["Screen", "Manuscript", "Retrieval", "Assistant", "TextCore", "Diagnostics"],
        "Terminal": ["Screen", "CNCurses", "Diagnostics"],
        "Configuration": ["FileAccess", "Diagnostics", "TOMLKit"],
        "longhand": [
            "Diagnostics", "TextCore", "Manuscript", "Kernels", "Embedding", "Retrieval", "Transfer", "RemoteEmbedding", "Assistant",
            "Screen", "Workbench", "Terminal", "Configuration", "Watching", "Spelling", "Processes", "FileAccess", "CZlib", "ArgumentParser",
        ],
    ]

    private static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Glibc", "Darwin", "Musl", "_FoundationICU",
    ]

    private static func swiftFiles(of room: String) throws -> [URL] {
        let folder = root.appending(path: "Sources/" + room)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        return files.filter { $0.pathExtension == "swift" }
    }

    private static func imports(of file: URL) throws -> Set<String> {
        var found: Set<String> = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            var words = line.split(separator: " ")
            while let first = words.first, first.hasPrefix("@") || ["public", "private", "internal", "package", "fileprivate"].contains(first) {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { continue }
            let kinds: Set<Substring> = ["struct", "enum", "class", "func", "protocol", "typealias", "let", "var"]
            let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
            found.insert(String(name.split(separator: ".")[0]))
        }
        return found
    }

    @Test(arguments: allowed.keys.sorted())
    func importsPointUpward(room: String) throws {
        let files = try Self.swiftFiles(of: room)
        #expect(!files.isEmpty, "\(room) is empty")
        for file in files {
            let foreign = try Self.imports(of: file).subtracting(Self.allowed[room] ?? []).subtracting(Self.system)
            #expect(foreign.isEmpty, "\(room)/\(file.lastPathComponent) imports \(foreign.sorted().joined(separator: ", "))")
        }
    }

    @Test func everyRoomIsListedHere() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        let wrappers: Set<String> = ["CNCurses", "CCurl", "CHunspell", "CZlib", "CKernels", "CProcesses", "CFileAccess"]
        #expect(Set(folders).subtracting(wrappers) == Set(Self.allowed.keys))
    }

    /// The manifest must promise no more than the sources may use.
    @Test func manifestAgrees() throws {
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        for (room, allowed) in Self.allowed {
            guard let start = manifest.range(of: "name: \"\(room)\"", options: .backwards, range: nil) else {
                Issue.record("Package.swift has no target \(room)")
                continue
            }
            let declared = manifest[start.upperBound...].prefix { $0 != "\n" || true }
            guard let open = declared.range(of: "dependencies: ["), let next = declared.range(of: "arget(") else { continue }
            guard open.lowerBound < next.lowerBound, let close = declared[open.upperBound...].range(of: "]") else { continue }
            let list = declared[open.upperBound..<close.lowerBound]
            for piece in list.split(separator: "\"") where piece.allSatisfy({ $0.isLetter }) && !piece.isEmpty {
                let name = String(piece)
                #expect(allowed.contains(name) || name == "package" || name == "name", "\(room) depends on \(name)")
            }
        }
    }

    @Test func filesStayReadable() throws {
        for room in Self.allowed.keys {
            for file in try Self.swiftFiles(of: room) {
                let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).count
                #expect(lines <= 420, "\(room)/\(file.lastPathComponent) has \(lines) lines")
            }
        }
    }

    /// Unsafe pointers stay in the kernels and beside C.
    @Test func unsafePointersStayWhereTheyBelong() throws {
        for room in ["Diagnostics", "TextCore", "Manuscript", "Embedding", "Assistant", "Screen", "Workbench", "Configuration"] {
            for file in try Self.swiftFiles(of: room) {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(!text.contains("UnsafeMutablePointer") && !text.contains("UnsafePointer<"), "\(room)/\(file.lastPathComponent)")
            }
        }
    }
}
