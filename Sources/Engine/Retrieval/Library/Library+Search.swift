import Foundation
import GRDB
import Notes

extension Library {
    /// The passages that answer `query`, best first; none for a query without a word, or one that only says what not.
    ///
    /// Filters hold inside the search: with a filter one gets as many hits as without, if there are as
    /// many. A library without a model answers hybrid queries from full text.
    /// - Parameters:
    ///   - query: what is asked, how, and within which filter.
    ///   - isCancelled: asked between steps.
    /// - Throws: `LibraryError.noModel` for a semantic query without a model, `.badDate`, `.cancelled`, and what
    ///   the database or the model say.
    public func search(_ query: Query, isCancelled: @escaping () -> Bool = { false }) throws(LibraryError) -> [Hit] {
        let text = FullTextQuery(query.text, syntax: query.syntax)
        let isBlank = text.text.allSatisfy(\.isWhitespace)
        guard query.limit > 0, !isBlank else { return [] }
        let filter = try CompiledFilter(query.filter)
        let vector = query.mode == .text ? nil : try queryVector(text.text, query.mode)
        let excluded = query.excludingPath.map(relativePath)
        let search = Search(
            query: query, text: text, vector: vector,
            accepts: { [project] note in
                // Links are followed only where the answer depends on it: they are looked at on the disk.
                let scope = filter.asksForScope ? project.scopeOfContent(of: note.path) : project.scope(of: note.path)
                return note.path != excluded && filter.accepts(scope) && filter.accepts(note)
            }, languages: filter.languages, containing: filter.containing, isCancelled: isCancelled)
        return try store.read { db in
            var catalog = try cache.catalog(db, model: modelKey, vectorStore: vectorStore)
            if query.index == .hnsw, !catalog.vectors.hasGraph {
                catalog = try cache.withGraph(catalog, db, model: modelKey, vectorStore: vectorStore)
            }
            return try search.run(db, catalog, scopeOf: project.scopeOfContent(of:))
        }
    }

    /// The first passage with this id, by path and line; nil when it isn't in the library.
    public func passage(id: String) throws(LibraryError) -> Passage? {
        try fetchPassages("p.hash = ?", [id]).first
    }

    /// A note's passages from top to bottom.
    /// - Parameter path: relative to the root, or absolute.
    public func passages(path: String) throws(LibraryError) -> [Passage] {
        try fetchPassages("n.path = ?", [relativePath(path)])
    }

    /// The vector of `text` as a query; nil without a model.
    func queryVector(_ text: String, _ mode: SearchMode) throws(LibraryError) -> [Float]? {
        guard let encoder else {
            if mode == .semantic { throw .noModel }
            return nil
        }
        // Where there is no vector to compare it with, a query has no business on another machine.
        if encoder.leavesMachine, try counts().embedded == 0 { return nil }
        do {
            return try checked(try encoder.encodeQuery(text))
        } catch {
            throw LibraryError(error, path: store.path)
        }
    }

    /// `path` relative to the project's root, if it lies below it.
    func relativePath(_ path: String) -> String {
        var root = project.root
        while root.hasSuffix("/") { root.removeLast() }
        if path.hasPrefix(root + "/") { return String(path.dropFirst(root.utf8.count + 1)) }
        return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }

    private func fetchPassages(
        _ condition: String, _ arguments: StatementArguments
    ) throws(LibraryError) -> [Passage] {
        try store.read { db in
            try Row.fetchAll(
                db, sql: PassageRow.select + " WHERE \(condition) ORDER BY n.path, p.line, p.id",
                arguments: arguments
            ).map { PassageRow.passage($0, scopeOf: project.scopeOfContent(of:)) }
        }
    }
}

/// How a passage is read from the database.
enum PassageRow {
    static let select = """
        SELECT p.hash, n.path, n.title, p.heading, p.line, p.endLine, p.text, n.tags, n.date, p.language, p.markup
        FROM passages p JOIN notes n ON n.id = p.note
        """

    static func passage(_ row: Row, scopeOf: (String) -> Scope) -> Passage {
        let path: String = row["path"]
        return Passage(
            id: row["hash"], path: path, title: row["title"], heading: row["heading"],
            line: row["line"], endLine: row["endLine"], text: row["text"],
            tags: ColumnCoding.list(row["tags"]), date: row["date"],
            scope: scopeOf(path), language: row["language"], markup: row["markup"])
    }
}
