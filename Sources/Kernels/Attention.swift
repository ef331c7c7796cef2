internal import CKernels

/// Softmax(Q · Kᵀ / √width) · V for each sequence of a flat batch and each head.
///
/// Sequences lie one after another without padding; sequence i is rows
/// `starts[i]..<starts[i + 1]`. Tokens see their own sequence only, so no mask is needed.
///
/// - Parameters:
///   - joined: [tokens, 3 * hidden]; queries, keys and values side by side
///   - starts: cumulative lengths, one more than there are sequences, beginning with 0
///   - scores: scratch of at least (longest sequence)² floats
///   - output: [tokens, hidden]
public func attend(
    _ joined: Activations, starts: [Int], heads: Int, scores: Activations, into output: Activations
) {
    let hidden = output.columns
    precondition(heads > 0 && hidden % heads == 0 && joined.columns == 3 * hidden, "shapes don't fit")
    precondition(
        starts.first == 0 && starts[starts.count - 1] <= min(joined.rows, output.rows),
        "sequences outside the batch")
    let width = hidden / heads
    let scale = 1 / Float(width).squareRoot()
    for (start, end) in zip(starts, starts.dropFirst()) {
        let length = end - start
        precondition(length > 0 && length * length <= scores.rows * scores.columns, "scratch too small")
        for head in 0..<heads {
            let query = joined.base + start * joined.columns + head * width
            multiply(
                query, joined.columns, query + hidden, joined.columns, transposed: true,
                into: scores.base, length, rows: length, columns: length, inner: width, scale: scale)
            lh_softmax(scores.base, length, length)
            multiply(
                scores.base, length, query + 2 * hidden, joined.columns, transposed: false,
                into: output.base + start * hidden + head * width, hidden,
                rows: length, columns: width, inner: length)
        }
    }
}
