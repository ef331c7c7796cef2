import Kernels

/// Where in `config.json` each field of `ModelConfiguration` comes from.
extension ModelConfiguration {
    private struct Transformer: Decodable {
        var _name_or_path: String?
        var model_type: String?
        var hidden_act: String?
        var position_embedding_type: String?
        var num_hidden_layers: Int
        var num_attention_heads: Int
        var hidden_size: Int
        var intermediate_size: Int
        var max_position_embeddings: Int
        var type_vocab_size: Int?
        var layer_norm_eps: Float?
        var vocab_size: Int
        var pad_token_id: Int?
    }

    private struct SentenceFile: Decodable {
        var max_seq_length: Int?
        var do_lower_case: Bool?
    }

    private struct TokenizerConfig: Decodable {
        var do_lower_case: Bool?
        var strip_accents: Bool?
        var tokenize_chinese_chars: Bool?
        /// Often 10^30 for "no limit", which no integer holds.
        var model_max_length: Double?
        var truncation_side: String?
    }

    static func read(in folder: String) throws(ModelError) -> ModelConfiguration {
        let path = folder + "/config.json"
        guard let file = try ModelFiles.decodeIfPresent(Transformer.self, path) else {
            throw .missing(path: path)
        }
        let offset = try positionOffset(file, path)
        let activation = try activation(file.hidden_act ?? "gelu", path)
        guard file.position_embedding_type ?? "absolute" == "absolute" else {
            throw .unsupported(
                path: path, field: "position_embedding_type", value: file.position_embedding_type ?? "")
        }
        // Bounds far above any BERT, so that a damaged number is an error and not an allocation.
        try require(file.num_hidden_layers, in: 1...128, "num_hidden_layers", path)
        try require(file.num_attention_heads, in: 1...256, "num_attention_heads", path)
        try require(file.hidden_size, in: 1...16_384, "hidden_size", path)
        try require(file.intermediate_size, in: 1...65_536, "intermediate_size", path)
        try require(
            file.max_position_embeddings, in: offset + 3...32_768, "max_position_embeddings", path)
        try require(file.type_vocab_size ?? 2, in: 1...1_024, "type_vocab_size", path)
        try require(file.vocab_size, in: 1...4_000_000, "vocab_size", path)
        guard file.hidden_size % file.num_attention_heads == 0 else {
            throw .malformed(
                path: path, field: "num_attention_heads",
                reason: "\(file.num_attention_heads) heads don't divide hidden_size \(file.hidden_size)")
        }
        let epsilon = file.layer_norm_eps ?? 1e-12
        guard epsilon >= 0, epsilon < 1 else {
            throw .malformed(path: path, field: "layer_norm_eps", reason: "\(epsilon) isn't in [0, 1)")
        }

        let pipeline = try Pipeline.read(in: folder, hidden: file.hidden_size)
        let sentence = try ModelFiles.decodeIfPresent(
            SentenceFile.self, folder + "/sentence_bert_config.json")
        let tokenizer = try ModelFiles.decodeIfPresent(
            TokenizerConfig.self, folder + "/tokenizer_config.json")
        if let side = tokenizer?.truncation_side, side != "right" {
            throw .unsupported(
                path: folder + "/tokenizer_config.json", field: "truncation_side", value: side)
        }
        let usable = file.max_position_embeddings - offset
        let longest = try window(
            sentence?.max_seq_length, tokenizer?.model_max_length, usable: usable, in: folder)
        let prompts = try EmbeddingPrompts.read(in: folder, nameOrPath: file._name_or_path)
        return ModelConfiguration(
            layers: file.num_hidden_layers, heads: file.num_attention_heads,
            hidden: file.hidden_size, intermediate: file.intermediate_size,
            maxPositions: file.max_position_embeddings, positionOffset: offset,
            tokenTypes: file.type_vocab_size ?? 2, layerNormEps: epsilon, activation: activation,
            vocabSize: file.vocab_size, pooling: pipeline.pooling, normalize: pipeline.normalize,
            maxSequenceLength: longest, dense: pipeline.dense,
            lowerCase: tokenizer?.do_lower_case, stripAccents: tokenizer?.strip_accents,
            isolateIdeographs: tokenizer?.tokenize_chinese_chars,
            lowersFirst: sentence?.do_lower_case ?? false,
            queryPrefix: prompts.query, passagePrefix: prompts.passage)
    }

    /// BERT counts positions from 0; the RoBERTas from one above the padding token's id.
    private static func positionOffset(_ file: Transformer, _ path: String) throws(ModelError) -> Int {
        switch file.model_type ?? "bert" {
        case "bert": return 0
        case "roberta", "xlm-roberta":
            let padding = file.pad_token_id ?? 1
            try require(padding, in: 0...1_024, "pad_token_id", path)
            return padding + 1
        case let type: throw .unsupported(path: path, field: "model_type", value: type)
        }
    }

    private static func activation(_ name: String, _ path: String) throws(ModelError) -> Activation {
        switch name {
        case "gelu", "gelu_python": .gelu
        case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": .geluTanh
        case "relu": .relu
        default: throw .unsupported(path: path, field: "hidden_act", value: name)
        }
    }

    /// The declared window, which has to have positions; else the tokenizer's as far as it has.
    private static func window(
        _ declared: Int?, _ tokenizer: Double?, usable: Int, in folder: String
    ) throws(ModelError) -> Int {
        if let declared {
            try require(declared, in: 3...usable, "max_seq_length", folder + "/sentence_bert_config.json")
            return declared
        }
        guard let tokenizer, tokenizer < Double(usable) else { return usable }
        guard tokenizer >= 3 else {
            throw .malformed(
                path: folder + "/tokenizer_config.json", field: "model_max_length",
                reason: "\(tokenizer) isn't between 3 and \(usable)")
        }
        return Int(tokenizer)
    }

    static func require(
        _ value: Int, in range: ClosedRange<Int>, _ field: String, _ path: String
    ) throws(ModelError) {
        guard range.contains(value) else {
            throw .malformed(
                path: path, field: field,
                reason: "\(value) isn't between \(range.lowerBound) and \(range.upperBound)")
        }
    }
}
