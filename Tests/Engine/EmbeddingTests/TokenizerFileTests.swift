import Foundation
import JSON
import Testing

@testable import Embedding

/// What is understood of tokenizer.json, what is refused, and how strictly it is read.
@Suite struct TokenizerFileTests {
    private func load(_ json: String) throws -> any Tokenizer {
        var config = try MadeModel().configuration()
        config.vocabSize = 64
        let file = try TokenizerFile(Array(json.utf8), path: "t")
        return file.isUnigram ? try Unigram(file, config) : try WordPiece(file, config)
    }

    private func field(_ json: String) -> String? {
        do {
            _ = try load(json)
            return nil
        } catch {
            switch error as? ModelError {
            case .malformed("t", let field, _), .unsupported("t", let field, _): return field
            default: return "\(error)"
            }
        }
    }

    @Test(arguments: [
        (#""NFKC""#, #""ByteLevel""#, "normalizer.normalizers.0.type"),
        (" {2,}", " (?=x)", "normalizer.normalizers.3.pattern.Regex"),
        (#""WhitespaceSplit""#, #""Digits""#, "pre_tokenizer.pretokenizers.0.type"),
        (#""always""#, #""sometimes""#, "pre_tokenizer.pretokenizers.1.prepend_scheme"),
        (#""TemplateProcessing""#, #""Sequence""#, "post_processor.type"),
        (#""Unigram""#, #""BPE""#, "model.type"),
        (#""unk_id":3"#, #""unk_id":300"#, "model.unk_id"),
        (#""unk_id":3,"#, "", "model.unk_id"),
        (#"{"id":9,"#, #"{"id":8,"#, "added_tokens.1.id"),
        (#"{"id":9,"#, #"{"id":900,"#, "added_tokens.1.id"),
        (#""ids":[2]"#, #""ids":[200]"#, "post_processor"),
        (#"{"Sequence":{"id":"A"}}"#, #"{"Sequence":{"id":"B"}}"#, "post_processor.single.1.Sequence.id"),
        (#"{"Sequence":{"id":"A"}},"#, "", "post_processor.single"),
    ])
    func whatIsNotUnderstoodIsNamed(_ old: String, _ new: String, _ expected: String) {
        #expect(TinyTokenizer.unigram.contains(old))
        #expect(field(TinyTokenizer.unigram.replacingOccurrences(of: old, with: new)) == expected)
    }

    @Test(arguments: [
        (#""WordPiece""#, #""BPE""#, "model.type"), ("\"##\"", "\"@@\"", "model.continuing_subword_prefix"),
        (":100,", ":200,", "model.max_input_chars_per_word"), ("BertNormalizer", "NFC", "normalizer.type"),
        (#""clean_text":true"#, #""clean_text":false"#, "normalizer.clean_text"),
        ("BertPreTokenizer", "Whitespace", "pre_tokenizer.type"), (#""x":9"#, #""x":64"#, "model.vocab"),
        (#""normalized":false"#, #""normalized":true"#, "added_tokens.normalized"),
    ])
    func whatIsNotUnderstoodOfWordPieceIsNamed(_ old: String, _ new: String, _ expected: String) {
        #expect(TinyTokenizer.wordPiece.contains(old))
        #expect(field(TinyTokenizer.wordPiece.replacingOccurrences(of: old, with: new)) == expected)
    }

    @Test func theTinyOnesWork() throws {
        #expect(try load(TinyTokenizer.unigram).encode("ab  <mask>c", limit: 9) == [0, 6, 9, 3, 7, 2])
        #expect(try load(TinyTokenizer.wordPiece).encode("Ab [CLS] é?", limit: 9) == [2, 4, 5, 2, 8, 1, 3])
    }

    @Test(arguments: [
        "", "{", "[]", "{}x", #"{"a":1,}"#, #"{"a" 1}"#, #"{"a":01}"#, #"{"a":.5}"#, #"{"a":1.}"#, #"{"a":1e}"#,
        #"{"a":"\ud800"}"#, #"{"a":"\udc00"}"#, #"{"a":"\ud800\u0041"}"#, #"{"a":"\x"}"#, #"{"a":"\u12g4"}"#,
        "{\"a\":\"\n\"}", #"{"a":nul}"#, #"{"a":1,"a":2}"#, #"{"a":{"b":1,"b":2}}"#, #"{"a":1e999}"#, #"{"a":"}"#,
    ])
    func whatIsNotStrictJSONIsRefused(_ json: String) {
        #expect(field(json)?.hasPrefix("byte ") == true, "\(field(json) ?? "nil")")
    }

    @Test func invalidUTF8AndDeepNestingAreRefused() {
        let bad: [[UInt8]] = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xB8], [0xF4, 0x90, 0x80, 0x80]]
        for bytes in bad {
            let json = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
            #expect(
                throws: ModelError.malformed(path: "t", field: "byte \(json.count - 1)", reason: "it isn't valid UTF-8")
            ) {
                try TokenizerFile(json, path: "t")
            }
        }
        let deep = #"{"a":"# + String(repeating: "[", count: 100_000)
        #expect(field(deep) == "byte 69", "\(field(deep) ?? "")")
    }

    @Test func valuesAreReadAsWritten() throws {
        var reader = JSONReader(Array(#" {"aé\n\u00e9\ud83d\ude00\/": [1, -2.5, true, null, "x", {}]} "#.utf8))
        let value = try reader.value()
        try reader.end()
        let expected: JSONValue = .array([.number(1), .number(-2.5), .bool(true), .null, .string("x"), .object([:])])
        #expect(value == .object(["aé\né😀/": expected]))
    }

    @Test func decimalsAreRoundedCorrectly() throws {
        var source = Mutations(seed: 8)
        var texts = ["-3.4635426998138428", "9007199254740993", "0.1", "0.0000000000000000001", "0", "-0.0"]
        for _ in 0..<3000 {
            let whole = source.next(source.next(2) == 0 ? 30 : 1 << 31)
            let digits = (0..<1 + source.next(17)).map { _ in String(source.next(10)) }.joined()
            texts.append("-\(whole).\(digits)")
        }
        texts += ["1e5", "-2.5E-3", "12345678901234567890.12345"]
        for text in texts {
            var reader = JSONReader(Array(text.utf8))
            #expect(try reader.number() == Double(text), "\(text)")
        }
    }

    @Test func invalidBytesBecomeWhatPythonMakesOfThem() throws {
        let cases = try JSONDecoder().decode([[String]].self, from: Fixtures.data("bytes.json"))
        #expect(cases.count == 200)
        for pair in cases {
            let digits = Array(pair[0])
            let bytes = stride(from: 0, to: digits.count, by: 2).map {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)!
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Array(text.unicodeScalars) == Array(pair[1].unicodeScalars), "\(pair[0])")
        }
    }

    @Test func longLinesAreLinear() throws {
        // Sizes for a debug build; what matters is that nothing grows with their square.
        let unigram = try load(TinyTokenizer.unigram)
        let wordPiece = try load(TinyTokenizer.wordPiece)
        let size = 1 << 18
        for text in [String(repeating: "ab", count: size / 2), String(repeating: " ", count: size)] {
            #expect(unigram.encode(text, limit: 256).count <= 256)
            #expect(wordPiece.encode(text, limit: 256).count <= 256)
        }
        let line = String(repeating: "x", count: 1 << 20)
        #expect(wordPiece.encode(line, limit: 256) == [2, 1, 3])
    }
}
