import Foundation

/// How near a query is to passages that have nothing to do with it: what makes a similarity mean the same with every
/// model.
///
/// Cosines of one model lie between 0 and 0.8, of another between 0.7 and 1, and both ranges shift with a query's length
/// and language. So each query is compared with a sample of the library's own passages, of which nearly all are
/// beside the point; what a passage has beyond those is its z-score. Nothing is stored, so nothing goes stale.
///
/// Computed at each search, it costs 512 inner products. A deviation is taken from the half that has less of it,
/// since answers are a heap above the median and notes in another language one below. Below 32 passages a sample says
/// too little, and ranks are joined instead. The *evidence* of the words is BM25 as a share of what a passage would
/// have that alone contains all terms. The *strength* of a hit is its score in units of what the nearest of n
/// passages reaches by chance, the root of 2 ln n: there it is 1/3, at twice that 1.
package struct SimilarityBaseline: Sendable, Equatable {
    /// The median similarity.
    package let middle: Double
    /// One standard deviation, taken from the half that has less of it.
    package let deviation: Double
    /// How far above the middle the nearest of so many passages lies by chance, in deviations: the expected largest of n
    /// normal numbers is about the root of 2 ln n.
    package let chance: Double
    /// Whether there are enough for scores to be added up: in fewer, it isn't known what is usual, and BM25 takes for
    /// nothing a term that half of them have.
    package let isCalibrated: Bool
    private let count: Int
    /// Whether there are enough passages to tell near from far.
    package let isTelling: Bool

    /// Passages that are compared.
    static let sampleSize = 512
    private static let fewest = 8
    /// From as many on a sample shows its own deviation.
    private static let enough = 32
    /// Similarities beside the point spread over about a tenth of what is left to 1, with models of either range.
    private static let usualShare = 1 / 11.0

    /// - Parameters:
    ///   - sample: similarities of the query to passages of all kinds.
    ///   - count: how many passages the library has, with a vector or without.
    package init(_ sample: [Float], of count: Int) {
        let sorted = sample.map(Double.init).sorted()
        func quantile(_ share: Double) -> Double {
            guard let last = sorted.last else { return 0 }
            let index = share * Double(sorted.count - 1)
            let low = Int(index)
            return low + 1 < sorted.count ? sorted[low] + (index - Double(low)) * (sorted[low + 1] - sorted[low]) : last
        }
        self.count = max(count, 2)
        isTelling = sorted.count >= Self.fewest
        isCalibrated = sorted.count >= Self.enough
        chance = (2 * log(Double(max(count, Self.fewest)))).squareRoot()
        // In a few notes, those that answer may well be half.
        middle = quantile(sorted.count < Self.enough ? 0.25 : 0.5)
        let usual = max(1 - middle, 0.01) * Self.usualShare
        guard sorted.count >= Self.enough else {
            let mean = sorted.reduce(0, +) / Double(max(1, sorted.count))
            let square = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, sorted.count))
            deviation = max(square.squareRoot(), usual)
            return
        }
        // Of a normal distribution 15.87 of 100 lie more than one deviation below the middle.
        // Notes in another language are a heap of their own below; many answers are one above.
        deviation = max(min(middle - quantile(0.1587), quantile(0.8413) - middle), usual / 2)
    }

    /// What a text score adds to a z-score, at a weight of 1: the share it has of what a passage would have that alone
    /// contains all of the query's terms, each once, in the measure of `chance`.
    ///
    /// - Parameters:
    ///   - score: the sum of BM25's parts.
    ///   - terms: how many terms the query has: of a long one, a few matches say little.
    package func evidence(_ score: Double, terms: Int) -> Double {
        // BM25's part of a term that one of n passages has is about ln n.
        chance * score / (Double(max(1, terms)) * log(Double(count + 1)))
    }

    /// How many deviations a similarity lies above the middle.
    package func zScore(_ similarity: Double) -> Double { (similarity - middle) / deviation }

    /// From 0 to 1: how much a z-score says. The nearest of passages that all are beside the point has about 1/3, what is
    /// half as far has 0, what is twice as far 1.
    package func strength(_ zScore: Double) -> Double? {
        isTelling ? min(1, max(0, (zScore / chance - 0.5) / 1.5)) : nil
    }
}
