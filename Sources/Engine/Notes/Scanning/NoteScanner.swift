/// A file that is to be read as a note.
package struct NoteFile: Sendable, Equatable {
    /// Relative to the project's root.
    package var path: String
    package var absolutePath: String
    /// When it was last changed, in nanoseconds since 1970.
    package var mtime: Int64
    package var size: Int64
    /// When its permissions or its content were last changed, in nanoseconds since 1970.
    package var ctime: Int64 = 0
}

/// Walks a project's folder, or looks at single places in it.
///
/// Hidden names (but those that `include` spells out), excluded ones and scopes of `ignore` are passed over; symbolic
/// links are followed, each folder once. Nothing but regular files is ever opened, so no pipe can block.
package struct NoteFinder {
    private let layout: ProjectLayout
    private let include: PathRules
    private let exclude: PathRules
    package private(set) var files: [NoteFile] = []
    package private(set) var problems: [NoteProblem] = []
    /// What a walk passed over for its name alone.
    package private(set) var hidden = HiddenCount()
    /// Files that would be notes if their program were there.
    private var missingPrograms: [String: DocumentProgram] = [:]
    /// Whether folders were reached by a link: then where a note counts depends on the whole tree.
    package private(set) var hasFolderLinks = false
    private let programs: Set<DocumentProgram>
    private var visited: Set<FileFacts.Identity> = []
    private let entering: (String) -> Void

    /// Walks everything.
    ///
    /// - Parameters:
    ///   - programs: those that are installed.
    ///   - entering: told of each folder, relative to the root, before it is listed.
    /// - Throws: `NoteError.rootMissing`, `.cancelled`.
    package static func find(
        _ layout: ProjectLayout, programs: Set<DocumentProgram> = [], entering: @escaping (String) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws(NoteError) -> NoteFinder {
        var finder = NoteFinder(layout, programs, entering)
        guard FileFacts(layout.root)?.isFolder == true else { throw .rootMissing(path: layout.root) }
        try finder.walk("", .none, ancestors: [], isCancelled)
        finder.files.sort { $0.path < $1.path }
        return finder
    }

    /// Looks at some files and folders only, and at all that is below them.
    ///
    /// - Parameter places: relative to the root, none of them below another.
    /// - Throws: `NoteError.rootMissing`, `.cancelled`.
    package static func look(
        at places: [String], in layout: ProjectLayout, programs: Set<DocumentProgram> = [],
        entering: @escaping (String) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(NoteError) -> NoteFinder {
        var finder = NoteFinder(layout, programs, entering)
        guard FileFacts(layout.root)?.isFolder == true else { throw .rootMissing(path: layout.root) }
        for place in places { try finder.look(place, isCancelled) }
        finder.files.sort { $0.path < $1.path }
        return finder
    }

    package var missing: [MissingProgram] {
        DocumentProgram.allCases.compactMap { program in
            let count = missingPrograms.values.count { $0 == program }
            return count > 0 ? MissingProgram(program: program, notes: count) : nil
        }
    }

    /// What was found wrong, without the files themselves: what is worth keeping of a walk.
    package var remarks: NoteFinder {
        var copy = self
        copy.files = []
        copy.visited = []
        return copy
    }

    /// Takes over what a later look at `places` found wrong.
    package mutating func take(_ part: NoteFinder, of places: [String]) {
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
        include = PathRules(layout.include)
        exclude = PathRules(layout.exclude)
    }

    package static let special = "is a pipe, a socket or a device, which isn't opened"

    private func absolute(_ path: String) -> String { path.isEmpty ? layout.root : layout.root + "/" + path }

    /// - Parameter above: the verdict of `include` on the folder.
    private mutating func walk(
        _ folder: String, _ above: PathRules.Verdict, ancestors: Set<FileFacts.Identity>, _ isCancelled: () -> Bool
    ) throws(NoteError) {
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
                let verdict = include.judge(
                    path: path, name: entry.shownName, isFolder: entry.kind == .folder, above: above)
                if verdict.isMatch, !entry.isHidden {
                    problems.append(NoteProblem(path: path, reason: "has a name that is not UTF-8"))
                }
                continue
            }
            let path = prefix + name
            // What a link leads to decides whether a pattern for folders means it.
            let facts = entry.kind == .link || entry.kind == .unknown ? reader.facts(of: name) : nil
            let isFolder = entry.kind == .folder || facts?.isFolder == true
            if exclude.judge(path: path, name: name, isFolder: isFolder).isMatch { continue }
            let verdict = include.judge(path: path, name: name, isFolder: isFolder, above: above)
            if entry.isHidden, !include.nameHidden(path) {
                if isFolder { hidden.folders += 1 } else if verdict.isMatch { hidden.files += 1 }
                continue
            }
            if isFolder {
                hasFolderLinks = hasFolderLinks || entry.kind == .link
                try walk(path, verdict, ancestors: ancestors, isCancelled)
                continue
            }
            guard verdict.isMatch || entry.kind == .link else { continue }
            let scope = layout.mayScope(name) ? layout.scope(of: path) : folderScope
            guard scope != .ignore else { continue }
            guard let facts = facts ?? reader.facts(of: name) else {
                // A folder that may be listed, but whose files may not be looked at.
                if entry.kind == .file, reader.refuses(name) {
                    problems.append(NoteProblem(path: path, reason: "can't be read; check the permissions of its folder"))
                    continue
                }
                // Nothing behind it: a link, if it isn't something that has just been deleted.
                if entry.kind != .file { remarkLink(path, isWanted: verdict.isMatch) }
                continue
            }
            if verdict.isMatch { take(path, facts) }
        }
    }

    /// A link with nothing behind it.
    private mutating func remarkLink(_ path: String, isWanted: Bool) {
        if FileFacts.isCircle(absolute(path)) {
            problems.append(NoteProblem(path: path, reason: "is a link that leads to itself"))
        } else if isWanted {
            problems.append(NoteProblem(path: path, reason: "is a link to nothing"))
        }
    }

    /// A file that is wanted.
    private mutating func take(_ path: String, _ facts: FileFacts) {
        let format = NoteFormat(path: path)
        if !facts.isRegular {
            problems.append(NoteProblem(path: path, reason: NoteFinder.special))
        } else if facts.size > format.largestMegabytes << 20 {
            problems.append(NoteProblem(path: path, reason: "is larger than \(format.largestMegabytes) MB"))
        } else if let program = format.program, !programs.contains(program) {
            missingPrograms[path] = program
        } else {
            files.append(
                NoteFile(path: path, absolutePath: absolute(path), mtime: facts.mtime, size: facts.size, ctime: facts.ctime))
        }
    }

    /// As the walk would come by `place`.
    private mutating func look(_ place: String, _ isCancelled: () -> Bool) throws(NoteError) {
        var path = ""
        var verdict = PathRules.Verdict.none
        let facts = FileFacts(absolute(place))
        let names = place.split(separator: "/")
        for (index, name) in names.enumerated() {
            path += path.isEmpty ? String(name) : "/" + name
            let isFolder = index < names.count - 1 || facts?.isFolder == true
            if exclude.judge(path: path, name: String(name), isFolder: isFolder).isMatch { return }
            if name.hasPrefix("."), !include.nameHidden(path) { return }
            verdict = include.judge(path: path, name: String(name), isFolder: isFolder, above: verdict)
        }
        guard let facts else {
            if layout.scope(of: path) != .ignore, FileFacts.isThere(absolute(path)) {
                remarkLink(path, isWanted: verdict.isMatch)
            }
            return
        }
        if facts.isFolder {
            hasFolderLinks = hasFolderLinks || FileFacts.isLink(absolute(path))
            try walk(path, verdict, ancestors: [], isCancelled)
        } else if verdict.isMatch, layout.scope(of: path) != .ignore {
            take(path, facts)
        }
    }
}

/// What has a name that begins with a full stop and would be looked into otherwise.
public struct HiddenCount: Sendable, Equatable, Codable {
    public var folders = 0
    /// Files that would be notes.
    public var files = 0

    public init(folders: Int = 0, files: Int = 0) {
        self.folders = folders
        self.files = files
    }
}

/// Paths, each standing for itself and all that is below it.
package struct PathSet {
    private let paths: Set<String>

    package init(_ paths: some Sequence<String>) { self.paths = Set(paths) }

    package func contains(_ path: String) -> Bool {
        if paths.contains(path) { return true }
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if paths.contains(String(rest)) { return true }
        }
        return false
    }

    /// The paths without those that are below another, in order.
    package static func topmost(_ paths: Set<String>) -> [String] {
        let all = PathSet(paths)
        return paths.filter { path in
            guard let slash = path.lastIndex(of: "/") else { return true }
            return !all.contains(String(path[..<slash]))
        }.sorted()
    }
}
