import Foundation
import TestModels

@testable import Embedding

/// A small model of a shape that make_reference.py described: its configuration files from
/// models.json, its weights from the same generator, in a folder that goes with the value.
final class SeededModel {
    let name: String
    let path: String
    private var state: UInt64
    private let scale: Float

    /// The models of models.json, in its order.
    static func all() throws -> [SeededModel] {
        let specs = try JSONSerialization.jsonObject(with: Fixtures.data("models.json")) as? [[String: Any]]
        return try (specs ?? []).map(SeededModel.init)
    }

    private init(_ spec: [String: Any]) throws {
        name = spec["name"] as! String
        state = UInt64(spec["seed"] as! Int)
        scale = Float(spec["scale"] as! Int)
        path = FileManager.default.temporaryDirectory.path + "/longhand-seeded-\(UUID().uuidString)"
        let files = spec["files"] as! [String: Any]
        for (name, content) in files {
            let url = URL(fileURLWithPath: path + "/" + name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try JSONSerialization.data(withJSONObject: content).write(to: url)
        }
        let config = files["config.json"] as! [String: Any]
        if let tokenizer = spec["tokenizer"] as? String {
            try write("tokenizer.json", Array(UnigramFixture.named(tokenizer).json.utf8))
        } else {
            let pieces = Self.pieces(config["vocab_size"] as! Int)
            try write("vocab.txt", Array((pieces.joined(separator: "\n") + "\n").utf8))
        }
        let root = spec["root"] as! String
        let type = spec["type"] as! String
        try write("model.safetensors", file(Self.shapes(config).map { (root + $0.name, $0.shape) }, type))
        if let dense = files["2_Dense/config.json"] as? [String: Any] {
            let (out, wanted) = (dense["out_features"] as! Int, dense["in_features"] as! Int)
            try write(
                "2_Dense/model.safetensors",
                file([("linear.weight", [out, wanted]), ("linear.bias", [out])], "F32"))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func load() throws -> Embedder { try Embedder(ModelDirectory(path: path)) }

    func configuration() throws -> ModelConfiguration { try ModelDirectory(path: path).config }

    private func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    /// The safetensors file of the tensors, filled in their order.
    private func file(_ tensors: [(String, [Int])], _ type: String) -> [UInt8] {
        var entries: [String] = []
        var data: [UInt8] = []
        for (name, shape) in tensors {
            let start = data.count
            fill(name, shape.reduce(1, *), type, &data)
            entries.append(
                "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(data.count)]}")
        }
        return MadeWeights.file(header: "{" + entries.joined(separator: ",") + "}", data: data)
    }

    /// `Weights` of make_reference.py.
    private func fill(_ name: String, _ count: Int, _ type: String, _ data: inout [UInt8]) {
        let isGain = name.hasSuffix("LayerNorm.weight")
        let isSmall = name.hasSuffix(".bias") || name.contains("embeddings.position")
        let scale: Float = isSmall ? 256 : self.scale
        data.reserveCapacity(data.count + count * 4)
        for _ in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = isGain ? 1 : Float(Int(state >> 56) - 128) / scale
            if type == "F16" {
                let bits = Self.half(value)
                data.append(UInt8(bits & 0xFF))
                data.append(UInt8(bits >> 8))
            } else {
                let bits = value.bitPattern
                for shift in [0, 8, 16, 24] as [UInt32] { data.append(UInt8(bits >> shift & 0xFF)) }
            }
        }
    }

    /// The half-precision bits of a number that has them exactly and isn't subnormal there.
    private static func half(_ value: Float) -> UInt16 {
        if value == 0 { return 0 }
        let bits = value.bitPattern
        let exponent = Int(bits >> 23 & 0xFF) - 127 + 15
        return UInt16(bits >> 16 & 0x8000) | UInt16(exponent << 10) | UInt16(bits >> 13 & 0x3FF)
    }

    private static func shapes(_ config: [String: Any]) -> [(name: String, shape: [Int])] {
        func number(_ key: String) -> Int { config[key] as! Int }
        return MadeWeights.shapes(
            pieces: number("vocab_size"), positions: number("max_position_embeddings"),
            types: number("type_vocab_size"),
            layers: number("num_hidden_layers"), hidden: number("hidden_size"), wide: number("intermediate_size"))
    }

    /// `word_pieces` of make_reference.py.
    private static func pieces(_ count: Int) -> [String] {
        func text(_ code: Int) -> String { String(Unicode.Scalar(UInt32(code))!) }
        var pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        pieces += (0x21..<0x7F).map(text)
        pieces += (Array(0x30..<0x3A) + Array(0x61..<0x7B)).map { "##" + text($0) }
        pieces += (0..<0x5200).map { text(0x4E00 + $0) }
        pieces += (0..<100).map { "[unused\($0)]" }
        return Array(pieces.prefix(count))
    }
}

/// A tokenizer of unigram.json, put together with the vocabulary and the table of characters.
struct UnigramFixture: Decodable {
    let name: String
    let template: String
    let samples: [Fixtures.Sample]

    var json: String {
        get throws {
            let vocab = String(decoding: try Fixtures.data("unigram-vocab.json"), as: UTF8.self)
            let map = String(decoding: try Fixtures.data("unigram-charsmap.txt").dropLast(), as: UTF8.self)
            return template.replacingOccurrences(of: "\"@VOCAB@\"", with: vocab)
                .replacingOccurrences(of: "@CHARSMAP@", with: map)
        }
    }

    static func all() throws -> [UnigramFixture] {
        try JSONDecoder().decode([UnigramFixture].self, from: Fixtures.data("unigram.json"))
    }

    static func named(_ name: String) throws -> UnigramFixture { try all().first { $0.name == name }! }
}
