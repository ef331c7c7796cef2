import Foundation
import GRDB
import Kernels

/// A copy in memory of what a search compares: each passage's note and vector. Texts stay in the
/// database and are read for the hits only.
///
/// Immutable but for the graph, which is built when it is first asked for.
final class Catalog: Sendable {
    let generation: Int64
    /// The passages' row ids, ascending: a passage's place here is its row in every index.
    let passageIDs: [Int64]
    /// For each passage, its note's place in `notes`.
    let noteOf: [Int32]
    let notes: [NoteFacts]
    let flat: FlatIndex
    /// The passages that have a vector; the others' rows are zero.
    let embedded: CandidateSet
    private let graph = Guarded<HNSWIndex?>(nil)

    init(_ db: Database, generation: Int64, model: String, dimension: Int) throws {
        self.generation = generation
        var notes: [NoteFacts] = []
        var places: [Int64: Int32] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, path, title, date, tags, fields FROM notes")
        while let row = try rows.next() {
            places[row["id"]] = Int32(notes.count)
            notes.append(
                NoteFacts(
                    path: row["path"], title: row["title"], date: row["date"],
                    tags: Stored.decode([String].self, row["tags"]) ?? [],
                    fields: Stored.decode([String: String].self, row["fields"]) ?? [:]))
        }
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM passages") ?? 0
        var ids: [Int64] = []
        var noteOf: [Int32] = []
        ids.reserveCapacity(count)
        noteOf.reserveCapacity(count)
        var matrix = VectorMatrix(dimension: dimension, capacity: count)
        var embedded = CandidateSet(capacity: count)
        let passages = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, p.note, v.vector FROM passages p
                LEFT JOIN vectors v ON v.hash = p.hash AND v.model = ? ORDER BY p.id
                """, arguments: [model])
        while let row = try passages.next() {
            let data: Data? = dimension > 0 ? row[2] : nil
            if let vector = data.flatMap({ VectorCoding.vector($0, dimension: dimension) }) {
                embedded.insert(ids.count)
                matrix.append(vector)
            } else {
                matrix.append([])
            }
            ids.append(row[0])
            noteOf.append(places[row[1]] ?? 0)
        }
        self.notes = notes
        passageIDs = ids
        self.noteOf = noteOf
        flat = FlatIndex(vectors: matrix)
        self.embedded = embedded
    }

    /// The place of the passage with this row id.
    func place(of id: Int64) -> Int? {
        var low = 0
        var high = passageIDs.count
        while low < high {
            let middle = (low + high) / 2
            if passageIDs[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < passageIDs.count && passageIDs[low] == id ? low : nil
    }

    /// The passages of the notes that `accepts` says yes to; nil when that is all of them.
    func candidates(_ accepts: (NoteFacts) -> Bool) -> CandidateSet? {
        let accepted = notes.map(accepts)
        if accepted.allSatisfy({ $0 }) { return nil }
        var set = CandidateSet(capacity: passageIDs.count)
        for (place, note) in noteOf.enumerated() where accepted[Int(note)] { set.insert(place) }
        return set
    }

    func nearest(
        _ query: [Float], limit: Int, candidates: CandidateSet?, index: IndexKind
    ) -> [Neighbour] {
        var allowed = candidates
        if embedded.count < passageIDs.count {
            if let candidates {
                var both = CandidateSet(capacity: passageIDs.count)
                for place in passageIDs.indices
                where candidates.contains(place) && embedded.contains(place) { both.insert(place) }
                allowed = both
            } else {
                allowed = embedded
            }
        }
        switch index {
        case .flat:
            return flat.search(query, limit: limit, candidates: allowed)
        case .hnsw:
            let graph = graph.withLock { graph in
                if let graph { return graph }
                let built = HNSWIndex(flat.vectors, rows: embedded)
                graph = built
                return built
            }
            return graph.search(query, limit: limit, candidates: allowed)
        }
    }
}

/// The newest catalog read so far.
final class CatalogCache: Sendable {
    private let newest = Guarded<Catalog?>(nil)

    /// The catalog of the database as `db` sees it, read anew only when something was written since,
    /// by whatever process.
    func catalog(_ db: Database, model: String, dimension: Int) throws -> Catalog {
        let generation = try Store.generation(db)
        if let known = newest.withLock({ $0 }), known.generation == generation { return known }
        let fresh = try Catalog(db, generation: generation, model: model, dimension: dimension)
        newest.withLock { current in
            // A slow reader of an older state must not undo a newer one.
            if (current?.generation ?? -1) < generation { current = fresh }
        }
        return fresh
    }
}

/// Lists and fields as the database keeps them: JSON with its keys in order.
enum Stored {
    static func encode<T: Encodable>(_ value: T) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String) -> T? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
