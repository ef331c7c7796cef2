import Foundation
import GRDB
import Hashing
import Kernels
import Synchronization
import VectorSearch

/// Where a library's vectors are: in memory, in a file that is mapped at the start, and behind both in the database, from
/// which either can be made again.
///
/// The database is the truth. `VectorIndex` is the copy in memory; `VectorFile` maps the copy that `longhand index`
/// leaves beside the database, so that a start reads nothing, and what the database has beyond it is appended. Ids of
/// vectors, notes and passages only grow, so a reader sees by them what is new and what is gone; `Catalog` reads the
/// notes that changed and keeps the rest. A file that is missing, damaged, or of another model or database is made
/// anew.
final class VectorIndexStore: Sendable {
    private let path: String
    private let model: String
    private let dimension: Int
    private let index = Mutex<VectorIndex?>(nil)
    /// Held while the graph and the file are brought up to date.
    private let keeping = Mutex(())

    /// From this many vectors on, a library gets a graph: an exact search of so many takes as long as the model takes
    /// for a short query (2 ms of 384 numbers each), so that below it there'd be little to win.
    static let flatUpTo = 100_000
    /// How many vectors can come before all of them are put into a new table.
    private static let room = 1 << 20
    /// A file that lacks fewer than these isn't written anew.
    private static let fewRows = 512

    init(folder: String, model: String, dimension: Int) {
        path = folder + "/" + Self.prefix + ContentHash.hexadecimal(of: model).prefix(16)
        self.model = model
        self.dimension = dimension
    }

    static let prefix = "vectors-"

    /// The vectors that the database has, as `db` sees it, and maybe newer ones.
    func current(_ db: Database) throws -> VectorIndex { try current(db, atMost: .max).index }

    /// The same, reading no more than `rows` from the database.
    private func current(
        _ db: Database, atMost rows: Int, isVerified: Bool = false
    ) throws -> (index: VectorIndex, isWhole: Bool) {
        guard dimension > 0 else { return (VectorIndex(dimension: 0), true) }
        return try index.withLock { index in
            var known = try index ?? opened(db, isVerified: isVerified)
            let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM vectors") ?? 0
            if known.table.capacity < known.table.count + last - Int(known.ids.last ?? 0) {
                known = VectorIndex(dimension: dimension, capacity: last + Self.room)
            }
            index = known
            return (known, try read(db, into: known, atMost: rows))
        }
    }

    /// `index` with a graph over all of it, made now if there's none.
    func withGraph(_ index: VectorIndex) -> VectorIndex {
        keeping.withLock { _ in
            guard let graphed = self.index.withLock({ $0?.graph == nil ? nil : $0 }) ?? index.withGraph() else {
                return index
            }
            _ = graphed.link(pool: pool())
            self.index.withLock { $0 = graphed }
            return graphed
        }
    }

    private func pool() -> WorkerPool {
        WorkerPool(size: max(1, ProcessInfo.processInfo.activeProcessorCount), polite: true)
    }

    private func opened(_ db: Database, isVerified: Bool) throws -> VectorIndex {
        // A file that's missing, old or damaged costs only time.
        guard
            let file = try? VectorFile(
                path: path, key: try self.key(db), dimension: dimension, room: Self.room, isVerified: isVerified)
        else { return VectorIndex(dimension: dimension, capacity: Self.room) }
        return VectorIndex(file, filed: file.ids.count)
    }

    /// Whom the file belongs to: a database that was begun anew counts its ids anew.
    private func key(_ db: Database) throws -> String {
        let library = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'library'") ?? ""
        return library + "/" + model
    }

