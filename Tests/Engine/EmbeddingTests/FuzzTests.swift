import Foundation
import Testing

@testable import Embedding

/// Damaged files either load or are a `ModelError` that names a file; nothing traps.
@Suite struct FuzzTests {
    private func path(_ error: ModelError) -> String? {
        switch error {
        case .missing(let path), .unreadable(let path, _), .malformed(let path, _, _),
            .unsupported(let path, _, _), .truncated(let path, _, _), .pickled(let path):
            path
        case .notFinite(let model): model
        case .cancelled: nil
        }
    }

    /// Loads, encodes and checks; false when it was refused.
    private func survives(_ model: MadeModel) throws -> Bool {
        do throws(ModelError) {
            let embedder = try Embedder(try ModelDirectory(path: model.path))
            let vectors = try embedder.encode(["abc hello", "", "<s> 长 é\u{301}"], as: .query)
            #expect(vectors.allSatisfy { $0.count == embedder.dimension })
            return true
        } catch {
            let named = try #require(path(error))
            #expect(named.hasPrefix(model.path) || model.path.hasSuffix(named), "\(error)")
            #expect(!error.message.isEmpty)
            return false
        }
    }

    @Test func damagedWeightFiles() throws {
        var mutations = Mutations(seed: 1)
        let model = try MadeModel()
        let whole = model.file()
        let header = 8 + whole.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        var survivors = 0
        for turn in 0..<1500 {
            let head = mutations.damage(Array(whole[8..<header]))
            let length = turn % 3 == 0 ? header - 8 : head.count
            let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
            try model.write("model.safetensors", bytes: prefix + head + whole[header...])
            if try survives(model) { survivors += 1 }
        }
        #expect(survivors < 600)
    }

    @Test func damagedDeclarations() throws {
        var mutations = Mutations(seed: 2)
        let model = try MadeModel()
        try model.shard()
        try model.write(
            "modules.json",
            json: [
                ["path": "", "type": "x.Transformer"], ["path": "1_Pooling", "type": "x.Pooling"],
                ["path": "2_Normalize", "type": "x.Normalize"],
            ])
        try model.write("sentence_bert_config.json", json: ["max_seq_length": 12, "do_lower_case": false])
        try model.write(
            "tokenizer_config.json", json: ["do_lower_case": true, "model_max_length": 1e30])
        try model.write(
            "config_sentence_transformers.json",
            json: ["prompts": ["query": "a ", "passage": "b "], "default_prompt_name": "query"])
        let names = [
            "config.json", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json",
            "tokenizer_config.json", "config_sentence_transformers.json", "model.safetensors.index.json",
            "vocab.txt",
        ]
        #expect(try survives(model))
        var refused = 0
        for name in names {
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: model.path + "/" + name)))
            for _ in 0..<220 {
                try model.write(name, bytes: mutations.damage(whole))
                if try !survives(model) { refused += 1 }
            }
            try model.write(name, bytes: whole)
        }
        #expect(refused > 500)
    }

    @Test func damagedTokenizers() throws {
        var mutations = Mutations(seed: 3)
        var config = try MadeModel().configuration()
        config.vocabSize = 64
        for whole in [TinyTokenizer.unigram, TinyTokenizer.wordPiece] {
            var refused = 0
            for turn in 0..<2000 {
                let bytes = turn == 0 ? Array(whole.utf8) : mutations.damage(Array(whole.utf8))
                do throws(ModelError) {
                    let tokenizer = try TinyTokenizer.load(bytes, config)
                    for text in ["", "ab <mask> ca", "\u{AD}é長\u{301}  x"] {
                        #expect(tokenizer.encode(text, limit: 1000).allSatisfy { $0 >= 0 && $0 < 64 })
                    }
                } catch {
                    #expect(path(error) == "/m/tokenizer.json", "\(error)")
                    refused += 1
                }
            }
            #expect(refused > 1000 && refused < 2000)
        }
    }

    @Test func damagedCharacterTables() throws {
        var mutations = Mutations(seed: 4)
        let text = Array("a\u{301}b \r\n长é".utf8)
        var loaded = 0
        for _ in 0..<2000 {
            let units = mutations.next(40)
            var bytes: [UInt8] = [UInt8(units * 4), 0, 0, 0]
            for _ in 0..<units {
                let label = mutations.next(2) == 0 ? Int(text[mutations.next(text.count)]) : mutations.next(256)
                let unit = UInt32(mutations.next(64)) << 10 | UInt32(mutations.next(4)) << 8 | UInt32(label)
                for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(unit >> shift & 0xFF)) }
            }
            bytes += (0..<mutations.next(30)).map { _ in UInt8(mutations.next(100)) }
            if mutations.next(4) == 0 { bytes = mutations.damage(bytes) }
            guard let map = try? CharsMap(base64: Data(bytes).base64EncodedString()) else { continue }
            loaded += 1
            _ = map.apply(to: text)
        }
        #expect(loaded > 500)
    }
}

/// Tokenizer files small enough to damage thousands of times.
enum TinyTokenizer {
    static func load(_ bytes: [UInt8], _ config: ModelConfiguration) throws(ModelError) -> any Tokenizer {
        let file = try TokenizerFile(bytes, path: "/m/tokenizer.json")
        if file.isUnigram { return try Unigram(file, config) }
        return try WordPiece(file, config)
    }

    static let unigram = """
        {"version":"1.0","truncation":null,"added_tokens":[
        {"id":0,"content":"<s>","special":true,"normalized":false},
        {"id":9,"content":"<mask>","lstrip":true,"special":true,"normalized":false}],
        "normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Lowercase"},
        {"type":"Strip","strip_left":false,"strip_right":true},
        {"type":"Replace","pattern":{"Regex":" {2,}"},"content":"▁"}]},
        "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},
        {"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}]},
        "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},
        {"Sequence":{"id":"A"}},{"SpecialToken":{"id":"</s>"}}],
        "special_tokens":{"<s>":{"ids":[0]},"</s>":{"ids":[2]}}},
        "model":{"type":"Unigram","unk_id":3,"byte_fallback":true,"vocab":[["<s>",0.0],["<pad>",0],
        ["</s>",0.0],["<unk>",0.0],["▁a",-1.5],["b",-2.25],["▁ab",-2.0e0],["c",-3.4635426998138428],
        ["长",-4],["<mask>",0.0]]}}
        """

    static let wordPiece = """
        {"version":"1.0","added_tokens":[{"id":2,"content":"[CLS]","special":true,"normalized":false}],
        "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},
        "post_processor":{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]},
        "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,"vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"a":4,"##b":5,
        "c":6,"##a":7,"e":8,"x":9}}}
        """
}
