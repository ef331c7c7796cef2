import Dispatch
import FoundationEssentials
import Kernels

/// Turns texts into vectors with a local BERT sentence encoder.
///
/// Immutable after init, so any number of threads may encode at once; each call has buffers of
/// its own. A call uses all cores, a batch on each.
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
    /// A hash of weights, vocabulary, pooling and prefixes: vectors of two embedders may be
    /// compared if and only if theirs are equal. Sampled, see `Fingerprint`.
    public let fingerprint: String

    private let config: ModelConfiguration
    private let tokenizer: WordPiece
    private let encoder: Encoder

    /// Tokens computed together. Enough for matrix products to run at full speed, few enough that
    /// the buffers of a thread (about 15 KiB a token in MiniLM) stay small.
    private static let tokensPerBatch = 1024

    /// Maps the weights and reads the vocabulary; takes some milliseconds, whatever the size of
    /// the weights.
    ///
    /// - Throws: `ModelError`, naming the file and the field.
    public init(_ directory: ModelDirectory) throws(ModelError) {
        let weights = try SafeTensors(path: directory.file("model.safetensors"))
        config = directory.config
        tokenizer = try WordPiece(directory)
        encoder = try Encoder(directory.config, weights: weights)
        name = directory.name
        dimension = directory.config.hidden
        maxTokens = directory.config.maxSequenceLength
        fingerprint = try Fingerprint.of(directory, weights: weights)
    }

    /// The vectors of `texts`, in their order, each `dimension` floats of length one. An empty
    /// text has a vector too, that of `[CLS][SEP]`.
    ///
    /// - Parameter isCancelled: asked between batches, from any thread.
    /// - Throws: `ModelError.cancelled` when `isCancelled` said yes, and nothing else.
    public func encode(
        _ texts: [String], as role: Role, isCancelled: @Sendable () -> Bool = { false }
    ) throws(ModelError) -> [[Float]] {
        guard !texts.isEmpty else { return [] }
        let prefix = role == .query ? config.queryPrefix : config.passagePrefix
        let cancellation = Cancellation()
        var tokens: [[Int32]] = []
        tokens.reserveCapacity(texts.count)
        for (index, text) in texts.enumerated() {
            if index % 256 == 0, cancellation.ask(isCancelled) { throw .cancelled }
            tokens.append(tokenizer.encode(prefix.isEmpty ? text : prefix + text, limit: maxTokens))
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let batches = Self.batches(tokens, cores: cores)
        let output = Activations(rows: texts.count, columns: dimension)
        let workers = min(cores, batches.count)
        let largest = batches.map(\.ids.count).max() ?? 0
        let longest = tokens.map(\.count).max() ?? 0
        // Every worker takes each n-th batch, and writes to rows no other worker has.
        let finished = OutputRows(output)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let space = Encoder.Workspace(config, tokens: largest, longest: longest)
            for index in stride(from: worker, to: batches.count, by: workers) {
                if cancellation.ask(isCancelled) { return }
                encoder.run(batches[index], space, into: finished.rows)
            }
        }
        if cancellation.happened { throw .cancelled }
        return (0..<texts.count).map(output.row)
    }

    /// How many tokens a text has, special ones not counted and nothing cut off.
    public func tokenCount(_ text: String) -> Int {
        tokenizer.pieces(of: text).count
    }

    /// The ids the encoder sees for a text, special ones included.
    func tokenIDs(_ text: String) -> [Int32] {
        tokenizer.encode(text, limit: maxTokens)
    }

    /// Texts of like length together, at most `tokensPerBatch` a batch, and as many batches as
    /// there are cores when the work is worth sharing.
    static func batches(_ tokens: [[Int32]], cores: Int) -> [Encoder.Batch] {
        let order = tokens.indices.sorted { (tokens[$1].count, $0) < (tokens[$0].count, $1) }
        let total = tokens.reduce(0) { $0 + $1.count }
        let limit = min(tokensPerBatch, max(total / max(cores, 1), 128))
        var batches: [Encoder.Batch] = []
        var batch = Encoder.Batch()
        for index in order {
            if !batch.ids.isEmpty, batch.ids.count + tokens[index].count > limit {
                batches.append(batch)
                batch = Encoder.Batch()
            }
            batch.append(tokens[index], row: index)
        }
        if !batch.ids.isEmpty { batches.append(batch) }
        return batches
    }
}

/// Remembers that a caller once said it has cancelled, so that a worker that gave up is known of
/// even if the caller's answer were to change.
private final class Cancellation: @unchecked Sendable {
    // Unchecked: `said` is only touched while the semaphore is held.
    private let gate = DispatchSemaphore(value: 1)
    private var said = false

    func ask(_ isCancelled: () -> Bool) -> Bool {
        let answer = isCancelled()
        gate.wait()
        defer { gate.signal() }
        said = said || answer
        return said
    }

    var happened: Bool { ask { false } }
}

/// The output of a call, shared by its workers.
private struct OutputRows: @unchecked Sendable {
    // Unchecked: each text is in one batch and each batch has one worker, so no two threads
    // write to one row, and the caller reads only after all workers are done.
    let rows: Activations
    init(_ rows: Activations) { self.rows = rows }
}
