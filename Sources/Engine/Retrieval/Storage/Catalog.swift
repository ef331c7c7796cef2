import GRDB
import Kernels
import Manuscript
import Notes
import Synchronization
import VectorSearch

/// A copy in memory of what a search compares: each passage's note and vector. Texts stay in the
/// database and are read for the hits only.
///
/// Immutable, but for the vectors, which others may append to.
final class Catalog: Sendable {
    let generation: Int64
    /// The passages' row ids, ascending: a passage's index here is its place.
    let passageIDs: [Int64]
    /// For each passage, its note's index in `notes`.
    let noteOf: [Int32]
    /// For each passage its language, as an index in `Language.known`; -1 where it isn't known.
    private let languageOf: [Int8]
    /// In the order of their ids.
    let notes: [NoteFacts]
    private let noteIDs: [Int64]

    let vectors: VectorIndex
    /// For each passage, its vector's row; -1 without one.
    private let rowOf: [Int32]
    /// For each of the vectors' rows the first passage with it; -1 where none has.
    private let ordinalOf: [Int32]
    /// For a passage the next one with the same vector: a text that stands in several places.
    private let nextOrdinal: [Int32: Int32]
    /// The rows that a passage has.
    private let liveRows: CandidateSet
    /// The largest of the vectors' ids that the passages were looked up among.
    private let lastVector: Int64

    /// The passages that have a vector.
    let embedded: CandidateSet

    /// Reads what the database has.
    ///
    /// - Parameter older: an earlier catalog of the same database: only what changed since is read.
    init(_ db: Database, generation: Int64, model: String, vectors: VectorIndex, older: Catalog?) throws {
        let older = older.flatMap { $0.vectors === vectors ? $0 : nil }
        let ids = vectors.ids
        let change = try CatalogChange(
            db, model: model, known: older?.noteIDs ?? [], lastVector: older?.lastVector ?? .max)
        var notes: [NoteFacts] = []
        var numbers: [Int64: Int32] = [:]
        var renumbered = [Int32](repeating: -1, count: older?.notes.count ?? 0)
        if let older {
            for (index, id) in older.noteIDs.enumerated() where !change.gone.contains(id) {
                renumbered[index] = Int32(notes.count)
                notes.append(older.notes[index])
            }
        }
        for (id, facts) in change.notes {
            numbers[id] = Int32(notes.count)
            notes.append(facts)
        }
        noteIDs = (older?.noteIDs ?? []).filter { !change.gone.contains($0) } + change.notes.map(\.id)

        var passageIDs: [Int64] = []
        var noteOf: [Int32] = []
        var rowOf: [Int32] = []
        var languageOf: [Int8] = []
        let count = (older?.passageIDs.count ?? 0) + change.passages.count
        passageIDs.reserveCapacity(count)
        noteOf.reserveCapacity(count)
        rowOf.reserveCapacity(count)
        languageOf.reserveCapacity(count)
        if let older {
            for ordinal in older.passageIDs.indices {
                let note = renumbered[Int(older.noteOf[ordinal])]
                guard note >= 0 else { continue }
                passageIDs.append(older.passageIDs[ordinal])
                noteOf.append(note)
                languageOf.append(older.languageOf[ordinal])
                var row = older.rowOf[ordinal]
                if row < 0, let vector = change.embedded[older.passageIDs[ordinal]] { row = Self.row(of: vector, ids) }
                rowOf.append(row)
            }
        }
        for passage in change.passages {
            guard let note = numbers[passage.note] else { continue }
            passageIDs.append(passage.id)
            noteOf.append(note)
            languageOf.append(passage.language)
            rowOf.append(passage.vector.map { Self.row(of: $0, ids) } ?? -1)
        }

        var ordinalOf = [Int32](repeating: -1, count: ids.count)
        var nextOrdinal: [Int32: Int32] = [:]
        var embedded = CandidateSet(capacity: passageIDs.count)
        var liveRows = CandidateSet(capacity: ids.count)
        for ordinal in passageIDs.indices.reversed() {
            let row = Int(rowOf[ordinal])
            guard row >= 0 else { continue }
            embedded.insert(ordinal)
            liveRows.insert(row)
            if ordinalOf[row] >= 0 { nextOrdinal[Int32(ordinal)] = ordinalOf[row] }
            ordinalOf[row] = Int32(ordinal)
        }
        self.generation = generation
        self.notes = notes
        self.passageIDs = passageIDs
        self.noteOf = noteOf
        self.languageOf = languageOf
        self.vectors = vectors
        self.rowOf = rowOf
        self.ordinalOf = ordinalOf
        self.nextOrdinal = nextOrdinal
        self.embedded = embedded
        self.liveRows = liveRows
        // Others may have appended vectors that this state of the database doesn't have.
        lastVector = try Int64.fetchOne(db, sql: "SELECT max(id) FROM vectors") ?? 0
    }

