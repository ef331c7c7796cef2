import Kernels
import Synchronization

/// A flat batch: the tokens of its texts one after another, without padding.
struct TokenBatch: Sendable {
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

    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        starts = [0]
        rows.removeAll(keepingCapacity: true)
    }
}

/// The buffers of a pass, reused by all layers and batches; the members of a team share them.
final class ActivationBuffers: Sendable {
    /// Tokens that go through a layer's feed-forward network at a time: their [tokens, intermediate]
    /// floats stay in the second cache from one product to the next.
    static let rowsPerBlock = 96

    let tokens: Int
    let hidden: Activations  // [tokens, hidden]
    let joined: Activations  // [tokens, 3 * hidden]
    let context: Activations  // [tokens, hidden]
    let narrow: Activations  // [rowsPerBlock, hidden]
    let wide: Activations  // [rowsPerBlock, intermediate]

    /// Room for a batch of `tokens` tokens.
    init(_ config: ModelConfiguration, tokens: Int) {
        self.tokens = tokens
        hidden = Activations(rows: tokens, columns: config.hidden)
        joined = Activations(rows: tokens, columns: 3 * config.hidden)
        context = Activations(rows: tokens, columns: config.hidden)
        narrow = Activations(rows: Self.rowsPerBlock, columns: config.hidden)
        wide = Activations(rows: Self.rowsPerBlock, columns: config.intermediate)
    }
}

/// What a thread needs for itself.
final class Scratch: @unchecked Sendable {
    // Unchecked: it belongs to one member of a team.
    let attention = AttentionScratch()
    let bytes: RowBytes

    init(_ config: ModelConfiguration) {
        bytes = RowBytes(rows: ActivationBuffers.rowsPerBlock, columns: max(config.hidden, config.intermediate))
    }
}

/// Where passes are made, one after another: the batch, the buffers and each member's scratch.
final class InferenceContext: @unchecked Sendable {
    // Unchecked: the batch and the buffers change only between passes.
    let scratches: [Scratch]
    var batch = TokenBatch()
    private(set) var space: ActivationBuffers

    init(_ config: ModelConfiguration, members: Int) {
        scratches = (0..<members).map { _ in Scratch(config) }
        space = ActivationBuffers(config, tokens: 0)
    }

    /// Makes the buffers as large as the batch asks.
    func makeRoom(_ config: ModelConfiguration) {
        guard batch.ids.count > space.tokens else { return }
        space = ActivationBuffers(config, tokens: batch.ids.count)
    }
}
