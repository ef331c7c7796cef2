import Configuration
import Notes

extension Settings {
    /// What the library is to read, and where it is kept.
    func layout(of project: Project, paths: Paths) -> ProjectLayout {
        ProjectLayout(
            root: project.root, dataDirectory: paths.libraries + "/" + ProjectLayout.libraryID(root: project.root),
            include: include.isEmpty ? ProjectLayout.defaultInclude : include,
            // What Longhand itself writes is no source.
            exclude: ProjectLayout.defaultExclude + ["*.export.md"] + exclude,
            scopes: scopes.compactMap { entry in Scope(rawValue: entry.scope).map { FolderScope(entry.folder, $0) } },
            linksMayBeShared: linksMayBeShared)
    }
}
