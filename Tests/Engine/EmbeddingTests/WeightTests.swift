import Foundation
import Kernels
import TestModels
import Testing

@testable import Embedding

/// Weights in several files, weights that aren't numbers, and linear layers behind the pooling.
@Suite struct WeightTests {
    let texts = ["", "abc hello", "world a b c"]

    private func field(_ error: ModelError?) -> String? {
        switch error {
        case .malformed(_, let field, _), .unsupported(_, let field, _): field
        default: nil
        }
    }

    @Test func shardsGiveTheSameVectors() throws {
        let model = try MadeModel()
        let expected = try model.load().encode(texts, as: .passage)
        try model.shard()
        #expect(try model.load().encode(texts, as: .passage) == expected)
        try ModelDirectory(path: model.path).verifyWeights()
    }

    @Test func brokenShardsAreNamed() throws {
        let model = try MadeModel()
        try model.shard()
        let second = model.path + "/model-2.safetensors"
        let word = "embeddings.word_embeddings.weight"
        let last = "encoder.layer.1.output.LayerNorm.bias"

        try model.remove("model-2.safetensors")
        #expect(model.failure() == .missing(path: second))
        try model.shard()
        for name in ["../x.safetensors", "/etc/passwd", "..", "", "a/b"] {
            try model.index { $0[word] = name }
            #expect(field(model.failure()) == "weight_map." + word)
        }
        try model.index { $0[word] = "model-2.safetensors" }
        #expect(model.failure() == .malformed(path: second, field: word, reason: "the tensor is missing"))
        try model.index { $0[last] = nil }
        #expect(
            model.failure()
                == .malformed(
                    path: model.path + "/model.safetensors.index.json", field: last,
                    reason: "the tensor is missing"))
    }

    @Test func pickledWeightsAreRefusedWithAdvice() throws {
        let model = try MadeModel()
        try model.remove("model.safetensors")
        try model.write("pytorch_model.bin", bytes: [1])
        let error = try #require(model.failure())
        #expect(error == .pickled(path: model.path + "/pytorch_model.bin"))
        #expect(error.hint?.contains("safetensors") == true)
    }

    @Test(arguments: ["F32", "BF16"])
    func weightsThatAreNotNumbersAreFound(_ type: String) throws {
        // A norm while loading; a word only by reading everything, or when a vector comes out so.
        let model = try MadeModel(type: type)
        let gain = "encoder.layer.1.output.LayerNorm.weight"
        let file = model.path + "/model.safetensors"
        let bytes: [UInt8] = type == "F32" ? [0, 0, 0xC0, 0x7F] : [0xC0, 0x7F]
        let norm = model.tensors.firstIndex { $0.name == gain }!
        let kept = model.tensors[norm].bytes
        model.tensors[norm].bytes.replaceSubrange(0..<bytes.count, with: bytes)
        try model.writeAll()
        #expect(model.failure() == .malformed(path: file, field: gain, reason: Weights.notFinite))

        model.tensors[norm].bytes = kept
        let a = MadeModel.pieces.firstIndex(of: "a")! * 8 * bytes.count
        model.tensors[0].bytes.replaceSubrange(a..<a + bytes.count, with: bytes)
        try model.writeAll()
        for precision in Precision.allCases {
            let embedder = try Embedder(ModelDirectory(path: model.path), precision: precision)
            #expect(throws: ModelError.notFinite(model: embedder.name)) {
                try embedder.encode(["b", "a"], as: .query)
            }
            #expect(try embedder.encode(["b"], as: .query).count == 1)
        }
        #expect(
            throws: ModelError.malformed(
                path: file, field: "embeddings.word_embeddings.weight", reason: Weights.notFinite)
        ) { try ModelDirectory(path: model.path).verifyWeights() }
    }

    @Test(arguments: Precision.allCases)
    func aDamagedMatrixIsNoticedInItsVectors(_ precision: Precision) throws {
        let model = try MadeModel()
        let matrix = model.tensors.firstIndex { $0.name == "encoder.layer.0.intermediate.dense.weight" }!
        model.tensors[matrix].bytes.replaceSubrange(0..<4, with: [0, 0, 0x80, 0x7F])
        try model.writeAll()
        let embedder = try Embedder(ModelDirectory(path: model.path), precision: precision)
        #expect(throws: ModelError.notFinite(model: embedder.name)) {
            try embedder.encode(["a"], as: .passage)
        }
    }

    private let dense: [String: Any] = [
        "in_features": 8, "out_features": 4, "bias": false,
        "activation_function": "torch.nn.modules.linear.Identity",
    ]

    private func addDense(_ model: MadeModel, _ changes: [String: Any] = [:]) throws {
        try FileManager.default.createDirectory(
            atPath: model.path + "/2_Dense", withIntermediateDirectories: true)
        try model.write(
            "modules.json",
            json: [
                ["path": "", "type": "x.Transformer"], ["path": "1_Pooling", "type": "x.Pooling"],
                ["path": "2_Dense", "type": "x.Dense"],
            ])
        try model.write("2_Dense/config.json", json: dense.merging(changes) { $1 })
        var weight = [UInt8](repeating: 0, count: 4 * 8 * 4)
        for row in 0..<4 {
            weight.replaceSubrange((row * 8 + row) * 4 + 2..<(row * 8 + row) * 4 + 4, with: [0x80, 0x3F])
        }
        try model.write(
            "2_Dense/model.safetensors",
            bytes: MadeWeights.file(
                header: #"{"linear.weight":{"dtype":"F32","shape":[4,8],"data_offsets":[0,128]}}"#, data: weight))
    }

    @Test func aLinearLayerChangesTheDimension() throws {
        let model = try MadeModel()
        let whole = try model.load().encode(texts, as: .passage)
        try addDense(model)
        let embedder = try model.load()
        #expect(embedder.dimension == 4)
        // The identity's first rows keep the first numbers, scaled to length one again.
        for (short, long) in zip(try embedder.encode(texts, as: .passage), whole) {
            #expect(short.count == 4)
            #expect(abs(cosine(short, Array(long.prefix(4))) - 1) < 1e-6)
            #expect(abs(short.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        }
    }

    @Test func linearLayersThatAreNotUnderstoodAreRefused() throws {
        let model = try MadeModel()
        for (key, value) in [
            ("in_features", 9), ("use_residual", true), ("activation_function", "torch.nn.GELU"),
            ("module_input_name", "token_embeddings"), ("out_features", 0),
        ] as [(String, Any)] {
            try addDense(model, [key: value])
            #expect(field(model.failure()) == key)
        }
        try addDense(model, ["bias": true])
        #expect(field(model.failure()) == "linear.bias")
        try addDense(model)
        try model.remove("2_Dense/model.safetensors")
        try model.write("2_Dense/pytorch_model.bin", bytes: [1])
        #expect(model.failure() == .pickled(path: model.path + "/2_Dense/pytorch_model.bin"))
        try model.write(
            "modules.json",
            json: [
                ["path": "1_Pooling", "type": "x.Pooling"], ["path": "2_Normalize", "type": "x.Normalize"],
                ["path": "2_Dense", "type": "x.Dense"],
            ])
        #expect(field(model.failure()) == "2.type")
    }
}
