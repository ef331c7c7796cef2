import Embedding
import Synchronization
import TestProjects
import TestSupport
import VectorSearch

@testable import Retrieval
@testable import TextAnalysis

/// Words hashed into buckets: texts that share words get near vectors. Deterministic, and it counts
/// what it embeds.
final class HashingEncoder: PassageEncoder {
    let name = "hashing"
    let dimension: Int
    let maxTokens: Int
    let fingerprint: String
    private let embedded = Mutex<[String]>([])

    init(dimension: Int = 32, maxTokens: Int = 64, fingerprint: String = "hashing-1") {
        self.dimension = dimension
        self.maxTokens = maxTokens
        self.fingerprint = fingerprint
    }

    var texts: [String] { embedded.withLock { $0 } }

    func tokenCount(_ text: String) -> Int { TokenEstimate.subwords(text) }

    func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]] {
        if isCancelled() { throw ModelError.cancelled }
        embedded.withLock { $0 += texts }
        return texts.map(vector)
    }

    func encodeQuery(_ text: String) throws -> [Float] { vector(text) }

    private func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: dimension)
        for key in TextAnalyzer.keys(of: text).sorted() {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            var random = SeededGenerator(seed: hash)
            vector[Int(random.next() % UInt64(dimension))] += 1
            vector[Int(random.next() % UInt64(dimension))] -= 0.5
        }
        return VectorCoding.normalized(vector) ?? vector
    }
}

extension TestProject {
    func library(_ encoder: (any PassageEncoder)? = HashingEncoder()) throws -> Library {
        try Library(project: layout, encoder: encoder)
    }
}

/// A generator that gives the same words in every run.
struct WordSource {
    var random: SeededGenerator
    static let words = [
        "memory", "river", "stone", "archive", "signal", "garden", "letter", "harbour", "engine",
        "winter", "market", "silence", "theory", "colour", "border", "museum", "bridge", "forest",
    ]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    mutating func sentence(_ count: Int) -> String {
        let words = (0..<count).map { _ in WordSource.words[below(WordSource.words.count)] }
        return words.joined(separator: " ").capitalized + "."
    }
}
