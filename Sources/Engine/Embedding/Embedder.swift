import Dispatch
import FoundationEssentials
import Kernels
import Synchronization

/// Turns texts into vectors with a local BERT or XLM-RoBERTa sentence encoder.
///
/// Any number of threads may encode at once. Passages are encoded by a pool of polite threads, a
/// batch on each; a query is encoded by all cores together, and while it is, the batches wait.
public final class Embedder: Sendable {
    /// What a text is for. Some models want a different prefix for each; most make no difference.
    public enum Role: Sendable, Equatable {
        case query
        case passage
    }

    /// The model's name, which is its folder's.
    public let name: String
    /// Floats in a vector.
    public let dimension: Int
    /// Longest input in tokens, `[CLS]` and `[SEP]` included. What is beyond it is cut off.
    public let maxTokens: Int
    /// A hash of weights, vocabulary, pooling, prefixes and precision: vectors of two embedders may be
    /// compared if and only if theirs are equal. Sampled, see `Fingerprint`.
    public let fingerprint: String
    /// What the encoder computes with.
    public let precision: Precision

    private let config: ModelConfiguration
    private let tokenizer: any Tokenizer
    private let encoder: Encoder
    private let dense: [DenseLayer]
    private let passageWorkers: WorkerPool
    /// One less than there are cores: the thread that asks works too.
    private let queryHelpers: WorkerPool
    private let priority = PriorityGate()
    /// The buffers of queries, of which there is one at a time.
    private let queryContext = Mutex<InferenceContext?>(nil)

    /// More texts than this are no question but a list, and go the way of passages.
    private static let mostQueries = 16

    /// Tokens computed together: enough for the matrix products to run at full speed, few enough that
    /// a thread's buffers (about 10 KiB a token in MiniLM) stay in the cache.
    private static let tokensPerBatch = 192

    /// Maps the weights and reads the vocabulary; takes some milliseconds, whatever the size of
    /// the weights. They are packed on first use.
    ///
    /// - Throws: `ModelError`, naming the file and the field.
    public convenience init(
        _ directory: ModelDirectory, precision: Precision = .fp32
    ) throws(ModelError) {
        try self.init(
            directory, precision: precision, machine: .best,
            cores: ProcessInfo.processInfo.activeProcessorCount)
    }

    init(
        _ directory: ModelDirectory, precision: Precision, machine: InstructionSet, cores: Int
    ) throws(ModelError) {
        let weights = try Weights(in: directory.path)
        config = directory.config
        let vocabulary = try directory.vocabulary()
        tokenizer = vocabulary.tokenizer
        encoder = try Encoder(directory.config, weights: weights, precision: precision, machine: machine)
        var dense: [DenseLayer] = []
        for module in directory.config.dense { dense.append(try DenseLayer(module, in: directory)) }
        self.dense = dense
        name = directory.name
        dimension = directory.config.dimension
        maxTokens = directory.config.maxSequenceLength
        fingerprint = try Fingerprint.of(
            directory, weights: weights, vocabulary: vocabulary.bytes, precision: precision)
        self.precision = precision
        passageWorkers = WorkerPool(size: cores, polite: true)
        queryHelpers = WorkerPool(size: cores - 1, polite: false)
    }

    /// The vectors of `texts`, in their order, each `dimension` floats of length one. An empty
    /// text has a vector too, that of `[CLS][SEP]`.
    ///
    /// - Parameters:
    ///   - texts: what is embedded; longer ones are cut at the model's window.
    ///   - role: whether they are queries or passages, which some models tell apart.
    ///   - isCancelled: asked every twenty milliseconds or so, on the calling thread.
    /// - Throws: `ModelError.cancelled` when `isCancelled` said yes; `.notFinite` when a vector isn't made
    ///   of finite numbers, since the weights then are damaged.
    public func encode(
        _ texts: [String], as role: Role, isCancelled: () -> Bool = { false }
    ) throws(ModelError) -> [[Float]] {
        guard !texts.isEmpty else { return [] }
        let output = Activations(rows: texts.count, columns: config.hidden)
        let prefix = role == .query ? config.queryPrefix : config.passagePrefix
        let layers = encoder.layers(packingWith: queryHelpers)
        let isWhole =
            role == .query && texts.count <= Self.mostQueries
            ? encodeTogether(texts, prefix, layers, isCancelled, into: output)
            : encodeApart(texts, prefix, layers, isCancelled, into: output)
        guard isWhole else { throw .cancelled }
        let final = DenseLayer.apply(dense, to: output)
        var vectors: [[Float]] = []
        vectors.reserveCapacity(texts.count)
        for row in 0..<texts.count {
            let vector = final.row(row)
            guard vector.allSatisfy(\.isFinite) else { throw .notFinite(model: name) }
            vectors.append(vector)
        }
        return vectors
    }

