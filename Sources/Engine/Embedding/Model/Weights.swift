import FoundationEssentials
import Kernels

/// A model's tensors: one `model.safetensors`, or the shards that `model.safetensors.index.json`
/// lists.
struct Weights: Sendable {
    /// The files, in the order of their names.
    let files: [SafeTensors]
    /// Which of the files a tensor is in.
    private let fileIndices: [String: Int]
    /// The file to name when a tensor is in none of them.
    private let path: String

    private struct Index: Decodable {
        var weight_map: [String: String]
    }

    /// - Throws: `.missing` without weights, `.unsupported` when they are there as a
    ///   `pytorch_model.bin` only, and whatever is wrong with a file, naming it.
    init(in folder: String) throws(ModelError) {
        let single = folder + "/model.safetensors"
        let index = single + ".index.json"
        do {
            self.init(try SafeTensors(path: single))
            return
        } catch .missing {
            // Then there may be shards.
        }
        guard let map = try ModelFiles.decodeIfPresent(Index.self, index)?.weight_map else {
            for name in ["pytorch_model.bin", "pytorch_model.bin.index.json"] {
                let pickled = folder + "/" + name
                if FileManager.default.fileExists(atPath: pickled) { throw .pickled(path: pickled) }
            }
            throw .missing(path: single)
        }
        try self.init(shards: map, index: index, in: folder)
    }

    private init(_ file: SafeTensors) {
        files = [file]
        fileIndices = file.entries.mapValues { _ in 0 }
        path = file.path
    }

    private init(shards map: [String: String], index: String, in folder: String) throws(ModelError) {
        var files: [SafeTensors] = []
        var numbers: [String: Int] = [:]
        for (tensor, name) in map.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) })
        where numbers[name] == nil {
            guard !name.isEmpty, name != ".", name != "..", !name.contains("/"), !name.contains("\0") else {
                throw .malformed(
                    path: index, field: "weight_map." + tensor,
                    reason: "“\(name)” leads out of the model's folder")
            }
            numbers[name] = files.count
            files.append(try SafeTensors(path: folder + "/" + name))
        }
        for (tensor, name) in map.sorted(by: { $0.key < $1.key }) {
            let file = files[numbers[name]!]
            guard file.entries[tensor] != nil else {
                throw .malformed(path: file.path, field: tensor, reason: "the tensor is missing")
            }
        }
        self.files = files
        fileIndices = map.mapValues { numbers[$0]! }
        path = index
    }

    func contains(_ name: String) -> Bool { fileIndices[name] != nil }

    /// The float matrix called `name`, as `SafeTensors.tensor` gives it.
    func tensor(_ name: String, rows: Int = 1, columns: Int) throws(ModelError) -> Tensor {
        guard let index = fileIndices[name] else {
            throw .malformed(path: path, field: name, reason: "the tensor is missing")
        }
        return try files[index].tensor(name, rows: rows, columns: columns)
    }

    /// As `tensor`, and the numbers have to be finite. For norms and biases, which are small:
    /// damage there is found while loading, without reading all weights.
    func finiteVector(_ name: String, _ count: Int) throws(ModelError) -> Tensor {
        let tensor = try tensor(name, columns: count)
        guard tensor.unusableCount == 0 else {
            throw .malformed(path: fileName(of: name), field: name, reason: Self.notFinite)
        }
        return tensor
    }

    private func fileName(of name: String) -> String { fileIndices[name].map { files[$0].path } ?? path }

    static let notFinite = "it holds numbers that are infinite or not numbers"
}

extension ModelDirectory {
    /// Reads every weight, which loading doesn't, and says where one isn't finite.
    ///
    /// Takes about as long as reading the files: some tens of milliseconds for ninety megabytes.
    ///
    /// - Throws: `.malformed`, naming file and tensor; and as loading does.
    public func verifyWeights() throws(ModelError) {
        var files = try Weights(in: path).files
        for module in config.dense { files += try Weights(in: file(module.folder)).files }
        for file in files {
            for (name, entry) in file.entries.sorted(by: { $0.value.range.lowerBound < $1.value.range.lowerBound }) {
                guard ElementType(rawValue: entry.type) != nil else { continue }
                let tensor = try file.flatTensor(name, entry)
                guard tensor.unusableCount == 0 else {
                    throw .malformed(path: file.path, field: name, reason: Weights.notFinite)
                }
            }
        }
    }
}
