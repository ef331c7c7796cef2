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
    /// Told when the model is installed but cannot be used: searching goes on by words.
    private let reportBrokenModel: @Sendable (ModelError) -> Void

    init(
        layout: ProjectLayout, modelName: String, modelsRoot: String,
        reportBrokenModel: @escaping @Sendable (ModelError) -> Void
    ) {
        self.reportBrokenModel = reportBrokenModel
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
                result = .success(try Library(project: layout, encoder: encoder()))
            } catch {
                result = .failure(error)
            }
            state = result
            return try result.get()
        }
    }

    private func encoder() -> (any PassageEncoder)? {
        do {
            return try Embedder(try ModelDirectory.find(name: modelName, modelsRoot: modelsRoot))
        } catch ModelError.missing {
            // The status line says so all the time.
            return nil
        } catch {
            reportBrokenModel(error)
            return nil
        }
    }
}
