import Embedding
import FileAccess
import Foundation

/// Which files of a repository or a folder make up a model. Nothing else is fetched or copied.
package enum ModelParts {
    package static let weights = "model.safetensors"
    package static let weightsIndex = "model.safetensors.index.json"
    package static let pickle = "pytorch_model.bin"
    package static let modules = "modules.json"

    /// The small files that declare what the model is; those not required may be missing.
    package static let declarations: [(path: String, isRequired: Bool)] = [
        ("config.json", true), ("tokenizer.json", false), ("vocab.txt", false), ("tokenizer_config.json", false),
        ("special_tokens_map.json", false), (modules, false), ("sentence_bert_config.json", false),
        ("config_sentence_transformers.json", false),
    ]

    /// No list of modules or shards is larger.
    private static let largest = 16 << 20

    private struct Module: Decodable {
        var path: String
        var type: String
    }

    private struct ShardIndex: Decodable {
        var weight_map: [String: String]
    }

    /// The files of the modules that the modules.json in `folder` names: pooling, dense layers. Each may
    /// be missing; whether the model can do without is for `ModelDirectory` to say.
    ///
    /// - Throws: `ModelError.malformed` for a path that leads out of the model's folder.
    package static func moduleFiles(in folder: String) throws(ModelError) -> [String] {
        let path = folder + "/" + modules
        let data: [UInt8]
        do throws(RegularFile.Failure) { data = try RegularFile.read(path, atMost: largest) } catch {
            if error == .absent { return ["1_Pooling/config.json"] }
            throw .unreadable(path: path, reason: error.reason)
        }
        // Where the JSON is wrong matters to nobody who can only fetch the file again.
        guard let list = try? JSONDecoder().decode([Module].self, from: Data(data)) else {
            throw .malformed(path: path, field: "JSON", reason: "it isn't a list of modules")
        }
        var files: [String] = []
        for (index, module) in list.enumerated() where !module.path.isEmpty {
            guard isSafe(module.path) else {
                throw .malformed(path: path, field: "\(index).path", reason: "it leads out of the model's folder")
            }
            switch module.type.split(separator: ".").last {
            case "Normalize": break
            case "Pooling", "Transformer": files.append(module.path + "/config.json")
            default: files += [module.path + "/config.json", module.path + "/" + weights]
            }
        }
        return files
    }

    /// The shards that the index in `folder` names, in order.
    ///
    /// - Throws: `ModelError.malformed` where there is none to read, or one would lie elsewhere.
    package static func shards(in folder: String) throws(ModelError) -> [String] {
        let path = folder + "/" + weightsIndex
        let data: [UInt8]
        do throws(RegularFile.Failure) { data = try RegularFile.read(path, atMost: largest) } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        // As above: the error that is thrown names the file and what is missing of it.
        guard let index = try? JSONDecoder().decode(ShardIndex.self, from: Data(data)), !index.weight_map.isEmpty
        else { throw .malformed(path: path, field: "weight_map", reason: "it names no shards") }
        let shards = Set(index.weight_map.values).sorted()
        for shard in shards where !isSafe(shard) || shard.contains("/") || !shard.hasSuffix(".safetensors") {
            throw .malformed(path: path, field: "weight_map", reason: "“\(shard)” is no shard's name")
        }
        return shards
    }

    /// Whether a relative path stays below its folder, and is no hidden file.
    package static func isSafe(_ path: String) -> Bool {
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        return !steps.contains { $0.isEmpty || $0.hasPrefix(".") || $0.contains("\0") || $0.contains("\\") }
    }
}
