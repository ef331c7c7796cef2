import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite struct BackgroundTests {
    /// Numbers that are distributed normally, by the sum of twelve.
    private func normal(_ count: Int, middle: Double, spread: Double, seed: UInt64 = 5) -> [Float] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let sum = (0..<12).reduce(0.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
            return Float(middle + spread * (sum - 6))
        }
    }

    /// One model's cosines lie around 0.1, another's around 0.8.
    @Test(arguments: [(0.1, 0.08), (0.8, 0.02), (-0.2, 0.3)])
    func theSameDistanceFromTheRestIsAsStrongWithAnyModel(middle: Double, spread: Double) throws {
        let baseline = SimilarityBaseline(normal(512, middle: middle, spread: spread), of: 1_000)
        #expect(abs(baseline.middle - middle) < spread * 0.2)
        #expect(abs(baseline.deviation / spread - 1) < 0.2)
        let weak = baseline.zScore(middle + 2 * spread)
        let strong = baseline.zScore(middle + 7 * spread)
        #expect(abs(weak - 2) < 0.5 && abs(strong - 7) < 1.2)
        #expect(try #require(baseline.strength(weak)) < 0.2)
        #expect(try #require(baseline.strength(strong)) > 0.8)
        #expect(baseline.strength(-3) == 0 && baseline.strength(100) == 1)
    }

    @Test func thatTheNearestOfManyIsNearSaysLittle() throws {
        var last = 1.0
        for count in [20, 300, 10_000, 1_000_000] {
            let baseline = SimilarityBaseline(normal(512, middle: 0.1, spread: 0.08), of: count)
            let strength = try #require(baseline.strength(3.5))
            #expect(strength < last)
            #expect(abs(try #require(baseline.strength(baseline.chance)) - 1 / 3.0) < 1e-9)
            last = strength
        }
    }

    @Test func passagesThatAnswerDontHideThemselves() {
        var sample = normal(100, middle: 0.1, spread: 0.08)
        for index in 0..<30 { sample[index * 3] = 0.8 }
        let baseline = SimilarityBaseline(sample, of: 100)
        #expect(baseline.zScore(0.8) > 5)
    }

    /// A model of many languages puts notes in another one farther away.
    @Test func notesInAnotherLanguageDontMakeEverythingNear() {
        let sample = normal(200, middle: 0.82, spread: 0.02) + normal(120, middle: 0.72, spread: 0.02)
        let baseline = SimilarityBaseline(sample, of: 320)
        #expect(baseline.deviation < 0.03)
        #expect(baseline.zScore(0.91) > 3)
    }

    @Test func aFewPassagesTellNothingButKeepTheirOrder() {
        for sample: [Float] in [[], [0.7], [0.7, 0.7, 0.7], [0.2, 0.3, 0.9]] {
            let baseline = SimilarityBaseline(sample, of: sample.count)
            #expect(baseline.strength(5) == nil)
            #expect(baseline.zScore(0.9) > baseline.zScore(0.8))
        }
        // The same vector everywhere.
        let same = SimilarityBaseline([Float](repeating: 1, count: 100), of: 100)
        #expect(same.zScore(1) == 0 && same.zScore(0.5).isFinite)
    }
}
