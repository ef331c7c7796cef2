import Kernels

/// The BERT encoder: weights, and the one forward pass (Devlin et al. 2019, post-norm layers).
struct Encoder: Sendable {
    /// One transformer layer; names and [output, input] shapes as in the checkpoint.
    struct Layer: Sendable {
        let query: Tensor  // [hidden, hidden]
        let key: Tensor  // [hidden, hidden]
        let value: Tensor  // [hidden, hidden]
        let joinedBias: Tensor  // [3 * hidden], of query, key and value
        let attentionOutput: Tensor  // [hidden, hidden]
        let attentionBias: Tensor  // [hidden]
        let attentionNorm: LayerNorm
        let widen: Tensor  // [intermediate, hidden]
        let widenBias: Tensor  // [intermediate]
        let narrow: Tensor  // [hidden, intermediate]
        let narrowBias: Tensor  // [hidden]
        let outputNorm: LayerNorm
    }

    /// A flat batch: the tokens of its texts one after another, without padding.
    struct Batch: Sendable {
        var ids: [Int32] = []
        /// Cumulative lengths: text i is `ids[starts[i]..<starts[i + 1]]`.
        var starts: [Int] = [0]
        /// Where each text's vector goes.
        var rows: [Int] = []

        mutating func append(_ tokens: [Int32], row: Int) {
            ids.append(contentsOf: tokens)
            starts.append(ids.count)
            rows.append(row)
        }
    }

    /// The buffers of a pass, reused by all layers and batches of one thread.
    final class Workspace {
        let hidden: Activations  // [tokens, hidden]
        let joined: Activations  // [tokens, 3 * hidden]
        let context: Activations  // [tokens, hidden]
        let narrow: Activations  // [tokens, hidden]
        let wide: Activations  // [tokens, intermediate]
        let scores: Activations  // [longest, longest]

        init(_ config: ModelConfiguration, tokens: Int, longest: Int) {
            hidden = Activations(rows: tokens, columns: config.hidden)
            joined = Activations(rows: tokens, columns: 3 * config.hidden)
            context = Activations(rows: tokens, columns: config.hidden)
            narrow = Activations(rows: tokens, columns: config.hidden)
            wide = Activations(rows: tokens, columns: config.intermediate)
            scores = Activations(rows: longest, columns: longest)
        }
    }

    let config: ModelConfiguration
    private let word: Tensor  // [vocabSize, hidden]
    private let position: Tensor  // [maxPositions, hidden]
    private let type: Tensor  // [tokenTypes, hidden]
    private let entranceNorm: LayerNorm
    private let layers: [Layer]

    /// - Throws: `.malformed` or `.unsupported`, naming the tensor, when the file doesn't hold what
    ///   the configuration promises.
    init(_ config: ModelConfiguration, weights: SafeTensors) throws(ModelError) {
        self.config = config
        let hidden = config.hidden
        // Some checkpoints keep the encoder inside a larger model.
        let root =
            weights.entries["embeddings.word_embeddings.weight"] == nil
                && weights.entries["bert.embeddings.word_embeddings.weight"] != nil ? "bert." : ""
        func vector(_ name: String, _ count: Int) throws(ModelError) -> Tensor {
            try weights.tensor(root + name, columns: count)
        }
        func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(ModelError) -> Tensor {
            try weights.tensor(root + name + ".weight", rows: rows, columns: columns)
        }
        func norm(_ name: String) throws(ModelError) -> LayerNorm {
            LayerNorm(
                gain: try vector(name + ".weight", hidden), shift: try vector(name + ".bias", hidden),
                epsilon: config.layerNormEps)
        }
        word = try matrix("embeddings.word_embeddings", config.vocabSize, hidden)
        position = try matrix("embeddings.position_embeddings", config.maxPositions, hidden)
        type = try matrix("embeddings.token_type_embeddings", config.tokenTypes, hidden)
        entranceNorm = try norm("embeddings.LayerNorm")
        var layers: [Layer] = []
        for index in 0..<config.layers {
            let at = "encoder.layer.\(index)."
            var joinedBias: [Float] = []
            for part in ["query", "key", "value"] {
                joinedBias += try vector(at + "attention.self.\(part).bias", hidden).values
            }
            layers.append(
                Layer(
                    query: try matrix(at + "attention.self.query", hidden, hidden),
                    key: try matrix(at + "attention.self.key", hidden, hidden),
                    value: try matrix(at + "attention.self.value", hidden, hidden),
                    joinedBias: Tensor(joinedBias, rows: 1, columns: 3 * hidden),
                    attentionOutput: try matrix(at + "attention.output.dense", hidden, hidden),
                    attentionBias: try vector(at + "attention.output.dense.bias", hidden),
                    attentionNorm: try norm(at + "attention.output.LayerNorm"),
                    widen: try matrix(at + "intermediate.dense", config.intermediate, hidden),
                    widenBias: try vector(at + "intermediate.dense.bias", config.intermediate),
                    narrow: try matrix(at + "output.dense", hidden, config.intermediate),
                    narrowBias: try vector(at + "output.dense.bias", hidden),
                    outputNorm: try norm(at + "output.LayerNorm")))
        }
        self.layers = layers
    }

    /// Writes the pooled, normalised vector of each text of `batch` to its row of `output`.
    func run(_ batch: Batch, _ space: Workspace, into output: Activations) {
        let tokens = batch.ids.count
        let x = space.hidden
        lookUp(batch.ids, starts: batch.starts, word: word, position: position, type: type, into: x)
        entranceNorm.apply(to: x, rows: tokens)
        for layer in layers {
            project(x, rows: tokens, by: layer.query, into: space.joined)
            project(x, rows: tokens, by: layer.key, into: space.joined, column: config.hidden)
            project(x, rows: tokens, by: layer.value, into: space.joined, column: 2 * config.hidden)
            addBias(layer.joinedBias, to: space.joined, rows: tokens)
            attend(
                space.joined, starts: batch.starts, heads: config.heads, scores: space.scores,
                into: space.context)
            project(space.context, rows: tokens, by: layer.attentionOutput, into: space.narrow)
            layer.attentionNorm.apply(
                adding: space.narrow, bias: layer.attentionBias, to: x, rows: tokens)
            project(x, rows: tokens, by: layer.widen, into: space.wide)
            addBiasAndGELU(layer.widenBias, to: space.wide, rows: tokens)
            project(space.wide, rows: tokens, by: layer.narrow, into: space.narrow)
            layer.outputNorm.apply(adding: space.narrow, bias: layer.narrowBias, to: x, rows: tokens)
        }
        for (index, row) in batch.rows.enumerated() {
            switch config.pooling {
            case .mean:
                averageRows(
                    batch.starts[index]..<batch.starts[index + 1], of: x, into: output, row: row)
            case .cls:
                copyRow(batch.starts[index], of: x, into: output, row: row)
            }
            normalizeRow(row, of: output)
        }
    }
}
