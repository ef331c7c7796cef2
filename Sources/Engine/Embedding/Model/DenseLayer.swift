import Kernels

/// A linear layer behind the pooling: y = activation(W·x + b).
struct DenseLayer: Sendable {
    private let linear: PackedLinear

    /// - Throws: `.malformed` naming the tensor, `.pickled` when there is only a `pytorch_model.bin`.
    init(_ module: DenseModule, in directory: ModelDirectory) throws(ModelError) {
        let weights = try Weights(in: directory.file(module.folder))
        let weight = try weights.tensor("linear.weight", rows: module.outputs, columns: module.inputs)
        let bias =
            module.hasBias
            ? try weights.finiteVector("linear.bias", module.outputs)
            : Tensor([Float](repeating: 0, count: module.outputs), rows: 1, columns: module.outputs)
        linear = PackedLinear([(weight, bias)], activation: module.hasTanh ? .tanh : .none)
    }

    /// The pooled vectors [texts, hidden] through all `layers`, each scaled to length one. Without
    /// layers they are what the encoder made them.
    static func apply(_ layers: [DenseLayer], to pooled: Activations) -> Activations {
        var current = pooled
        for layer in layers {
            let next = Activations(rows: pooled.rows, columns: layer.linear.outputs)
            layer.linear.apply(
                current, rows: 0..<pooled.rows, into: next, share: 0..<layer.linear.panels,
                bytes: RowBytes(rows: 0, columns: 0))
            current = next
        }
        if !layers.isEmpty {
            for row in 0..<current.rows { normalizeRow(row, of: current) }
        }
        return current
    }
}
