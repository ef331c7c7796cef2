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
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: folder.path + "/essay")
        #expect(try Project.locate(folder.path + "/link").root == folder.path + "/essay")
    }

    @Test func theArticleIsTheNamedOneThenTheSettingsThenTheFirst() throws {
        try folder.write("# R\n", to: "README.md")
        let project = Project(root: folder.path, article: nil, tomlPath: nil)
        #expect(try project.articlePath(settings: Settings()) == folder.path + "/article.md")
        for name in ["b.md", "a.md", "a.export.md", ".hidden.md", "0.txt"] { try folder.write("x", to: name) }
        #expect(try project.articlePath(settings: Settings()) == folder.path + "/a.md")
        var settings = Settings()
        settings.article = "b.md"
        #expect(try project.articlePath(settings: settings) == folder.path + "/b.md")
        let named = Project(root: folder.path, article: folder.path + "/c.md", tomlPath: nil)
        #expect(try named.articlePath(settings: settings) == folder.path + "/c.md")
    }

    /// A project that was cloned would otherwise have another file of the writer's opened, shown, saved and drafted about.
    @Test func theProjectsArticleIsInTheProject() throws {
        try folder.write("secret", to: "outside/id.md")
        try folder.write("x", to: "essay/sub/a.md")
        let root = folder.path + "/essay"
        let project = Project(root: root, article: nil, tomlPath: nil)
        for (link, target) in [
            ("out.md", "../outside/id.md"), ("far", "../outside"), ("gone.md", "../outside/new.md"),
            ("near.md", "sub/a.md"),
        ] {
            try FileManager.default.createSymbolicLink(atPath: root + "/" + link, withDestinationPath: target)
        }
        var settings = Settings()
        for article in [
            "../outside/id.md", "sub/../../outside/id.md", "out.md", "far/id.md", "far/new.md", "gone.md",
            "missing/../../outside/id.md",
        ] {
            settings.article = article
            #expect(throws: ConfigurationError.articleOutside(path: article)) {
                try project.articlePath(settings: settings)
            }
        }
        for article in ["sub/a.md", "near.md", "sub/new.md", "new/new.md", "/sub/a.md", "sub/../sub/a.md"] {
            settings.article = article
            #expect(try project.articlePath(settings: settings) == root + "/" + article)
        }
        // Unasked, a link out of the project isn't the first article either.
        #expect(try project.articlePath(settings: Settings()) == root + "/near.md")
        for link in ["near.md", "gone.md"] { try FileManager.default.removeItem(atPath: root + "/" + link) }
        #expect(throws: ConfigurationError.articleOutside(path: "out.md")) {
            try project.articlePath(settings: Settings())
        }
        // What the writer names may be anywhere.
        #expect(try Project.locate(root + "/out.md").articlePath(settings: settings) == root + "/out.md")
    }
}
