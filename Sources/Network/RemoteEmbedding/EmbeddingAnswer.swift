import FoundationEssentials

/// What a server answers: a vector for each text, as numbers or as base64 of little-endian floats, in the
/// order of the texts or with the place of each.
struct EmbeddingAnswer: Decodable {
    struct Item: Decodable {
        var index: Int?
        var values: [Float]

        enum CodingKeys: String, CodingKey { case index, embedding }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            index = try container.decodeIfPresent(Int.self, forKey: .index)
            // What is no text is read as numbers, whose error is thrown.
            if let text = try? container.decode(String.self, forKey: .embedding) {
                guard let data = Data(base64Encoded: text), data.count % 4 == 0 else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .embedding, in: container, debugDescription: "not base64")
                }
                let bytes = Array(data)
                values = stride(from: 0, to: bytes.count, by: 4).map { position in
                    let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[position + $1]) << (8 * UInt32($1)) }
                    return Float(bitPattern: bits)
                }
            } else {
                values = try container.decode([Float].self, forKey: .embedding)
            }
        }
    }

    var data: [Item]

    /// The vectors of `count` texts in their order, each of length one.
    ///
    /// - Parameter dimensions: what each must have; nil to take what the first has.
    static func vectors(
        _ body: [UInt8], count: Int, dimensions: Int?, host: String
    ) throws(RemoteEmbeddingError) -> [[Float]] {
        // The decoder's words would quote the answer; the error thrown names the host.
        guard let answer = try? JSONDecoder().decode(EmbeddingAnswer.self, from: Data(body)) else {
            throw .badAnswer(host: host, detail: body.isEmpty ? "the answer is empty" : "the JSON has another form")
        }
        guard answer.data.count == count else {
            throw .wrongCount(host: host, expected: count, actual: answer.data.count)
        }
        var vectors = [[Float]?](repeating: nil, count: count)
        for (position, item) in answer.data.enumerated() {
            let index = item.index ?? position
            guard vectors.indices.contains(index), vectors[index] == nil else {
                throw .badAnswer(host: host, detail: "two vectors claim the same text")
            }
            let expected = dimensions ?? answer.data[0].values.count
            guard item.values.count == expected else {
                throw .wrongDimensions(host: host, expected: expected, actual: item.values.count)
            }
            guard let unit = normalized(item.values) else { throw .notAVector(host: host) }
            vectors[index] = unit
        }
        return vectors.compactMap { $0 }
    }

    /// `values` scaled to length one; nil where that can't be done.
    static func normalized(_ values: [Float]) -> [Float]? {
        var sum = 0.0
        for value in values { sum += Double(value) * Double(value) }
        guard sum.isFinite, sum > 0 else { return nil }
        let scale = 1 / sum.squareRoot()
        return values.map { Float(Double($0) * scale) }
    }

    private struct Failure: Decodable {
        struct Inner: Decodable { var message: String? }
        var error: Inner?
        var message: String?
        var detail: String?
    }

    /// What an error's body says, in a line, without the key that it may quote.
    static func detail(of body: [UInt8], hiding key: String?) -> String {
        var text = ""
        // A body in another form is read as plain text.
        if let failure = try? JSONDecoder().decode(Failure.self, from: Data(body)) {
            text = failure.error?.message ?? failure.message ?? failure.detail ?? ""
        } else {
            text = String(decoding: body, as: UTF8.self)
            if let first = text.first(where: { !$0.isWhitespace }), first == "<" || first == "{" { text = "" }
        }
        if let key, key.count >= 4 { text = text.replacing(key, with: "…") }
        return String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(240))
    }
}
