import Foundation
import Testing

@testable import Embedding

/// The encoder against vectors and ids recorded by make_reference.py.
@Suite struct ReferenceTests {
    @Test func vectorsMatchTheReference() throws {
        let embedder = try RealModel.embedder()
        let texts = try Fixtures.texts()
        let expected = try Fixtures.vectors(columns: embedder.dimension)
        let vectors = try embedder.encode(texts, as: .passage)
        #expect(texts.count >= 12)
        #expect(vectors.count == expected.count)
        for (index, vector) in vectors.enumerated() {
            #expect(cosine(vector, expected[index]) >= 0.99999, "\(texts[index].prefix(40))")
            #expect(largestDifference(vector, expected[index]) < 1e-4, "\(texts[index].prefix(40))")
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        }
    }

    @Test func publishedSimilarities() throws {
        let vectors = try RealModel.embedder().encode(
            [
                "That is a happy person", "That is a very happy person", "That is a happy dog",
                "Today is a sunny day",
            ], as: .query)
        for (other, expected) in [(1, 0.942915), (2, 0.694577), (3, 0.256876)] {
            #expect(abs(cosine(vectors[0], vectors[other]) - expected) < 1e-4)
        }
    }

    @Test func idsMatchTheReference() throws {
        let directory = try ModelDirectory(path: RealModel.folder())
        let tokenizer = try directory.vocabulary().tokenizer
        let lines = try #require(try ModelFiles.bytesIfPresent(directory.file("vocab.txt")))
        let fromLines = try WordPiece(PieceList(lines: lines), path: "vocab.txt", directory.config)
        let samples = try JSONDecoder().decode([Fixtures.Sample].self, from: Fixtures.data("tokens.json"))
        #expect(samples.count > 400)
        for sample in samples {
            let ids = tokenizer.encode(sample.text, limit: .max)
            #expect(ids == sample.ids, "\(sample.text.debugDescription)")
            #expect(fromLines.encode(sample.text, limit: .max) == sample.ids)
        }
    }

    @Test func aBatchGivesTheRowsItsTextsGiveAlone() throws {
        let embedder = try RealModel.embedder()
        let texts = try Fixtures.texts()
        let together = try embedder.encode(texts, as: .passage)
        let backwards = try embedder.encode(texts.reversed(), as: .passage)
        for (index, text) in texts.enumerated() {
            let alone = try embedder.encode([text], as: .passage)
            #expect(largestDifference(together[index], alone[0]) < 1e-6)
            #expect(largestDifference(together[index], backwards[texts.count - 1 - index]) < 1e-6)
        }
    }

    @Test func longTextsAreCutAndCounted() throws {
        let embedder = try RealModel.embedder()
        let long = String(repeating: "word ", count: 1000)
        #expect(embedder.maxTokens == 256)
        #expect(embedder.tokenCount(long) == 1000)
        let ids = embedder.tokenIDs(long)
        #expect(ids.count == 256)
        #expect(ids.first == 101 && ids.last == 102)
        #expect(embedder.tokenCount("") == 0)
        #expect(embedder.tokenIDs("") == [101, 102])
        #expect(embedder.tokenCount("hello world") == 2)
    }

    @Test func describesItself() throws {
        let embedder = try RealModel.embedder()
        #expect(embedder.name == RealModel.name)
        #expect(embedder.dimension == 384)
        let again = try Embedder(ModelDirectory(path: RealModel.folder() + "/"))
        #expect(again.fingerprint == embedder.fingerprint)
        #expect(embedder.fingerprint.count == 64)
    }
}
