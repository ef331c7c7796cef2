internal import CKernels

/// Softmax(Q · Kᵀ / √width) · V for some sequences of a flat batch and some heads.
///
/// Sequences lie one after another without padding; sequence i is rows
/// `starts[i]..<starts[i + 1]`. Tokens see their own sequence only, so no mask is needed.
///
/// - Parameters:
///   - joined: [tokens, 3 * hidden]; queries, keys and values side by side
///   - starts: cumulative lengths, one more than there are sequences, beginning with 0
///   - share: which of the sequences × heads pieces to compute; piece `i * heads + h` is head h of
///     sequence i
///   - output: [tokens, hidden]
public func attend(
    _ joined: Activations, starts: [Int], heads: Int, share: Range<Int>, scratch: AttentionScratch,
    into output: Activations, machine: InstructionSet = .best
) {
    let hidden = output.columns
    precondition(heads > 0 && hidden % heads == 0 && joined.columns == 3 * hidden, "shapes don't fit")
    precondition(
        starts.first == 0 && starts[starts.count - 1] <= min(joined.rows, output.rows)
            && share.lowerBound >= 0 && share.upperBound <= (starts.count - 1) * heads,
        "sequences outside the batch")
    let width = hidden / heads
    for piece in share {
        let (sequence, head) = piece.quotientAndRemainder(dividingBy: heads)
        let (start, end) = (starts[sequence], starts[sequence + 1])
        precondition(end > start, "an empty sequence")
        let query = joined.base + start * joined.stride + head * width
        lh_attend(
            machine.code, query, query + hidden, query + 2 * hidden, joined.stride, end - start, width,
            output.base + start * output.stride + head * width, output.stride,
            scratch.floats(lh_attend_scratch(end - start, width)))
    }
}

/// One thread's scratch for attention, as large as the longest sequence so far needs.
public final class AttentionScratch {
    private var base: UnsafeMutableRawPointer
    private var count = 0

    /// Scratch that grows when a sequence needs more; one thread at a time may use it.
    public init() { base = .allocate(byteCount: 64, alignment: 64) }

    deinit { base.deallocate() }

    func floats(_ wanted: Int) -> UnsafeMutablePointer<Float> {
        if wanted > count {
            base.deallocate()
            base = .allocate(byteCount: wanted * MemoryLayout<Float>.stride, alignment: 64)
            count = wanted
        }
        return base.assumingMemoryBound(to: Float.self)
    }
}
