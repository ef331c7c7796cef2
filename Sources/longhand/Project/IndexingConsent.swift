import ArticleFiles
import Configuration
import Foundation
import Notes
import Retrieval
import Workbench

/// Whether the studio may read the notes of a folder without being asked.
///
/// A folder with a `longhand.toml`, and a folder that was named, are projects. The folder around a lone article isn't one,
/// nor are folders that hold everything or that all write to, whoever put a `longhand.toml` there. Where it isn't clear the
/// writer says it once, by `longhand index`, `longhand init` or the key that indexes, which is kept with the state of the program.
struct IndexingConsent: Sendable {
    /// A folder of more text files, or with more folders in it, is hardly meant as a project by merely being named.
    static let largest = (files: 10_000, folders: 5_000)

    private let path: String
    private let root: String
    private let refusal: AutomaticIndexing.Refusal?
    /// The folder may be too large, which takes a look at it.
    private let dependsOnSize: Bool

    init(project: Project, paths: Paths) {
        root = project.root
        path = paths.state + "/indexed/" + ProjectLayout.libraryID(root: project.root)
        if Self.isShared(project.root, home: paths.home) {
            refusal = .sharedFolder
        } else if project.tomlPath == nil, project.article != nil {
            refusal = .loneArticle
        } else {
            refusal = nil
        }
        dependsOnSize = refusal == nil && project.tomlPath == nil
    }

    /// What can be said without a look at the folder.
    var automaticIndexing: AutomaticIndexing {
        guard let refusal, !isGiven else { return .allowed }
        return .refused(refusal)
    }

    /// Whether the folder is too large to be read unasked. Takes as long as listing it, up to the limits.
    func isTooLarge(isCancelled: () -> Bool = { false }) -> Bool {
        guard dependsOnSize, !isGiven else { return false }
        var folders = 0
        let files = ProjectFiles.all(
            below: root,
            isCancelled: {
                folders += 1
                return folders > Self.largest.folders || isCancelled()
            })
        return folders > Self.largest.folders || files.count > Self.largest.files
    }

    private var isGiven: Bool { FileManager.default.fileExists(atPath: path) }

    /// The writer wants this folder's notes read.
    ///
    /// - Throws: `FileError`.
    func give() throws(FileError) {
        guard !isGiven, refusal != nil || dependsOnSize else { return }
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: folder, reason: "the folder cannot be made")
        }
        try AtomicFile.write(Array((root + "\n").utf8), to: path)
    }

    /// The whole disk, a home folder or what is above it, the system's own folders, and where everybody may write.
    static func isShared(_ root: String, home: String) -> Bool {
        let ownHome = (real(home) == "/" ? "" : real(home)) + "/"
        if root == "/" || ownHome.hasPrefix(root + "/") { return true }
        let shared = [
            "/tmp", "/var/tmp", "/dev", "/dev/shm", "/proc", "/sys", "/run", "/etc", "/usr", "/var", "/bin", "/lib",
            "/opt", "/srv", "/mnt",
            "/media", "/home",
        ]
        return (shared + [NSTemporaryDirectory()]).contains { real($0) == root }
    }

    private static func real(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
