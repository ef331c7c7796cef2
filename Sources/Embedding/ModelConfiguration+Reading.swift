/// Where in `config.json` and its neighbours each field of `ModelConfiguration` comes from.
extension ModelConfiguration {
    private struct BERT: Decodable {
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
    }

    private struct PoolingFile: Decodable {
        var word_embedding_dimension: Int?
        var pooling_mode_cls_token: Bool?
        var pooling_mode_mean_tokens: Bool?
        var pooling_mode_max_tokens: Bool?
        var pooling_mode_mean_sqrt_len_tokens: Bool?
    }

    private struct Module: Decodable {
        var path: String
        var type: String
    }

    private struct SentenceFile: Decodable {
        var max_seq_length: Int?
        var do_lower_case: Bool?
    }

    private struct TokenizerFile: Decodable {
        var do_lower_case: Bool?
        var strip_accents: Bool?
        var tokenize_chinese_chars: Bool?
    }

    private struct PromptFile: Decodable {
        var prompts: [String: String]?
    }

    static func read(in folder: String) throws(ModelError) -> ModelConfiguration {
        let path = folder + "/config.json"
        guard let bert = try ModelFiles.decodeIfPresent(BERT.self, path) else {
            throw .missing(path: path)
        }
        try require(bert.model_type ?? "bert", ["bert"], "model_type", path)
        try require(bert.hidden_act ?? "gelu", ["gelu"], "hidden_act", path)
        try require(
            bert.position_embedding_type ?? "absolute", ["absolute"], "position_embedding_type", path)
        // Bounds far above any BERT, so that a damaged number is an error and not an allocation.
        try require(bert.num_hidden_layers, in: 1...128, "num_hidden_layers", path)
        try require(bert.num_attention_heads, in: 1...256, "num_attention_heads", path)
        try require(bert.hidden_size, in: 1...16_384, "hidden_size", path)
        try require(bert.intermediate_size, in: 1...65_536, "intermediate_size", path)
        try require(bert.max_position_embeddings, in: 3...32_768, "max_position_embeddings", path)
        try require(bert.type_vocab_size ?? 2, in: 1...1_024, "type_vocab_size", path)
        try require(bert.vocab_size, in: 1...4_000_000, "vocab_size", path)
        guard bert.hidden_size % bert.num_attention_heads == 0 else {
            throw .malformed(
                path: path, field: "num_attention_heads",
                reason: "\(bert.num_attention_heads) heads don't divide hidden_size \(bert.hidden_size)")
        }
        let epsilon = bert.layer_norm_eps ?? 1e-12
        guard epsilon >= 0, epsilon < 1 else {
            throw .malformed(path: path, field: "layer_norm_eps", reason: "\(epsilon) isn't in [0, 1)")
        }

        let modules = try readModules(in: folder)
        let sentence = try ModelFiles.decodeIfPresent(
            SentenceFile.self, folder + "/sentence_bert_config.json")
        let longest = sentence?.max_seq_length ?? bert.max_position_embeddings
        try require(
            longest, in: 3...bert.max_position_embeddings, "max_seq_length",
            folder + "/sentence_bert_config.json")
        let tokenizer = try readTokenizer(in: folder)
        let prompts = try ModelFiles.decodeIfPresent(
            PromptFile.self, folder + "/config_sentence_transformers.json")?.prompts
        // Sentence Transformers may lower-case before a tokenizer that doesn't.
        let lowerCase = tokenizer.do_lower_case ?? true
        return ModelConfiguration(
            layers: bert.num_hidden_layers, heads: bert.num_attention_heads,
            hidden: bert.hidden_size, intermediate: bert.intermediate_size,
            maxPositions: bert.max_position_embeddings, tokenTypes: bert.type_vocab_size ?? 2,
            layerNormEps: epsilon, vocabSize: bert.vocab_size,
            pooling: try readPooling(at: modules.poolingPath, hidden: bert.hidden_size),
            normalize: modules.normalize, maxSequenceLength: longest,
            lowerCase: lowerCase || sentence?.do_lower_case == true,
            stripAccents: tokenizer.strip_accents ?? lowerCase,
            isolateIdeographs: tokenizer.tokenize_chinese_chars ?? true,
            queryPrefix: prompts?["query"] ?? "",
            passagePrefix: prompts?["passage"] ?? prompts?["document"] ?? "")
    }

    /// The pipeline in modules.json: a transformer, a pooling and perhaps a normalisation.
    private static func readModules(
        in folder: String
    ) throws(ModelError) -> (poolingPath: String, normalize: Bool) {
        let path = folder + "/modules.json"
        guard let modules = try ModelFiles.decodeIfPresent([Module].self, path) else {
            return (folder + "/1_Pooling/config.json", true)
        }
        var pooling = folder + "/1_Pooling/config.json"
        var normalize = false
        for (index, module) in modules.enumerated() {
            switch module.type.split(separator: ".").last {
            case "Transformer": break
            case "Pooling":
                guard !module.path.hasPrefix("/"), !module.path.split(separator: "/").contains("..")
                else {
                    throw .malformed(
                        path: path, field: "\(index).path", reason: "it leads out of the model's folder")
                }
                pooling = folder + "/" + module.path + "/config.json"
            case "Normalize": normalize = true
            default: throw .unsupported(path: path, field: "\(index).type", value: module.type)
            }
        }
        return (pooling, normalize)
    }

    private static func readPooling(at path: String, hidden: Int) throws(ModelError) -> Pooling {
        guard let file = try ModelFiles.decodeIfPresent(PoolingFile.self, path) else { return .mean }
        if let width = file.word_embedding_dimension, width != hidden {
            throw .malformed(
                path: path, field: "word_embedding_dimension",
                reason: "\(width) contradicts hidden_size \(hidden)")
        }
        if file.pooling_mode_max_tokens == true {
            throw .unsupported(path: path, field: "pooling_mode_max_tokens", value: "true")
        }
        if file.pooling_mode_mean_sqrt_len_tokens == true {
            throw .unsupported(path: path, field: "pooling_mode_mean_sqrt_len_tokens", value: "true")
        }
        switch (file.pooling_mode_cls_token ?? false, file.pooling_mode_mean_tokens ?? false) {
        case (true, false): return .cls
        case (false, true): return .mean
        default:
            throw .malformed(
                path: path, field: "pooling_mode_mean_tokens",
                reason: "exactly one of the mean and CLS modes has to be on")
        }
    }

    /// The small file when it is there; else the normaliser of the big one.
    private static func readTokenizer(in folder: String) throws(ModelError) -> TokenizerFile {
        if let file = try ModelFiles.decodeIfPresent(
            TokenizerFile.self, folder + "/tokenizer_config.json")
        {
            return file
        }
        let normalizer = try TokenizerDescription.readIfPresent(in: folder)?.normalizer
        return TokenizerFile(
            do_lower_case: normalizer?.lowercase, strip_accents: normalizer?.strip_accents,
            tokenize_chinese_chars: normalizer?.handle_chinese_chars)
    }

    private static func require(
        _ value: Int, in range: ClosedRange<Int>, _ field: String, _ path: String
    ) throws(ModelError) {
        guard range.contains(value) else {
            throw .malformed(
                path: path, field: field,
                reason: "\(value) isn't between \(range.lowerBound) and \(range.upperBound)")
        }
    }

    private static func require(
        _ value: String, _ known: [String], _ field: String, _ path: String
    ) throws(ModelError) {
        guard known.contains(value) else {
            throw .unsupported(path: path, field: field, value: value)
        }
    }
}
