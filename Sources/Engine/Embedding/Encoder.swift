import Kernels
import Synchronization

/// The BERT encoder: its weights, packed for the products on first use, and the one forward pass
/// (Devlin et al. 2019, post-norm layers).
///
/// A batch is flat: the tokens of many texts one after the other, with cumulative lengths and no padding. Every sum
/// is taken in the same order whatever is computed beside it, so a text's vector doesn't depend on its neighbours in
/// the batch, to the last bit. Pooling, linear modules and normalisation follow the model's own files.
///
/// The file of the weights is mapped. The first use packs the weights (`PackedLinear`) and gives the pages of the
/// file back. A block of rows goes through a whole feed-forward network while it is in the second cache.
final class Encoder: Sendable {
    private let config: ModelConfiguration
    private let precision: Precision
    private let machine: InstructionSet
    private let stored: EncoderWeights
    private let position: Activations  // [maxPositions, hidden]
    private let kind: Activations  // [1, hidden]
    private let packed = Mutex<[PackedLayer]?>(nil)

    /// - Throws: `.malformed` or `.unsupported`, naming the tensor, when the file doesn't hold what
    ///   the configuration promises.
    init(
        _ config: ModelConfiguration, weights: Weights, precision: Precision, machine: InstructionSet
    ) throws(ModelError) {
        self.config = config
        self.precision = precision
        self.machine = machine
        stored = try EncoderWeights(config, weights)
        position = Activations(stored.position.values, rows: stored.position.rows, columns: config.hidden)
        kind = Activations(stored.kind.values, rows: stored.kind.rows, columns: config.hidden)
    }

    /// The layers ready for the products. The first call packs them, with `helpers` and the calling
    /// thread.
    func layers(packingWith helpers: WorkerPool) -> [PackedLayer] {
        packed.withLock { packed in
            if let packed { return packed }
            let slots = stored.layers.map(Slot.init)
            let next = Counter(limit: slots.count)
            let (activation, precision, machine) = (config.activation, precision, machine)
            let pack: @Sendable () -> Void = {
                while let index = next.take() { slots[index].pack(activation, precision, machine) }
            }
            helpers.run({ _ in pack() }, alongside: pack)
            let layers = slots.compactMap(\.layer)
            packed = layers
            return layers
        }
    }

    private final class Slot: Sendable {
        private let stored: EncoderWeights.Layer
        private let packed = Mutex<PackedLayer?>(nil)

        init(_ stored: EncoderWeights.Layer) { self.stored = stored }

        func pack(_ activation: Activation, _ precision: Precision, _ machine: InstructionSet) {
            let layer = PackedLayer(stored, activation, precision, machine)
            packed.withLock { $0 = layer }
        }

        /// Nil until it is packed.
        var layer: PackedLayer? { packed.withLock { $0 } }
    }

    /// Writes the pooled, normalised vector of each text of `batch` to its row of `output`. Called by
    /// every member of a team, with the same batch and space.
    ///
    /// - Parameter betweenSteps: called every millisecond or so, by one that works alone.
    func run(
        _ batch: TokenBatch, _ layers: [PackedLayer], _ space: ActivationBuffers, _ team: ThreadTeam,
        _ scratch: Scratch,
        into output: Activations, betweenSteps: () -> Void = {}
    ) {
        var member = ThreadTeam.Member(of: team)
        let tokens = batch.ids.count
        let x = space.hidden
        let positions = positions(of: batch)
        member.share(tokens) { rows in
            lookUp(
                batch.ids, positions: positions, rows: rows, word: stored.word, position: position,
                kind: kind, into: x)
            stored.entranceNorm.apply(to: x, rows: rows)
        }
        for layer in layers {
            for rows in Self.blocks(tokens) {
                betweenSteps()
                member.apply(layer.joined, to: x, rows, into: space.joined, with: scratch.bytes)
            }
            betweenSteps()
            member.share(batch.rows.count * config.heads) { pieces in
                attend(
                    space.joined, starts: batch.starts, heads: config.heads, share: pieces,
                    scratch: scratch.attention, into: space.context, machine: machine)
            }
            for rows in Self.blocks(tokens) {
                betweenSteps()
                finish(layer, rows, space, &member, scratch)
            }
        }
        member.share(batch.rows.count) { texts in
            for index in texts {
                pool(
                    batch.starts[index]..<batch.starts[index + 1], of: x, into: output,
                    row: batch.rows[index])
            }
        }
    }

    /// All of a layer that comes after attention, for rows few enough to stay in the cache.
    private func finish(
        _ layer: PackedLayer, _ rows: Range<Int>, _ space: ActivationBuffers, _ member: inout ThreadTeam.Member,
        _ scratch: Scratch
    ) {
        let (x, first) = (space.hidden, rows.lowerBound)
        func addAndNormalize(_ norm: LayerNorm) {
            member.share(rows.count) { part in
                norm.apply(
                    to: x, rows: first + part.lowerBound..<first + part.upperBound, adding: space.narrow,
                    additionStart: first)
            }
        }
        member.apply(
            layer.attentionOutput, to: space.context, rows, into: space.narrow, outputStart: first,
            with: scratch.bytes)
        addAndNormalize(layer.attentionNorm)
        member.apply(layer.widen, to: x, rows, into: space.wide, outputStart: first, with: scratch.bytes)
        member.apply(
            layer.narrow, to: space.wide, rows, inputStart: first, into: space.narrow, outputStart: first,
            with: scratch.bytes)
        addAndNormalize(layer.outputNorm)
    }

    private func pool(_ tokens: Range<Int>, of x: Activations, into output: Activations, row: Int) {
        switch config.pooling {
        case .mean: averageRows(tokens, of: x, into: output, row: row)
        case .cls: copyRow(tokens.lowerBound, of: x, into: output, row: row)
        }
        // A linear layer behind the pooling wants the vector as it is.
        if config.dense.isEmpty { normalizeRow(row, of: output) }
    }

    /// The position of each token. The RoBERTas count from above the padding position, where a padding
    /// token stays, which a text may spell, and doesn't count.
    private func positions(of batch: TokenBatch) -> [Int32] {
        let padding = Int32(config.positionOffset - 1)
        var positions: [Int32] = []
        positions.reserveCapacity(batch.ids.count)
        for (start, end) in zip(batch.starts, batch.starts.dropFirst()) {
            var last = padding
            for id in batch.ids[start..<end] {
                let counts = id != padding || padding < 0
                last += counts ? 1 : 0
                positions.append(counts ? last : padding)
            }
        }
        return positions
    }

    /// `count` rows in blocks of nearly equal size, at most `ActivationBuffers.rowsPerBlock`.
    static func blocks(_ count: Int) -> [Range<Int>] {
        let blocks = (count + ActivationBuffers.rowsPerBlock - 1) / ActivationBuffers.rowsPerBlock
        return (0..<blocks).map { count * $0 / blocks..<count * ($0 + 1) / blocks }
    }
}

extension ThreadTeam.Member {
    /// A linear layer whose panels the members share.
    fileprivate mutating func apply(
        _ layer: PackedLinear, to input: Activations, _ rows: Range<Int>, inputStart: Int = 0,
        into output: Activations, outputStart: Int = 0, with bytes: RowBytes
    ) {
        var isFirst = true
        share(layer.panels) { panels in
            layer.apply(
                input, rows: rows, inputStart: inputStart, into: output, outputStart: outputStart,
                share: panels, bytes: bytes, isFirst: isFirst)
            isFirst = false
        }
    }
}
