import GRDB

extension Library {
    /// Brings the library up to date with the project's files: reads what is new or changed, forgets what
    /// is gone, embeds what has no vector yet.
    ///
    /// Everything is written in small transactions, so it may be interrupted at any point: what is
    /// done stays, and the next run goes on.
    /// - Parameters:
    ///   - rebuild: forget everything first, vectors too.
    ///   - approve: asked once, on this thread, when everything is read and before anything is embedded;
    ///     false leaves it at that, and the new passages are found by their words.
    ///   - progress: called on this thread, and on others while a graph is made.
    /// - Throws: `LibraryError.cancelled`, `.rootMissing`, `.diskFull`, ….
    public func index(
        rebuild: Bool = false, approve: (EmbeddingPlan) -> Bool = { _ in true },
        progress: @escaping @Sendable (IndexProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(LibraryError) -> IndexReport {
        let start = ContinuousClock.now
        progress(IndexProgress(phase: .scanning, done: 0, total: 0))
        let found = try NoteFinder.find(project, programs: programs, isCancelled: isCancelled)
        if rebuild { try store.write(NoteWriter.forgetAll) }
        let chunker = Chunker(encoder: encoder)
        let update = try NoteUpdate(
            store: store, chunker: chunker, converter: converter, key: chunkerKey(chunker))
        let removed = try update.run(found.files, progress, isCancelled)
        let embedding = try embedMissing(approve, progress, isCancelled)
        let hasDropped = try store.write(NoteWriter.dropOldVectors)
        try keepVectors(hasDropped, progress, isCancelled)
        let counts = try counts()
        progress(
            IndexProgress(
                phase: .finished, done: counts.notes, total: counts.notes, embedded: embedding.embedded))
        let took = (ContinuousClock.now - start).components
        return IndexReport(
            notes: counts.notes, passages: counts.passages, embedded: embedding.embedded,
            reused: embedding.reused, removed: removed, staying: embedding.staying,
            problems: try problems(found.problems), missing: found.missing,
            tookMs: Int(took.seconds) * 1000 + Int(took.attoseconds / 1_000_000_000_000_000))
    }

    /// Passages embedded and stored together: enough to keep every core busy to the end, few enough that a
    /// crash loses a second's work.
    static let passagesPerTransaction = 128

    /// What the stored vectors belong to.
    var modelKey: String { Self.modelKey(encoder) }

    static func modelKey(_ encoder: (any PassageEncoder)?) -> String {
        "\(encoder?.fingerprint ?? "")/\(Chunker.version)"
    }

    /// What the stored passages were cut by: another model counts other tokens,
    /// and an older reader refused what this one reads.
    private func chunkerKey(_ chunker: Chunker) -> String {
        "\(NoteReader.version)/\(Chunker.version)/\(chunker.limit)/\(encoder?.fingerprint ?? "")"
    }

    /// `vector` with length one, if it is a vector of our model.
    func checked(_ vector: [Float]) throws(LibraryError) -> [Float] {
        guard let encoder, vector.count == encoder.dimension,
            let unit = VectorCoding.normalized(vector)
        else {
            throw .encoder(
                message: "The model \(encoder?.name ?? "") gave a vector that is none.",
                hint: "Check it with `longhand model verify`.", status: .unavailable)
        }
        return unit
    }

    /// The texts without a vector that the encoder may see, in the notes' order, and a summary of them.
    private func missing(
        for encoder: any PassageEncoder
    ) throws(LibraryError) -> (hashes: [String], plan: EmbeddingPlan) {
        let rows: [(hash: String, path: String)] = try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT p.hash, n.path FROM passages p JOIN notes n ON n.id = p.note
                    WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.hash = p.hash AND v.model = \(Schema.modelID))
                    ORDER BY p.id
                    """, arguments: [modelKey]
            ).map { ($0[0], $0[1]) }
        }
        var maySee: [String: Bool] = [:]
        for path in Set(rows.map(\.path)) {
            maySee[path] = !encoder.leavesMachine || project.scope(of: path) == .share
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
    private func embedMissing(
        _ approve: (EmbeddingPlan) -> Bool, _ progress: @Sendable (IndexProgress) -> Void,
        _ isCancelled: @Sendable () -> Bool
    ) throws(LibraryError) -> (embedded: Int, reused: Int, staying: Int) {
        guard let encoder else { return (0, 0, 0) }
        let (missing, plan) = try missing(for: encoder)
        let reused = try counts().embedded
        guard approve(plan) else { return (0, reused, plan.stayingPassages + plan.passages) }
        // Fewer, larger requests where each one is a journey.
        let step = encoder.leavesMachine ? 64 : 32
        let start = ContinuousClock.now
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
                            INSERT OR REPLACE INTO vectors (hash, model, vector) VALUES (?, \(Schema.modelID), ?)
                            """,
                        arguments: [item.hash, modelKey, VectorCoding.data(unit)])
                }
            }
            done += hashes.count
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            progress(
                IndexProgress(
                    phase: .embedding, done: done, total: missing.count, embedded: done,
                    secondsRemaining: elapsed / Double(done) * Double(missing.count - done)))
        }
        return (missing.count, reused, plan.stayingPassages)
    }

    /// Brings the vectors' file and graph up to date with the database.
    private func keepVectors(
        _ hasDropped: Bool, _ progress: @escaping @Sendable (IndexProgress) -> Void,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(LibraryError) {
        let live = try counts().embedded
        let start = ContinuousClock.now
        let isNew = try shelf.keep(
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
