/// Cuts texts into the numbers a model was trained with.
///
/// Invalid bytes never come here: a Swift String holds valid UTF-8, and where one is decoded from
/// bytes, each maximal ill-formed part becomes one U+FFFD, as with Python's `errors="replace"`.
protocol Tokenizer: Sendable {
    /// What is put around every text.
    var frame: SpecialTokenFrame { get }

    /// The ids of the text alone, the first `limit` of them.
    func pieces(of text: String, limit: Int) -> [Int32]
}

/// The special tokens around a text, such as `<s>` and `</s>`.
struct SpecialTokenFrame: Sendable, Equatable {
    var before: [Int32]
    var after: [Int32]

    var count: Int { before.count + after.count }
}

extension Tokenizer {
    /// The ids of a text between its special tokens; no more than `limit` in all, which has to be
    /// at least their number. What is too long loses its end.
    func encode(_ text: String, limit: Int) -> [Int32] {
        var ids = pieces(of: text, limit: limit - frame.count)
        ids.insert(contentsOf: frame.before, at: 0)
        ids.append(contentsOf: frame.after)
        return ids
    }

    func pieces(of text: String) -> [Int32] { pieces(of: text, limit: .max) }
}

extension ModelDirectory {
    /// The model's tokenizer, and the file's bytes, which are many megabytes and read once.
    ///
    /// `tokenizer.json` goes first when it is there: it also declares added tokens and templates,
    /// and it is what Sentence Transformers reads. `vocab.txt`, a BERT vocabulary without them,
    /// stands in for it, with BERT's own special tokens.
    ///
    /// - Throws: `.malformed` and `.unsupported`, naming file and field; `.missing` without either.
    func vocabulary() throws(ModelError) -> (tokenizer: any Tokenizer, bytes: [UInt8]) {
        let json = file("tokenizer.json")
        if let bytes = try ModelFiles.bytesIfPresent(json) {
            let file = try TokenizerFile(bytes, path: json)
            let tokenizer: any Tokenizer =
                file.isUnigram ? try Unigram(file, config) : try WordPiece(file, config)
            // Without special tokens an empty text would have no tokens, and so no vector.
            guard tokenizer.frame.count > 0, tokenizer.frame.count < config.maxSequenceLength else {
                throw .unsupported(
                    path: file.path, field: "post_processor",
                    value: "\(tokenizer.frame.count) special tokens around a text")
            }
            return (tokenizer, bytes)
        }
        let path = file("vocab.txt")
        guard let bytes = try ModelFiles.bytesIfPresent(path) else { throw .missing(path: path) }
        return (try WordPiece(PieceList(lines: bytes), path: path, config), bytes)
    }
}
