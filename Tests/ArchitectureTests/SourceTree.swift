import Foundation

/// The files of a package, as the rules of the house look at them.
struct SourceTree {
    struct File {
        /// Relative to the package.
        var path: String
        var text: String

        var name: String { String(path.split(separator: "/").last ?? "") }
        var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

        /// The modules that the file imports, whatever stands before and behind the word.
        var imports: Set<String> {
            var found: Set<String> = []
            let levels: Set<Substring> = ["public", "private", "internal", "package", "fileprivate"]
            let kinds: Set<Substring> = ["struct", "enum", "class", "func", "protocol", "typealias", "let", "var"]
            for line in text.split(separator: "\n") {
                var words = line.split(separator: " ")[...]
                while let first = words.first, first.hasPrefix("@") || levels.contains(first) { words.removeFirst() }
                guard words.popFirst() == "import", let first = words.first else { continue }
                let name = kinds.contains(first) && words.count > 1 ? words[words.startIndex + 1] : first
                found.insert(String(name.prefix { $0 != "." }))
            }
            return found
        }
    }

    let files: [File]
    let manifest: Manifest
    let table: ArchitectureTable

    /// Reads `Package.swift`, `ARCHITECTURE.md` and every Swift file of `Sources` and `Tests` below `root`.
    init(root: URL) throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        manifest = Manifest(try text("Package.swift"))
        table = ArchitectureTable(try text("ARCHITECTURE.md"))
        var files: [File] = []
        for folder in ["Sources", "Tests"]
        where FileManager.default.fileExists(atPath: root.appending(path: folder).path) {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            for path in paths.sorted() where path.hasSuffix(".swift") {
                files.append(File(path: folder + "/" + path, text: try text(folder + "/" + path)))
            }
        }
        self.files = files
    }

    /// The Swift files of a target.
    func files(of target: Manifest.Target) -> [File] { files.filter { $0.path.hasPrefix(target.path + "/") } }

    /// Folders `Sources/FLOOR/TARGET` that hold Swift files, and `Sources/longhand`.
    var targetFolders: Set<String> {
        Set(
            files.compactMap { file in
                let parts = file.path.split(separator: "/")
                guard parts[0] == "Sources", parts.count > 2 else { return nil }
                return parts[1] == "longhand" ? "Sources/longhand" : parts[0...2].joined(separator: "/")
            })
    }
}
