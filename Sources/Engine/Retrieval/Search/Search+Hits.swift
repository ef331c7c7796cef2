import GRDB
import Kernels
import Manuscript
import Notes
import TextCore

/// How two lists become hits.
extension Search {
    /// A passage that may become a hit.
    private struct Candidate {
        var ordinal: Int
        /// What it is ordered by, before what it has in common with better ones.
        var score: Double
        /// From 0 to 1: how near it is to the nearest of the better ones.
        var nearness = 0.0
    }

    func collect(
        _ db: Database, _ catalog: Catalog, _ lists: Lists, _ scopeOf: (String) -> Scope
    ) throws -> [Hit] {
        let baseline = vector.map(catalog.baseline)
        var remaining = ordered(catalog, lists, baseline)[...]
        let vectorRanks = ranks(lists.vectors.map(\.row))
        let textRanks = ranks(lists.texts.map(\.ordinal))
        let isEverything = query.limit == Query.all
        let quoted = query.excludingText + (query.article.map { Citations.quotations(in: $0) } ?? [])
        var duplicates = DuplicateFilter(
            excluding: quoted, duplicateShare: isEverything ? .infinity : query.diversity.duplicateShare)
        let rule = rule(baseline)
        let penalty = rule.isCalibrated && !isEverything ? query.diversity.penalty : 0
        var hits: [Hit] = []
        while hits.count < query.limit, let candidate = next(&remaining, penalty) {
            try checkCancelled()
            let ordinal = candidate.ordinal
            let product = vector.flatMap { catalog.similarity(ordinal, $0) }
            let similarity = product.map(shown)
            let textScore = textRanks[ordinal].map { lists.texts[$0 - 1].score }
            if let minimum = query.minimumScore {
                guard let value = vector == nil ? textScore : similarity, value >= minimum else { continue }
            }
            guard
                let row = try Row.fetchOne(
                    db, sql: PassageRow.select + " WHERE p.id = ?", arguments: [catalog.passageIDs[ordinal]])
            else { continue }
            let passage = PassageRow.passage(row, scopeOf: scopeOf)
            guard duplicates.accepts(passage.text) else { continue }
            let zScore = product.flatMap { baseline?.zScore(Double($0)) }
            let fused = query.mode == .hybrid && vector != nil ? candidate.score : nil
            let taken = penalty * candidate.nearness
            let score =
                switch query.mode {
                case .hybrid: candidate.score - taken
                case .semantic: similarity ?? 0
                case .text: textScore ?? 0
                }
            hits.append(
                Hit(
                    passage: passage, rank: hits.count + 1, score: score,
                    strength: strength(zScore.map { rule.isCalibrated ? candidate.score : $0 }, baseline),
                    similarity: similarity,
                    textScore: textScore, zScore: zScore, fused: fused, penalty: taken,
                    vectorRank: vectorRanks[ordinal],
                    textRank: textRanks[ordinal], sentence: sentence(of: passage.text),
                    matchedTerms: text.matchedTerms(in: passage.heading + "\n" + passage.text)))
            if penalty > 0, let baseline {
                for index in remaining.indices.prefix(Self.window) {
                    guard let product = catalog.similarity(remaining[index].ordinal, to: ordinal) else { continue }
                    let share = (Double(product) - baseline.middle) / max(1 - baseline.middle, 0.01)
                    remaining[index].nearness = max(remaining[index].nearness, min(1, share))
                }
            }
        }
        return hits
    }

    private func sentence(of text: String) -> String {
        let sentences = Substance.sentences(of: text)
        guard !sentences.isEmpty else { return "" }
        return Self.oneLine(sentences[SnippetSelector(self.text).best(sentences)])
    }

    static func oneLine(_ sentence: String) -> String {
        sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A passage that has all words of a query commonly stands about so much farther out than its words count.
    private static let wordsForMeaning = 1.5

    /// How many contenders are compared with each hit.
    private static let window = 200

    /// The next of the contenders, which it leaves.
    private func next(_ remaining: inout ArraySlice<Candidate>, _ penalty: Double) -> Candidate? {
        guard penalty > 0, remaining.count > 1 else { return remaining.popFirst() }
        var best = remaining.startIndex
        func score(_ index: Int) -> Double { remaining[index].score - penalty * remaining[index].nearness }
        for index in remaining.indices.prefix(Self.window) {
            // The others have less even with nothing taken off.
            if remaining[index].score <= score(best), index > best { break }
            if score(index) > score(best) { best = index }
        }
        return remaining.remove(at: best)
    }

    /// All that either search found, best first.
    private func ordered(_ catalog: Catalog, _ lists: Lists, _ baseline: SimilarityBaseline?) -> [Candidate] {
        let texts = lists.texts.map { ($0.ordinal, $0.score) }
        guard let vector, let baseline, query.mode == .hybrid else {
            return Fusion.ranked([lists.vectors.map { ($0.row, Double($0.similarity)) }, texts])
                .map { Candidate(ordinal: $0.item, score: $0.score) }
        }
        let fused: [(item: Int, score: Double)]
        switch rule(baseline) {
        case .reciprocalRank(let k):
            fused = Fusion.reciprocalRank([lists.vectors.map(\.row), lists.texts.map(\.ordinal)], k: k)
        case .stretched(let weight):
            fused = Fusion.stretched(
                [lists.vectors.map { ($0.row, Double($0.similarity)) }, texts], weights: [1 - weight, weight])
        case .calibrated(let weight):
            let terms = text.alternatives.count
            let evidence = texts.map { ($0, weight * baseline.evidence($1, terms: terms)) }
            // What is found by its words alone has a z-score too, below those of the list. Of what has no vector, since
            // it may not leave the machine, the words speak for the meaning too.
            let known = Set(lists.vectors.map(\.row))
            let others = evidence.filter { !known.contains($0.0) }.map { ordinal, evidence in
                (
                    ordinal,
                    catalog.similarity(ordinal, vector).map { baseline.zScore(Double($0)) } ?? Self.wordsForMeaning
                        * evidence
                )
            }
            fused = Fusion.ranked([
                lists.vectors.map { ($0.row, baseline.zScore(Double($0.similarity))) } + others, evidence,
            ])
        }
        return fused.map { Candidate(ordinal: $0.item, score: $0.score) }
    }

    /// How the two lists are joined: where scores can't be calibrated, by their ranks.
    private func rule(_ baseline: SimilarityBaseline?) -> FusionRule {
        guard query.mode == .hybrid, let baseline else { return .reciprocalRank(k: 60) }
        return query.fusion.isCalibrated && !baseline.isCalibrated ? .reciprocalRank(k: 60) : query.fusion
    }

    private func strength(_ zScore: Double?, _ baseline: SimilarityBaseline?) -> Double? {
        guard let baseline, let zScore else { return nil }
        return baseline.strength(zScore)
    }

    private func ranks(_ order: [Int]) -> [Int: Int] {
        var ranks: [Int: Int] = [:]
        for (index, ordinal) in order.enumerated() { ranks[ordinal] = index + 1 }
        return ranks
    }
}
