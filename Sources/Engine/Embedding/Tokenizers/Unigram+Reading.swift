import JSON

/// What of a `tokenizer.json` becomes a `Unigram`. Whatever isn't understood is `.unsupported`.
extension Unigram {
    init(_ file: TokenizerFile, _ config: ModelConfiguration) throws(ModelError) {
        let model = try file.root.required("model")
        let unknown = try model.required("unk_id").integer()
        guard unknown >= 0, unknown < file.pieces.count else {
            throw try model.required("unk_id").wrong("\(unknown) isn't in the vocabulary")
        }
        guard file.pieces.count <= config.vocabSize else {
            throw .malformed(
                path: file.path, field: "model.vocab",
                reason: "there are more pieces than vocab_size \(config.vocabSize)")
        }
        var steps: [NormalizerStep] = []
        if let field = try file.root.member("normalizer") { try Self.read(field, into: &steps) }
        // Sentence Transformers puts it before all others when its own file asks for it.
        if config.lowersFirst, !steps.contains(.lowercase) { steps.insert(.lowercase, at: 0) }
        var cuts: [Cut] = []
        if let field = try file.root.member("pre_tokenizer") { try Self.read(field, into: &cuts) }
        let normalizer = steps
        let unigram = UnigramModel(
            file.pieces, unknown: Int32(unknown),
            byteFallback: try model.member("byte_fallback")?.bool() ?? false)
        let added = try file.addedTokens(vocabSize: config.vocabSize, idOf: unigram.id) { bytes in
            normalizer.reduce(bytes) { $1.apply(to: $0) }
        }
        self.init(
            frame: try file.frame(vocabSize: config.vocabSize),
            model: unigram,
            normalizer: steps, cuts: cuts, added: added.plain, addedNormalized: added.normalized)
    }

    private static func read(_ field: JSONField, into steps: inout [NormalizerStep]) throws(ModelError) {
        let type = try field.required("type")
        switch try type.string() {
        case "Sequence":
            for step in try field.required("normalizers").elements() { try read(step, into: &steps) }
        case "Precompiled":
            guard let map = try field.member("precompiled_charsmap") else { return }
            do throws(JSONReader.Failure) {
                steps.append(.charsMap(try CharsMap(base64: try map.text())))
            } catch {
                throw map.wrong(error.reason)
            }
        case "Replace": steps.append(try replacement(field))
        case "Strip":
            steps.append(
                .strip(
                    left: try field.member("strip_left")?.bool() ?? true,
                    right: try field.member("strip_right")?.bool() ?? true))
        case "Lowercase": steps.append(.lowercase)
        case "Prepend": steps.append(.prepend(Array(try field.required("prepend").string().utf8)))
        case "NFC": steps.append(.form(.NFC))
        case "NFD": steps.append(.form(.NFD))
        case "NFKC": steps.append(.form(.NFKC))
        case "NFKD": steps.append(.form(.NFKD))
        default: throw type.unsupported()
        }
    }

    /// Of regular expressions only runs of one character (` {2,}`, ` +`) are understood.
    private static func replacement(_ field: JSONField) throws(ModelError) -> NormalizerStep {
        let content = Array(try field.required("content").string().utf8)
        let pattern = try field.required("pattern")
        if let literal = try pattern.member("String") {
            return .replace(Array(try literal.string().utf8), with: content)
        }
        let regex = try pattern.required("Regex")
        let text = try regex.string()
        guard let first = text.unicodeScalars.first,
            first == " " || first.properties.isAlphabetic || first.value == 0x2581
        else { throw regex.unsupported() }
        let rest = text.unicodeScalars.dropFirst()
        let least: Int
        if rest.elementsEqual("+".unicodeScalars) || rest.isEmpty {
            if rest.isEmpty { return .replace(Array(String(first).utf8), with: content) }
            least = 1
        } else {
            guard rest.first == "{", rest.suffix(2).elementsEqual(",}".unicodeScalars),
                let number = Int(String(String.UnicodeScalarView(rest.dropFirst().dropLast(2)))),
                number > 0, number < 100
            else { throw regex.unsupported() }
            least = number
        }
        return .collapse(Array(String(first).utf8), atLeast: least, with: content)
    }

    private static func read(_ field: JSONField, into cuts: inout [Cut]) throws(ModelError) {
        let type = try field.required("type")
        switch try type.string() {
        case "Sequence":
            for step in try field.required("pretokenizers").elements() { try read(step, into: &cuts) }
        case "WhitespaceSplit": cuts.append(.spaces)
        case "Metaspace":
            let replacement = try field.required("replacement")
            let mark = try replacement.string()
            guard mark.unicodeScalars.count == 1 else { throw replacement.unsupported() }
            var prepend = PrependScheme.always
            if let scheme = try field.member("prepend_scheme") {
                guard let known = PrependScheme(rawValue: try scheme.string()) else { throw scheme.unsupported() }
                prepend = known
            } else if let space = try field.member("add_prefix_space") {
                prepend = try space.bool() ? .always : .never
            }
            cuts.append(
                .metaspace(
                    mark: Array(mark.utf8), prepend: prepend,
                    splits: try field.member("split")?.bool() ?? true))
        default: throw type.unsupported()
        }
    }
}

extension JSONField {
    /// A string, for readers that throw the JSON reader's own failure.
    fileprivate func text() throws(JSONReader.Failure) -> String {
        guard case .string(let text) = value else {
            throw JSONReader.Failure(offset: 0, reason: "it isn't a string")
        }
        return text
    }
}