    private static func row(of id: Int64, _ ids: [Int64]) -> Int32 { Int32(ids.ordinal(of: id) ?? -1) }

    /// How many of the vectors a passage has.
    var live: Int { liveRows.count }

    /// The place of the passage with this row id.
    func ordinal(of id: Int64) -> Int? { passageIDs.ordinal(of: id) }

    /// The passages of the notes that `accepts` says yes to, in one of the languages; nil when that is all of them.
    ///
    /// - Parameter languages: none for any.
    func candidates(languages: Set<Language> = [], _ accepts: (NoteFacts) -> Bool) -> CandidateSet? {
        let accepted = notes.map(accepts)
        if languages.isEmpty, accepted.allSatisfy({ $0 }) { return nil }
        let wanted = Set(languages.map(Self.number))
        var set = CandidateSet(capacity: passageIDs.count)
        for (ordinal, note) in noteOf.enumerated() where accepted[Int(note)] {
            if wanted.isEmpty || wanted.contains(languageOf[ordinal]) { set.insert(ordinal) }
        }
        return set
    }

    fileprivate static func number(_ language: Language?) -> Int8 {
        Int8(language.flatMap { Language.known.firstIndex(of: $0.code) } ?? -1)
    }

    /// How similar a passage is to a query of length one; nil when it has no vector.
    func similarity(_ ordinal: Int, _ query: [Float]) -> Float? {
        rowOf[ordinal] >= 0 ? vectors.table.dot(Int(rowOf[ordinal]), query) : nil
    }

    /// How similar two passages are to each other; nil when one has no vector.
    func similarity(_ a: Int, to b: Int) -> Float? {
        rowOf[a] >= 0 && rowOf[b] >= 0 ? vectors.table.dot(Int(rowOf[a]), Int(rowOf[b])) : nil
    }

    /// How near `query` is to passages from all over the library, whatever a filter lets through.
    func baseline(_ query: [Float]) -> SimilarityBaseline {
        let step = max(1, passageIDs.count / SimilarityBaseline.sampleSize)
        let sample = stride(from: 0, to: passageIDs.count, by: step).compactMap { similarity($0, query) }
        return SimilarityBaseline(sample, of: passageIDs.count)
    }

    /// The passages nearest to `query`, nearest first; `row` is their place.
    ///
    /// - Parameters:
    ///   - candidates: the places that count; nil for all.
    ///   - minimum: the least similarity that counts.
    ///   - usesGraph: whether the graph is walked, if there's one.
    func nearest(
        _ query: [Float], limit: Int, candidates: CandidateSet?, minimum: Float = -.infinity, usesGraph: Bool
    ) -> [Neighbour] {
        var rows: CandidateSet?
        if let candidates {
            var set = CandidateSet(capacity: vectors.table.count)
            candidates.forEach { if rowOf[$0] >= 0 { set.insert(Int(rowOf[$0])) } }
            rows = set
        } else if liveRows.count < vectors.table.count {
            rows = liveRows
        }
        if let rows, rows.count == 0 { return [] }
        let found = vectors.nearest(query, limit: limit, candidates: rows, minimum: minimum, usesGraph: usesGraph)
        var ordinals: [Neighbour] = []
        for item in found where item.row < ordinalOf.count {
            var ordinal = ordinalOf[item.row]
            while ordinal >= 0 {
                if candidates?.contains(Int(ordinal)) ?? true {
                    ordinals.append(Neighbour(row: Int(ordinal), similarity: item.similarity))
                }
                ordinal = nextOrdinal[ordinal] ?? -1
            }
        }
        return Array(ordinals.prefix(limit))
    }
}

