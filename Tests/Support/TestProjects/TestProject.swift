import Foundation
import Notes

/// A project in a temporary folder, deleted with this value.
public final class TestProject: Sendable {
    public let folder: String
    public let layout: ProjectLayout

    public init(scopes: [FolderScope] = []) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent(
            "retrieval-" + UUID().uuidString)
        folder = base.path
        layout = ProjectLayout(
            root: folder + "/project", dataDirectory: folder + "/data", scopes: scopes)
        try FileManager.default.createDirectory(
            atPath: layout.root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    public func write(_ path: String, _ text: String) throws { try write(path, bytes: Array(text.utf8)) }

    public func write(_ path: String, bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: layout.root + "/" + path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    public func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: layout.root + "/" + path)
    }

    public func move(_ path: String, to other: String) throws {
        try FileManager.default.moveItem(
            atPath: layout.root + "/" + path, toPath: layout.root + "/" + other)
    }
}
