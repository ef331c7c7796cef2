internal import CKernels

/// Token vectors at the encoder's entrance: output[t] = word[ids[t]] + position[positions[t]] + kind.
///
/// - Parameters:
///   - ids: one for each token of the flat batch; each a row of `word`
///   - positions: one for each token; each a row of `position`
///   - rows: the tokens to look up
///   - kind: its first row is taken: sentence encoders only know the first token type
public func lookUp(
    _ ids: [Int32], positions: [Int32], rows: Range<Int>, word: Tensor, position: Activations,
    kind: Activations, into output: Activations
) {
    let columns = output.columns
    precondition(
        word.columns == columns && position.columns == columns && kind.columns == columns && kind.rows >= 1
            && rows.upperBound <= min(ids.count, output.rows) && positions.count == ids.count,
        "shapes don't fit")
    for token in rows {
        let (id, row) = (Int(ids[token]), Int(positions[token]))
        precondition(id >= 0 && id < word.rows, "token outside the vocabulary")
        precondition(row >= 0 && row < position.rows, "position outside the table")
        lh_embed(
            output.base + token * output.stride, word.row(id), word.type.code,
            position.base + row * position.stride, kind.base, columns)
    }
}

/// output[row] = the mean of x's rows in `range`, which isn't empty.
public func averageRows(_ range: Range<Int>, of x: Activations, into output: Activations, row: Int) {
    precondition(
        !range.isEmpty && range.upperBound <= x.rows && x.columns == output.columns
            && row < output.rows, "shapes don't fit")
    lh_mean_rows(
        output.base + row * output.stride, x.base + range.lowerBound * x.stride, x.stride, range.count,
        x.columns)
}

/// output[row] = x[index].
public func copyRow(_ index: Int, of x: Activations, into output: Activations, row: Int) {
    precondition(
        index < x.rows && x.columns == output.columns && row < output.rows, "shapes don't fit")
    (output.base + row * output.stride).update(from: x.base + index * x.stride, count: x.columns)
}

/// Scales one row to length one; a row of zeros stays as it is.
public func normalizeRow(_ row: Int, of x: Activations) {
    precondition(row < x.rows, "no such row")
    lh_normalize(x.base + row * x.stride, x.columns)
}
