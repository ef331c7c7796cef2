import Retrieval

/// Which passages go along with a request.
struct PassageChoice {
    let opened: OpenedProject
    /// Nothing may be sent, a query to a remote embedding model included.
    let isDryRun: Bool

    /// The sources named, whatever their scope, because the writer named them; else the closest
    /// passages of notes that are marked `share`.
    func passages(_ sources: [String], or question: String, excluding path: String?) throws -> [Passage] {
        let library = try isDryRun ? homeLibrary() : opened.library()
        guard sources.isEmpty else { return try sources.map { try passage(at: $0, in: library) } }
        guard try library.status().notes > 0 else { return [] }
        var query = Query(text: question, limit: 24)
        query.excludingPath = path
        return Array(try library.search(query).map(\.passage).filter { $0.scope == .share }.prefix(8))
    }

    /// The library as far as it can be asked without sending anything.
    private func homeLibrary() throws -> Library {
        guard let remote = try opened.remoteEmbedding() else { return try opened.library() }
        try remote.requirePermission()
        Console.error(
            "Nothing is sent to \(remote.encoder.host) either: these passages are chosen by their words alone.")
        return try opened.library(encoder: nil)
    }

    private func passage(at source: String, in library: Library) throws -> Passage {
        let location = FileLocation(source)
        var passages = try library.passages(path: location.path)
        if passages.isEmpty, let path = opened.libraryPath(of: location.path) {
            passages = try library.passages(path: path)
        }
        let line = location.line ?? 1
        let match = passages.last { $0.line <= line } ?? passages.first
        guard let match else { throw CommandError.noSuchSource(source) }
        return match
    }
}
