import Testing

@testable import Retrieval

@Suite struct FusionTests {
    @Test func ranksAreAddedReciprocally() {
        let fused = Fusion.reciprocalRank([["a", "b", "c"], ["c", "a"]])
        #expect(fused.map(\.item) == ["a", "c", "b"])
        #expect(abs(fused[0].score - (1 / 61.0 + 1 / 62.0)) < 1e-12)
        #expect(abs(fused[1].score - (1 / 63.0 + 1 / 61.0)) < 1e-12)
        #expect(abs(fused[2].score - 1 / 62.0) < 1e-12)
    }

    @Test func stretchedListsAddUpByTheirWeights() {
        let fused = Fusion.stretched(
            [[("a", 0.9), ("b", 0.8), ("c", 0.7)], [("c", 6.0), ("b", 2.0)]], weights: [0.7, 0.3])
        #expect(fused.map(\.item) == ["a", "b", "c"])
        for (item, score) in zip(fused, [0.7, 0.35, 0.3]) { #expect(abs(item.score - score) < 1e-12) }
        #expect(Fusion.stretched([[("x", 2.0)]], weights: [0.5]).first?.score == 0.5)
    }

    @Test func tiesKeepTheOrderSeen() {
        #expect(Fusion.reciprocalRank([["x"], ["y"]]).map(\.item) == ["x", "y"])
        #expect(Fusion.reciprocalRank([[Int](), []]).isEmpty)
    }

    @Test func noveltyLeavesOutQuotedAndRepeatedText() {
        var novelty = DuplicateFilter(excluding: ["> The *river* runs\n> to the sea.[^a]", "short"])
        let texts = [
            ("Someone wrote: the river runs to the sea. Yes.", false),
            ("river runs to the", false),
            ("A short text about mountains and their snow in winter months.", true),
            ("A short text about mountains, and their snow in WINTER months!", false),
            ("A short text about valleys.", true),
        ]
        for (text, isNew) in texts {
            let accepted = novelty.accepts(text)
            #expect(accepted == isNew, "\(text)")
        }
    }
}
