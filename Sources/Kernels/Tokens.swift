internal import CKernels

/// Token vectors at the encoder's entrance: output[t] = word[ids[t]] + position[p] + type, where
/// p counts from 0 in each sequence.
///
/// - Parameters:
///   - ids: one for each token of the flat batch; each a row of `word`
///   - starts: cumulative lengths, as in `attend`
///   - type: one row, since a sentence encoder only knows the first token type
public func lookUp(
    _ ids: [Int32], starts: [Int], word: Tensor, position: Tensor, type: Tensor,
    into output: Activations
) {
    let columns = output.columns
    precondition(
        word.columns == columns && position.columns == columns && type.columns == columns
            && type.rows >= 1 && ids.count <= output.rows && starts.last == ids.count,
        "shapes don't fit")
    for (start, end) in zip(starts, starts.dropFirst()) {
        precondition(end - start <= position.rows, "sequence longer than the position table")
        for token in start..<end {
            let id = Int(ids[token])
            precondition(id >= 0 && id < word.rows, "token outside the vocabulary")
            lh_sum3(
                output.base + token * columns, word.base + id * columns,
                position.base + (token - start) * columns, type.base, columns)
        }
    }
}

/// output[row] = the mean of x's rows in `range`, which isn't empty.
public func averageRows(_ range: Range<Int>, of x: Activations, into output: Activations, row: Int) {
    precondition(
        !range.isEmpty && range.upperBound <= x.rows && x.columns == output.columns
            && row < output.rows, "shapes don't fit")
    lh_mean_rows(
        output.base + row * output.columns, x.base + range.lowerBound * x.columns, range.count,
        x.columns)
}

/// output[row] = x[index].
public func copyRow(_ index: Int, of x: Activations, into output: Activations, row: Int) {
    precondition(
        index < x.rows && x.columns == output.columns && row < output.rows, "shapes don't fit")
    (output.base + row * output.columns).update(from: x.base + index * x.columns, count: x.columns)
}

/// Scales one row to length one; a row of zeros stays as it is.
public func normalizeRow(_ row: Int, of x: Activations) {
    precondition(row < x.rows, "no such row")
    lh_normalize(x.base + row * x.columns, x.columns)
}
