import Kernels

/// The weights of a BERT encoder as the checkpoint names and stores them; nothing is copied.
struct EncoderWeights: Sendable {
    /// A linear layer: [output, input] and [1, output].
    typealias Linear = (weight: Tensor, bias: Tensor)

    /// One transformer layer.
    struct Layer: Sendable {
        let query: Linear  // [hidden, hidden]
        let key: Linear  // [hidden, hidden]
        let value: Linear  // [hidden, hidden]
        let attentionOutput: Linear  // [hidden, hidden]
        let attentionNorm: LayerNorm
        let widen: Linear  // [intermediate, hidden]
        let narrow: Linear  // [hidden, intermediate]
        let outputNorm: LayerNorm

        var matrices: [Tensor] {
            [query, key, value, attentionOutput, widen, narrow].map(\.weight)
        }
    }

    let word: Tensor  // [vocabSize, hidden]
    let position: Tensor  // [maxPositions, hidden]
    let kind: Tensor  // [tokenTypes, hidden]
    let entranceNorm: LayerNorm
    let layers: [Layer]

    /// - Throws: `.malformed` or `.unsupported`, naming the tensor, when the file doesn't hold what
    ///   the configuration promises.
    init(_ config: ModelConfiguration, _ weights: Weights) throws(ModelError) {
        let hidden = config.hidden
        // Some checkpoints keep the encoder inside a larger model.
        let root =
            ["", "bert.", "roberta."].first { weights.contains($0 + "embeddings.word_embeddings.weight") }
            ?? ""
        func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(ModelError) -> Tensor {
            try weights.tensor(root + name + ".weight", rows: rows, columns: columns)
        }
        func linear(_ name: String, _ rows: Int, _ columns: Int) throws(ModelError) -> Linear {
            (try matrix(name, rows, columns), try weights.finiteVector(root + name + ".bias", rows))
        }
        func norm(_ name: String) throws(ModelError) -> LayerNorm {
            LayerNorm(
                gain: try weights.finiteVector(root + name + ".weight", hidden),
                shift: try weights.finiteVector(root + name + ".bias", hidden),
                epsilon: config.layerNormEps)
        }
        word = try matrix("embeddings.word_embeddings", config.vocabSize, hidden)
        position = try matrix("embeddings.position_embeddings", config.maxPositions, hidden)
        kind = try matrix("embeddings.token_type_embeddings", config.tokenTypes, hidden)
        entranceNorm = try norm("embeddings.LayerNorm")
        var layers: [Layer] = []
        for index in 0..<config.layers {
            let at = "encoder.layer.\(index)."
            layers.append(
                Layer(
                    query: try linear(at + "attention.self.query", hidden, hidden),
                    key: try linear(at + "attention.self.key", hidden, hidden),
                    value: try linear(at + "attention.self.value", hidden, hidden),
                    attentionOutput: try linear(at + "attention.output.dense", hidden, hidden),
                    attentionNorm: try norm(at + "attention.output.LayerNorm"),
                    widen: try linear(at + "intermediate.dense", config.intermediate, hidden),
                    narrow: try linear(at + "output.dense", hidden, config.intermediate),
                    outputNorm: try norm(at + "output.LayerNorm")))
        }
        self.layers = layers
    }
}

/// A layer ready for the products.
struct PackedLayer: Sendable {
    let joined: PackedLinear  // query, key and value side by side: [3 * hidden, hidden]
    let attentionOutput: PackedLinear
    let attentionNorm: LayerNorm
    let widen: PackedLinear
    let narrow: PackedLinear
    let outputNorm: LayerNorm

    init(
        _ layer: EncoderWeights.Layer, _ activation: Activation, _ precision: Precision, _ machine: InstructionSet
    ) {
        func pack(_ parts: [EncoderWeights.Linear], _ activation: Activation = .none) -> PackedLinear {
            PackedLinear(parts, activation: activation, precision: precision, machine: machine)
        }
        joined = pack([layer.query, layer.key, layer.value])
        attentionOutput = pack([layer.attentionOutput])
        attentionNorm = layer.attentionNorm
        widen = pack([layer.widen], activation)
        narrow = pack([layer.narrow])
        outputNorm = layer.outputNorm
        // What is packed isn't read from the file again.
        for matrix in layer.matrices { matrix.letGo() }
    }
}
