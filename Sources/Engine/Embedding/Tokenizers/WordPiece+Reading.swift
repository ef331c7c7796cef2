/// What of a `tokenizer.json` or a `vocab.txt` becomes a `WordPiece`.
extension WordPiece {
    /// BERT's special tokens, whose spellings in a text stand for themselves.
    private static let specialNames = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    /// From a `tokenizer.json`.
    ///
    /// Where `tokenizer_config.json` says something of case, accents or ideographs it counts and
    /// not the normaliser here, as in Transformers; `ModelConfiguration` has settled that.
    init(_ file: TokenizerFile, _ config: ModelConfiguration) throws(ModelError) {
        let model = try file.root.required("model")
        if let prefix = try model.member("continuing_subword_prefix"), try prefix.string() != "##" {
            throw prefix.unsupported()
        }
        if let length = try model.member("max_input_chars_per_word"),
            try length.integer() != Self.longestWord
        {
            throw length.unsupported()
        }
        let normalizer = try file.root.member("normalizer")
        if let type = try normalizer?.member("type"), try type.string() != "BertNormalizer" {
            throw type.unsupported()
        }
        if let clean = try normalizer?.member("clean_text"), try !clean.bool() { throw clean.unsupported() }
        if let type = try file.root.member("pre_tokenizer")?.member("type"),
            try type.string() != "BertPreTokenizer"
        {
            throw type.unsupported()
        }
        let vocabulary = Vocabulary(file.pieces)
        guard vocabulary.idLimit <= config.vocabSize else {
            throw .malformed(
                path: file.path, field: "model.vocab",
                reason: "it has an id outside vocab_size \(config.vocabSize)")
        }
        let unknown = try model.member("unk_token")?.string() ?? "[UNK]"
        let hasFrame = try file.root.member("post_processor") != nil
        let hasTokens = try file.root.member("added_tokens") != nil
        let added = try file.addedTokens(vocabSize: config.vocabSize, idOf: vocabulary.id) { $0 }
        guard added.normalized.isEmpty else {
            throw .unsupported(path: file.path, field: "added_tokens.normalized", value: "true")
        }
        self.init(
            vocabulary, config,
            lowercase: try normalizer?.member("lowercase")?.bool(),
            stripAccents: try normalizer?.member("strip_accents")?.bool(),
            isolate: try normalizer?.member("handle_chinese_chars")?.bool(),
            special: SpecialPieces(
                unknown: try Self.special(unknown, vocabulary, file.path),
                frame: hasFrame
                    ? try file.frame(vocabSize: config.vocabSize) : try Self.frame(vocabulary, file.path),
                added: hasTokens ? added.plain : Self.specials(vocabulary)))
    }

    /// From the lines of a `vocab.txt`.
    ///
    /// - Throws: `.malformed` when a special token is missing or ids go beyond the word table.
    init(_ pieces: PieceList, path: String, _ config: ModelConfiguration) throws(ModelError) {
        guard pieces.count <= config.vocabSize else {
            throw .malformed(
                path: path, field: "line \(config.vocabSize + 1)",
                reason: "there are more pieces than vocab_size \(config.vocabSize)")
        }
        let vocabulary = Vocabulary(pieces)
        let frame = try Self.frame(vocabulary, path)
        self.init(
            vocabulary, config,
            special: SpecialPieces(
                unknown: try Self.special("[UNK]", vocabulary, path), frame: frame, added: Self.specials(vocabulary)))
    }

    /// Pieces that no word of a text becomes.
    private struct SpecialPieces {
        var unknown: Int32
        var frame: SpecialTokenFrame
        var added: AddedTokens
    }

    private init(
        _ vocabulary: Vocabulary, _ config: ModelConfiguration, lowercase: Bool? = nil,
        stripAccents: Bool? = nil, isolate: Bool? = nil, special: SpecialPieces
    ) {
        let lowers = config.lowerCase ?? lowercase ?? true
        self.init(
            vocabulary: vocabulary, lowerCase: lowers || config.lowersFirst,
            // Accents go along with case unless a file says otherwise.
            stripAccents: config.stripAccents ?? stripAccents ?? lowers,
            isolateIdeographs: config.isolateIdeographs ?? isolate ?? true, unknown: special.unknown,
            frame: special.frame, added: special.added)
    }

    private static func special(
        _ name: String, _ vocabulary: Vocabulary, _ path: String
    ) throws(ModelError) -> Int32 {
        guard let id = vocabulary.id(name) else {
            throw .malformed(path: path, field: name, reason: "the special token is missing")
        }
        return id
    }

    private static func frame(
        _ vocabulary: Vocabulary, _ path: String
    ) throws(ModelError) -> SpecialTokenFrame {
        SpecialTokenFrame(
            before: [try special("[CLS]", vocabulary, path)],
            after: [try special("[SEP]", vocabulary, path)])
    }

    private static func specials(_ vocabulary: Vocabulary) -> AddedTokens {
        AddedTokens(
            specialNames.compactMap { name in
                vocabulary.id(name).map { AddedTokens.Token(id: $0, spelling: Array(name.utf8)) }
            })
    }
}
