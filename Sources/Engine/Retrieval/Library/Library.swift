import Embedding
import Foundation
import GRDB
import Notes
import Synchronization

/// The index of all passages of a project, kept in one SQLite file.
///
/// Safe from many threads, and from several processes at once: readers never wait for a writer.
/// Calls block; make them off the thread that draws.
public final class Library: Sendable {
    /// Where the notes are, and what may be done with them.
    public let project: ProjectLayout
    let encoder: (any PassageEncoder)?
    let converter: any DocumentConverter
    let store: LibraryDatabase
    let cache: CatalogCache
    let vectorStore: VectorIndexStore
    /// What the last walk through everything found wrong, brought up to date since.
    let lastScan = Mutex<ScanResult?>(nil)
    /// The vectors of sentences that were looked at lately.
    let sentenceVectors = Mutex<[String: [Float]]>([:])

    /// Opens the project's library, and makes an empty one where none is.
    ///
    /// - Parameters:
    ///   - project: where its notes are, and its library.
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
        store = try LibraryDatabase(layout: project)
        cache = CatalogCache()
        vectorStore = VectorIndexStore(
            folder: project.dataDirectory, model: Self.modelKey(encoder), dimension: encoder?.dimension ?? 0)
    }

    /// Opens the library with a model that runs on this machine, or with none.
    ///
    /// - Throws: as `init(project:encoder:converter:)`.
    public convenience init(project: ProjectLayout, embedder: Embedder?) throws(LibraryError) {
        try self.init(project: project, encoder: embedder)
    }

    /// The programs that are installed now.
    var programs: Set<DocumentProgram> { Set(DocumentProgram.allCases.filter(converter.has)) }

    /// Deletes the library's files, damaged or not: `open` after it begins anew.
    public static func discard(project: ProjectLayout) throws(LibraryError) {
        // Without a list of the folder only the database is deleted; files of vectors are made anew if they don't fit.
        let vectors = (try? FileManager.default.contentsOfDirectory(atPath: project.dataDirectory)) ?? []
        let paths =
            ["", "-wal", "-shm"].map { project.databasePath + $0 }
            + vectors.filter { $0.hasPrefix(VectorIndexStore.prefix) }.map { project.dataDirectory + "/" + $0 }
        for path in paths where FileManager.default.fileExists(atPath: path) {
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch {
                throw .cannotOpen(path: path, reason: "it can't be deleted")
            }
        }
    }
}
