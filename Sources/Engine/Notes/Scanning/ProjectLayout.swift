import Foundation
import Hashing

/// What a project may do with the files below a folder.
public struct FolderScope: Sendable, Equatable {
    /// A folder relative to the root (`interviews`), or a pattern of gitignore (see `Glob`).
    public var pattern: String
    /// What may be done with the files there.
    public var scope: Scope

    /// A rule that gives a folder or pattern a scope.
    public init(_ pattern: String, _ scope: Scope) {
        self.pattern = pattern
        self.scope = scope
    }
}

/// Where a project's notes are, which of them are read, and where its library is kept.
public struct ProjectLayout: Sendable, Equatable {
    /// The project's folder.
    public var root: String
    /// Patterns of gitignore (see `Glob`) for the files that are notes: the last that matches a file or a folder above
    /// it decides, so that `!` makes exceptions. Hidden files and folders count where a pattern spells their name out.
    public var include: [String]
    /// Patterns of files and folders that are not, exactly as in a `.gitignore`: what is in a folder that's excluded
    /// can't be had back.
    public var exclude: [String]
    /// Scopes of folders. Of those that match, the deepest wins, then the first.
    public var scopes: [FolderScope] {
        didSet { scopeGlobs = ProjectLayout.globs(scopes) }
    }
    /// Of `scopes`, made once: they're asked for every file.
    private var scopeGlobs: [Glob]
    /// The scope where none of `scopes` matches.
    public var defaultScope: Scope
    /// Whether what a link leads to outside of the root may have the scope `share`. A project that was cloned brings
    /// its links and its scopes along, so this is the writer's to say.
    public var linksMayBeShared: Bool
    /// The folder of `library.sqlite`; made when it isn't there.
    public var dataDirectory: String

    /// Every file with the ending of a format that can be read.
    public static let defaultInclude = [
        "**/*.md", "**/*.markdown", "**/*.txt", "**/*.org", "**/*.html", "**/*.htm", "**/*.pdf",
        "**/*.docx", "**/*.epub", "**/*.odt",
    ]
    /// Folders of programs that hold text which nobody wrote as a note.
    public static let defaultExclude = ["node_modules"]

    /// A project's layout; nothing is looked up on the disk.
    public init(
        root: String, dataDirectory: String, include: [String] = ProjectLayout.defaultInclude,
        exclude: [String] = ProjectLayout.defaultExclude, scopes: [FolderScope] = [],
        defaultScope: Scope = .index, linksMayBeShared: Bool = false
    ) {
        self.root = root
        self.dataDirectory = dataDirectory
        self.include = include
        self.exclude = exclude
        self.scopes = scopes
        scopeGlobs = ProjectLayout.globs(scopes)
        self.defaultScope = defaultScope
        self.linksMayBeShared = linksMayBeShared
    }

    /// A folder's scope holds for the folder too, so a slash at the end says nothing.
    private static func globs(_ scopes: [FolderScope]) -> [Glob] {
        scopes.map { Glob($0.pattern.hasSuffix("/") && $0.pattern != "/" ? String($0.pattern.dropLast()) : $0.pattern) }
    }

    /// The name of a project's folder among the libraries: its last path component, readable, and
    /// a hash of the whole path, so that two projects called `notes` stay apart.
    public static func libraryID(root: String) -> String {
        let path = URL(fileURLWithPath: root).standardizedFileURL.resolvingSymlinksInPath().path
        let name = path.split(separator: "/").last.map(String.init) ?? "root"
        let readable = name.unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar == "-" || scalar == "_" ? String(scalar) : "-"
        }
        return readable.joined().prefix(40) + "-" + ContentHash.hexadecimal(of: path).prefix(12)
    }

    /// Where the library's database is.
    public var databasePath: String { dataDirectory + "/library.sqlite" }

    /// What may happen with the file at `path`, relative to the root.
    public func scope(of path: String) -> Scope {
        var best: (depth: Int, scope: Scope)?
        for (rule, glob) in zip(scopes, scopeGlobs) {
            guard glob.matches(path) else { continue }
            if let best, best.depth >= glob.depth { continue }
            best = (glob.depth, rule.scope)
        }
        return best?.scope ?? defaultScope
    }

    /// What may leave of the file at `path`, relative to the root: its scope, unless a link there leads out of the
    /// project, or there is nothing any more.
    public func scopeOfContent(of path: String) -> Scope {
        let scope = scope(of: path)
        guard scope == .share, !linksMayBeShared, !holds(path) else { return scope }
        return .index
    }

    /// Whether the file at `path` is in the root's folder once its links are followed.
    private func holds(_ path: String) -> Bool {
        guard let real = realpath(root + "/" + path, nil) else { return false }
        defer { free(real) }
        guard let home = realpath(root, nil) else { return false }
        defer { free(home) }
        let folder = String(cString: home)
        return String(cString: real).hasPrefix(folder == "/" ? folder : folder + "/")
    }

    /// Whether nothing below a folder can have another scope than `ignore`.
    package func isClosed(_ folder: String) -> Bool {
        guard scope(of: folder) == .ignore else { return false }
        var best = (depth: -1, rule: -1)
        for (index, glob) in scopeGlobs.enumerated() where glob.matches(folder) && glob.depth > best.depth {
            best = (glob.depth, index)
        }
        return !scopes.indices.contains { index in
            let depth = scopeGlobs[index].depth
            return scopes[index].scope != .ignore && (depth > best.depth || (depth == best.depth && index < best.rule))
        }
    }

    /// Whether a file of this name could have another scope than its folder.
    package func mayScope(_ name: String) -> Bool {
        scopes.contains { rule in
            let last = rule.pattern.split(separator: "/").last ?? ""
            return last == name || last.contains { "*?[\\".contains($0) }
        }
    }
}
