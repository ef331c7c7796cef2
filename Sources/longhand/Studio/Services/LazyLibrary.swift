import Embedding
import Notes
import Retrieval
import Synchronization

/// Opens the model and the library once, on the first thread that needs them, so that the first
/// screen waits for neither.
final class LazyLibrary: Sendable {
    private let layout: ProjectLayout
    private let makeEncoder: @Sendable () throws -> (any PassageEncoder)?
    private let opened = Mutex<Result<Library, LibraryError>?>(nil)
    /// Told when the model is installed but cannot be used: searching goes on by words.
    private let reportBrokenModel: @Sendable (any Error) -> Void

    /// - Parameter makeEncoder: opens the model; nil where there is none.
    init(
        layout: ProjectLayout, makeEncoder: @escaping @Sendable () throws -> (any PassageEncoder)?,
        reportBrokenModel: @escaping @Sendable (any Error) -> Void
    ) {
        self.reportBrokenModel = reportBrokenModel
        self.layout = layout
        self.makeEncoder = makeEncoder
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

    /// What keeps this library up to date.
    var source: LibraryUpdater.Source {
        LibraryUpdater.Source(
            open: { [self] () throws(LibraryError) in
                // What kept it from opening may be gone.
                opened.withLock { if case .failure = $0 { $0 = nil } }
                return try library()
            },
            renew: { [self] damaged throws(LibraryError) in
                let sentence = try Library.quarantine(project: layout, opened: damaged)
                opened.withLock { $0 = nil }
                return sentence
            })
    }

    private func encoder() -> (any PassageEncoder)? {
        do {
            return try makeEncoder()
        } catch ModelError.missing {
            // The status line says so all the time.
            return nil
        } catch {
            reportBrokenModel(error)
            return nil
        }
    }
}
