internal import CKernels

/// The learned part of a layer norm: y = (x - mean) / sqrt(variance + epsilon) * gain + shift.
public struct LayerNorm: Sendable {
    public let gain: Tensor
    public let shift: Tensor
    public let epsilon: Float

    public init(gain: Tensor, shift: Tensor, epsilon: Float) {
        precondition(gain.columns == shift.columns, "gain and shift differ in length")
        self.gain = gain
        self.shift = shift
        self.epsilon = epsilon
    }

    /// x[r] = norm(x[r]) for the first `rows` rows.
    public func apply(to x: Activations, rows: Int) {
        precondition(gain.columns == x.columns && rows <= x.rows, "shapes don't fit")
        lh_layer_norm(x.base, gain.base, shift.base, epsilon, rows, x.columns)
    }

    /// x[r] = norm(x[r] + addition[r] + bias): the residual step after attention and after the
    /// feed-forward network, in one pass.
    public func apply(adding addition: Activations, bias: Tensor, to x: Activations, rows: Int) {
        precondition(
            gain.columns == x.columns && addition.columns == x.columns && bias.columns == x.columns
                && rows <= x.rows && rows <= addition.rows, "shapes don't fit")
        lh_residual_layer_norm(
            x.base, addition.base, bias.base, x.base, gain.base, shift.base, epsilon, rows, x.columns)
    }
}
