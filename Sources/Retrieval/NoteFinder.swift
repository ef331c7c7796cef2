import Foundation

/// A file that is to be read as a note.
struct NoteFile: Sendable, Equatable {
    /// Relative to the project's root.
    var path: String
    var absolutePath: String
    /// When it was last changed, in nanoseconds since 1970.
    var mtime: Int64
    var size: Int64
}

/// Walks a project's folder.
///
/// Hidden names, excluded ones and scopes of `ignore` are passed over; symbolic links are followed,
/// each folder once. Nothing but regular files is ever opened, so no pipe can block.
struct NoteFinder {
    private let layout: ProjectLayout
    private let include: [Glob]
    private let exclude: [Glob]
    private(set) var files: [NoteFile] = []
    private(set) var problems: [NoteProblem] = []
    /// Files that would be notes if their program were there.
    private var missingCounts: [DocumentProgram: Int] = [:]
    private let programs: Set<DocumentProgram>
    private var visited: Set<Identity> = []

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private struct Facts {
        var identity: Identity
        var isFolder: Bool
        var isRegular: Bool
        var mtime: Int64
        var size: Int64
    }

    /// - Parameter programs: those that are installed.
    /// - Throws: `LibraryError.rootMissing`, `.cancelled`.
    static func find(
        _ layout: ProjectLayout, programs: Set<DocumentProgram> = [], isCancelled: () -> Bool = { false }
    ) throws(LibraryError) -> NoteFinder {
        var finder = NoteFinder(layout, programs)
        guard let root = facts(layout.root), root.isFolder else {
            throw .rootMissing(path: layout.root)
        }
        finder.visited.insert(root.identity)
        try finder.walk("", ancestors: [root.identity], isCancelled)
        finder.files.sort { $0.path < $1.path }
        return finder
    }

    var missing: [MissingProgram] {
        DocumentProgram.allCases.compactMap { program in
            missingCounts[program].map { MissingProgram(program: program, notes: $0) }
        }
    }

    private init(_ layout: ProjectLayout, _ programs: Set<DocumentProgram>) {
        self.programs = programs
        self.layout = layout
        include = layout.include.map { Glob($0) }
        exclude = layout.exclude.map { Glob($0) }
    }

    private mutating func walk(
        _ folder: String, ancestors: Set<Identity>, _ isCancelled: () -> Bool
    ) throws(LibraryError) {
        if isCancelled() { throw .cancelled }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(
                atPath: folder.isEmpty ? layout.root : layout.root + "/" + folder)
        } catch {
            if folder.isEmpty { throw .rootMissing(path: layout.root) }
            problems.append(NoteProblem(path: folder, reason: "the folder can't be read"))
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : folder + "/" + name
            if exclude.contains(where: { $0.matches(path) }) { continue }
            let wanted = include.contains { $0.matches(path) }
            guard let facts = NoteFinder.facts(layout.root + "/" + path) else {
                if wanted, layout.scope(of: path) != .ignore {
                    problems.append(NoteProblem(path: path, reason: "is a link to nothing"))
                }
                continue
            }
            if facts.isFolder {
                if visited.insert(facts.identity).inserted {
                    try walk(path, ancestors: ancestors.union([facts.identity]), isCancelled)
                } else if ancestors.contains(facts.identity) {
                    problems.append(
                        NoteProblem(path: path, reason: "is a link to a folder that holds it"))
                }
            } else if wanted, facts.isRegular, layout.scope(of: path) != .ignore {
                let format = NoteFormat(path: path)
                if facts.size > format.largestMegabytes << 20 {
                    problems.append(
                        NoteProblem(path: path, reason: "is larger than \(format.largestMegabytes) MB"))
                } else if let program = format.program, !programs.contains(program) {
                    missingCounts[program, default: 0] += 1
                } else {
                    files.append(
                        NoteFile(
                            path: path, absolutePath: layout.root + "/" + path,
                            mtime: facts.mtime, size: facts.size))
                }
            }
        }
    }

    private static func facts(_ path: String) -> Facts? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        #if os(Linux)
            let time = info.st_mtim
        #else
            let time = info.st_mtimespec
        #endif
        let kind = info.st_mode & S_IFMT
        return Facts(
            identity: Identity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino)),
            isFolder: kind == S_IFDIR, isRegular: kind == S_IFREG,
            mtime: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
            size: Int64(info.st_size))
    }
}
