/// How the vectors of a text's tokens become the one vector of the text.
public enum Pooling: String, Sendable, Equatable {
    /// The average over all tokens, special ones included.
    case mean
    /// The vector of the first token, `[CLS]`.
    case cls
}

/// The shape of a BERT sentence encoder and of its tokenizer, as its folder's files declare them.
public struct ModelConfiguration: Sendable, Equatable {
    /// Number of transformer layers.
    public var layers: Int
    /// Attention heads per layer; divides `hidden`.
    public var heads: Int
    /// Width of a token's vector, and of the text's.
    public var hidden: Int
    /// Width of the feed-forward network.
    public var intermediate: Int
    /// Rows of the position table.
    public var maxPositions: Int
    /// Rows of the token-type table.
    public var tokenTypes: Int
    /// Added to the variance in every layer norm.
    public var layerNormEps: Float
    /// Rows of the word table.
    public var vocabSize: Int
    public var pooling: Pooling
    /// Whether a vector is scaled to length one (the encoder always does; the file says whether
    /// the model was trained so).
    public var normalize: Bool
    /// Longest input in tokens, `[CLS]` and `[SEP]` included; never above `maxPositions`.
    public var maxSequenceLength: Int
    /// Whether text is lower-cased before it is split.
    public var lowerCase: Bool
    /// Whether accents are removed before text is split; follows `lowerCase` unless the file says.
    public var stripAccents: Bool
    /// Whether each CJK ideograph is a word of its own.
    public var isolateIdeographs: Bool
    /// Put before a query, as models of the E5 family want; mostly empty.
    public var queryPrefix: String
    /// Put before a passage; mostly empty.
    public var passagePrefix: String
}
