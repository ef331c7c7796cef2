import Foundation
import Kernels
import Testing

@testable import Embedding

/// What the configuration files say in their old and new forms, and what is refused of them.
@Suite struct DeclarationTests {
    private func config(_ files: [String: Any], base: [String: Any] = [:]) throws -> ModelConfiguration {
        let model = try MadeModel()
        try model.write("config.json", json: model.config.merging(base) { $1 })
        for (name, content) in files { try model.write(name, json: content) }
        return try model.configuration()
    }

    private func field(_ files: [String: Any], base: [String: Any] = [:]) -> String? {
        do {
            _ = try config(files, base: base)
            return nil
        } catch {
            switch error as? ModelError {
            case .malformed(_, let field, _), .unsupported(_, let field, _): return field
            default: return "\(error)"
            }
        }
    }

    @Test func theRoBERTasCountPositionsFromTheirPadding() throws {
        let bert = try config([:])
        #expect(bert.positionOffset == 0 && bert.usablePositions == 12 && bert.maxSequenceLength == 12)
        let xlmr = try config([:], base: ["model_type": "xlm-roberta", "pad_token_id": 1])
        #expect(xlmr.positionOffset == 2 && xlmr.usablePositions == 10 && xlmr.maxSequenceLength == 10)
        #expect(try config([:], base: ["model_type": "roberta", "pad_token_id": 4]).positionOffset == 5)
        #expect(field([:], base: ["model_type": "roberta", "pad_token_id": -1]) == "pad_token_id")
        #expect(field([:], base: ["model_type": "roberta", "pad_token_id": 11]) == "max_position_embeddings")
    }

    @Test func activationsHaveSeveralNames() throws {
        for (name, activation) in [
            ("gelu", .gelu), ("gelu_new", .geluTanh), ("gelu_pytorch_tanh", .geluTanh), ("relu", .relu),
        ] as [(String, Activation)] {
            #expect(try config([:], base: ["hidden_act": name]).activation == activation)
        }
    }

    @Test func theWindowIsTheTokenizersWithoutADeclaredOne() throws {
        let tokenizer = "tokenizer_config.json"
        #expect(try config([tokenizer: ["model_max_length": 7]]).maxSequenceLength == 7)
        #expect(try config([tokenizer: ["model_max_length": 1e30]]).maxSequenceLength == 12)
        let sentence = ["sentence_bert_config.json": ["max_seq_length": 5], tokenizer: ["model_max_length": 7]]
        #expect(try config(sentence).maxSequenceLength == 5)
        #expect(field([tokenizer: ["model_max_length": 1]]) == "model_max_length")
        #expect(field([tokenizer: ["truncation_side": "left"]]) == "truncation_side")
        let roberta: [String: Any] = ["model_type": "xlm-roberta", "pad_token_id": 1]
        #expect(field(["sentence_bert_config.json": ["max_seq_length": 12]], base: roberta) == "max_seq_length")
    }

    @Test(arguments: [
        (#"{"pooling_mode":"cls","embedding_dimension":8}"#, Pooling.cls),
        (#"{"pooling_mode":["mean"],"include_prompt":true}"#, .mean),
        (#"{"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false}"#, .cls),
        (#"{"pooling_mode_cls_token":false}"#, .mean),
    ])
    func poolingsInEveryForm(_ json: String, _ expected: Pooling) throws {
        let file = try JSONSerialization.jsonObject(with: Data(json.utf8))
        #expect(try config(["1_Pooling/config.json": file]).pooling == expected)
    }

    @Test(arguments: [
        (#"{"pooling_mode":"max"}"#, "pooling_mode"), (#"{"pooling_mode":["cls","mean"]}"#, "pooling_mode"),
        (#"{"pooling_mode":7}"#, "pooling_mode"), (#"{"embedding_dimension":9}"#, "embedding_dimension"),
        (#"{"pooling_mode":"mean","include_prompt":false}"#, "include_prompt"),
        (#"{"pooling_mode_lasttoken":true}"#, "pooling_mode_lasttoken"),
        (#"{"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":true}"#, "pooling_mode_mean_tokens"),
    ])
    func poolingsThatAreNotUnderstood(_ json: String, _ expected: String) throws {
        let file = try JSONSerialization.jsonObject(with: Data(json.utf8))
        #expect(field(["1_Pooling/config.json": file]) == expected)
    }

    @Test func pipelinesInAnotherOrderAreRefused() {
        func modules(_ types: String...) -> [String: Any] {
            ["modules.json": types.map { ["path": $0 == "Transformer" ? "" : "1_Pooling", "type": "x." + $0] }]
        }
        #expect(field(modules("Transformer", "Pooling", "Normalize")) == nil)
        #expect(field(modules("Transformer", "Normalize", "Pooling")) == "1.type")
        #expect(field(modules("Pooling", "Transformer")) == "1.type")
        #expect(field(modules("Transformer", "Pooling", "LSTM")) == "2.type")
        #expect(field(modules("Transformer")) == "Pooling")
        #expect(field(["modules.json": [["path": "0_T", "type": "x.Transformer"]]]) == "0.path")
    }

    @Test func aSurrogateAloneIsRefusedEverywhere() throws {
        for name in ["config.json", "tokenizer_config.json", "1_Pooling/config.json"] {
            let model = try MadeModel()
            try model.write(name, #"{"hidden_act": "\ud800", "pooling_mode": "\ud800", "truncation_side": "\ud800"}"#)
            #expect(throws: ModelError.self) { try model.load() }
        }
    }
}
