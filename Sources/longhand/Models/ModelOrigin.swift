import FileAccess
import Foundation

/// Where an installed model came from, kept in its folder.
struct ModelOrigin: Codable, Equatable {
    static let fileName = "longhand-model.json"

    var version = 1
    /// `owner/name`; nil for an imported folder.
    var repository: String?
    /// What was asked for: a branch, a tag or a commit.
    var revision: String?
    /// The commit that was, where the endpoint said.
    var commit: String?
    /// Of model.safetensors, when it was installed.
    var sha256: String?

    /// What is noted in a model's folder; nil for one that was put there by other means.
    static func read(in folder: String) -> ModelOrigin? {
        // One that can't be read is as one of a model that was put there by other means.
        guard let bytes = try? RegularFile.read(folder + "/" + fileName, atMost: 1 << 16) else { return nil }
        return try? JSONDecoder().decode(ModelOrigin.self, from: Data(bytes))
    }

    func write(in folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(Array(try encoder.encode(self)) + [0x0A], to: folder + "/" + Self.fileName)
    }
}
