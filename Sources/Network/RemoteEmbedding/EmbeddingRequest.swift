import FoundationEssentials

/// The body of a `POST BASE/embeddings`.
struct EmbeddingRequest: Encodable {
    var model: String
    var input: [String]
    /// Sent only where it is set: not every server knows it.
    var dimensions: Int?
    var encoding_format = "float"

    var body: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings and numbers always can be encoded.
        return Array((try? encoder.encode(self)) ?? Data())
    }

    /// Texts of one request at most.
    static let mostTexts = 64
    /// Tokens of one request, about. A longer text goes alone.
    static let mostTokens = 8_000

    /// Ranges of texts that go together.
    static func batches(_ counts: [Int]) -> [Range<Int>] {
        var batches: [Range<Int>] = []
        var start = 0
        var tokens = 0
        for (index, count) in counts.enumerated() {
            if index > start, index - start == mostTexts || tokens + count > mostTokens {
                batches.append(start..<index)
                start = index
                tokens = 0
            }
            tokens += count
        }
        if start < counts.count { batches.append(start..<counts.count) }
        return batches
    }
}
