import Testing

@testable import Retrieval

@Suite struct ProgressRateTests {
    private let start = ContinuousClock.now

    @Test func atFirstNobodyKnows() {
        var rate = ProgressRate(start: start)
        #expect(rate.seconds(for: 100) == nil)
        rate.mark(10, at: start + .milliseconds(1_900))
        #expect(rate.seconds(for: 100) == nil)
        rate.mark(20, at: start + .seconds(4))
        #expect(rate.seconds(for: 100) == 20)
    }

    @Test func theEstimateFollowsThePace() throws {
        var rate = ProgressRate(start: start)
        // Ten a second for a minute, then one a second.
        for second in 1...60 { rate.mark(second * 10, at: start + .seconds(second)) }
        #expect(try #require(rate.seconds(for: 100)) == 10)
        for second in 61...90 { rate.mark(600 + second - 60, at: start + .seconds(second)) }
        #expect(try #require(rate.seconds(for: 100)) == 100)
    }

    @Test func aStandstillHasNoEnd() {
        var rate = ProgressRate(start: start)
        for second in 1...60 { rate.mark(5, at: start + .seconds(second)) }
        #expect(rate.seconds(for: 100) == nil)
    }
}
