import Foundation
import TestModels

@testable import Embedding

/// A model folder with made-up weights, for tests of shapes and of what can be wrong with a file.
/// The folder is removed with the value.
final class MadeModel {
    static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "##a", "##b", "##c", "abc",
        "hello", "world", "É", "e",
    ]

    let path: String
    var config: [String: Any] = [
        "model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 2,
        "num_attention_heads": 2, "hidden_size": 8, "intermediate_size": 16,
        "max_position_embeddings": 12, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        "vocab_size": MadeModel.pieces.count,
    ]
    /// Name, type, shape, bytes; in the order of the file.
    var tensors: [MadeWeights.Tensor] = []

    init(type: String = "F32") throws {
        path = FileManager.default.temporaryDirectory.path + "/longhand-tiny-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path + "/1_Pooling", withIntermediateDirectories: true)
        tensors = MadeWeights.tensors(
            MadeWeights.shapes(pieces: Self.pieces.count, positions: 12, layers: 2, hidden: 8, wide: 16), type: type)
        try writeAll()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func writeAll() throws {
        try write("config.json", json: config)
        try write("vocab.txt", Self.pieces.joined(separator: "\n") + "\n")
        try write(
            "1_Pooling/config.json",
            json: ["pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false])
        try write("model.safetensors", bytes: file())
    }

    func write(_ name: String, json: Any) throws {
        try JSONSerialization.data(withJSONObject: json).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

    func write(_ name: String, bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func load() throws -> Embedder { try Embedder(ModelDirectory(path: path)) }

    /// What the files declare. A method, so that the folder is there as long as it is read.
    func configuration() throws -> ModelConfiguration { try ModelDirectory(path: path).config }

    /// The safetensors file of `tensors`.
    func file() -> [UInt8] { MadeWeights.file(tensors) }
}

extension MadeModel {
    /// Why it can't be opened; nil when it can.
    func failure() -> ModelError? {
        do {
            _ = try load()
            return nil
        } catch {
            return error as? ModelError
        }
    }

    /// Puts the weights into two files and an index instead of the one.
    func shard() throws {
        try? remove("model.safetensors")
        let all = tensors
        defer { tensors = all }
        let half = all.count / 2
        for (name, part) in [("model-1.safetensors", all[..<half]), ("model-2.safetensors", all[half...])] {
            tensors = Array(part)
            try write(name, bytes: file())
        }
        tensors = all
        try index { _ in }
    }

    /// Writes the index of the two files, changed.
    func index(_ change: (inout [String: String]) -> Void) throws {
        var map: [String: String] = [:]
        for (place, tensor) in tensors.enumerated() {
            map[tensor.name] = place < tensors.count / 2 ? "model-1.safetensors" : "model-2.safetensors"
        }
        change(&map)
        try write("model.safetensors.index.json", json: ["metadata": ["total_size": 1], "weight_map": map])
    }
}
