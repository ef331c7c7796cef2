import Diagnostics
import Embedding
import Retrieval
import Synchronization

/// Opens the model and the library once, on the first thread that needs them, so that the first
/// screen waits for neither.
final class LibraryHost: Sendable {
    private let layout: ProjectLayout
    private let modelName: String
    private let modelsRoot: String
    private let opened = Mutex<Result<Library, LibraryError>?>(nil)

    init(layout: ProjectLayout, modelName: String, modelsRoot: String) {
        self.layout = layout
        self.modelName = modelName
        self.modelsRoot = modelsRoot
    }

    /// The library, with the model where one is installed; without one it searches by text.
    func library() throws(LibraryError) -> Library {
        try opened.withLock { state throws(LibraryError) in
            if let state { return try state.get() }
            let result: Result<Library, LibraryError>
            do throws(LibraryError) {
                result = .success(try Library(project: layout, encoder: Self.encoder(modelName, modelsRoot)))
            } catch {
                result = .failure(error)
            }
            state = result
            return try result.get()
        }
    }

    private static func encoder(_ name: String, _ root: String) -> (any PassageEncoder)? {
        guard let directory = try? ModelDirectory.find(name: name, modelsRoot: root) else { return nil }
        return try? Embedder(directory)
    }
}
