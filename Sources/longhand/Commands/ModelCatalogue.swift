/// The models that `longhand model pull` knows.
struct ModelCatalogue {
    struct Entry {
        let name: String
        /// Its repository at a Hugging Face endpoint.
        let repository: String
        let languages: String
        let licence: String
        let megabytes: Int
        /// The SHA-256 of model.safetensors; nil where it is not known here.
        let sha256: String?
    }

    static let entries: [Entry] = [
        Entry(
            name: "all-MiniLM-L6-v2", repository: "sentence-transformers/all-MiniLM-L6-v2", languages: "English",
            licence: "Apache-2.0", megabytes: 91,
            sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
        Entry(
            name: "all-MiniLM-L12-v2", repository: "sentence-transformers/all-MiniLM-L12-v2", languages: "English",
            licence: "Apache-2.0", megabytes: 133, sha256: nil),
        Entry(
            name: "bge-small-en-v1.5", repository: "BAAI/bge-small-en-v1.5", languages: "English", licence: "MIT",
            megabytes: 133, sha256: nil),
        Entry(
            name: "bge-small-zh-v1.5", repository: "BAAI/bge-small-zh-v1.5", languages: "Chinese", licence: "MIT",
            megabytes: 96, sha256: nil),
    ]

    /// The files of a model's folder; those marked required must be there.
    static let files: [(path: String, isRequired: Bool)] = [
        ("config.json", true), ("vocab.txt", true), ("model.safetensors", true), ("tokenizer.json", false),
        ("tokenizer_config.json", false), ("special_tokens_map.json", false), ("modules.json", false),
        ("sentence_bert_config.json", false), ("config_sentence_transformers.json", false), ("1_Pooling/config.json", false),
    ]
}
