import Foundation
import Testing

@testable import Embedding

/// The real model, which `make test` installs. Loaded once for all tests.
enum RealModel {
    struct NotInstalled: Error, CustomStringConvertible {
        let roots: [String]
        var description: String {
            "These tests need the model all-MiniLM-L6-v2 in one of \(roots.joined(separator: ", ")); "
                + "`make test` installs it, or set LONGHAND_MODELS."
        }
    }

    static let name = "all-MiniLM-L6-v2"

    private static let loaded = Result<Embedder, any Error> {
        try Embedder(ModelDirectory(path: try folder()))
    }

    static func embedder() throws -> Embedder { try loaded.get() }

    static func folder() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        var roots: [String] = []
        if let root = environment["LONGHAND_MODELS"] { roots.append(root) }
        if let data = environment["XDG_DATA_HOME"] { roots.append(data + "/longhand/models") }
        if let home = environment["HOME"] { roots.append(home + "/.local/share/longhand/models") }
        for root in roots where FileManager.default.fileExists(atPath: "\(root)/\(name)/config.json") {
            return "\(root)/\(name)"
        }
        throw NotInstalled(roots: roots)
    }
}

enum Fixtures {
    static func data(_ name: String) throws -> Data {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"))
        return try Data(contentsOf: url)
    }

    static func texts() throws -> [String] {
        try JSONDecoder().decode([String].self, from: data("texts.json"))
    }

    /// Little-endian floats.
    static func floats(_ name: String) throws -> [Float] {
        let bytes = [UInt8](try data(name))
        return stride(from: 0, to: bytes.count, by: 4).map { at in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
        }
    }

    /// One row a text.
    static func vectors(columns: Int) throws -> [[Float]] {
        let floats = try floats("vectors.f32")
        return stride(from: 0, to: floats.count, by: columns).map { Array(floats[$0..<$0 + columns]) }
    }

    struct Sample: Decodable {
        let text: String
        let ids: [Int32]

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            text = try pair.decode(String.self)
            ids = try pair.decode([Int32].self)
        }
    }
}

func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func product(_ x: [Float], _ y: [Float]) -> Double {
        zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
}

func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
}
