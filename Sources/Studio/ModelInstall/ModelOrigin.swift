import ArticleFiles
import FileAccess
import Foundation

/// Where an installed model came from, kept in its folder.
package struct ModelOrigin: Codable, Equatable {
    package static let fileName = "longhand-model.json"

    package var version = 1
    /// `owner/name`; nil for an imported folder.
    package var repository: String?
    /// What was asked for: a branch, a tag or a commit.
    package var revision: String?
    /// The commit that was, where the endpoint said.
    package var commit: String?
    /// Of model.safetensors, when it was installed.
    package var sha256: String?

    package init(repository: String? = nil, revision: String? = nil, commit: String? = nil, sha256: String? = nil) {
        self.repository = repository
        self.revision = revision
        self.commit = commit
        self.sha256 = sha256
    }

    /// What is noted in a model's folder; nil for one that was put there by other means.
    package static func read(in folder: String) -> ModelOrigin? {
        // One that can't be read is as one of a model that was put there by other means.
        guard let bytes = try? RegularFile.read(folder + "/" + fileName, atMost: 1 << 16) else { return nil }
        return try? JSONDecoder().decode(ModelOrigin.self, from: Data(bytes))
    }

    package func write(in folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(Array(try encoder.encode(self)) + [0x0A], to: folder + "/" + Self.fileName)
    }
}
