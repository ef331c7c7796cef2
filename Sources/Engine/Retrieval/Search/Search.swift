import GRDB
import Kernels
import Manuscript
import Notes
import VectorSearch

/// One search over one state of the library.
///
/// `Catalog` ranks by similarity (`SimilarityBaseline` says how near is near), FTS5 by BM25 what `TextAnalyzer` has
/// cut. Filters and scopes hold inside both. `Fusion` joins the two lists, `DuplicateFilter` leaves out near copies
/// and what the article quotes, and each `Hit` carries all the parts of its score.
struct Search {
    let query: Query
    let text: FullTextQuery
    /// The query's vector, of length one; nil when vectors aren't asked or there are none.
    let vector: [Float]?
    /// Whether a note's passages may be answered with.
    let accepts: (NoteFacts) -> Bool
    /// The passages' languages; none for any.
    var languages: Set<Language> = []
    /// What of the filter is asked of the full text.
    var containing: [FullTextQuery] = []
    var isCancelled: () -> Bool = { false }

    func checkCancelled() throws(LibraryError) { if isCancelled() { throw .cancelled } }

    func run(_ db: Database, _ catalog: Catalog, scopeOf: (String) -> Scope) throws -> [Hit] {
        let candidates = try conditioned(db, catalog, catalog.candidates(languages: languages, accepts))
        if let candidates, candidates.count == 0 { return [] }
        // More is ranked than answered, since fusion reaches below the first of each list and duplicates
        // leave gaps. Where that wasn't enough, the lists are made longer.
        var depth = query.limit > catalog.passageIDs.count ? catalog.passageIDs.count + 1 : max(50, query.limit * 4)
        while true {
            try checkCancelled()
            let lists = try rankings(db, catalog, candidates, depth)
            let hits = try collect(db, catalog, lists, scopeOf)
            let isAll = lists.vectors.count < depth && (lists.texts.count < textDepth(depth) || isVectorRange)
            if hits.count >= query.limit || isAll { return hits }
            depth *= 4
        }
    }

    /// The candidates that fulfil the query's conditions; nil for all passages.
    private func conditioned(_ db: Database, _ catalog: Catalog, _ candidates: CandidateSet?) throws -> CandidateSet? {
        let conditions = ([text] + containing).filter(\.hasConditions)
        guard !conditions.isEmpty else { return candidates }
        func matches(_ expression: String?) throws -> CandidateSet? {
            guard let expression else { return nil }
            try checkCancelled()
            var set = CandidateSet(capacity: catalog.passageIDs.count)
            let rows = try Int64.fetchCursor(
                db, sql: "SELECT rowid FROM fullText WHERE fullText MATCH ?", arguments: [expression])
            while let id = try rows.next() { if let ordinal = catalog.ordinal(of: id) { set.insert(ordinal) } }
            return set
        }
        // One condition after the other, so that only one set more is in memory, and none is asked once nothing is left.
        var left =
            candidates.map { candidates in catalog.passageIDs.indices.filter(candidates.contains) }
            ?? Array(catalog.passageIDs.indices)
        for condition in conditions where !left.isEmpty {
            if let required = try matches(condition.requirement) { left.removeAll { !required.contains($0) } }
            if let excluded = try matches(condition.exclusion) { left.removeAll(where: excluded.contains) }
        }
        var result = CandidateSet(capacity: catalog.passageIDs.count)
        for ordinal in left { result.insert(ordinal) }
        return result
    }

    /// What each of the two searches found, nearest or best first.
    struct Lists {
        var vectors: [Neighbour] = []
        var texts: [(ordinal: Int, score: Double)] = []
    }

    private func rankings(
        _ db: Database, _ catalog: Catalog, _ candidates: CandidateSet?, _ depth: Int
    ) throws -> Lists {
        var lists = Lists()
        if let vector {
            lists.vectors = catalog.nearest(
                vector, limit: depth, candidates: candidates, minimum: leastProduct, usesGraph: usesGraph(catalog))
        }
        guard query.mode != .semantic, let expression = text.expression else { return lists }
        // The heading counts half as much again as the text. Forms stand for words that are counted already.
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT rowid, -bm25(fullText, 1.5, 1.0, 1.0) AS score FROM fullText
                WHERE fullText MATCH ? ORDER BY score DESC, rowid
                """, arguments: [expression])
        let deepest = textDepth(depth)
        while lists.texts.count < deepest, let row = try rows.next() {
            try checkCancelled()
            guard let ordinal = catalog.ordinal(of: row[0]) else { continue }
            if let candidates, !candidates.contains(ordinal) { continue }
            lists.texts.append((ordinal, row[1]))
        }
        return lists
    }

    /// Words are read further than vectors: what is near may have its words in common with many, and all are ranked anyway.
    private func textDepth(_ depth: Int) -> Int { query.mode == .hybrid && depth < 1 << 20 ? depth * 8 : depth }

    private func usesGraph(_ catalog: Catalog) -> Bool {
        switch query.index {
        case .flat: false
        case .hnsw: true
        case nil: catalog.live >= VectorIndexStore.flatUpTo
        }
    }

    // MARK: The metric

    /// Whether only passages can be hits whose vector is near enough.
    private var isVectorRange: Bool { vector != nil && query.minimumScore != nil }

    /// An inner product of vectors of length one, in the query's metric.
    func shown(_ product: Float) -> Double {
        // Rounding may lead a hair's breadth beyond 1.
        let product = min(1, max(-1, Double(product)))
        switch query.metric {
        case .cosine, .ip: return product
        case .l2: return 1 / (1 + (2 - 2 * product).squareRoot())
        }
    }

    /// The inner product below which nothing reaches the query's minimum; a hair less, since hits are compared in its metric.
    private var leastProduct: Float {
        guard let minimum = query.minimumScore else { return -.infinity }
        switch query.metric {
        case .cosine, .ip: return Float(minimum) - 1e-6
        case .l2:
            guard minimum > 0 else { return -.infinity }
            let distance = max(0, 1 / minimum - 1)
            return Float(1 - distance * distance / 2) - 1e-6
        }
    }
}
