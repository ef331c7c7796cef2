/// BERT's tokenizer: clean, split into words, then split words into the longest known pieces.
///
/// It follows the `BertNormalizer`, `BertPreTokenizer` and `WordPiece` of Hugging Face's
/// tokenizers, including that the spelling of a special token in the text stands for the token.
/// One pass over the text's scalars; nothing is built but the word at hand.
///
/// Limit: the reference's tables of character classes stop at Unicode 9, and the standard
/// library's go on. Of what came later some 650 punctuation marks and combining marks of rare
/// scripts are told apart here and aren't there; everything else agrees scalar by scalar.
struct WordPiece: Sendable {
    /// Words of more scalars than this are one `[UNK]`.
    static let longestWord = 100

    let vocabulary: Vocabulary
    let lowerCase: Bool
    let stripAccents: Bool
    let isolateIdeographs: Bool
    let classify: Int32
    let separator: Int32
    let unknown: Int32
    private let specials: [(spelling: [UInt8], id: Int32)]

    /// - Throws: `.malformed` when a special token is missing or ids go beyond the word table.
    init(_ directory: ModelDirectory) throws(ModelError) {
        var path = directory.file("vocab.txt")
        if let bytes = try ModelFiles.bytesIfPresent(path) {
            vocabulary = Vocabulary(lines: bytes)
        } else if let description = try TokenizerDescription.readIfPresent(in: directory.path) {
            path = directory.file("tokenizer.json")
            let known = 0..<directory.config.vocabSize
            guard description.model.vocab.values.allSatisfy(known.contains) else {
                throw .malformed(
                    path: path, field: "model.vocab",
                    reason: "it has an id outside vocab_size \(directory.config.vocabSize)")
            }
            vocabulary = Vocabulary(description.model.vocab)
        } else {
            throw .missing(path: path)
        }
        guard vocabulary.idLimit <= directory.config.vocabSize else {
            throw .malformed(
                path: path, field: "line \(directory.config.vocabSize + 1)",
                reason: "there are more pieces than vocab_size \(directory.config.vocabSize)")
        }
        let vocabulary = self.vocabulary
        func special(_ name: String) throws(ModelError) -> Int32 {
            guard let id = vocabulary.id(name) else {
                throw .malformed(path: path, field: name, reason: "the special token is missing")
            }
            return id
        }
        classify = try special("[CLS]")
        separator = try special("[SEP]")
        unknown = try special("[UNK]")
        specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { name in
            vocabulary.id(name).map { (Array(name.utf8), $0) }
        }
        lowerCase = directory.config.lowerCase
        stripAccents = directory.config.stripAccents
        isolateIdeographs = directory.config.isolateIdeographs
    }

    /// The ids of `[CLS]`, then the text, then `[SEP]`; no more than `limit` in all.
    func encode(_ text: String, limit: Int) -> [Int32] {
        var ids = pieces(of: text, limit: limit - 2)
        ids.insert(classify, at: 0)
        ids.append(separator)
        return ids
    }

    /// The ids of the text alone, the first `limit` of them.
    func pieces(of text: String, limit: Int = .max) -> [Int32] {
        var run = Run(tokenizer: self)
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex, run.ids.count < limit {
            let scalar = scalars[index]
            if scalar == "[", let (length, id) = special(at: index, in: text) {
                run.endWord()
                run.ids.append(id)
                index = text.utf8.index(index, offsetBy: length)
                continue
            }
            run.take(scalar)
            index = scalars.index(after: index)
        }
        run.endWord()
        return run.ids.count > limit ? Array(run.ids.prefix(limit)) : run.ids
    }

    private func special(at index: String.Index, in text: String) -> (length: Int, id: Int32)? {
        let rest = text.utf8[index...]
        for (spelling, id) in specials where rest.starts(with: spelling) {
            return (spelling.count, id)
        }
        return nil
    }

    /// The state of one pass: the ids so far and the word at hand, already normalised.
    private struct Run {
        let tokenizer: WordPiece
        var ids: [Int32] = []
        private var word: [UInt8] = []
        private var scalarsInWord = 0

        init(tokenizer: WordPiece) { self.tokenizer = tokenizer }

        /// Cleaning, which sees the text as it was written.
        mutating func take(_ scalar: Unicode.Scalar) {
            let value = scalar.value
            if value < 0x80 {
                if value > 0x20, value < 0x7F {
                    let upper = value >= 0x41 && value <= 0x5A
                    place(upper && tokenizer.lowerCase ? Unicode.Scalar(UInt8(value + 0x20)) : scalar)
                } else if value == 0x20 || value == 0x09 || value == 0x0A || value == 0x0D {
                    endWord()
                }
                return  // Other controls vanish, and don't part a word.
            }
            if CharacterClass.isDropped(scalar) { return }
            let alone = tokenizer.isolateIdeographs && CharacterClass.isIdeograph(scalar)
            if alone { endWord() }
            normalize(scalar)
            if alone { endWord() }
        }

        /// Accents first, then case: "É" is "E" and its accent, then "e".
        private mutating func normalize(_ scalar: Unicode.Scalar) {
            guard tokenizer.stripAccents, Decomposition.mayDecompose(scalar) else {
                return stripAndLower(scalar)
            }
            for part in Decomposition.decompose(scalar) { stripAndLower(part) }
        }

        private mutating func stripAndLower(_ scalar: Unicode.Scalar) {
            if tokenizer.stripAccents, scalar.properties.generalCategory == .nonspacingMark { return }
            guard tokenizer.lowerCase, scalar.properties.changesWhenLowercased else { return place(scalar) }
            for part in scalar.properties.lowercaseMapping.unicodeScalars { place(part) }
        }

        /// Splitting, which sees what normalisation made of the text.
        private mutating func place(_ scalar: Unicode.Scalar) {
            if CharacterClass.isSpace(scalar) {
                endWord()
            } else if CharacterClass.isPunctuation(scalar) {
                endWord()
                append(scalar)
                endWord()
            } else {
                append(scalar)
            }
        }

        private mutating func append(_ scalar: Unicode.Scalar) {
            scalarsInWord += 1
            // The word is going to be unknown; there is no need to keep a megabyte of it.
            guard scalarsInWord <= WordPiece.longestWord else { return }
            word.append(contentsOf: UTF8.encode(scalar)!)
        }

        mutating func endWord() {
            defer {
                word.removeAll(keepingCapacity: true)
                scalarsInWord = 0
            }
            guard scalarsInWord > 0 else { return }
            guard scalarsInWord <= WordPiece.longestWord else {
                ids.append(tokenizer.unknown)
                return
            }
            let first = ids.count
            var start = 0
            while start < word.count {
                guard let (id, end) = tokenizer.vocabulary.longestPiece(in: word, from: start) else {
                    // One unknown piece makes the whole word unknown.
                    ids.removeLast(ids.count - first)
                    ids.append(tokenizer.unknown)
                    return
                }
                ids.append(id)
                start = end
            }
        }
    }
}
