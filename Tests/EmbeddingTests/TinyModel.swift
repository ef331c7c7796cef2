import Foundation

@testable import Embedding

/// A model folder with made-up weights, for tests of shapes and of what can be wrong with a file.
/// The folder is removed with the value.
final class TinyModel {
    static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "##a", "##b", "##c", "abc",
        "hello", "world", "É", "e",
    ]

    let path: String
    var config: [String: Any] = [
        "model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 2,
        "num_attention_heads": 2, "hidden_size": 8, "intermediate_size": 16,
        "max_position_embeddings": 12, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        "vocab_size": TinyModel.pieces.count,
    ]
    /// Name, type, shape, bytes; in the order of the file.
    var tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])] = []

    init(type: String = "F32") throws {
        path = FileManager.default.temporaryDirectory.path + "/longhand-tiny-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path + "/1_Pooling", withIntermediateDirectories: true)
        fill(type)
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
    func file() -> [UInt8] {
        var entries: [String] = []
        var data: [UInt8] = []
        for tensor in tensors {
            entries.append(
                "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":\(tensor.shape),"
                    + "\"data_offsets\":[\(data.count),\(data.count + tensor.bytes.count)]}")
            data += tensor.bytes
        }
        return Self.file(header: "{" + entries.joined(separator: ",") + "}", data: data)
    }

    static func file(header: String, data: [UInt8]) -> [UInt8] {
        let length = UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
    }

    private func fill(_ type: String) {
        var seed: UInt64 = 42
        func add(_ name: String, _ shape: [Int]) {
            var bytes: [UInt8] = []
            for _ in 0..<shape.reduce(1, *) {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Eight bits and a power of two: exact in every float type. Gains are one and the
                // words weigh more than the layers, so that different texts stay different.
                let scale: Float = name.contains("word_embeddings") ? 64 : 512
                let gain = name.hasSuffix("LayerNorm.weight")
                let value = gain ? 1 : Float(Int(seed >> 56) - 128) / scale
                let bits = value.bitPattern
                switch type {
                case "BF16": bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 24)]
                default: bytes += (0..<4).map { UInt8(bits >> (8 * $0) & 0xFF) }
                }
            }
            tensors.append((name, type, shape, bytes))
        }
        let hidden = 8
        let wide = 16
        add("embeddings.word_embeddings.weight", [Self.pieces.count, hidden])
        add("embeddings.position_embeddings.weight", [12, hidden])
        add("embeddings.token_type_embeddings.weight", [2, hidden])
        for part in ["weight", "bias"] { add("embeddings.LayerNorm." + part, [hidden]) }
        for layer in 0..<2 {
            let at = "encoder.layer.\(layer)."
            for (name, out, input) in [
                ("attention.self.query", hidden, hidden), ("attention.self.key", hidden, hidden),
                ("attention.self.value", hidden, hidden), ("attention.output.dense", hidden, hidden),
                ("intermediate.dense", wide, hidden), ("output.dense", hidden, wide),
            ] {
                add(at + name + ".weight", [out, input])
                add(at + name + ".bias", [out])
            }
            for norm in ["attention.output.LayerNorm", "output.LayerNorm"] {
                for part in ["weight", "bias"] { add(at + norm + "." + part, [hidden]) }
            }
        }
    }
}

extension TinyModel {
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
