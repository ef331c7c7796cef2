import Embedding
import GRDB
import Notes
import VectorSearch
import Watching

extension Library {
    /// Brings the library up to date with the project's files: reads what is new or changed, forgets what
    /// is gone, embeds what has no vector yet.
    ///
    /// Everything is written in small transactions, so it may be interrupted at any point: what is
    /// done stays, and the next run goes on. While another process does the same, it waits.
    /// - Parameters:
    ///   - rebuild: forget everything first, vectors too.
    ///   - watch: told of the folders; what it has noticed when a transaction ends is taken in before the rest.
    ///   - approve: asked once, on this thread, when everything is read and before anything is embedded;
    ///     false leaves it at that, and the new passages are found by their words.
    ///   - progress: called on this thread, and on others while a graph is made.
    ///   - isCancelled: asked between two steps, on any thread.
    /// - Throws: `LibraryError.cancelled`, `.rootMissing`, `.diskFull`, ….
    public func index(
        rebuild: Bool = false, watch: FolderWatch? = nil, approve: (EmbeddingPlan) -> Bool = { _ in true },
        progress: @escaping @Sendable (IndexProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(LibraryError) -> IndexReport {
        let start = ContinuousClock.now
        let lock = try writerLock(progress, isCancelled)
        progress(IndexProgress(phase: .scanning, done: 0, total: 0))
        let found = try walk(watch, isCancelled)
        if rebuild { try store.write(NoteWriter.forgetAll) }
        let isTrusted = try checkNowAndThen(isCancelled)
        let update = try update()
        var interludes = NoteUpdate.Outcome()
        var interludeEmbedded = 0
        let meanwhile = { () throws(LibraryError) in
            guard let changes = watch?.next(wait: false), !changes.isEmpty else { return }
            // All of it can only be looked at afterwards.
            guard !changes.isEverything, let outcome = try self.takeIn(changes, watch, isCancelled) else {
                watch?.putBack(FolderChanges(isEverything: true))
                return
            }
            interludes.add(outcome.pass)
            interludeEmbedded += outcome.embedded
        }
        var outcome = try update.run(found.files, progress, meanwhile: meanwhile, isCancelled)
        var report: IndexReport
        if isTrusted, outcome.changed == 0, interludes.changed == 0, let counts = try settled() {
            report = IndexReport(counts, reused: counts.embedded)
            try keepVectors(live: counts.embedded, hasDropped: false, progress, isCancelled)
        } else {
            let embedding = try embedMissing(approve, progress, meanwhile, isCancelled)
            let hasDropped = try store.write(NoteWriter.dropOldVectors)
            try keepVectors(live: counts().embedded, hasDropped: hasDropped, progress, isCancelled)
            let counts = try counts()
            outcome.add(interludes)
            report = IndexReport(counts, reused: embedding.reused)
            report.embedded = embedding.embedded + interludeEmbedded
            report.staying = embedding.staying
            try settle(counts)
        }
        _ = consume lock
        progress(
            IndexProgress(phase: .finished, done: report.notes, total: report.notes, embedded: report.embedded))
        return try complete(report, outcome, since: start)
    }

    /// Brings the library up to date with some files and folders, without looking at the others: the result is that
    /// of `index`, sooner.
    ///
    /// A run over everything comes first where there was none in this process or it wasn't finished.
    public func index(
        _ changes: FolderChanges, watch: FolderWatch? = nil, approve: (EmbeddingPlan) -> Bool = { _ in true },
        progress: @escaping @Sendable (IndexProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(LibraryError) -> IndexReport {
        let start = ContinuousClock.now
        if !changes.isEverything, encoder?.leavesMachine != true {
            let lock = try writerLock(progress, isCancelled)
            if let before = try settled(), let outcome = try takeIn(changes, watch, isCancelled, progress) {
                var counts = try counts(embedded: 0)
                counts.embedded = encoder == nil ? 0 : counts.passages
                if outcome.pass.changed > 0 {
                    var hasDropped = try store.read(NoteWriter.mayDropVectors)
                    if hasDropped { hasDropped = try store.write(NoteWriter.dropOldVectors) }
                    try keepVectors(live: counts.embedded, hasDropped: hasDropped, progress, isCancelled)
                    try settle(counts)
                }
                var report = IndexReport(counts, reused: min(before.embedded, counts.embedded - outcome.embedded))
                report.embedded = outcome.embedded
                _ = consume lock
                return try complete(report, outcome.pass, since: start)
            }
            _ = consume lock
        }
        return try index(watch: watch, approve: approve, progress: progress, isCancelled: isCancelled)
    }

    private func writerLock(
        _ progress: (IndexProgress) -> Void, _ isCancelled: () -> Bool
    ) throws(LibraryError) -> WriterLock {
        var hasWaited = false
        let lock = try WriterLock.take(
            folder: project.dataDirectory,
            waiting: {
                hasWaited = true
                progress(IndexProgress(phase: .waiting, done: 0, total: 0, writer: $0))
            }, isCancelled: isCancelled)
        if hasWaited { progress(IndexProgress(phase: .scanning, done: 0, total: 0)) }
        return lock
    }

    /// Walks everything, and keeps what was found wrong.
    private func walk(_ watch: FolderWatch?, _ isCancelled: () -> Bool) throws(LibraryError) -> ScanResult {
        let start = ContinuousClock.now
        watch?.beginWalk()
        do throws(LibraryError) {
            let found = try LibraryError.translating { () throws(NoteError) in
                try NoteScanner.scan(
                    project, programs: programs, entering: { watch?.watch($0) }, isCancelled: isCancelled)
            }
            watch?.endWalk(isWhole: true, took: ContinuousClock.now - start)
            lastScan.withLock { $0 = found.withoutFiles }
            return found
        } catch {
            watch?.endWalk(isWhole: false, took: ContinuousClock.now - start)
            throw error
        }
    }

    private func update(paths: [String]? = nil) throws(LibraryError) -> NoteUpdate {
        let chunker = Chunker(encoder: encoder)
        return try NoteUpdate(
            store: store, chunker: chunker, converter: converter, key: chunkerKey(chunker), paths: paths)
    }

    /// Reads and embeds what has changed at some paths. nil when only a run over everything can tell.
    private func takeIn(
        _ changes: FolderChanges, _ watch: FolderWatch?, _ isCancelled: @escaping @Sendable () -> Bool,
        _ progress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
    ) throws(LibraryError) -> (pass: NoteUpdate.Outcome, embedded: Int)? {
        guard lastScan.withLock({ $0?.hasFolderLinks == false }) else { return nil }
        let paths = PathSet.topmost(changes.paths)
        let found = try LibraryError.translating { () throws(NoteError) in
            try NoteScanner.scan(
                only: paths, in: project, programs: programs, entering: { watch?.watch($0) }, isCancelled: isCancelled)
        }
        let update = try update(paths: paths)
        guard !found.hasFolderLinks, update.canBePartial else { return nil }
        let last = try store.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM notes") ?? 0 }
        let pass = try update.run(found.files, isWhole: false, progress, isCancelled)
        lastScan.withLock { $0?.update(with: found, of: paths) }
        let embedded =
            try pass.changed == 0
            ? 0 : embedMissing(ofNotesAfter: last, { _ in true }, progress, {}, isCancelled).embedded
        return (pass, embedded)
    }

    private func complete(
        _ report: IndexReport, _ outcome: NoteUpdate.Outcome, since start: ContinuousClock.Instant
    ) throws(LibraryError) -> IndexReport {
        var report = report
        report.changed = outcome.changed
        report.removed = outcome.removed
        let found = lastScan.withLock { ($0?.problems ?? [], $0?.missing ?? []) }
        report.problems = try problems(found.0)
        report.missing = found.1
        let took = (ContinuousClock.now - start).components
        report.tookMs = Int(took.seconds) * 1000 + Int(took.attoseconds / 1_000_000_000_000_000)
        return report
    }

    /// What the stored vectors belong to.
    var modelKey: String { Self.modelKey(encoder) }

    static func modelKey(_ encoder: (any PassageEncoder)?) -> String {
        "\(encoder?.fingerprint ?? "")/\(Chunker.version)"
    }

    /// What the stored passages were cut by: another model counts other tokens,
    /// and an older reader refused what this one reads.
    func chunkerKey(_ chunker: Chunker) -> String {
        "\(NoteReader.version)/\(Chunker.cutVersion)/\(chunker.limit)/\(encoder?.fingerprint ?? "")"
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
}
