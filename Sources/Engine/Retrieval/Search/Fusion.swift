/// How the answers of two searches become one order.
///
/// The sum of z-score and evidence was chosen by `make bench-quality`, nDCG@10 of all queries. MiniLM is
/// `all-MiniLM-L6-v2`, E5 is `multilingual-e5-small`, of which `Scripts/fetch-multilingual-model` installs a copy
/// rounded to four bits.
///
///                                   English, MiniLM   English, E5   Chinese, E5   Chinese on English, E5
///     vectors alone                 0.741             0.675         0.674         0.536
///     full text alone               0.490             0.490         0.471         0.000
///     hybrid                        0.767             0.689         0.679         0.545
///     reciprocal ranks, k 60        0.610             0.581         0.633         0.536
///     reciprocal ranks, k 10        0.673             0.623         0.636         0.536
///     scores stretched, text 0.3    0.773             0.676         0.673         0.536
///
/// Rejected: reciprocal ranks (the two lists count alike, though words answer questions badly) and stretched scores
/// (good for one model, not for another). No Chinese word stands in an English note, so there the words add nothing.
package enum FusionRule: Sendable, Equatable {
    /// The sum of 1 / (k + rank) over the lists (Cormack, Clarke, Büttcher 2009).
    case reciprocalRank(k: Double)
    /// The weighted sum of both scores, each list's stretched to 0...1.
    case stretched(textWeight: Double)
    /// The sum of a passage's z-score and its weighted text evidence.
    case calibrated(textWeight: Double)

    var isCalibrated: Bool { if case .calibrated = self { true } else { false } }

    /// What `make bench-quality` found best in English and in Chinese.
    ///
    /// Any weight of the words from 0.4 to 1 puts the hybrid above both of its parts; 0.8 is in the middle of what is
    /// good with both models. By kind of query (English, MiniLM; vectors alone, then both): questions 0.727 and 0.748,
    /// key words 0.903 and 0.943, paraphrases 0.633 and 0.655, names 0.822 and 0.849, paragraphs 0.600 and 0.618.
    package static let standard = calibrated(textWeight: 0.8)
}

/// Joins the answers of several searches into one order.
enum Fusion {
    /// Reciprocal rank fusion: only ranks count, so the lists' scores needn't be comparable. Of equals, the one first seen
    /// comes first.
    static func reciprocalRank<Item: Hashable>(_ lists: [[Item]], k: Double = 60) -> [(item: Item, score: Double)] {
        ranked(lists.map { $0.enumerated().map { ($1, 1 / (k + Double($0 + 1))) } })
    }

    /// The weighted sum of scores, each list's stretched so that its best has 1 and its last 0.
    static func stretched<Item: Hashable>(_ lists: [[(Item, Double)]], weights: [Double]) -> [(
        item: Item, score: Double
    )] {
        ranked(
            zip(lists, weights).map { list, weight in
                let low = list.last?.1 ?? 0
                let range = (list.first?.1 ?? 0) - low
                return list.map { ($0, weight * (range > 0 ? ($1 - low) / range : 1)) }
            })
    }

    /// The sums of scores, greatest first.
    static func ranked<Item: Hashable>(_ lists: [[(Item, Double)]]) -> [(item: Item, score: Double)] {
        var scores: [Item: Double] = [:]
        var order: [Item] = []
        for (item, score) in lists.joined() {
            if scores[item] == nil { order.append(item) }
            scores[item, default: 0] += score
        }
        let sums: [(item: Item, score: Double)] = order.map { ($0, scores[$0] ?? 0) }
        let positions = sums.indices.sorted { a, b in
            let (x, y) = (sums[a].score, sums[b].score)
            return x != y ? x > y : a < b
        }
        return positions.map { sums[$0] }
    }
}
