import Foundation
import Testing

@testable import ArticleFiles

/// What there is to open in a project.
@Suite struct ProjectFilesTests {
    @Test func textFilesAreListedAndWhatIsHiddenIsNot() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "longhand-list-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in ["b.md", "a.txt", "x.png", ".hidden/h.md", "notes/词.md", "notes/deep/d.MD", "node_modules/m.md"] {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: file)
        }
        // A circle of links ends.
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "notes/up").path, withDestinationPath: folder.path)
        #expect(ProjectFiles.all(below: folder.path) == ["a.txt", "b.md", "notes/词.md", "notes/deep/d.MD"])
        #expect(
            ProjectFiles.names(in: folder.path) == [".hidden/", "a.txt", "b.md", "node_modules/", "notes/", "x.png"])
        #expect(ProjectFiles.names(in: folder.path + "/none") == [])
    }
}
