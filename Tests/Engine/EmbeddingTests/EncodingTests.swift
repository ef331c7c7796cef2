import Dispatch
import Kernels
import Testing

@testable import Embedding

/// What holds for any model, on one made of random numbers.
@Suite struct EncodingTests {
    let texts = ["", "a", "abc cab", "hello world", "hello abc world a b c", "zzz", "bbbb a"]

    @Test func rowsHaveLengthOneAndKeepTheirOrder() throws {
        let embedder = try MadeModel().load()
        let rows = try embedder.encode(texts, as: .passage)
        #expect(rows.count == texts.count)
        for (row, text) in zip(rows, texts) {
            #expect(row.count == 8)
            #expect(abs(row.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
            #expect(largestDifference(row, try embedder.encode([text], as: .passage)[0]) < 1e-5)
        }
        #expect(largestDifference(rows[1], rows[3]) > 1e-3)
        #expect(try embedder.encode([], as: .query).isEmpty)
    }

    @Test func manyTextsFillSeveralBatches() throws {
        let embedder = try MadeModel().load()
        let many = (0..<700).map { texts[$0 % texts.count] }
        let rows = try embedder.encode(many, as: .passage)
        let single = try embedder.encode(texts, as: .passage)
        for (index, row) in rows.enumerated() {
            #expect(largestDifference(row, single[index % texts.count]) < 1e-5)
        }
    }

    @Test(arguments: [0, 1, 95, 96, 97, 400])
    func blocksAreBoundedAndHoldEveryRowOnce(_ count: Int) {
        let blocks = Encoder.blocks(count)
        #expect(blocks.allSatisfy { !$0.isEmpty && $0.count <= ActivationBuffers.rowsPerBlock })
        #expect(blocks.flatMap { Array($0) } == Array(0..<count))
    }

    @Test func aQueryIsTheSameAloneAndShared() throws {
        let model = try MadeModel()
        let directory = try ModelDirectory(path: model.path)
        let shared = try Embedder(directory, precision: .fp32, machine: .best, cores: 3)
        let alone = try Embedder(directory, precision: .fp32, machine: .best, cores: 1)
        for text in texts {
            #expect(try shared.encode([text], as: .query) == (try alone.encode([text], as: .query)))
        }
        // More than a question's worth of texts go the way of passages.
        let many = (0..<40).map { texts[$0 % texts.count] }
        #expect(try shared.encode(many, as: .query) == (try alone.encode(many, as: .passage)))
    }

    @Test(arguments: InstructionSet.allCases.filter(\.isAvailable))
    func everyMachineGivesTheSameVectors(_ machine: InstructionSet) throws {
        let model = try MadeModel()
        let directory = try ModelDirectory(path: model.path)
        let expected = try Embedder(directory, precision: .fp32, machine: .portable, cores: 2)
            .encode(texts, as: .passage)
        let rows = try Embedder(directory, precision: .fp32, machine: machine, cores: 2)
            .encode(texts, as: .passage)
        for (row, other) in zip(rows, expected) { #expect(largestDifference(row, other) < 1e-5) }
    }

    @Test func aQueryPassesIndexing() throws {
        let embedder = try MadeModel().load()
        let many = (0..<3000).map { texts[$0 % texts.count] }
        let expected = try embedder.encode([texts[3]], as: .query)
        DispatchQueue.concurrentPerform(iterations: 3) { index in
            if index == 0 {
                #expect((try? embedder.encode(many, as: .passage))?.count == many.count)
            } else {
                for _ in 0..<100 { #expect((try? embedder.encode([texts[3]], as: .query)) == expected) }
            }
        }
    }

    @Test func cancellingThrows() throws {
        let embedder = try MadeModel().load()
        #expect(throws: ModelError.cancelled) {
            try embedder.encode(texts, as: .passage, isCancelled: { true })
        }
    }

    @Test func threadsMayShareAnEmbedder() throws {
        let embedder = try MadeModel().load()
        let expected = try embedder.encode(texts, as: .passage)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let rows = try? embedder.encode(texts, as: .passage)
            #expect(rows == expected)
        }
    }

    @Test func poolingFollowsTheFile() throws {
        let model = try MadeModel()
        let mean = try model.load()
        try model.write(
            "1_Pooling/config.json",
            json: ["pooling_mode_mean_tokens": false, "pooling_mode_cls_token": true])
        let cls = try model.load()
        #expect(cls.fingerprint != mean.fingerprint)
        let text = ["hello world"]
        #expect(
            largestDifference(
                try mean.encode(text, as: .query)[0], try cls.encode(text, as: .query)[0]) > 1e-3)
    }

    @Test func prefixesFollowTheFile() throws {
        let model = try MadeModel()
        let plain = try model.load()
        try model.write(
            "config_sentence_transformers.json",
            json: ["prompts": ["query": "a ", "document": "b "]])
        let prefixed = try model.load()
        #expect(prefixed.fingerprint != plain.fingerprint)
        let query = try prefixed.encode(["hello"], as: .query)
        let passage = try prefixed.encode(["hello"], as: .passage)
        #expect(query == (try plain.encode(["a hello"], as: .query)))
        #expect(passage == (try plain.encode(["b hello"], as: .query)))
    }

    @Test func sixteenBitWeightsGiveTheSameVectors() throws {
        // The made-up weights are exact in both types.
        let full = try MadeModel().load().encode(texts, as: .passage)
        let half = try MadeModel(type: "BF16").load().encode(texts, as: .passage)
        #expect(full == half)
    }

    @Test func unalignedWeightsAreRead() throws {
        let model = try MadeModel()
        let expected = try model.load().encode(texts, as: .passage)
        model.tensors.insert(("odd", "U8", [3], [1, 2, 3]), at: 0)
        try model.writeAll()
        #expect(try model.load().encode(texts, as: .passage) == expected)
    }

    @Test func aVocabularyInTokenizerJSONWorks() throws {
        let model = try MadeModel()
        let expected = try model.load().encode(texts, as: .passage)
        try model.remove("vocab.txt")
        let vocab = Dictionary(
            uniqueKeysWithValues: MadeModel.pieces.enumerated().map { ($0.element, $0.offset) })
        try model.write(
            "tokenizer.json",
            json: [
                "normalizer": ["lowercase": true], "model": ["type": "WordPiece", "vocab": vocab],
            ])
        #expect(try model.load().encode(texts, as: .passage) == expected)
    }

    @Test func caseAndAccentsFollowTheFile() throws {
        let model = try MadeModel()
        let e = Int32(MadeModel.pieces.firstIndex(of: "e")!)
        let accented = Int32(MadeModel.pieces.firstIndex(of: "É")!)
        #expect(try model.load().tokenIDs("É") == [2, e, 3])
        try model.write("tokenizer_config.json", json: ["do_lower_case": false])
        #expect(try model.load().tokenIDs("É") == [2, accented, 3])
    }
}
