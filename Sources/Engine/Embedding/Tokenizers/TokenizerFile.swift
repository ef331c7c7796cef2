import JSON

/// A `tokenizer.json`, read as bytes: its vocabulary as a list of pieces, all else as values.
struct TokenizerFile {
    let path: String
    /// Everything but the vocabulary.
    let root: JSONField
    let pieces: PieceList
    /// Whether the vocabulary has scores (Unigram) and not ids (WordPiece).
    let isUnigram: Bool

    init(_ bytes: [UInt8], path: String) throws(ModelError) {
        self.path = path
        var reader = JSONReader(bytes)
        var members: [String: JSONValue] = [:]
        var pieces: PieceList?
        do throws(JSONReader.Failure) {
            var more = try reader.beginObject()
            while more {
                let key = try reader.key()
                if members[key] != nil { throw reader.failure("a key comes twice") }
                members[key] = key == "model" ? try Self.model(&reader, &pieces) : try reader.value()
                more = try reader.nextMember()
            }
            try reader.end()
        } catch {
            throw .malformed(path: path, field: "byte \(error.offset)", reason: error.reason)
        }
        root = JSONField(path: path, name: "", value: .object(members))
        let model = try root.required("model")
        guard let pieces else {
            throw .malformed(path: path, field: "model.vocab", reason: "the field is missing")
        }
        self.pieces = pieces
        isUnigram = !pieces.scores.isEmpty
        // Some old files leave the type out; what the vocabulary looks like then decides.
        let type = try model.member("type")
        let known = isUnigram ? "Unigram" : "WordPiece"
        if let type, try type.string() != known { throw type.unsupported() }
    }

    /// The model's members, its vocabulary apart.
    private static func model(
        _ reader: inout JSONReader, _ pieces: inout PieceList?
    ) throws(JSONReader.Failure) -> JSONValue {
        var members: [String: JSONValue] = [:]
        var more = try reader.beginObject()
        while more {
            let key = try reader.key()
            if key == "vocab" {
                pieces =
                    reader.peek() == 0x5B ? try PieceList(scored: &reader) : try PieceList(table: &reader)
            } else if key == "merges" {
                // A byte-pair model, which is refused by its type; its merges may be many.
                try reader.skip()
            } else {
                members[key] = try reader.value()
            }
            more = try reader.nextMember()
        }
        return .object(members)
    }

    // MARK: Added tokens

    /// The added tokens, those looked for in the text as written and those in normalised text.
    ///
    /// - Parameter idOf: the id of a piece of the model's vocabulary
    func addedTokens(
        vocabSize: Int, idOf: (String) -> Int32?, normalize: ([UInt8]) -> [UInt8]
    ) throws(ModelError) -> (plain: AddedTokens, normalized: AddedTokens) {
        var plain: [AddedTokens.Token] = []
        var normalized: [AddedTokens.Token] = []
        guard let list = try root.member("added_tokens") else { return (AddedTokens([]), AddedTokens([])) }
        for field in try list.elements() {
            let id = try field.required("id").integer()
            guard id >= 0, id < vocabSize else {
                throw .malformed(
                    path: path, field: field.name + ".id",
                    reason: "\(id) is outside vocab_size \(vocabSize)")
            }
            let isSpecial = try field.member("special")?.bool() ?? false
            let isNormalized = try field.member("normalized")?.bool() ?? !isSpecial
            let content = try field.required("content").string()
            let known = idOf(content)
            guard known.map({ $0 == id }) ?? (id >= pieces.count) else {
                throw .malformed(
                    path: path, field: field.name + ".id", reason: "\(id) contradicts model.vocab")
            }
            let spelling = Array(content.utf8)
            let token = AddedTokens.Token(
                id: Int32(id), spelling: isNormalized ? normalize(spelling) : spelling,
                stripsLeft: try field.member("lstrip")?.bool() ?? false,
                stripsRight: try field.member("rstrip")?.bool() ?? false,
                isSingleWord: try field.member("single_word")?.bool() ?? false)
            guard !token.spelling.isEmpty else { continue }
            if isNormalized { normalized.append(token) } else { plain.append(token) }
        }
        return (AddedTokens(plain), AddedTokens(normalized))
    }

    // MARK: The frame

    /// What the post-processor puts around a single text.
    func frame(vocabSize: Int) throws(ModelError) -> SpecialTokenFrame {
        guard let processor = try root.member("post_processor") else {
            return SpecialTokenFrame(before: [], after: [])
        }
        let type = try processor.required("type")
        let frame: SpecialTokenFrame
        switch try type.string() {
        case "TemplateProcessing": frame = try template(processor)
        case "BertProcessing", "RobertaProcessing":
            frame = SpecialTokenFrame(
                before: [try pairID(processor.required("cls"))], after: [try pairID(processor.required("sep"))])
        default: throw type.unsupported()
        }
        guard (frame.before + frame.after).allSatisfy({ $0 < vocabSize }) else {
            throw processor.wrong("it has an id outside vocab_size \(vocabSize)")
        }
        return frame
    }

    private func template(_ processor: JSONField) throws(ModelError) -> SpecialTokenFrame {
        var frame = SpecialTokenFrame(before: [], after: [])
        var sawText = false
        for step in try processor.required("single").elements() {
            if let sequence = try step.member("Sequence") {
                let id = try sequence.required("id")
                guard try id.string() == "A", !sawText else { throw id.unsupported() }
                sawText = true
                continue
            }
            let name = try step.required("SpecialToken").required("id").string()
            for field in try processor.required("special_tokens").required(name).required("ids").elements() {
                let id = try identifier(field)
                if sawText { frame.after.append(id) } else { frame.before.append(id) }
            }
        }
        guard sawText else { throw try processor.required("single").wrong("the text itself has no place in it") }
        return frame
    }

    /// The id in `["</s>", 2]`.
    private func pairID(_ field: JSONField) throws(ModelError) -> Int32 {
        let pair = try field.elements()
        guard pair.count == 2 else { throw field.wrong("it isn't a pair") }
        return try identifier(pair[1])
    }

    private func identifier(_ field: JSONField) throws(ModelError) -> Int32 {
        let id = try field.integer()
        guard id >= 0, id <= 4_000_000 else { throw field.wrong("\(id) isn't a possible id") }
        return Int32(id)
    }
}
