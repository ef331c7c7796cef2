import GRDB
import Kernels
import Manuscript
import Notes
import TextCore

/// How two lists become hits.
extension Search {
    /// A passage that may become a hit.
    private struct Contender {
        var place: Int
        /// What it is ordered by, before what it has in common with better ones.
        var score: Double
        /// From 0 to 1: how near it is to the nearest of the better ones.
        var nearness = 0.0
    }

    func collect(
        _ db: Database, _ catalog: Catalog, _ lists: Lists, _ scopeOf: (String) -> Scope
    ) throws -> [Hit] {
        let background = vector.map(catalog.background)
        var contenders = ordered(catalog, lists, background)[...]
        let vectorRanks = ranks(lists.vectors.map(\.row))
        let textRanks = ranks(lists.texts.map(\.place))
        let isEverything = query.limit == Query.all
        let quoted = query.excludingText + (query.article.map { Citations.quotations(in: $0) } ?? [])
        var novelty = Novelty(
            excluding: quoted, duplicateShare: isEverything ? .infinity : query.diversity.duplicateShare)
        let rule = rule(background)
        let penalty = rule.isCalibrated && !isEverything ? query.diversity.penalty : 0
        var hits: [Hit] = []
        while hits.count < query.limit, let contender = next(&contenders, penalty) {
            try checkCancelled()
            let place = contender.place
            let product = vector.flatMap { catalog.similarity(place, $0) }
            let similarity = product.map(shown)
            let textScore = textRanks[place].map { lists.texts[$0 - 1].score }
            if let minimum = query.minimumScore {
                guard let value = vector == nil ? textScore : similarity, value >= minimum else { continue }
            }
            guard
                let row = try Row.fetchOne(
                    db, sql: PassageRow.select + " WHERE p.id = ?", arguments: [catalog.passageIDs[place]])
            else { continue }
            let passage = PassageRow.passage(row, scopeOf: scopeOf)
            guard novelty.accepts(passage.text) else { continue }
            let standing = product.flatMap { background?.standing(Double($0)) }
            let fused = query.mode == .hybrid && vector != nil ? contender.score : nil
            let taken = penalty * contender.nearness
            let score =
                switch query.mode {
                case .hybrid: contender.score - taken
                case .semantic: similarity ?? 0
                case .text: textScore ?? 0
                }
            hits.append(
                Hit(
                    passage: passage, rank: hits.count + 1, score: score,
                    strength: strength(standing.map { rule.isCalibrated ? contender.score : $0 }, background),
                    similarity: similarity,
                    textScore: textScore, standing: standing, fused: fused, penalty: taken, vectorRank: vectorRanks[place],
                    textRank: textRanks[place], sentence: sentence(of: passage.text),
                    matchedTerms: text.matchedTerms(in: passage.heading + "\n" + passage.text)))
            if penalty > 0, let background {
                for index in contenders.indices.prefix(Self.window) {
                    guard let product = catalog.similarity(contenders[index].place, to: place) else { continue }
                    let share = (Double(product) - background.middle) / max(1 - background.middle, 0.01)
                    contenders[index].nearness = max(contenders[index].nearness, min(1, share))
                }
            }
        }
        return hits
    }

    private func sentence(of text: String) -> String {
        let sentences = Substance.sentences(of: text)
        guard !sentences.isEmpty else { return "" }
        return Self.oneLine(sentences[SentenceRanking(self.text).best(sentences)])
    }

    static func oneLine(_ sentence: String) -> String { sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// A passage that has all words of a query commonly stands about so much farther out than its words count.
    private static let wordsForMeaning = 1.5

    /// How many contenders are compared with each hit.
    private static let window = 200

    /// The next of the contenders, which it leaves.
    private func next(_ contenders: inout ArraySlice<Contender>, _ penalty: Double) -> Contender? {
        guard penalty > 0, contenders.count > 1 else { return contenders.popFirst() }
        var best = contenders.startIndex
        func score(_ index: Int) -> Double { contenders[index].score - penalty * contenders[index].nearness }
        for index in contenders.indices.prefix(Self.window) {
            // The others have less even with nothing taken off.
            if contenders[index].score <= score(best), index > best { break }
            if score(index) > score(best) { best = index }
        }
        return contenders.remove(at: best)
    }

    /// All that either search found, best first.
    private func ordered(_ catalog: Catalog, _ lists: Lists, _ background: Background?) -> [Contender] {
        let texts = lists.texts.map { ($0.place, $0.score) }
        guard let vector, let background, query.mode == .hybrid else {
            return Fusion.ranked([lists.vectors.map { ($0.row, Double($0.similarity)) }, texts])
                .map { Contender(place: $0.item, score: $0.score) }
        }
        let fused: [(item: Int, score: Double)]
        switch rule(background) {
        case .reciprocalRank(let k):
            fused = Fusion.reciprocalRank([lists.vectors.map(\.row), lists.texts.map(\.place)], k: k)
        case .stretched(let weight):
            fused = Fusion.stretched(
                [lists.vectors.map { ($0.row, Double($0.similarity)) }, texts], weights: [1 - weight, weight])
        case .calibrated(let weight):
            let terms = text.alternatives.count
            let evidence = texts.map { ($0, weight * background.evidence($1, terms: terms)) }
            // What is found by its words alone has a standing too, below those of the list. Of what has no vector, since
            // it may not leave the machine, the words speak for the meaning too.
            let known = Set(lists.vectors.map(\.row))
            let others = evidence.filter { !known.contains($0.0) }.map { place, evidence in
                (place, catalog.similarity(place, vector).map { background.standing(Double($0)) } ?? Self.wordsForMeaning * evidence)
            }
            fused = Fusion.ranked([
                lists.vectors.map { ($0.row, background.standing(Double($0.similarity))) } + others, evidence,
            ])
        }
        return fused.map { Contender(place: $0.item, score: $0.score) }
    }

    /// How the two lists are joined: where scores can't be calibrated, by their ranks.
    private func rule(_ background: Background?) -> FusionRule {
        guard query.mode == .hybrid, let background else { return .reciprocalRank(k: 60) }
        return query.fusion.isCalibrated && !background.isCalibrated ? .reciprocalRank(k: 60) : query.fusion
    }

    private func strength(_ standing: Double?, _ background: Background?) -> Double? {
        guard let background, let standing else { return nil }
        return background.strength(standing)
    }

    private func ranks(_ order: [Int]) -> [Int: Int] {
        var ranks: [Int: Int] = [:]
        for (index, place) in order.enumerated() { ranks[place] = index + 1 }
        return ranks
    }
}
