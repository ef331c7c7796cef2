internal import CKernels

/// Token vectors at the encoder's entrance: output[t] = word[ids[t]] + position[offset + p] + type, where
/// p counts from 0 in each sequence.
///
/// - Parameters:
///   - ids: one for each token of the flat batch; each a row of `word`
///   - starts: cumulative lengths, as in `attend`
///   - rows: the tokens to look up
///   - offset: where the position table begins: 0 in BERT, after the padding's in RoBERTa
///   - kind: the vector of the first token type, [columns], which is all that sentence encoders know
public func lookUp(
    _ ids: [Int32], starts: [Int], rows: Range<Int>, word: Tensor, position: Activations, offset: Int = 0,
    kind: Activations, into output: Activations
) {
    let columns = output.columns
    precondition(
        word.columns == columns && position.columns == columns && kind.columns == columns && kind.rows >= 1
            && ids.count <= output.rows && starts.last == ids.count && rows.upperBound <= ids.count,
        "shapes don't fit")
    for (start, end) in zip(starts, starts.dropFirst()) {
        precondition(offset + end - start <= position.rows, "sequence longer than the position table")
        for token in max(start, rows.lowerBound)..<max(min(end, rows.upperBound), start, rows.lowerBound) {
            let id = Int(ids[token])
            precondition(id >= 0 && id < word.rows, "token outside the vocabulary")
            lh_embed(
                output.base + token * output.stride, word.row(id), word.type.code,
                position.base + (offset + token - start) * position.stride, kind.base, columns)
        }
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
