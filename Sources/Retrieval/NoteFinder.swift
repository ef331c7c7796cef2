/// A file that is to be read as a note.
struct NoteFile: Sendable, Equatable {
    /// Relative to the project's root.
    var path: String
    var absolutePath: String
    /// When it was last changed, in nanoseconds since 1970.
    var mtime: Int64
    var size: Int64
}

/// Walks a project's folder, or looks at single places in it.
///
/// Hidden names, excluded ones and scopes of `ignore` are passed over; symbolic links are followed,
/// each folder once. Nothing but regular files is ever opened, so no pipe can block.
struct NoteFinder {
    private let layout: ProjectLayout
    private let include: GlobList
    private let exclude: GlobList
    private(set) var files: [NoteFile] = []
    private(set) var problems: [NoteProblem] = []
    /// Files that would be notes if their program were there.
    private var missingPrograms: [String: DocumentProgram] = [:]
    /// Whether folders were reached by a link: then where a note counts depends on the whole tree.
    private(set) var hasFolderLinks = false
    private let programs: Set<DocumentProgram>
    private var visited: Set<FileFacts.Identity> = []
    private let entering: (String) -> Void

    /// Walks everything.
    ///
    /// - Parameters:
    ///   - programs: those that are installed.
    ///   - entering: told of each folder, relative to the root, before it is listed.
    /// - Throws: `LibraryError.rootMissing`, `.cancelled`.
    static func find(
        _ layout: ProjectLayout, programs: Set<DocumentProgram> = [], entering: @escaping (String) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws(LibraryError) -> NoteFinder {
        var finder = NoteFinder(layout, programs, entering)
        guard FileFacts(layout.root)?.isFolder == true else { throw .rootMissing(path: layout.root) }
        try finder.walk("", isWanted: false, ancestors: [], isCancelled)
        finder.files.sort { $0.path < $1.path }
        return finder
    }

    /// Looks at some files and folders only, and at all that is below them.
    ///
    /// - Parameter places: relative to the root, none of them below another.
    /// - Throws: `LibraryError.rootMissing`, `.cancelled`.
    static func look(
        at places: [String], in layout: ProjectLayout, programs: Set<DocumentProgram> = [],
        entering: @escaping (String) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(LibraryError) -> NoteFinder {
        var finder = NoteFinder(layout, programs, entering)
        guard FileFacts(layout.root)?.isFolder == true else { throw .rootMissing(path: layout.root) }
        for place in places { try finder.look(place, isCancelled) }
        finder.files.sort { $0.path < $1.path }
        return finder
    }

    var missing: [MissingProgram] {
        DocumentProgram.allCases.compactMap { program in
            let count = missingPrograms.values.count { $0 == program }
            return count > 0 ? MissingProgram(program: program, notes: count) : nil
        }
    }

    /// What was found wrong, without the files themselves: what is worth keeping of a walk.
    var remarks: NoteFinder {
        var copy = self
        copy.files = []
        copy.visited = []
        return copy
    }

    /// Takes over what a later look at `places` found wrong.
    mutating func take(_ part: NoteFinder, of places: [String]) {
        let covered = PathSet(places)
        problems.removeAll { covered.contains($0.path) }
        problems += part.problems
        missingPrograms = missingPrograms.filter { !covered.contains($0.key) }
        missingPrograms.merge(part.missingPrograms) { _, new in new }
    }

    private init(_ layout: ProjectLayout, _ programs: Set<DocumentProgram>, _ entering: @escaping (String) -> Void) {
        self.programs = programs
        self.layout = layout
        self.entering = entering
        include = GlobList(layout.include)
        exclude = GlobList(layout.exclude)
    }

    private func absolute(_ path: String) -> String { path.isEmpty ? layout.root : layout.root + "/" + path }

    /// - Parameter isWanted: whether a folder above is among the included.
    private mutating func walk(
        _ folder: String, isWanted: Bool, ancestors: Set<FileFacts.Identity>, _ isCancelled: () -> Bool
    ) throws(LibraryError) {
        if isCancelled() { throw .cancelled }
        if !folder.isEmpty, layout.isClosed(folder) { return }
        entering(folder)
        guard let reader = DirectoryReader(absolute(folder)) else {
            if folder.isEmpty { throw .rootMissing(path: layout.root) }
            // Gone since it was heard of: that is no problem.
            if FileFacts.isThere(absolute(folder)) {
                problems.append(NoteProblem(path: folder, reason: "the folder can't be read"))
            }
            return
        }
        let identity = reader.facts.identity
        guard visited.insert(identity).inserted else {
            if ancestors.contains(identity) {
                problems.append(NoteProblem(path: folder, reason: "is a link to a folder that holds it"))
            }
            return
        }
        let ancestors = ancestors.union([identity])
        let folderScope = layout.scope(of: folder)
        let prefix = folder.isEmpty ? "" : folder + "/"
        for entry in reader.entries() {
            guard let name = entry.name else {
                let path = prefix + entry.shownName
                if isWanted || include.matches(path: path, name: entry.shownName) {
                    problems.append(NoteProblem(path: path, reason: "has a name that is not UTF-8"))
                }
                continue
            }
            let path = prefix + name
            if exclude.matches(path: path, name: name) { continue }
            let isWanted = isWanted || include.matches(path: path, name: name)
            if entry.kind == .folder {
                try walk(path, isWanted: isWanted, ancestors: ancestors, isCancelled)
                continue
            }
            guard entry.kind != .other, isWanted || entry.kind != .file else { continue }
            let scope = layout.mayScope(name) ? layout.scope(of: path) : folderScope
            guard let facts = reader.facts(of: name) else {
                // A link to nothing, if it isn't something that has just been deleted.
                if isWanted, scope != .ignore, entry.kind != .file {
                    problems.append(NoteProblem(path: path, reason: "is a link to nothing"))
                }
                continue
            }
            if facts.isFolder {
                hasFolderLinks = hasFolderLinks || entry.kind == .link
                try walk(path, isWanted: isWanted, ancestors: ancestors, isCancelled)
            } else if isWanted, facts.isRegular, scope != .ignore {
                take(path, facts)
            }
        }
    }

    /// A file that is wanted.
    private mutating func take(_ path: String, _ facts: FileFacts) {
        let format = NoteFormat(path: path)
        if facts.size > format.largestMegabytes << 20 {
            problems.append(NoteProblem(path: path, reason: "is larger than \(format.largestMegabytes) MB"))
        } else if let program = format.program, !programs.contains(program) {
            missingPrograms[path] = program
        } else {
            files.append(
                NoteFile(path: path, absolutePath: absolute(path), mtime: facts.mtime, size: facts.size))
        }
    }

    /// As the walk would come by `place`.
    private mutating func look(_ place: String, _ isCancelled: () -> Bool) throws(LibraryError) {
        var path = ""
        var isWanted = false
        for name in place.split(separator: "/") {
            if name.hasPrefix(".") { return }
            path += path.isEmpty ? String(name) : "/" + name
            if exclude.matches(path: path, name: String(name)) { return }
            isWanted = isWanted || include.matches(path: path, name: String(name))
        }
        guard let facts = FileFacts(absolute(path)) else {
            if isWanted, layout.scope(of: path) != .ignore, FileFacts.isThere(absolute(path)) {
                problems.append(NoteProblem(path: path, reason: "is a link to nothing"))
            }
            return
        }
        if facts.isFolder {
            hasFolderLinks = hasFolderLinks || FileFacts.isLink(absolute(path))
            try walk(path, isWanted: isWanted, ancestors: [], isCancelled)
        } else if isWanted, facts.isRegular, layout.scope(of: path) != .ignore {
            take(path, facts)
        }
    }
}

/// Paths, each standing for itself and all that is below it.
struct PathSet {
    private let paths: Set<String>

    init(_ paths: some Sequence<String>) { self.paths = Set(paths) }

    func contains(_ path: String) -> Bool {
        if paths.contains(path) { return true }
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if paths.contains(String(rest)) { return true }
        }
        return false
    }

    /// The paths without those that are below another, in order.
    static func topmost(_ paths: Set<String>) -> [String] {
        let all = PathSet(paths)
        return paths.filter { path in
            guard let slash = path.lastIndex(of: "/") else { return true }
            return !all.contains(String(path[..<slash]))
        }.sorted()
    }
}
