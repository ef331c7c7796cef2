import Embedding
import GRDB
import Notes
import VectorSearch

extension Library {
    /// The texts without a vector that the encoder may see, in the notes' order, and a summary of them.
    private func missing(
        for encoder: any PassageEncoder, ofNotesAfter last: Int64
    ) throws(LibraryError) -> (hashes: [String], plan: EmbeddingPlan) {
        let rows: [(hash: String, path: String)] = try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT p.hash, n.path FROM passages p JOIN notes n ON n.id = p.note
                    WHERE p.note > ? AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.hash = p.hash AND v.model = \(LibraryMigrations.modelID))
                    ORDER BY p.id
                    """, arguments: [last, modelKey]
            ).map { ($0[0], $0[1]) }
        }
        var maySee: [String: Bool] = [:]
        for path in Set(rows.map(\.path)) {
            maySee[path] = !encoder.leavesMachine || project.scopeOfContent(of: path) == .share
        }
        var hashes: [String] = []
        var going: Set<String> = []
        var notes: Set<String> = []
        for row in rows where maySee[row.path] == true {
            notes.insert(row.path)
            if going.insert(row.hash).inserted { hashes.append(row.hash) }
        }
        // The same words in a note that may be shared are no secret of one that may not.
        let staying = rows.filter { !going.contains($0.hash) }
        let plan = EmbeddingPlan(
            passages: hashes.count, notes: notes.count, stayingPassages: staying.count,
            stayingNotes: Set(staying.map(\.path)).count)
        return (hashes, plan)
    }

    /// Embeds each text without a vector, a batch and a transaction at a time.
    ///
    /// - Parameters:
    ///   - last: only the passages of notes whose id is larger; ids never come back.
    ///   - meanwhile: called between two transactions.
    func embedMissing(
        ofNotesAfter last: Int64 = 0, _ approve: (EmbeddingPlan) -> Bool,
        _ progress: @Sendable (IndexProgress) -> Void, _ meanwhile: () throws(LibraryError) -> Void,
        _ isCancelled: @Sendable () -> Bool
    ) throws(LibraryError) -> (embedded: Int, reused: Int, staying: Int) {
        guard let encoder else { return (0, 0, 0) }
        let (missing, plan) = try missing(for: encoder, ofNotesAfter: last)
        let reused = last > 0 ? 0 : try counts().embedded
        guard approve(plan) else { return (0, reused, plan.stayingPassages + plan.passages) }
        // Fewer, larger requests where each one is a journey.
        let step = encoder.leavesMachine ? 64 : 32
        var rate = ProgressRate(start: .now)
        var done = 0
        while done < missing.count {
            if isCancelled() { throw .cancelled }
            let hashes = Array(missing[done..<min(done + step, missing.count)])
            let batch: [(hash: String, text: String)] = try store.read { db in
                try hashes.compactMap { hash in
                    try String.fetchOne(
                        db, sql: "SELECT text FROM passages WHERE hash = ? LIMIT 1",
                        arguments: [hash]
                    ).map { (hash, $0) }
                }
            }
            var vectors: [[Float]] = []
            do {
                vectors = try encoder.encodePassages(batch.map(\.text), isCancelled: isCancelled)
            } catch {
                throw LibraryError(error, path: store.path)
            }
            guard vectors.count == batch.count else { throw isCancelled() ? .cancelled : badCount() }
            var units: [[Float]] = []
            for vector in vectors { units.append(try checked(vector)) }
            try store.write { db in
                try db.execute(sql: "INSERT OR IGNORE INTO models (key) VALUES (?)", arguments: [modelKey])
                for (item, unit) in zip(batch, units) {
                    try db.execute(
                        sql: """
                            INSERT OR REPLACE INTO vectors (hash, model, vector) VALUES (?, \(LibraryMigrations.modelID), ?)
                            """,
                        arguments: [item.hash, modelKey, VectorCoding.data(unit)])
                }
            }
            done += hashes.count
            rate.mark(done, at: .now)
            progress(
                IndexProgress(
                    phase: .embedding, done: done, total: missing.count, embedded: done,
                    secondsRemaining: rate.seconds(for: missing.count - done)))
            try meanwhile()
        }
        return (missing.count, reused, plan.stayingPassages)
    }

    /// Brings the vectors' file and graph up to date with the database.
    func keepVectors(
        live: Int, hasDropped: Bool, _ progress: @escaping @Sendable (IndexProgress) -> Void,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(LibraryError) {
        let start = ContinuousClock.now
        let isNew = try vectorStore.keep(
            store, live: live, hasDropped: hasDropped,
            progress: { done, total in
                let elapsed = (ContinuousClock.now - start) / .seconds(1)
                progress(
                    IndexProgress(
                        phase: .linking, done: done, total: total,
                        secondsRemaining: done > 0 ? elapsed / Double(done) * Double(total - done) : nil))
            }, isCancelled: isCancelled)
        if isNew { cache.forget() }
    }

    private func badCount() -> LibraryError {
        .encoder(
            message: "The model \(encoder?.name ?? "") gave fewer vectors than it got texts.",
            hint: "Check it with `longhand model verify`.", status: .unavailable)
    }
}
