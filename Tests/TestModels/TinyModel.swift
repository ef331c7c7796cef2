/// The files of a BERT sentence encoder with made-up weights: whole, valid, and a few kilobytes small, for
/// tests of what is done with models rather than of what they compute.
public struct TinyModel: Sendable {
    /// By their path in the model's folder.
    public var files: [String: [UInt8]]

    /// Floats in a vector.
    public static let dimensions = 8

    private static let pieces =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + (UInt8(ascii: "a")...UInt8(ascii: "z")).flatMap { letter in
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
            "1_Pooling/config.json": Array(#"{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false}"#.utf8),
            "model.safetensors": Self.safetensors(Self.tensors(seed: seed)),
        ]
    }

    public var weights: [UInt8] { files["model.safetensors"] ?? [] }

    public typealias Tensor = (name: String, shape: [Int], bytes: [UInt8])

    /// The weights in two shards and their index, in place of the one file.
    public func sharded() -> TinyModel {
        var model = self
        model.files["model.safetensors"] = nil
        let tensors = Self.tensors(seed: 42)
        let names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
        let parts = [Array(tensors.prefix(5)), Array(tensors.dropFirst(5))]
        var map: [String] = []
        for (name, part) in zip(names, parts) {
            model.files[name] = Self.safetensors(part)
            map += part.map { "\"\($0.name)\":\"\(name)\"" }
        }
        model.files["model.safetensors.index.json"] = Array("{\"weight_map\":{\(map.joined(separator: ","))}}".utf8)
        return model
    }

    /// Eight bytes of header length, the header, the data.
    public static func safetensors(_ tensors: [Tensor]) -> [UInt8] {
        var entries: [String] = []
        var data: [UInt8] = []
        for tensor in tensors {
            entries.append(
                "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),"
                    + "\"data_offsets\":[\(data.count),\(data.count + tensor.bytes.count)]}")
            data += tensor.bytes
        }
        let header = Array(("{" + entries.joined(separator: ",") + "}").utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
    }

    private static func tensors(seed: UInt64) -> [Tensor] {
        var state = seed
        var tensors: [Tensor] = []
        func add(_ name: String, _ shape: [Int]) {
            var bytes: [UInt8] = []
            for _ in 0..<shape.reduce(1, *) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Gains are one and words weigh more than layers, so that different texts stay different.
                let scale: Float = name.contains("word_embeddings") ? 64 : 512
                let value = name.hasSuffix("LayerNorm.weight") ? 1 : Float(Int(state >> 56) - 128) / scale
                let bits = value.bitPattern
                bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
            }
            tensors.append((name, shape, bytes))
        }
        let hidden = dimensions
        let wide = 16
        add("embeddings.word_embeddings.weight", [pieces.count, hidden])
        add("embeddings.position_embeddings.weight", [positions, hidden])
        add("embeddings.token_type_embeddings.weight", [2, hidden])
        for part in ["weight", "bias"] { add("embeddings.LayerNorm." + part, [hidden]) }
        let at = "encoder.layer.0."
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
        return tensors
    }
}
