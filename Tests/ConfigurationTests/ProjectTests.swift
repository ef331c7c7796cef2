import Foundation
import Testing

@testable import Configuration

@Suite final class ProjectTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test func aFolderIsItsOwnProject() throws {
        try folder.write("# A\n", to: "essay/a.md")
        let project = try Project.locate(folder.path + "/essay")
        #expect(project == Project(root: folder.path + "/essay", article: nil, tomlPath: nil))
    }

    @Test func theNearestSettingsFileAboveMakesTheProject() throws {
        try folder.write("", to: "book/longhand.toml")
        try folder.write("# A\n", to: "book/part/one/a.md")
        let project = try Project.locate(folder.path + "/book/part/one/a.md")
        #expect(project.root == folder.path + "/book")
        #expect(project.article == folder.path + "/book/part/one/a.md")
        #expect(project.tomlPath == folder.path + "/book/longhand.toml")
        #expect(try Project.locate(folder.path + "/book/part").root == folder.path + "/book")
        try folder.write("", to: "book/part/longhand.toml")
        #expect(try Project.locate(folder.path + "/book/part/one").root == folder.path + "/book/part")
    }

    @Test func anArticleThatIsNotThereYetBelongsToItsFolder() throws {
        try folder.write("", to: "essay/x.md")
        let path = folder.path + "/essay/new.md"
        #expect(try Project.locate(path).article == path)
        #expect(throws: ConfigurationError.notFound(path: path)) { try Project.locate(existing: path) }
        #expect(throws: ConfigurationError.notFound(path: folder.path + "/no/new.md")) {
            try Project.locate(folder.path + "/no/new.md")
        }
    }

    @Test func symbolicLinksLeadToOneProject() throws {
        try folder.write("", to: "essay/longhand.toml")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: folder.path + "/essay")
        #expect(try Project.locate(folder.path + "/link").root == folder.path + "/essay")
    }

    @Test func theArticleIsTheNamedOneThenTheSettingsThenTheFirst() throws {
        try folder.write("# R\n", to: "README.md")
        let project = Project(root: folder.path, article: nil, tomlPath: nil)
        #expect(project.articlePath(settings: Settings()) == folder.path + "/article.md")
        for name in ["b.md", "a.md", "a.export.md", ".hidden.md", "0.txt"] { try folder.write("x", to: name) }
        #expect(project.articlePath(settings: Settings()) == folder.path + "/a.md")
        var settings = Settings()
        settings.article = "b.md"
        #expect(project.articlePath(settings: settings) == folder.path + "/b.md")
        let named = Project(root: folder.path, article: folder.path + "/c.md", tomlPath: nil)
        #expect(named.articlePath(settings: settings) == folder.path + "/c.md")
    }
}
