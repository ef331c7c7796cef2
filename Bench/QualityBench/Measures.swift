import Foundation

/// How good rankings are: the means over queries of the usual measures.
struct Measures {
    private(set) var count = 0
    private var gain = 0.0
    private var recalled = 0.0
    private var reciprocal = 0.0

    /// Normalised discounted cumulative gain at 10, with gains of 2^grade - 1 (Järvelin, Kekäläinen 2002; Burges 2005).
    var ndcg: Double { gain / Double(max(1, count)) }
    /// The share of relevant passages among the first ten.
    var recall: Double { recalled / Double(max(1, count)) }
    /// The mean of 1 / rank of the first relevant passage among the first ten.
    var mrr: Double { reciprocal / Double(max(1, count)) }

    mutating func add(_ ids: [String], _ grades: [String: Int]) {
        count += 1
        gain += Self.ndcg(ids, grades)
        let top = ids.prefix(10)
        recalled += Double(top.count { grades[$0] != nil }) / Double(grades.count)
        if let first = top.firstIndex(where: { grades[$0] != nil }) { reciprocal += 1 / Double(first + 1) }
    }

    static func ndcg(_ ids: [String], _ grades: [String: Int]) -> Double {
        func dcg(_ grades: [Int]) -> Double {
            grades.prefix(10).enumerated().reduce(0) {
                $0 + (pow(2, Double($1.element)) - 1) / log2(Double($1.offset + 2))
            }
        }
        let ideal = dcg(grades.values.sorted(by: >))
        return ideal > 0 ? dcg(ids.map { grades[$0] ?? 0 }) / ideal : 0
    }
}
