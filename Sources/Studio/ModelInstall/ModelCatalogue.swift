/// The models that `longhand model pull` knows by name. Any other repository can be pulled as
/// `owner/name`.
package struct ModelCatalogue {
    package struct Entry: Sendable {
        /// What the model's folder is called here.
        package let name: String
        /// Its repository at a Hugging Face endpoint.
        package let repository: String
        /// The size of the weights in millions of bytes, about: as published, or four bytes a parameter.
        package let megabytes: Int
        /// Floats in a vector.
        package let dimensions: Int
        /// The longest input in tokens.
        package let window: Int
        package let languages: String
        /// As the repository states it.
        package let licence: String
        /// The SHA-256 of model.safetensors; nil where it isn't known here. Then the endpoint's own
        /// announcement is held against what comes.
        package var sha256: String?
        /// Whether the repository has its weights as a pickle only, which Longhand doesn't open.
        package var isPickleOnly = false
    }

    package static let entries: [Entry] = [
        Entry(
            name: "all-MiniLM-L6-v2", repository: "sentence-transformers/all-MiniLM-L6-v2", megabytes: 91,
            dimensions: 384, window: 256, languages: "English", licence: "Apache-2.0",
            sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
        Entry(
            name: "all-MiniLM-L12-v2", repository: "sentence-transformers/all-MiniLM-L12-v2", megabytes: 133,
            dimensions: 384, window: 128, languages: "English", licence: "Apache-2.0"),
        Entry(
            name: "bge-small-en-v1.5", repository: "BAAI/bge-small-en-v1.5", megabytes: 133, dimensions: 384,
            window: 512, languages: "English", licence: "MIT"),
        Entry(
            name: "bge-base-en-v1.5", repository: "BAAI/bge-base-en-v1.5", megabytes: 438, dimensions: 768,
            window: 512, languages: "English", licence: "MIT"),
        Entry(
            name: "bge-small-zh-v1.5", repository: "BAAI/bge-small-zh-v1.5", megabytes: 96, dimensions: 512,
            window: 512, languages: "Chinese", licence: "MIT"),
        Entry(
            name: "bge-base-zh-v1.5", repository: "BAAI/bge-base-zh-v1.5", megabytes: 409, dimensions: 768,
            window: 512, languages: "Chinese", licence: "MIT"),
        Entry(
            name: "m3e-small", repository: "moka-ai/m3e-small", megabytes: 96, dimensions: 512, window: 512,
            languages: "Chinese", licence: "not stated", isPickleOnly: true),
        Entry(
            name: "m3e-base", repository: "moka-ai/m3e-base", megabytes: 409, dimensions: 768, window: 512,
            languages: "Chinese, English", licence: "not stated"),
        Entry(
            name: "multilingual-e5-small", repository: "intfloat/multilingual-e5-small", megabytes: 471,
            dimensions: 384, window: 512, languages: "94 languages", licence: "MIT"),
        Entry(
            name: "multilingual-e5-base", repository: "intfloat/multilingual-e5-base", megabytes: 1112,
            dimensions: 768, window: 512, languages: "94 languages", licence: "MIT"),
    ]

    /// The entry of that name, or of that repository.
    package static func entry(_ name: String) -> Entry? {
        entries.first { $0.name == name || $0.repository == name }
    }
}
