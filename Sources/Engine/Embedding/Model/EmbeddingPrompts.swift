/// What a model wants before a query and before a passage.
struct EmbeddingPrompts: Equatable, Sendable {
    var query = ""
    var passage = ""

    private struct File: Decodable {
        var prompts: [String: String?]?
        var default_prompt_name: String?
    }

    /// The model's own prompts; where its file has none, those its authors published, by name.
    ///
    /// Sentence Transformers writes empty prompts into every model it saves, so that a file with
    /// only empty ones says nothing.
    static func read(in folder: String, nameOrPath: String?) throws(ModelError) -> EmbeddingPrompts {
        let path = folder + "/config_sentence_transformers.json"
        let file = try ModelFiles.decodeIfPresent(File.self, path)
        let prompts = (file?.prompts ?? [:]).compactMapValues { $0 }.filter { !$0.value.isEmpty }
        if prompts.isEmpty {
            let names = [folder, nameOrPath ?? ""].compactMap { $0.split(separator: "/").last }
            return names.lazy.compactMap { published(for: String($0)) }.first ?? EmbeddingPrompts()
        }
        var byDefault = ""
        if let name = file?.default_prompt_name {
            guard let prompt = file?.prompts?[name] else {
                throw .malformed(
                    path: path, field: "default_prompt_name", reason: "no prompt has the name \(name)")
            }
            byDefault = prompt ?? ""
        }
        return EmbeddingPrompts(
            query: prompts["query"] ?? byDefault,
            passage: prompts["document"] ?? prompts["passage"] ?? prompts["corpus"] ?? byDefault)
    }

    /// The published prompts of the model called `name`; nil for a name that isn't known.
    ///
    /// From the model cards: BGE wants an instruction before queries only, E5 a word before both,
    /// M3E nothing. An owner before the name, as in `BAAI_bge-small-en`, doesn't count.
    static func published(for name: String) -> EmbeddingPrompts? {
        var name = name.lowercased()
        for owner in ["baai_", "intfloat_", "moka-ai_"] where name.hasPrefix(owner) {
            name.removeFirst(owner.count)
        }
        return table[name]
    }

    private static let table: [String: EmbeddingPrompts] = {
        let english = EmbeddingPrompts(query: "Represent this sentence for searching relevant passages: ")
        let chinese = EmbeddingPrompts(query: "为这个句子生成表示以用于检索相关文章：")
        let e5 = EmbeddingPrompts(query: "query: ", passage: "passage: ")
        var table: [String: EmbeddingPrompts] = [:]
        for size in ["small", "base", "large"] {
            for version in ["", "-v1.5"] {
                table["bge-\(size)-en" + version] = english
                table["bge-\(size)-zh" + version] = chinese
            }
            for version in ["", "-v2", "-unsupervised"] { table["e5-" + size + version] = e5 }
            table["multilingual-e5-" + size] = e5
            table["m3e-" + size] = EmbeddingPrompts()
        }
        return table
    }()
}