    /// A batch on each thread of the pool, until no text is left.
    ///
    /// - Returns: whether all was done.
    private func encodeApart(
        _ texts: [String], _ prefix: String, _ layers: [PackedLayer],
        _ isCancelled: () -> Bool, into output: Activations
    ) -> Bool {
        let next = Counter(limit: texts.count)
        let stop = Flag()
        let finished = DispatchSemaphore(value: 0)
        if isCancelled() { return false }
        let work: @Sendable () -> Void = { [self] in
            let context = InferenceContext(config, members: 1)
            let alone = ThreadTeam(size: 1)
            while !stop.isUp {
                // Texts in their order, until there are tokens enough.
                context.batch.removeAll()
                while context.batch.ids.count < Self.tokensPerBatch, let index = next.take() {
                    context.batch.append(tokens(of: texts[index], prefix), row: index)
                }
                if context.batch.rows.isEmpty { return }
                context.makeRoom(config)
                // Each text is in one batch, so no two threads write to one row of the output.
                encoder.run(
                    context.batch, layers, context.space, alone, context.scratches[0], into: output,
                    betweenSteps: priority.letPass)
            }
        }
        passageWorkers.run { _ in
            work()
            finished.signal()
        } alongside: {
            // The calling thread has nothing to do but to ask.
            for _ in 0..<passageWorkers.size {
                while finished.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
                    if isCancelled() { stop.raise() }
                }
            }
        }
        return !stop.isUp
    }

    /// A batch at a time, shared by all cores, while the passages' batches wait.
    ///
    /// - Returns: whether all was done.
    private func encodeTogether(
        _ texts: [String], _ prefix: String, _ layers: [PackedLayer],
        _ isCancelled: () -> Bool, into output: Activations
    ) -> Bool {
        priority.pass {
            queryContext.withLock { shared in
                let context = shared ?? InferenceContext(config, members: queryHelpers.size + 1)
                shared = context
                var next = 0
                while next < texts.count {
                    if isCancelled() { return false }
                    context.batch.removeAll()
                    while next < texts.count, context.batch.ids.count < Self.tokensPerBatch {
                        context.batch.append(tokens(of: texts[next], prefix), row: next)
                        next += 1
                    }
                    context.makeRoom(config)
                    let team = ThreadTeam(size: queryHelpers.size + 1)
                    let (batch, space, scratches) = (context.batch, context.space, context.scratches)
                    // Not waited for: a helper that comes late finds nothing to do and writes nothing.
                    queryHelpers.offer { [encoder] index in
                        encoder.run(batch, layers, space, team, scratches[index + 1], into: output)
                    }
                    encoder.run(batch, layers, space, team, scratches[0], into: output)
                }
                return true
            }
        }
    }

    func tokens(of text: String, _ prefix: String) -> [Int32] {
        tokenizer.encode(prefix.isEmpty ? text : prefix + text, limit: maxTokens)
    }

    /// How many tokens a text has, special ones not counted and nothing cut off.
    public func tokenCount(_ text: String) -> Int {
        tokenizer.pieces(of: text).count
    }

    /// The ids the encoder sees for a text, special ones included.
    func tokenIDs(_ text: String) -> [Int32] {
        tokenizer.encode(text, limit: maxTokens)
    }
}
