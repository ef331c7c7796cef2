/// What `modules.json` puts behind the transformer: a pooling, perhaps linear layers, perhaps a
/// normalisation, in this order.
struct Pipeline: Equatable {
    var pooling: Pooling = .mean
    var dense: [DenseModule] = []
    var normalize = true

    private struct Module: Decodable {
        var path: String
        var type: String
    }

    /// Both forms: today's one `pooling_mode`, and the flags of Sentence Transformers before 5.
    private struct PoolingFile: Decodable {
        var embedding_dimension: Int?
        var word_embedding_dimension: Int?
        var pooling_mode: Modes?
        var include_prompt: Bool?
        var pooling_mode_cls_token: Bool?
        var pooling_mode_mean_tokens: Bool?
        var pooling_mode_max_tokens: Bool?
        var pooling_mode_mean_sqrt_len_tokens: Bool?
        var pooling_mode_weightedmean_tokens: Bool?
        var pooling_mode_lasttoken: Bool?
    }

    /// One name or a list of them.
    private struct Modes: Decodable {
        var names: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // What is no single name is read as a list, whose error is thrown.
            if let name = try? container.decode(String.self) {
                names = [name]
            } else {
                names = try container.decode([String].self)
            }
        }
    }

    private struct DenseFile: Decodable {
        var in_features: Int
        var out_features: Int
        var bias: Bool?
        var activation_function: String?
        var module_input_name: String?
        var module_output_name: String?
        var use_residual: Bool?
    }

    static func read(in folder: String, hidden: Int) throws(ModelError) -> Pipeline {
        let path = folder + "/modules.json"
        guard let modules = try ModelFiles.decodeIfPresent([Module].self, path) else {
            return Pipeline(
                pooling: try readPooling(at: folder + "/1_Pooling/config.json", hidden: hidden) ?? .mean)
        }
        var pooling: Pooling?
        var pipeline = Pipeline(normalize: false)
        for (index, module) in modules.enumerated() {
            let folderPath = module.path.split(separator: "/")
            guard !module.path.hasPrefix("/"), !folderPath.contains("..") else {
                throw .malformed(
                    path: path, field: "\(index).path", reason: "it leads out of the model's folder")
            }
            let misplaced = ModelError.unsupported(path: path, field: "\(index).type", value: module.type)
            switch module.type.split(separator: ".").last {
            case "Transformer":
                guard index == 0 else { throw misplaced }
                guard folderPath.isEmpty else {
                    throw .unsupported(path: path, field: "\(index).path", value: module.path)
                }
            case "Pooling":
                guard pooling == nil else { throw misplaced }
                let file = folder + "/" + module.path + "/config.json"
                pooling = try readPooling(at: file, hidden: hidden) ?? .mean
            case "Dense":
                guard pooling != nil, !pipeline.normalize else { throw misplaced }
                let inputs = pipeline.dense.last?.outputs ?? hidden
                pipeline.dense.append(try readDense(module.path, in: folder, inputs: inputs))
            case "Normalize":
                guard pooling != nil else { throw misplaced }
                pipeline.normalize = true
            default: throw misplaced
            }
        }
        guard let pooling else {
            throw .malformed(path: path, field: "Pooling", reason: "no module makes one vector of many")
        }
        pipeline.pooling = pooling
        return pipeline
    }

    private static func readPooling(at path: String, hidden: Int) throws(ModelError) -> Pooling? {
        guard let file = try ModelFiles.decodeIfPresent(PoolingFile.self, path) else { return nil }
        for (width, field) in [
            (file.embedding_dimension, "embedding_dimension"),
            (file.word_embedding_dimension, "word_embedding_dimension"),
        ] {
            if let width, width != hidden {
                throw .malformed(
                    path: path, field: field, reason: "\(width) contradicts hidden_size \(hidden)")
            }
        }
        if file.include_prompt == false {
            throw .unsupported(path: path, field: "include_prompt", value: "false")
        }
        if let modes = file.pooling_mode?.names {
            guard modes.count == 1, let mode = Pooling(rawValue: modes[0]) else {
                throw .unsupported(path: path, field: "pooling_mode", value: modes.joined(separator: ", "))
            }
            return mode
        }
        let others: [(Bool?, String)] = [
            (file.pooling_mode_max_tokens, "pooling_mode_max_tokens"),
            (file.pooling_mode_mean_sqrt_len_tokens, "pooling_mode_mean_sqrt_len_tokens"),
            (file.pooling_mode_weightedmean_tokens, "pooling_mode_weightedmean_tokens"),
            (file.pooling_mode_lasttoken, "pooling_mode_lasttoken"),
        ]
        for (isOn, field) in others where isOn == true {
            throw .unsupported(path: path, field: field, value: "true")
        }
        switch (file.pooling_mode_cls_token ?? false, file.pooling_mode_mean_tokens ?? false) {
        case (true, false): return .cls
        // With every flag off it is the mean, as in Sentence Transformers.
        case (false, _): return .mean
        case (true, true):
            throw .unsupported(path: path, field: "pooling_mode_mean_tokens", value: "true, beside CLS")
        }
    }

    private static func readDense(
        _ folderPath: String, in folder: String, inputs: Int
    ) throws(ModelError) -> DenseModule {
        let path = folder + "/" + folderPath + "/config.json"
        guard let file = try ModelFiles.decodeIfPresent(DenseFile.self, path) else {
            throw .missing(path: path)
        }
        try ModelConfiguration.require(file.out_features, in: 1...16_384, "out_features", path)
        guard file.in_features == inputs else {
            throw .malformed(
                path: path, field: "in_features",
                reason: "\(file.in_features) contradicts the \(inputs) numbers that come in")
        }
        if file.use_residual == true { throw .unsupported(path: path, field: "use_residual", value: "true") }
        for (name, field) in [
            (file.module_input_name, "module_input_name"), (file.module_output_name, "module_output_name"),
        ] {
            if let name, name != "sentence_embedding" {
                throw .unsupported(path: path, field: field, value: name)
            }
        }
        let hasTanh: Bool
        switch file.activation_function?.split(separator: ".").last {
        case "Tanh", nil: hasTanh = true
        case "Identity": hasTanh = false
        default:
            throw .unsupported(
                path: path, field: "activation_function", value: file.activation_function ?? "")
        }
        return DenseModule(
            folder: folderPath, inputs: inputs, outputs: file.out_features, hasBias: file.bias ?? true,
            hasTanh: hasTanh)
    }
}
