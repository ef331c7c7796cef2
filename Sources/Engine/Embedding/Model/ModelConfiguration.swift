import Kernels

/// How the vectors of a text's tokens become the one vector of the text.
public enum Pooling: String, Sendable, Equatable {
    /// The average over all tokens, special ones included.
    case mean
    /// The vector of the first token, `[CLS]`.
    case cls
}

/// A linear layer behind the pooling, as Sentence Transformers' `Dense` declares it.
public struct DenseModule: Sendable, Equatable {
    /// Its folder within the model's, such as `2_Dense`.
    public var folder: String
    /// Width of a vector that goes in.
    public var inputs: Int
    /// Width of a vector that comes out.
    public var outputs: Int
    /// Whether a bias is added, which the weights then hold.
    public var hasBias: Bool
    /// Whether a hyperbolic tangent follows it.
    public var hasTanh: Bool
}

/// The shape of a BERT sentence encoder and of its tokenizer, as its folder's files declare them.
public struct ModelConfiguration: Sendable, Equatable {
    /// Number of transformer layers.
    public var layers: Int
    /// Attention heads per layer; divides `hidden`.
    public var heads: Int
    /// Width of a token's vector, and of the text's unless `dense` changes it.
    public var hidden: Int
    /// Width of the feed-forward network.
    public var intermediate: Int
    /// Rows of the position table.
    public var maxPositions: Int
    /// The position of a text's first token: 0 in BERT, one above the padding token's id in the
    /// RoBERTas.
    public var positionOffset: Int = 0
    /// How many tokens have a position.
    public var usablePositions: Int { maxPositions - positionOffset }
    /// Rows of the token-type table.
    public var tokenTypes: Int
    /// Added to the variance in every layer norm.
    public var layerNormEps: Float
    /// The function between the two matrices of the feed-forward network.
    public var activation: Activation = .gelu
    /// Rows of the word table.
    public var vocabSize: Int
    /// How the vectors of a text's tokens become one.
    public var pooling: Pooling
    /// Whether a vector is scaled to length one (the encoder always does; the file says whether
    /// the model was trained so).
    public var normalize: Bool
    /// Longest input in tokens, `[CLS]` and `[SEP]` included; never above `usablePositions`.
    public var maxSequenceLength: Int
    /// Linear layers behind the pooling; mostly none.
    public var dense: [DenseModule] = []
    /// Width of a text's vector.
    public var dimension: Int { dense.last?.outputs ?? hidden }
    /// What `tokenizer_config.json` says of lower-casing; nil leaves it to the tokenizer's file.
    public var lowerCase: Bool?
    /// What it says of removing accents.
    public var stripAccents: Bool?
    /// What it says of each CJK ideograph being a word of its own.
    public var isolateIdeographs: Bool?
    /// Whether Sentence Transformers lower-cases before whatever the tokenizer does.
    public var lowersFirst: Bool = false
    /// Put before a query, as models of the E5 family want; mostly empty.
    public var queryPrefix: String
    /// Put before a passage; mostly empty.
    public var passagePrefix: String
}
