import Foundation
import Testing

@testable import Embedding

/// The Unigram tokenizer against Hugging Face's, id by id.
@Suite struct UnigramTests {
    private func tokenizer(_ fixture: UnigramFixture) throws -> Unigram {
        let file = try TokenizerFile(Array(fixture.json.utf8), path: "tokenizer.json")
        return try Unigram(file, try config())
    }

    private func config() throws -> ModelConfiguration {
        let model = try SeededModel.all().first { $0.name == "xlm-roberta" }!
        var config = try model.configuration()
        // One of the tokenizers adds a token of its own.
        config.vocabSize += 1
        return config
    }

    @Test func idsMatchTheReference() throws {
        for fixture in try UnigramFixture.all() {
            let tokenizer = try tokenizer(fixture)
            #expect(fixture.samples.count > 250)
            var wrong = 0
            for sample in fixture.samples {
                let ids = tokenizer.encode(sample.text, limit: .max)
                if ids != sample.ids { wrong += 1 }
                #expect(ids == sample.ids, "\(fixture.name): \(sample.text.debugDescription)")
            }
            #expect(wrong == 0, "\(fixture.name): \(wrong) of \(fixture.samples.count)")
        }
    }
}
