internal import CBLAS
internal import CKernels

/// One BLAS thread per caller: the encoder runs a batch on each core, which also spreads what
/// BLAS doesn't do, and a library that starts threads of its own would only fight with that.
private let singleThreadedBLAS: Void = openblas_set_num_threads(1)

/// C = scale * A · B (or A · Bᵀ), all row-major, `lda` and so on in floats.
func multiply(
    _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int, transposed: Bool,
    into c: UnsafeMutablePointer<Float>, _ ldc: Int, rows: Int, columns: Int, inner: Int,
    scale: Float = 1
) {
    _ = singleThreadedBLAS
    cblas_sgemm(
        CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans,
        blasint(rows), blasint(columns), blasint(inner), scale, a, blasint(lda), b, blasint(ldb),
        0, c, blasint(ldc))
}

/// output[r, column...] = input[r] · weightᵀ for the first `rows` rows, without bias.
///
/// - Parameters:
///   - input: at least [rows, weight.columns]
///   - weight: [outputs, inputs], as PyTorch keeps a linear layer
///   - column: where in a row of `output` the result begins, so that several projections can
///     share one matrix
public func project(
    _ input: Activations, rows: Int, by weight: Tensor, into output: Activations, column: Int = 0
) {
    precondition(
        input.columns == weight.columns && rows <= input.rows && rows <= output.rows
            && column >= 0 && column + weight.rows <= output.columns, "shapes don't fit")
    multiply(
        input.base, input.columns, weight.base, weight.columns, transposed: true,
        into: output.base + column, output.columns, rows: rows, columns: weight.rows,
        inner: weight.columns)
}

/// x[r] += bias for the first `rows` rows.
public func addBias(_ bias: Tensor, to x: Activations, rows: Int) {
    precondition(bias.columns == x.columns && rows <= x.rows, "shapes don't fit")
    lh_bias(x.base, bias.base, rows, x.columns)
}

/// x[r] = gelu(x[r] + bias) for the first `rows` rows, by the exact GELU, x·Φ(x).
public func addBiasAndGELU(_ bias: Tensor, to x: Activations, rows: Int) {
    precondition(bias.columns == x.columns && rows <= x.rows, "shapes don't fit")
    lh_bias_gelu(x.base, bias.base, rows, x.columns)
}
