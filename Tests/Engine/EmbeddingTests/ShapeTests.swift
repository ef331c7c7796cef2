import Foundation
import Testing

@testable import Embedding

/// Every supported shape of model against the vectors Sentence Transformers gave for it.
@Suite struct ShapeTests {
    @Test func vectorsOfEveryShapeMatchTheReference() throws {
        let texts = try Fixtures.texts()
        let floats = try Fixtures.floats("models.f32")
        var place = 0
        for model in try SeededModel.all() {
            let embedder = try model.load()
            let columns = embedder.dimension
            let vectors = try embedder.encode(texts, as: .passage)
            for (index, vector) in vectors.enumerated() {
                let expected = Array(floats[place..<place + columns])
                place += columns
                #expect(
                    cosine(vector, expected) >= 0.99999,
                    "\(model.name): \(texts[index].prefix(40).debugDescription)")
                #expect(largestDifference(vector, expected) < 1e-4)
                #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
            }
            // Different texts are far enough apart for the comparison to mean something.
            #expect(cosine(vectors[1], vectors[6]) < 0.9999, "\(model.name)")
            let backwards = try embedder.encode(texts.reversed(), as: .query)
            var largest: Float = 0
            for (index, text) in texts.enumerated() {
                let alone = try embedder.encode([text], as: .passage)[0]
                largest = max(largest, largestDifference(alone, vectors[index]))
                largest = max(largest, largestDifference(alone, backwards[texts.count - 1 - index]))
            }
            #expect(largest < 1e-6, "\(model.name)")
        }
        #expect(place == floats.count)
    }

    @Test func windowsFollowTheFiles() throws {
        let models = try SeededModel.all()
        let windows = try models.map { try $0.load().maxTokens }
        // Declared; the tokenizer's; all positions; declared, and two fewer than positions.
        #expect(models.map(\.name) == ["mean", "cls", "dense", "gelu_new", "relu", "xlm-roberta"])
        #expect(windows == [128, 48, 64, 64, 64, 64])
        #expect(try models[2].load().dimension == 24)
    }
}