    /// Returns whether that was all.
    private func read(_ db: Database, into index: VectorIndex, atMost most: Int) throws -> Bool {
        var left = most
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, vector FROM vectors WHERE id > ? AND model = \(LibraryMigrations.modelID) ORDER BY id",
            arguments: [index.ids.last ?? 0, model])
        var isWhole = false
        try index.append {
            while left > 0 {
                guard let row = try rows.next() else {
                    isWhole = true
                    return nil
                }
                left -= 1
                let data: Data = row[1]
                if let vector = VectorCoding.vector(data, dimension: dimension) { return (row[0], vector) }
            }
            return nil
        }
        return isWhole
    }

    /// Brings the graph and the file up to date, where that's worth it. A file that isn't what was written is made anew.
    ///
    /// - Parameters:
    ///   - live: how many of the vectors belong to a passage.
    ///   - hasDropped: whether vectors were deleted from the database.
    /// - Returns: whether what `current` gives from now on is another index than before.
    /// - Throws: `LibraryError.cancelled`, `.diskFull`, `.cannotOpen`.
    func keep(
        _ store: LibraryDatabase, live: Int, hasDropped: Bool, progress: @escaping @Sendable (Int, Int) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(LibraryError) -> Bool {
        guard dimension > 0 else { return false }
        return try keeping.withLock { _ throws(LibraryError) in
            try keepAlone(store, live: live, hasDropped: hasDropped, progress: progress, isCancelled: isCancelled)
        }
    }

    /// The same, while nobody else does it.
    private func keepAlone(
        _ store: LibraryDatabase, live: Int, hasDropped: Bool, progress: @escaping @Sendable (Int, Int) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(LibraryError) -> Bool {
        var isNew = false
        var mayDrop = hasDropped
        while true {
            // Step by step, each half as large as what is filed: so much is in memory that no file backs.
            let step = max(1 << 16, (index.withLock { $0?.filed ?? 0 }) / 2)
            let (known, isWhole, key, ids): (VectorIndex, Bool, String, [Int64]?) = try store.read { db in
                let (known, isWhole) = try current(db, atMost: step, isVerified: true)
                let ids =
                    mayDrop
                    ? try Int64.fetchAll(
                        db, sql: "SELECT id FROM vectors WHERE model = \(LibraryMigrations.modelID) ORDER BY id",
                        arguments: [model])
                    : nil
                return (known, isWhole, try self.key(db), ids)
            }
            var next = known
            if let ids, mayDrop { next = Self.compacted(known, to: Set(ids), pool()) ?? known }
            mayDrop = false
            if live >= Self.flatUpTo, next.graph == nil { next = next.withGraph() ?? next }
            let behind = next.unlinked
            if !next.link(pool: pool(), progress: progress, isCancelled: isCancelled) { throw .cancelled }
            let missing = next.table.count - next.filed
            if next !== known || behind > Self.fewRows || missing > max(Self.fewRows, next.filed / 8) {
                next = try filed(next, key)
            }
            if next !== known {
                index.withLock { $0 = next }
                isNew = true
            }
            if isWhole { return isNew }
        }
    }

    /// Without the rows that the database has no more.
    private static func compacted(_ index: VectorIndex, to left: Set<Int64>, _ pool: WorkerPool) -> VectorIndex? {
        let known = index.ids
        var kept = CandidateSet(capacity: known.count)
        var keptIDs: [Int64] = []
        for (row, id) in known.enumerated() where left.contains(id) {
            kept.insert(row)
            keptIDs.append(id)
        }
        if keptIDs.count == known.count { return nil }
        if let graph = index.graph {
            guard index.unlinked == 0 || index.link(pool: pool),
                let fresh = graph.compacted(keeping: kept, room: room, pool: pool)
            else { return nil }
            return VectorIndex(VectorFile(ids: keptIDs, table: fresh.table, graph: fresh.graph), filed: 0)
        }
        let table = VectorTable(dimension: index.table.dimension, capacity: keptIDs.count + room)
        for (row, id) in known.enumerated() where left.contains(id) {
            guard table.append(index.table.row(row)) != nil else { return nil }
        }
        return VectorIndex(VectorFile(ids: keptIDs, table: table, graph: nil), filed: 0)
    }

    /// Writes the file and maps it, so that its pages are the system's to keep or drop.
    private func filed(_ index: VectorIndex, _ key: String) throws(LibraryError) -> VectorIndex {
        let file = VectorFile(ids: index.ids, table: index.table, graph: index.graph?.graph)
        do {
            try file.write(path: path, key: key)
            return VectorIndex(
                try VectorFile(path: path, key: key, dimension: dimension, room: Self.room), filed: file.ids.count)
        } catch {
            switch error {
            case .diskFull: throw .diskFull(path: path)
            case .refused(let reason): throw .cannotOpen(path: path, reason: reason)
            // Another process has replaced or removed it: what is in memory is as good.
            case .missing, .stale, .damaged: return index
            }
        }
    }
}
