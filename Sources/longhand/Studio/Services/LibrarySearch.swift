import Retrieval
import Workbench

/// Searches the library for whoever asks, and has damage that is found on the way repaired.
struct LibrarySearch: Sendable {
    let library: LazyLibrary
    let updater: LibraryUpdater

    /// What a search found, and in which library; nil where it was given up meanwhile.
    func hits(
        _ query: Query, isCancelled: @escaping @Sendable () -> Bool
    ) throws(LibraryError) -> (hits: [Hit], library: Library)? {
        let library = try library.library()
        do throws(LibraryError) {
            return (try library.search(query, isCancelled: isCancelled), library)
        } catch {
            if case .cancelled = error { return nil }
            if case .corrupt = error { updater.hearOfDamage(to: library) }
            throw error
        }
    }
}
