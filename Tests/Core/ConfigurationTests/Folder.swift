import Foundation

/// A folder for one test, removed with the value.
final class Folder {
    /// Without symbolic links, as the program sees it.
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-configuration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to file: String) throws {
        let target = URL(filePath: path + "/" + file)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
    }
}
