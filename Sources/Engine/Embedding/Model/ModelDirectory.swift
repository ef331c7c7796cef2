/// A model's folder in Hugging Face layout, with its declarations read and checked; the weights
/// and the vocabulary are left to `Embedder`.
///
/// Files: `config.json`, `model.safetensors`, and `vocab.txt` or `tokenizer.json` must be there;
/// `tokenizer_config.json`, `modules.json`, `1_Pooling/config.json`, `sentence_bert_config.json`
/// and `config_sentence_transformers.json` refine them.
public struct ModelDirectory: Sendable, Equatable {
    /// Where the folder is, without a trailing slash.
    public let path: String
    /// What the folder's files declare.
    public let config: ModelConfiguration
    /// The folder's name, which is the model's.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// - Throws: `ModelError.missing` without a `config.json`, `.malformed` and `.unsupported`
    ///   when a declaration contradicts itself or this encoder.
    public init(path: String) throws(ModelError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        config = try ModelConfiguration.read(in: path)
    }

    /// The model called `name` below `modelsRoot`.
    ///
    /// - Throws: as `init(path:)`; a name that would lead out of `modelsRoot` is `.missing`.
    public static func find(name: String, modelsRoot: String) throws(ModelError) -> ModelDirectory {
        let path = modelsRoot + "/" + name
        let steps = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !steps.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            throw .missing(path: path)
        }
        return try ModelDirectory(path: path)
    }

    func file(_ name: String) -> String { path + "/" + name }
}
