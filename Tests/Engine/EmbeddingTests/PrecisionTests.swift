import Foundation
import Kernels
import Testing

@testable import Embedding

/// What bytes cost, on the real model: the recorded texts, and the notes of the sample project.
@Suite struct PrecisionTests {
    private static func load(_ precision: Precision, _ machine: InstructionSet = .best) throws -> Embedder {
        try Embedder(ModelDirectory(path: try RealModel.folder()), precision: precision, machine: machine, cores: 2)
    }

    /// Paragraphs of the sample notes.
    private static func paragraphs() throws -> [String] {
        let notes = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Samples/notes").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: notes.path).filter { $0.hasSuffix(".md") }
        #expect(files.count > 30)
        return try files.sorted().flatMap { name in
            try String(contentsOf: notes.appendingPathComponent(name), encoding: .utf8)
                .components(separatedBy: "\n\n").filter { $0.utf8.count > 60 }.prefix(3)
        }
    }

    @Test func bytesKeepTheDirection() throws {
        let texts = try Fixtures.texts() + Self.paragraphs()
        let exact = try RealModel.embedder().encode(texts, as: .passage)
        let embedder = try Self.load(.int8)
        let vectors = try embedder.encode(texts, as: .passage)
        let cosines = zip(vectors, exact).map { cosine($0, $1) }
        let mean = cosines.reduce(0, +) / Double(cosines.count)
        #expect(mean >= 0.999, "mean \(mean)")
        #expect(cosines.min() ?? 0 >= 0.995, "least \(cosines.min() ?? 0)")
        #expect(cosines.min() ?? 1 < 1, "these were not bytes")
        for index in stride(from: 0, to: texts.count, by: 9) {
            let alone = try embedder.encode([texts[index]], as: .query)[0]
            #expect(largestDifference(alone, vectors[index]) < 1e-6)
        }
    }

    /// The libraries of two machines, or of one with a new processor, can be compared.
    @Test(arguments: InstructionSet.allCases.filter { $0.isAvailable && $0 != .best }, Precision.allCases)
    func machinesAgree(_ machine: InstructionSet, _ precision: Precision) throws {
        let texts = Array(try Fixtures.texts().prefix(6))
        let best = try Self.load(precision).encode(texts, as: .passage)
        let other = try Self.load(precision, machine).encode(texts, as: .passage)
        // A sum's last bit differs, and with bytes that may round a number the other way.
        let bound = precision == .fp32 ? 0.999999 : 0.9995
        for (vector, other) in zip(best, other) { #expect(cosine(vector, other) >= bound) }
    }

    @Test func precisionIsPartOfTheFingerprint() throws {
        let model = try MadeModel()
        let directory = try ModelDirectory(path: model.path)
        let exact = try Embedder(directory), bytes = try Embedder(directory, precision: .int8)
        #expect(exact.fingerprint != bytes.fingerprint)
        #expect(exact.precision == .fp32 && bytes.precision == .int8)
    }
}
