/// What this program reads of a `tokenizer.json`.
struct TokenizerDescription: Decodable {
    struct Normalizer: Decodable {
        var lowercase: Bool?
        var strip_accents: Bool?
        var handle_chinese_chars: Bool?
    }

    struct Model: Decodable {
        var type: String?
        var vocab: [String: Int]
    }

    var normalizer: Normalizer?
    var model: Model

    static func readIfPresent(in folder: String) throws(ModelError) -> TokenizerDescription? {
        let path = folder + "/tokenizer.json"
        guard let file = try ModelFiles.decodeIfPresent(TokenizerDescription.self, path) else {
            return nil
        }
        let type = file.model.type ?? "WordPiece"
        guard type == "WordPiece" else {
            throw .unsupported(path: path, field: "model.type", value: type)
        }
        return file
    }
}
