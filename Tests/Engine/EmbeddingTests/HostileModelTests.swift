import Foundation
import TestModels
import Testing

@testable import Embedding

/// Damaged and malicious model folders: each is a typed error that names the file and the field.
@Suite struct HostileModelTests {
    private func failure(header: String, data: Int = 16) throws -> ModelError? {
        let model = try MadeModel()
        try model.write(
            "model.safetensors",
            bytes: MadeWeights.file(header: header, data: [UInt8](repeating: 0, count: data)))
        return model.failure()
    }

    private func field(_ error: ModelError?) -> String? {
        switch error {
        case .malformed(_, let field, _), .unsupported(_, let field, _): field
        case .truncated: "truncated"
        case .missing: "missing"
        default: nil
        }
    }

    @Test(arguments: ["config.json", "vocab.txt", "model.safetensors"])
    func aMissingFileIsNamed(_ name: String) throws {
        let model = try MadeModel()
        try model.remove(name)
        #expect(model.failure() == .missing(path: "\(model.path)/\(name)"))
        #expect(model.failure()?.status == .unavailable)
    }

    @Test func aMissingFolderIsNamed() {
        #expect(throws: ModelError.missing(path: "/nowhere/x/config.json")) {
            try ModelDirectory.find(name: "x", modelsRoot: "/nowhere")
        }
    }

    @Test(arguments: ["..", "a/../../b", "", "/etc", "./x"])
    func aNameCannotLeaveTheModelsFolder(_ name: String) {
        #expect(throws: ModelError.missing(path: "/models/" + name)) {
            try ModelDirectory.find(name: name, modelsRoot: "/models")
        }
    }

    @Test(arguments: [
        (#"{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,16]"#, "JSON"),
        (#"[]"#, "JSON"),
        (#"{"t":{"dtype":"F32","shape":[4]}}"#, "t.data_offsets"),
        (#"{"t":{"dtype":"F32","shape":[4],"data_offsets":[0]}}"#, "t.data_offsets"),
        (#"{"t":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#, "t.data_offsets"),
        (#"{"t":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}"#, "t.data_offsets"),
        (#"{"t":{"dtype":"F32","shape":[5],"data_offsets":[0,16]}}"#, "t.data_offsets"),
        (#"{"t":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}"#, "t.shape"),
        (
            #"{"t":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,16]}}"#,
            "t.shape"
        ),
        (
            #"{"t":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,16]}}"#,
            "t.data_offsets"
        ),
        (#"{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,9223372036854775807]}}"#, "truncated"),
        (#"{"t":{"dtype":"Q9","shape":[4],"data_offsets":[0,16]}}"#, "t.dtype"),
        (
            #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
            "b.data_offsets"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
            "b.data_offsets"
        ),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "data"),
        (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "embeddings.word_embeddings.weight"),
    ])
    func aBadHeaderIsRefused(_ header: String, _ expected: String) throws {
        let error = try failure(header: header)
        #expect(field(error) == expected, "\(String(describing: error))")
        #expect(error?.status == .badInput)
    }

    @Test func deepNestingIsRefused() throws {
        let depth = 100_000
        let header =
            #"{"__metadata__":"# + String(repeating: "[", count: depth)
            + String(repeating: "]", count: depth) + "}"
        #expect(field(try failure(header: header)) == "JSON")
    }

    @Test func impossibleHeaderLengthsAreRefused() throws {
        let model = try MadeModel()
        for bytes: [UInt8] in [
            [UInt8](repeating: 0xFF, count: 64), [UInt8](repeating: 0, count: 64),
            [1, 0, 0, 0, 0, 0, 0, 0x80, 0, 0],
        ] {
            try model.write("model.safetensors", bytes: bytes)
            #expect(field(model.failure()) == "header length")
        }
        for bytes: [UInt8] in [[], [1, 2, 3], [200, 0, 0, 0, 0, 0, 0, 0, 0x7B]] {
            try model.write("model.safetensors", bytes: bytes)
            #expect(field(model.failure()) == "truncated")
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let model = try MadeModel()
        let whole = model.file()
        for length in stride(from: 0, to: whole.count, by: 97) {
            try model.write("model.safetensors", bytes: Array(whole.prefix(length)))
            let error = try #require(model.failure())
            #expect(field(error) == "truncated", "\(length): \(error)")
        }
    }

    @Test func flippedHeaderBytesNeverCrash() throws {
        let model = try MadeModel()
        let whole = model.file()
        var refused = 0
        for index in stride(from: 0, to: 1200, by: 7) {
            var damaged = whole
            damaged[index] ^= 0x15
            try model.write("model.safetensors", bytes: damaged)
            if model.failure() != nil { refused += 1 }
        }
        #expect(refused > 100)
    }

    @Test(arguments: [
        ("hidden_size", "0"), ("num_attention_heads", "3"), ("num_hidden_layers", "-1"),
        ("vocab_size", "99999999999"), ("layer_norm_eps", "-1"), ("hidden_size", "\"8\""),
        ("hidden_act", "\"swish\""), ("model_type", "\"gpt2\""),
        ("position_embedding_type", "\"relative_key\""), ("max_position_embeddings", "1"),
    ])
    func aBadConfigIsRefused(_ key: String, _ value: String) throws {
        let model = try MadeModel()
        model.config[key] = try JSONSerialization.jsonObject(
            with: Data(value.utf8), options: .fragmentsAllowed)
        try model.write("config.json", json: model.config)
        let error = model.failure()
        #expect(field(error) == key)
        #expect(error?.message.contains("config.json") == true)
    }

    @Test func declarationsThatContradictTheWeightsAreRefused() throws {
        let model = try MadeModel()
        model.config["hidden_size"] = 16
        try model.write("config.json", json: model.config)
        #expect(field(model.failure()) == "embeddings.word_embeddings.weight")
        model.config["hidden_size"] = 8
        model.config["num_hidden_layers"] = 3
        try model.write("config.json", json: model.config)
        #expect(field(model.failure()) == "encoder.layer.2.attention.self.query.weight")
    }

    @Test func aVocabularyMustFitAndHaveItsSpecialTokens() throws {
        let model = try MadeModel()
        try model.write("vocab.txt", (MadeModel.pieces + ["more"]).joined(separator: "\n"))
        #expect(field(model.failure()) == "line 17")
        try model.write("vocab.txt", "a\nb\n")
        #expect(field(model.failure()) == "[CLS]")
        try model.write("vocab.txt", "")
        #expect(field(model.failure()) == "[CLS]")
    }

    @Test func otherPipelinesAreRefused() throws {
        let model = try MadeModel()
        try model.write("modules.json", json: [["path": "2_Dense", "type": "x.models.Dense"]])
        #expect(field(model.failure()) == "0.type")
        try model.write("modules.json", json: [["path": "../../etc", "type": "x.models.Pooling"]])
        #expect(field(model.failure()) == "0.path")
        try model.remove("modules.json")
        try model.write("sentence_bert_config.json", json: ["max_seq_length": 4096])
        #expect(field(model.failure()) == "max_seq_length")
        try model.remove("sentence_bert_config.json")
        try model.write("1_Pooling/config.json", json: ["pooling_mode_max_tokens": true])
        #expect(field(model.failure()) == "pooling_mode_max_tokens")
    }

    @Test func aFingerprintSeesWeightsAndVocabulary() throws {
        let model = try MadeModel()
        let first = try model.load().fingerprint
        #expect(try model.load().fingerprint == first)
        #expect(try MadeModel().load().fingerprint == first)
        model.tensors[0].bytes[3] ^= 1
        try model.writeAll()
        let second = try model.load().fingerprint
        #expect(second != first)
        var pieces = MadeModel.pieces
        pieces.swapAt(5, 6)
        try model.write("vocab.txt", pieces.joined(separator: "\n"))
        #expect(try model.load().fingerprint != second)
    }

    @Test func messagesHoldNoControlCharacters() {
        let error = ModelError.malformed(path: "/m/\u{1B}[2J", field: "a\u{07}", reason: "x\ny")
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
    }
}
