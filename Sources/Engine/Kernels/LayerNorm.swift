internal import CKernels

/// The learned part of a layer norm: y = (x - mean) / sqrt(variance + epsilon) * gain + shift.
public struct LayerNorm: Sendable {
    /// Added to the variance, so that a row of equal numbers divides by no zero.
    public let epsilon: Float
    private let parameters: Activations  // [2, columns]: gain, shift

    /// - Parameters:
    ///   - gain: [1, columns]
    ///   - shift: [1, columns]
    public init(gain: Tensor, shift: Tensor, epsilon: Float) {
        precondition(gain.columns == shift.columns, "gain and shift differ in length")
        parameters = Activations(gain.values + shift.values, rows: 2, columns: gain.columns)
        self.epsilon = epsilon
    }

    /// x[r] = norm(x[r] + addition[r - additionStart]) for the rows given: the residual step after
    /// attention and after the feed-forward network, in one pass. Without an addition, norm(x[r]).
    public func apply(
        to x: Activations, rows: Range<Int>, adding addition: Activations? = nil, additionStart: Int = 0
    ) {
        precondition(parameters.columns == x.columns && rows.upperBound <= x.rows, "shapes don't fit")
        if let addition {
            precondition(
                addition.stride == x.stride && rows.lowerBound >= additionStart
                    && rows.upperBound - additionStart <= addition.rows, "shapes don't fit")
        }
        guard !rows.isEmpty else { return }
        lh_layer_norm(
            x.base + rows.lowerBound * x.stride,
            addition.map { UnsafePointer($0.base) + (rows.lowerBound - additionStart) * $0.stride },
            x.stride, rows.count, x.columns, parameters.base, parameters.base + parameters.stride, epsilon)
    }
}
