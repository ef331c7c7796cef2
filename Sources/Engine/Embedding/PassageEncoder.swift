import TextAnalysis

/// What turns text into vectors. `Embedder` is one; the tests have a small one of their own.
///
/// Must be safe to call from many threads at once.
public protocol PassageEncoder: Sendable {
    /// What people call the model.
    var name: String { get }
    /// The length of every vector.
    var dimension: Int { get }
    /// The longest input in tokens, special ones included.
    var maxTokens: Int { get }
    /// Whether texts go to another machine to be encoded. Then only passages whose scope is `share` are given
    /// to it, and the others are found by their words.
    var leavesMachine: Bool { get }
    /// Changes whenever the same text would get another vector.
    var fingerprint: String { get }
    /// Tokens of `text`, without special ones.
    func tokenCount(_ text: String) -> Int
    /// One vector of length one for each text, in order.
    ///
    /// - Throws: `ModelError.cancelled` once `isCancelled` says yes, and the encoder's own errors.
    func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]]
    /// The vector of length one of a question, which some models encode in another way than passages.
    ///
    /// - Throws: the encoder's own errors.
    func encodeQuery(_ text: String) throws -> [Float]
}

extension PassageEncoder {
    /// No: an encoder computes on this machine unless it says otherwise.
    public var leavesMachine: Bool { false }

    /// What a subword tokenizer makes of `text`, roughly: for an encoder whose own is out of reach.
    public func estimatedTokens(_ text: String) -> Int { TokenEstimate.subwords(text) }
}

extension Embedder: PassageEncoder {
    /// Encodes with the passages' prefix.
    public func encodePassages(
        _ texts: [String], isCancelled: @Sendable () -> Bool
    ) throws -> [[Float]] {
        try encode(texts, as: .passage, isCancelled: isCancelled)
    }

    /// Encodes with the query's prefix, by all cores at once.
    public func encodeQuery(_ text: String) throws -> [Float] {
        try encode([text], as: .query).first ?? []
    }
}
