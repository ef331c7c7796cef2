import ArticleFiles
import FileAccess
import Foundation

/// The writer's word that one project's notes may go to one model at one address, kept with the state of
/// the program: a project can't bring it along.
struct RemoteAgreement: Sendable {
    struct Record: Codable {
        var version = 1
        var endpoint: String
        var model: String
        /// The scopes that were in force.
        var scopes: [String]
        /// What the model's vectors had; nil until the first came.
        var dimensions: Int?

        static func read(_ path: String) -> Record? {
            // One that can't be read is none: the writer is asked again, which is the safe side.
            guard let bytes = try? RegularFile.read(path, atMost: 1 << 16),
                let record = try? JSONDecoder().decode(Record.self, from: Data(bytes))
            else { return nil }
            return record.dimensions.map { (1...16_384).contains($0) } == false ? nil : record
        }
    }

    let path: String
    let endpoint: String
    let model: String
    /// A project's settings may come from a stranger: when they open other folders, the writer is asked again.
    let scopes: [String]

    var isGiven: Bool {
        guard let record = Record.read(path) else { return false }
        return record.endpoint == endpoint && record.model == model && record.scopes == scopes
    }

    /// - Throws: `FileError`.
    func give(dimensions: Int?) throws {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError.cannotWrite(path: folder, reason: "the folder cannot be made")
        }
        let record = Record(endpoint: endpoint, model: model, scopes: scopes, dimensions: dimensions)
        try AtomicFile.write(Array(try JSONEncoder().encode(record)), to: path)
    }
}
