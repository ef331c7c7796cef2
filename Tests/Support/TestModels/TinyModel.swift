/// The files of a BERT sentence encoder with made-up weights: whole, valid, and a few kilobytes small, for
/// tests of what is done with models rather than of what they compute.
public struct TinyModel: Sendable {
    /// By their path in the model's folder.
    public var files: [String: [UInt8]]

    /// Floats in a vector.
    public static let dimensions = 8

    private static let pieces =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        + (UInt8(ascii: "a")...UInt8(ascii: "z")).flatMap { letter in
            let character = String(UnicodeScalar(letter))
            return [character, "##" + character]
        }
    private static let positions = 64

    /// - Parameter seed: other weights for another number.
    public init(seed: UInt64 = 42) {
        let config = """
            {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 1, "num_attention_heads": 2,
             "hidden_size": 8, "intermediate_size": 16, "max_position_embeddings": \(Self.positions), "type_vocab_size": 2,
             "layer_norm_eps": 1e-12, "vocab_size": \(Self.pieces.count)}
            """
        files = [
            "config.json": Array(config.utf8),
            "vocab.txt": Array((Self.pieces.joined(separator: "\n") + "\n").utf8),
            "modules.json": Array(
                #"[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]"#
                    .utf8),
            "1_Pooling/config.json": Array(
                #"{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false}"#.utf8),
            "model.safetensors": MadeWeights.file(Self.tensors(seed: seed)),
        ]
    }

    public var weights: [UInt8] { files["model.safetensors"] ?? [] }

    /// The weights in two shards and their index, in place of the one file.
    public func sharded() -> TinyModel {
        var model = self
        model.files["model.safetensors"] = nil
        let tensors = Self.tensors(seed: 42)
        let names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
        let parts = [Array(tensors.prefix(5)), Array(tensors.dropFirst(5))]
        var map: [String] = []
        for (name, part) in zip(names, parts) {
            model.files[name] = MadeWeights.file(part)
            map += part.map { "\"\($0.name)\":\"\(name)\"" }
        }
        model.files["model.safetensors.index.json"] = Array("{\"weight_map\":{\(map.joined(separator: ","))}}".utf8)
        return model
    }

    private static func tensors(seed: UInt64) -> [MadeWeights.Tensor] {
        MadeWeights.tensors(
            MadeWeights.shapes(pieces: pieces.count, positions: positions, layers: 1, hidden: dimensions, wide: 16),
            seed: seed)
    }
}