/// What is in the database and not in a catalog, and the other way round. Ids never come back, so they tell.
private struct CatalogChange {
    var gone: Set<Int64> = []
    var notes: [(id: Int64, facts: NoteFacts)] = []
    var passages: [(id: Int64, note: Int64, vector: Int64?, language: Int8)] = []
    /// Older passages whose text has a vector now.
    var embedded: [Int64: Int64] = [:]

    init(_ db: Database, model: String, known: [Int64], lastVector: Int64) throws {
        let last = known.last ?? 0
        if !known.isEmpty {
            let present = Set(try Int64.fetchAll(db, sql: "SELECT id FROM notes WHERE id <= ?", arguments: [last]))
            gone = Set(known.filter { !present.contains($0) })
        }
        let notes = try Row.fetchCursor(
            db, sql: "SELECT id, path, title, date, tags, fields FROM notes WHERE id > ? ORDER BY id",
            arguments: [last])
        while let row = try notes.next() {
            let facts = NoteFacts(
                path: row[1], title: row[2], date: row[3], tags: ColumnCoding.list(row[4]),
                fields: ColumnCoding.fields(row[5]))
            self.notes.append((row[0], facts))
        }
        let passages = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, p.note, v.id, p.language FROM passages p
                LEFT JOIN vectors v ON v.hash = p.hash AND v.model = \(LibraryMigrations.modelID)
                WHERE p.note > ? ORDER BY p.id
                """, arguments: [model, last])
        // A library has a few languages and very many passages.
        var numbers: [String: Int8] = [:]
        while let row = try passages.next() {
            var language: Int8 = -1
            if let code: String = row[3] {
                language = numbers[code] ?? Catalog.number(Language(code))
                numbers[code] = language
            }
            self.passages.append((row[0], row[1], row[2], language))
        }
        guard lastVector < .max else { return }
        let embedded = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, v.id FROM vectors v JOIN passages p ON p.hash = v.hash
                WHERE v.id > ? AND v.model = \(LibraryMigrations.modelID) AND p.note <= ?
                """, arguments: [lastVector, model, last])
        while let row = try embedded.next() { self.embedded[row[0]] = row[1] }
    }
}

extension [Int64] {
    /// Where `id` is in an ascending list.
    fileprivate func ordinal(of id: Int64) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == id ? low : nil
    }
}

/// The newest catalog read so far.
final class CatalogCache: Sendable {
    private let newest = Mutex<Catalog?>(nil)

    /// The catalog of the database as `db` sees it: what was written since the last time, by whatever process, is read.
    func catalog(_ db: Database, model: String, vectorStore: VectorIndexStore) throws -> Catalog {
        let generation = try LibraryDatabase.generation(db)
        let known = newest.withLock { $0 }
        if let known, known.generation == generation { return known }
        let fresh = try Catalog(
            db, generation: generation, model: model, vectors: try vectorStore.current(db),
            older: known.flatMap { $0.generation < generation ? $0 : nil })
        keep(fresh)
        return fresh
    }

    /// The same with a graph over its vectors.
    func withGraph(_ catalog: Catalog, _ db: Database, model: String, vectorStore: VectorIndexStore) throws -> Catalog {
        let vectors = vectorStore.withGraph(try vectorStore.current(db))
        let fresh = try Catalog(db, generation: catalog.generation, model: model, vectors: vectors, older: nil)
        keep(fresh)
        return fresh
    }

    /// Has everything read anew next time.
    func forget() { newest.withLock { $0 = nil } }

    private func keep(_ catalog: Catalog) {
        newest.withLock { current in
            // A slow reader of an older state must not undo a newer one.
            if (current?.generation ?? -1) <= catalog.generation { current = catalog }
        }
    }
}
