import FileAccess
import Foundation

/// A folder with an article and notes.
public struct Project: Sendable, Equatable {
    /// Absolute, without symbolic links.
    public let root: String
    /// The absolute path of the article that was named; nil where a folder was.
    public let article: String?
    /// The project's settings file, where there is one.
    public let tomlPath: String?

    /// A project of these paths; `locate` finds them and is the usual way.
    public init(root: String, article: String?, tomlPath: String?) {
        self.root = root
        self.article = article
        self.tomlPath = tomlPath
    }

    /// Finds the project of a path: a folder is its own project unless one above it has a
    /// `longhand.toml`; an article belongs to the nearest such folder, else to its own.
    ///
    /// - Throws: `ConfigurationError.notFound` where neither the path nor its folder exists.
    public static func locate(_ path: String) throws(ConfigurationError) -> Project {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder)
        if exists, isFolder.boolValue {
            let folder = real(absolute)
            let root = owner(of: folder) ?? folder
            return Project(root: root, article: nil, tomlPath: settings(in: root))
        }
        let parent = (absolute as NSString).deletingLastPathComponent
        guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
            throw .notFound(path: path)
        }
        let folder = real(parent)
        let root = owner(of: folder) ?? folder
        let name = (absolute as NSString).lastPathComponent
        return Project(root: root, article: folder + "/" + name, tomlPath: settings(in: root))
    }

    /// Finds the project of a folder or an article that must exist.
    ///
    /// - Throws: `ConfigurationError.notFound`.
    public static func locate(existing path: String) throws(ConfigurationError) -> Project {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        return try locate(path)
    }

    /// The article to open: the one named, the one the settings name, or the first Markdown file of
    /// the folder that is no README; in an empty project `article.md`, which is then begun.
    ///
    /// - Throws: `ConfigurationError.articleOutside` where the settings or a link lead out of the project, which may
    ///   come from a stranger. An article that the writer names may be anywhere.
    public func articlePath(settings: Settings) throws(ConfigurationError) -> String {
        if let article { return article }
        if let named = settings.article {
            let path = root + "/" + named
            guard holds(path) else { throw .articleOutside(path: named) }
            return path
        }
        // A folder that can't be listed counts as empty: opening or saving `article.md` in it says what is wrong.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let candidates = names.filter {
            RegularFile.obstacle(at: root + "/" + $0) == nil && $0.hasSuffix(".md") && !$0.hasPrefix(".")
                && !$0.hasSuffix(".export.md") && $0.lowercased() != "readme.md"
        }
        // What is in the project comes before links to elsewhere, which aren't opened unasked.
        let inside = candidates.filter { holds(root + "/" + $0) }
        if inside.isEmpty, let outside = candidates.min() { throw .articleOutside(path: outside) }
        return root + "/" + (inside.min() ?? "article.md")
    }

    /// Whether a path, with its links followed, is in the project. The file needn't be there yet.
    func holds(_ path: String) -> Bool {
        var info = stat()
        let isThere = lstat(path, &info) == 0
        // A link to nothing would make a file wherever it points.
        guard !isThere || realpath(path, nil).map({ free($0) }) != nil else { return false }
        var existing = path
        var rest: [Substring] = []
        while lstat(existing, &info) != 0, existing != "/", !existing.isEmpty {
            rest.insert(Substring((existing as NSString).lastPathComponent), at: 0)
            existing = (existing as NSString).deletingLastPathComponent
        }
        let resolved = Self.real(existing)
        return !rest.contains("..") && (resolved == root || resolved.hasPrefix(root == "/" ? "/" : root + "/"))
    }

    private static func settings(in folder: String) -> String? {
        let path = folder + "/longhand.toml"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The nearest folder at or above `folder` with a `longhand.toml`.
    private static func owner(of folder: String) -> String? {
        var current = folder
        while true {
            if settings(in: current) != nil { return current }
            guard current != "/" else { return nil }
            current = (current as NSString).deletingLastPathComponent
        }
    }

    private static func real(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
