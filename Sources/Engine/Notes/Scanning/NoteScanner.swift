/// Walks a project's folder, or looks at single paths in it.
///
/// Hidden names (but those that `include` spells out), excluded ones and scopes of `ignore` are passed over; symbolic
/// links are followed, each folder once. Nothing but regular files is ever opened, so no pipe can block.
package struct NoteScanner {
    private let layout: ProjectLayout
    private let include: PathRules
    private let exclude: PathRules
    private var result = ScanResult()
    private let programs: Set<DocumentProgram>
    private var visited: Set<FileFacts.Identity> = []
    private let entering: (String) -> Void

    /// Walks everything.
    ///
    /// - Parameters:
    ///   - programs: those that are installed.
    ///   - entering: told of each folder, relative to the root, before it is listed.
    /// - Throws: `NoteError.rootMissing`, `.cancelled`.
    package static func scan(
        _ layout: ProjectLayout, programs: Set<DocumentProgram> = [], entering: @escaping (String) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws(NoteError) -> ScanResult {
        var scanner = NoteScanner(layout, programs, entering)
        guard FileFacts(layout.root)?.isFolder == true else { throw .rootMissing(path: layout.root) }
        try scanner.walk("", .none, ancestors: [], isCancelled)
        return scanner.sortedResult()
    }

    /// Scans some files and folders only, and all that is below them.
    ///
    /// - Parameter paths: relative to the root, none of them below another.
    /// - Throws: `NoteError.rootMissing`, `.cancelled`.
    package static func scan(
        only paths: [String], in layout: ProjectLayout, programs: Set<DocumentProgram> = [],
        entering: @escaping (String) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(NoteError) -> ScanResult {
        var scanner = NoteScanner(layout, programs, entering)
        guard FileFacts(layout.root)?.isFolder == true else { throw .rootMissing(path: layout.root) }
        for path in paths { try scanner.visit(path, isCancelled) }
        return scanner.sortedResult()
    }

    private init(_ layout: ProjectLayout, _ programs: Set<DocumentProgram>, _ entering: @escaping (String) -> Void) {
        self.programs = programs
        self.layout = layout
        self.entering = entering
        include = PathRules(layout.include)
        exclude = PathRules(layout.exclude)
    }

    private mutating func sortedResult() -> ScanResult {
        result.files.sort { $0.path < $1.path }
        return result
    }

    /// Why a file that isn't regular is left out, as a clause for `NoteProblem`.
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
                result.problems.append(NoteProblem(path: folder, reason: "the folder can't be read"))
            }
            return
        }
        let identity = reader.facts.identity
        guard visited.insert(identity).inserted else {
            if ancestors.contains(identity) {
                result.problems.append(NoteProblem(path: folder, reason: "is a link to a folder that holds it"))
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
                    result.problems.append(NoteProblem(path: path, reason: "has a name that is not UTF-8"))
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
                if isFolder { result.hidden.folders += 1 } else if verdict.isMatch { result.hidden.files += 1 }
                continue
            }
            if isFolder {
                result.hasFolderLinks = result.hasFolderLinks || entry.kind == .link
                try walk(path, verdict, ancestors: ancestors, isCancelled)
                continue
            }
            guard verdict.isMatch || entry.kind == .link else { continue }
            let scope = layout.mayScope(name) ? layout.scope(of: path) : folderScope
            guard scope != .ignore else { continue }
            guard let facts = facts ?? reader.facts(of: name) else {
                // A folder that may be listed, but whose files may not be looked at.
                if entry.kind == .file, reader.refuses(name) {
                    result.problems.append(
                        NoteProblem(path: path, reason: "can't be read; check the permissions of its folder"))
                    continue
                }
                // Nothing behind it: a link, if it isn't something that has just been deleted.
                if entry.kind != .file { reportLink(path, isWanted: verdict.isMatch) }
                continue
            }
            if verdict.isMatch { add(path, facts) }
        }
    }

    /// A link with nothing behind it.
    private mutating func reportLink(_ path: String, isWanted: Bool) {
        if FileFacts.isCircle(absolute(path)) {
            result.problems.append(NoteProblem(path: path, reason: "is a link that leads to itself"))
        } else if isWanted {
            result.problems.append(NoteProblem(path: path, reason: "is a link to nothing"))
        }
    }

    /// A file that is wanted.
    private mutating func add(_ path: String, _ facts: FileFacts) {
        let format = NoteFormat(path: path)
        if !facts.isRegular {
            result.problems.append(NoteProblem(path: path, reason: NoteScanner.special))
        } else if facts.size > format.largestMegabytes << 20 {
            result.problems.append(NoteProblem(path: path, reason: "is larger than \(format.largestMegabytes) MB"))
        } else if let program = format.program, !programs.contains(program) {
            result.missingPrograms[path] = program
        } else {
            result.files.append(
                NoteFile(
                    path: path, absolutePath: absolute(path), mtime: facts.mtime, size: facts.size, ctime: facts.ctime))
        }
    }

    /// As the walk would come by `target`.
    private mutating func visit(_ target: String, _ isCancelled: () -> Bool) throws(NoteError) {
        var path = ""
        var verdict = PathRules.Verdict.none
        let facts = FileFacts(absolute(target))
        let names = target.split(separator: "/")
        for (index, name) in names.enumerated() {
            path += path.isEmpty ? String(name) : "/" + name
            let isFolder = index < names.count - 1 || facts?.isFolder == true
            if exclude.judge(path: path, name: String(name), isFolder: isFolder).isMatch { return }
            if name.hasPrefix("."), !include.nameHidden(path) { return }
            verdict = include.judge(path: path, name: String(name), isFolder: isFolder, above: verdict)
        }
        guard let facts else {
            if layout.scope(of: path) != .ignore, FileFacts.isThere(absolute(path)) {
                reportLink(path, isWanted: verdict.isMatch)
            }
            return
        }
        if facts.isFolder {
            result.hasFolderLinks = result.hasFolderLinks || FileFacts.isLink(absolute(path))
            try walk(path, verdict, ancestors: [], isCancelled)
        } else if verdict.isMatch, layout.scope(of: path) != .ignore {
            add(path, facts)
        }
    }
}
