/// How the answers of two searches become one order.
package enum FusionRule: Sendable, Equatable {
    /// The sum of 1 / (k + rank) over the lists (Cormack, Clarke, Büttcher 2009).
    case reciprocalRank(k: Double)
    /// The weighted sum of both scores, each list's stretched to 0...1.
    case stretched(textWeight: Double)
    /// The sum of a passage's z-score and its weighted text evidence.
    case calibrated(textWeight: Double)

    var isCalibrated: Bool { if case .calibrated = self { true } else { false } }

    /// What `make bench-quality` found best in English and in Chinese.
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
