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

    @Test func tiesKeepTheOrderSeen() {
        #expect(Fusion.reciprocalRank([["x"], ["y"]]).map(\.item) == ["x", "y"])
        #expect(Fusion.reciprocalRank([[Int](), []]).isEmpty)
    }

    @Test func noveltyLeavesOutQuotedAndRepeatedText() {
        var novelty = Novelty(excluding: ["> The *river* runs\n> to the sea.[^a]", "short"])
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
