import Embedding
import Foundation
import GRDB

/// The index of all passages of a project, kept in one SQLite file.
///
/// Safe from many threads, and from several processes at once: readers never wait for a writer.
/// Calls block; make them off the thread that draws.
public final class Library: Sendable {
    public let project: ProjectLayout
    let encoder: (any PassageEncoder)?
    let converter: any DocumentConverter
    let store: Store
    let cache: CatalogCache

    /// Opens the project's library, and makes an empty one where none is.
    ///
    /// - Parameters:
    ///   - encoder: the embedding model; without one, only full text is searched.
    ///   - converter: reads documents that are no text.
    /// - Throws: `LibraryError.corrupt`, `.cannotOpen`, `.newerSchema`, ….
    public init(
        project: ProjectLayout, encoder: (any PassageEncoder)?,
        converter: any DocumentConverter = SystemConverter()
    ) throws(LibraryError) {
        self.converter = converter
        self.project = project
        self.encoder = encoder
        store = try Store(layout: project)
        cache = CatalogCache()
    }

    public convenience init(project: ProjectLayout, embedder: Embedder?) throws(LibraryError) {
        try self.init(project: project, encoder: embedder)
    }

    /// The programs that are installed now.
    var programs: Set<DocumentProgram> { Set(DocumentProgram.allCases.filter(converter.has)) }

    /// Deletes the library's files, damaged or not: `open` after it begins anew.
    public static func discard(project: ProjectLayout) throws(LibraryError) {
        let path = project.databasePath
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            do {
                try FileManager.default.removeItem(atPath: path + suffix)
            } catch {
                throw .cannotOpen(path: path + suffix, reason: "it can't be deleted")
            }
        }
    }
}
