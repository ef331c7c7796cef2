import Foundation

@testable import Retrieval

/// Words hashed into buckets: texts that share words get near vectors. Deterministic, and it counts
/// what it embeds.
final class HashingEncoder: PassageEncoder {
    let name = "hashing"
    let dimension: Int
    let maxTokens: Int
    let fingerprint: String
    private let embedded = Guarded<[String]>([])

    init(dimension: Int = 32, maxTokens: Int = 64, fingerprint: String = "hashing-1") {
        self.dimension = dimension
        self.maxTokens = maxTokens
        self.fingerprint = fingerprint
    }

    var texts: [String] { embedded.withLock { $0 } }

    func tokenCount(_ text: String) -> Int { Chunker.estimate(text) }

    func encodePassages(_ texts: [String], isCancelled: @Sendable () -> Bool) throws -> [[Float]] {
        if isCancelled() { throw LibraryError.cancelled }
        embedded.withLock { $0 += texts }
        return texts.map(vector)
    }

    func encodeQuery(_ text: String) throws -> [Float] { vector(text) }

    private func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: dimension)
        for key in Terms.keys(of: text).sorted() {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            var random = SplitMix(state: hash)
            vector[Int(random.next() % UInt64(dimension))] += 1
            vector[Int(random.next() % UInt64(dimension))] -= 0.5
        }
        return VectorCoding.normalized(vector) ?? vector
    }
}

/// A project in a temporary folder, deleted with this value.
final class TestProject: Sendable {
    let folder: String
    let layout: ProjectLayout

    init(scopes: [FolderScope] = []) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent(
            "retrieval-" + UUID().uuidString)
        folder = base.path
        layout = ProjectLayout(
            root: folder + "/project", dataDirectory: folder + "/data", scopes: scopes)
        try FileManager.default.createDirectory(
            atPath: layout.root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ path: String, _ text: String) throws { try write(path, bytes: Array(text.utf8)) }

    func write(_ path: String, bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: layout.root + "/" + path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: layout.root + "/" + path)
    }

    func move(_ path: String, to other: String) throws {
        try FileManager.default.moveItem(
            atPath: layout.root + "/" + path, toPath: layout.root + "/" + other)
    }

    func library(_ encoder: (any PassageEncoder)? = HashingEncoder()) throws -> Library {
        try Library(project: layout, encoder: encoder)
    }
}

/// A generator that gives the same words in every run.
struct WordSource {
    var random: SplitMix
    static let words = [
        "memory", "river", "stone", "archive", "signal", "garden", "letter", "harbour", "engine",
        "winter", "market", "silence", "theory", "colour", "border", "museum", "bridge", "forest",
    ]

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    mutating func sentence(_ count: Int) -> String {
        let words = (0..<count).map { _ in WordSource.words[below(WordSource.words.count)] }
        return words.joined(separator: " ").capitalized + "."
    }
}
