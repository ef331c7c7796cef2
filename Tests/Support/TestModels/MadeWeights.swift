/// Weights of a BERT encoder that are made up, and the safetensors file of them.
public enum MadeWeights {
    public typealias Tensor = (name: String, type: String, shape: [Int], bytes: [UInt8])

    /// The tensors' names and shapes, in the order of a file.
    public static func shapes(
        pieces: Int, positions: Int, types: Int = 2, layers: Int, hidden: Int, wide: Int
    ) -> [(name: String, shape: [Int])] {
        var shapes: [(name: String, shape: [Int])] = []
        func add(_ name: String, _ shape: [Int]) { shapes.append((name, shape)) }
        add("embeddings.word_embeddings.weight", [pieces, hidden])
        add("embeddings.position_embeddings.weight", [positions, hidden])
        add("embeddings.token_type_embeddings.weight", [types, hidden])
        for part in ["weight", "bias"] { add("embeddings.LayerNorm." + part, [hidden]) }
        for layer in 0..<layers {
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
        return shapes
    }

    /// The shapes filled with numbers of eight bits over a power of two, exact in every float type. Gains are one and
    /// words weigh more than layers, so that different texts stay different.
    ///
    /// - Parameter type: `F32` or `BF16`; any other is the name of the first with bytes of F32.
    public static func tensors(_ shapes: [(name: String, shape: [Int])], type: String = "F32", seed: UInt64 = 42)
        -> [Tensor]
    {
        var state = seed
        return shapes.map { name, shape in
            let scale: Float = name.contains("word_embeddings") ? 64 : 512
            var bytes: [UInt8] = []
            for _ in 0..<shape.reduce(1, *) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let value = name.hasSuffix("LayerNorm.weight") ? 1 : Float(Int(state >> 56) - 128) / scale
                let bits = value.bitPattern
                bytes += (type == "BF16" ? 2..<4 : 0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
            }
            return (name, type, shape, bytes)
        }
    }

    /// Eight bytes of header length, the header, the data.
    public static func file(_ tensors: [Tensor]) -> [UInt8] {
        var entries: [String] = []
        var data: [UInt8] = []
        for tensor in tensors {
            entries.append(
                "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":\(tensor.shape),"
                    + "\"data_offsets\":[\(data.count),\(data.count + tensor.bytes.count)]}")
            data += tensor.bytes
        }
        return file(header: "{" + entries.joined(separator: ",") + "}", data: data)
    }

    public static func file(header: String, data: [UInt8]) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) } + Array(header.utf8) + data
    }
}
